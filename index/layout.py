"""Text → segments: what is title, metadata, page chrome, body, signature, and what stands there a second time.

A report is read from both ends: the head until the first line of prose, the tail until the last. A report poured into
one line is read piece by piece, between blanks, in the same way. Only what lies between is body.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.labels import CHROME_PIECE, DATE, DOCUMENT_NUMBER, LABEL, ORGAN_END, TITLE_END, is_chrome_line
from index.types import Segment, SegmentKind

LONG_LINE = 160  # a line beyond this may hold head and body at once
TITLE_LIMIT = 70  # characters of a title
REPEATED_SHARE = 0.25  # of a text, to be taken for a second copy
SALUTATION = re.compile(r"^[^,，。;；]{2,60}[:：]$")
HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[部章节条编]|[（(][一二三四五六七八九十]+[)）]|【|\d{1,2}[、.．])"
)
PROSE = re.compile(r"[,，。;；][^\n]*[,，。;；]")
OPENING = re.compile(r"^\s*(?:\d{4}年|近年|今年|一年来|根据|按照|为|现将|在)")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A line, or a piece of a long one, without the blanks round it."""

    start: int
    end: int
    words: str


def read_segments(text: str) -> tuple[Segment, ...]:
    """Return the segments of a text: end to end, together the whole text."""
    if not text:
        return ()
    lines = list(_units(text, 0, len(text), r"[^\r\n]+"))
    copy = _second_copy(lines)
    marks = _marks(text, lines if copy is None else lines[:copy])
    if copy is not None:
        marks += _marks_of_copy(lines[copy:])
    return _tiled(text, marks)


def _units(text: str, start: int, end: int, pattern: str) -> Iterator[_Unit]:
    for match in re.compile(pattern).finditer(text, start, end):
        words = match[0].strip(" \t\u3000\u00a0|｜")
        if words:
            at = match.start() + match[0].index(words)
            yield _Unit(at, at + len(words), words)


def _marks(text: str, lines: Sequence[_Unit]) -> list[tuple[int, SegmentKind]]:
    """Return where each stretch of the first copy begins, and what it is."""
    head, rest = _head(text, lines)
    tail, body = _tail(text, rest)
    marks = _name_title(head)
    if body:
        marks.append((body[0].start, SegmentKind.BODY))
    return marks + tail


def _head(text: str, lines: Sequence[_Unit]) -> tuple[list[tuple[_Unit, SegmentKind]], list[_Unit]]:
    """Split off what stands before the body: (units with their kinds, the lines from the body on)."""
    head: list[tuple[_Unit, SegmentKind]] = []
    for at, line in enumerate(lines):
        rest = list(lines[at:])
        if len(line.words) > LONG_LINE and not LABEL.match(line.words):
            pieces = list(_units(text, line.start, line.end, r"[^ \u3000\u00a0]+"))
            opened = next((i for i, p in enumerate(pieces) if _is_prose(p.words)), 0)
            head += [(p, _head_kind(p.words)) for p in pieces[:opened]]
            first = pieces[opened]
            return head, [_Unit(first.start, line.end, text[first.start : line.end]), *rest[1:]]
        if _is_prose(line.words):
            return head, rest
        head.append((line, _head_kind(line.words)))
    return head, []


def _is_page(words: str) -> bool:
    return bool(is_chrome_line(words) or LABEL.match(words) or _without_page(words) == "")


def _without_page(words: str) -> str:
    return re.sub(r"[\s|｜—-]", "", DATE.sub("", CHROME_PIECE.sub("", words)))


def _is_prose(words: str) -> bool:
    """Does the body begin here: a salutation, a heading, or running text?"""
    if len(words) < LONG_LINE and (_is_page(words) or LABEL.search(words) or DOCUMENT_NUMBER.fullmatch(words)):
        return False
    if SALUTATION.match(words) or (HEADING.match(words) and not CHROME_PIECE.match(words)):
        return True
    if TITLE_END.search(words) and len(words) <= TITLE_LIMIT:
        return False
    return bool(
        PROSE.search(words) or len(words) > TITLE_LIMIT or (OPENING.match(words) and re.search(r"[,，。]", words))
    )


def _head_kind(words: str) -> SegmentKind:
    if is_chrome_line(words):
        return SegmentKind.CHROME
    if LABEL.search(words) or DOCUMENT_NUMBER.fullmatch(words):
        return SegmentKind.METADATA
    bare = _without_page(words)
    if bare == "":
        return SegmentKind.METADATA if DATE.search(words) else SegmentKind.CHROME
    if TITLE_END.search(bare) or "法治政府" in bare or "工作报告" in bare:
        return SegmentKind.TITLE
    return SegmentKind.METADATA if DATE.search(words) else SegmentKind.CHROME


def _name_title(head: Sequence[tuple[_Unit, SegmentKind]]) -> list[tuple[int, SegmentKind]]:
    """Keep the title nearest to the body, with the line before it that it continues; others are the page's."""
    last = max((i for i, (_, kind) in enumerate(head) if kind is SegmentKind.TITLE), default=None)
    if last is None and head and not any(k is not SegmentKind.CHROME for _, k in head):
        last = len(head) - 1  # nothing looks like a title: the line above the body is the best there is
    titles = {last}
    if last is not None and last > 0:
        before, title = head[last - 1][0].words, head[last][0].words
        continues = ORGAN_END.search(before) or (TITLE_END.search(title) and re.match(r"关于|\d{4}年", title))
        if (
            continues
            and len(before) + len(title) <= TITLE_LIMIT
            and not is_chrome_line(before)
            and not LABEL.search(before)
        ):
            titles.add(last - 1)
    marks = []
    for i, (unit, kind) in enumerate(head):
        kind = SegmentKind.TITLE if i in titles else SegmentKind.CHROME if kind is SegmentKind.TITLE else kind
        marks.append((unit.start, kind))
        if kind is SegmentKind.METADATA:
            marks += _chrome_inside(unit)
    return marks


def _chrome_inside(unit: _Unit) -> list[tuple[int, SegmentKind]]:
    """Page pieces inside a line of metadata, and where the metadata goes on behind them."""
    marks: list[tuple[int, SegmentKind]] = []
    for match in CHROME_PIECE.finditer(unit.words):
        if match[0]:
            marks.append((unit.start + match.start(), SegmentKind.CHROME))
            if unit.words[match.end() :].strip():
                marks.append((unit.start + match.end(), SegmentKind.METADATA))
    return marks


def _tail(text: str, lines: Sequence[_Unit]) -> tuple[list[tuple[int, SegmentKind]], list[_Unit]]:
    """Split off signature and chrome from the end: (marks, the lines of the body)."""
    if lines and len(lines[-1].words) > LONG_LINE:
        last = lines[-1]
        pieces = list(_units(text, last.start, last.end, r"[^ \u3000\u00a0]+"))
        kept = next((i for i in range(len(pieces) - 1, -1, -1) if _tail_kind(pieces[i].words) is None), -1)
        marks = [(p.start, kind) for p in pieces[kept + 1 :] if (kind := _tail_kind(p.words))]
        return marks, list(lines)
    marks = []
    end = len(lines)
    while end > 1 and (kind := _tail_kind(lines[end - 1].words)) is not None:
        end -= 1
        marks.append((lines[end].start, kind))
        if kind is SegmentKind.SIGNATURE:
            marks += _chrome_inside(lines[end])
    return sorted(marks), list(lines[:end])


def _tail_kind(words: str) -> SegmentKind | None:
    """What a line at the end is; None: part of the body."""
    bare = re.sub(r"[（(].{0,12}[)）]", "", _without_page(words))
    if is_chrome_line(words) or (bare == "" and not DATE.search(words)):
        return SegmentKind.CHROME
    if bare == "" and DATE.search(words):
        return SegmentKind.SIGNATURE
    if (
        len(bare) <= 40
        and not re.search(r"[,，。;；:：、]", bare)
        and ORGAN_END.search(bare)
        and not HEADING.match(bare)
    ):
        return SegmentKind.SIGNATURE
    if LABEL.match(words) and len(words) < LONG_LINE:
        return SegmentKind.METADATA
    return None


def _second_copy(lines: Sequence[_Unit]) -> int | None:
    """Return the line at which a second copy of the text begins: from there on nearly all was read before."""
    seen: set[str] = set()
    repeated = []
    for line in lines:
        words = re.sub(r"\s", "", line.words)
        repeated.append(len(words) if words in seen else 0)
        seen.add(words)
    total = sum(len(line.words) for line in lines)
    after = again = 0
    found = None
    for at in range(len(lines) - 1, -1, -1):
        after += len(lines[at].words)
        again += repeated[at]
        if repeated[at] and again >= 0.8 * after and again >= REPEATED_SHARE * total:
            found = at
    return found


def _marks_of_copy(lines: Sequence[_Unit]) -> list[tuple[int, SegmentKind]]:
    return [(x.start, SegmentKind.CHROME if is_chrome_line(x.words) else SegmentKind.REPEAT) for x in lines]


def _tiled(text: str, marks: Sequence[tuple[int, SegmentKind]]) -> tuple[Segment, ...]:
    """Turn marks into segments end to end; blanks between belong to what stands before them."""
    marks = sorted(marks) or [(0, SegmentKind.BODY)]
    segments: list[Segment] = []
    ends = [start for start, _ in marks[1:]] + [len(text)]
    start = 0
    for (_, kind), end in zip(marks, ends, strict=True):
        if segments and segments[-1].kind is kind:
            start = segments.pop().start
        if end > start:
            segments.append(Segment(kind, start, end))
        start = end
    return tuple(segments)
