"""Segments and sections → chunks: the sentence-sized spans that are searched and quoted.

A chunk never crosses a section boundary, so its section path is exact. Headings on a line of their own are context,
not chunks, unless nothing stands under them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from index.types import Chunk, FactKind, Metadata, Section, Segment, SegmentKind

MAX_CHARACTERS = 180  # the longest quote; longer sentences are parted at commas
COMFORTABLE = 110  # a sentence beyond this is parted at a semicolon or comma near its middle
MIN_PART = 12  # a part shorter than this stays with its neighbour

# A stop inside quotation marks or brackets ends no sentence; an ASCII point does only between Chinese characters.
OPENING = "“「『《（("
CLOSING = "”」』》）)"
LEADING = "。.;；,，:：、|"  # what may stand between a heading or a sentence and the next one
STOP = re.compile(r"[。！？!?；;]|(?<=[^\x00-\x7f)%\d])\.(?!\d)|(?<=[)%])\.(?=[^\x00-\x7f])|[\r\n]+")

Span = tuple[int, int]


def chunk(text: str, metadata: Metadata, segments: tuple[Segment, ...], sections: tuple[Section, ...]) -> list[Chunk]:
    """Return the chunks of a report in text order.

    Segments of chrome and repeats give none; titles, metadata and signatures give one for each fact.
    """
    title = short_title(metadata.title)
    chunks = [
        Chunk(fact.start, fact.end, (metadata.title,), title, SegmentKind.METADATA)
        for fact in metadata.facts
        # 公开形式 主动公开 is asked for by its label alone; an addressee is a sentence of the body already
        if fact.kind not in (FactKind.OTHER, FactKind.ADDRESSEE)
    ]
    body = [s for s in segments if s.kind is SegmentKind.BODY]
    for start, end, section in _leaves(body, sections):
        path = section_path(sections, section) if section is not None else (metadata.title,)
        context = f"{title} {_bare_heading(path[-1])}" if section is not None else title
        skip = _after_heading(text, sections, section, end) if section is not None else start
        chunks += [Chunk(a, b, path, context, SegmentKind.BODY) for a, b in sentences(text, skip, end)]
    return sorted(chunks, key=lambda c: (c.start, c.end))


def section_path(sections: tuple[Section, ...], position: int) -> tuple[str, ...]:
    """Return the headings from the outermost section down to the one at `position`."""
    path: list[str] = []
    at: int | None = position
    while at is not None:
        path.append(sections[at].heading)
        at = sections[at].parent
    return tuple(reversed(path))


def short_title(title: str) -> str:
    """Return a title without the words that every report of its kind shares.

    >>> short_title("温岭市人民政府2021年法治政府建设年度报告")
    '温岭市2021年法治政府建设'
    """
    title = re.sub(r"人民政府|关于|年度报告|情况报告|(?:情况的)?报告$|工作总结$|情况$|的$", "", title)
    return re.sub(r"^(.{2,12}?[市区县])\1", r"\1", title)[:40]


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the spans of sentences in `text[start:end]`, blanks at both ends left out."""
    depth, begin = 0, start
    for at in range(start, end):
        char = text[at]
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth = max(0, depth - 1)
        elif char in "\r\n":
            depth = 0  # an unclosed bracket must not swallow the next paragraph
        if depth == 0 and STOP.match(text, at):
            yield from _comfortable(text, begin, at + 1)
            begin = at + 1
    yield from _comfortable(text, begin, end)


def _leaves(body: list[Segment], sections: tuple[Section, ...]) -> Iterator[tuple[int, int, int | None]]:
    """Yield (start, end, section) for each stretch of body that belongs to one section and none of its children."""
    starts = [s.start for s in sections]
    for segment in body:
        cuts = [segment.start, *(s for s in starts if segment.start < s < segment.end), segment.end]
        for a, b in pairwise(cuts):
            section = bisect_right(starts, a) - 1
            yield a, b, section if section >= 0 else None


def _after_heading(text: str, sections: tuple[Section, ...], position: int, end: int) -> int:
    """Where the words of a section begin: behind its heading, unless the heading itself has to be quoted.

    That is so where nothing else stands in the section, and where the heading is the lead clause of a longer
    sentence: the sentence is what proves something.
    """
    section = sections[position]
    after = section.start + len(section.heading)
    has_children = position + 1 < len(sections) and sections[position + 1].parent == position
    if text[after : after + 1] in (",", "，") or not (has_children or re.search(r"\w", text[after:end])):
        return section.start
    return after


def _bare_heading(heading: str) -> str:
    """Return a heading without its number."""
    return re.sub(
        r"^(?:第?[一二三四五六七八九十百]+(?:部分|章|节|条|[、是要,，])|[（(【]?[一二三四五六七八九十\d]+[)）】]|\d+(?:\.\d+)*[、.．]?|——)\s*",
        "",
        heading,
    )


def _comfortable(text: str, start: int, end: int) -> Iterator[Span]:
    """Trim a span and part it while it is too long to be a good quote."""
    waiting = [(start, end)]
    while waiting:
        start, end = _trim(text, *waiting.pop())
        cut = _cut(text, start, end) if end - start > COMFORTABLE else None
        if cut is None and end - start > MAX_CHARACTERS:
            cut = (start + end) // 2
        if cut is not None:
            waiting += [(cut, end), (start, cut)]
        elif re.search(r"\w", text[start:end]):
            yield start, end


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in LEADING):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "|"):
        end -= 1
    return start, end


def _cut(text: str, start: int, end: int) -> int | None:
    """Return the comma outside of brackets nearest to the middle, None if there is none with room at both sides."""
    depth, places = 0, []
    for at in range(start, end):
        char = text[at]
        depth += (char in OPENING) - (char in CLOSING)
        if char in ",，;；" and depth <= 0 and start + MIN_PART <= at < end - MIN_PART:
            places.append(at + 1)
    middle = (start + end) // 2
    return min(places, key=lambda at: abs(at - middle), default=None)
