"""Headings without a number: lines of their own, sentences that lead a paragraph, closing labels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.outline.markers import CLOSING, LEAD, LINE_HEADING, Marker, Place
from index.outline.names import name_end
from index.outline.nesting import Nested
from index.outline.prose import BLANKS, STOPS, Prose

_LONGEST_LINE = 30  # a heading on a line of its own
_SHORTEST_PROSE = 40  # a line this long that holds a stop is a paragraph
_LONGEST_LEAD = 26
_FEWEST_LEADS = 3  # in a report: paragraphs that happen to start with a short sentence are not a style

# addressee, metadata, chrome, title
_NOT_HEADING = re.compile(
    r"[：:|｜>＞【】\[\]\\@]|打印|关闭|分享|收藏|来源|浏览|扫一扫|责任编辑|索引号|附件|首页|当前位置|上一篇|下一篇|特此报告"
    r"|\.(?:docx?|pdf|xlsx?|wps|zip|rar)|\d{4}\D\d{1,2}\D\d{1,2}|〔\d{4}〕|^[（(].*[）)]$|(?:报告|总结|公告|通报|年报|建设情况|工作情况)$"
    r"|人民政府$|委员会$|[局厅办]$"
)
_WORDS = re.compile(r"(?:[\u4e00-\u9fff“《\"]|\d{4}年(?!\d)).*[\u4e00-\u9fff”》）)\"]")
_ITEM = re.compile(
    r"[（(【〔]?[一二三四五六七八九十\d]{1,3}[)）】〕、.． ]|——|[①-⑳●◆■]|第.{1,3}[部章节条，,]|[一二三四五六七八九十]是"
)
_LEAD_WORDS = re.compile(
    r"\d|^(?:各位代表|一年来|目前|同时|此外|其中|今年|我[市县区局]|现将|下一步|总体|总的)|如下$|情况$"
)
_CLOSING = re.compile(
    r"(?<![^。！？!?.\s])(?:\d{4}年度?|下一?步|下一?年度?|今后|明年|目前|存在的?|主要|面临的?|法治政府建设|工作"
    r"|困难|不足|问题|差距|短板|和|与|及|、|的){0,8}"
    r"(?:不足|问题|困难|差距|短板|打算|计划|安排|思路|重点)(?=[：:])"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the body without the blanks around it."""

    start: int
    end: int
    is_prose: bool


def heading_lines(prose: Prose) -> Iterator[Marker]:
    """Short lines without a stop that stand right before a paragraph or an item, none above the text."""
    lines = list(_lines(prose))
    first = next((i for i, line in enumerate(lines) if line.is_prose or prose.text[line.end - 1] == "。"), len(lines))
    for line, after in pairwise(lines[max(first - 1, 0) :]):
        if _may_be_heading(prose, line) and (after.is_prose or _opens_item(prose, after)):
            yield Marker(LINE_HEADING, None, line.start, line.start, Place.LINE)


def leads(prose: Prose, nested: Sequence[Nested]) -> list[Marker]:
    """Short sentences that open every paragraph of a section which has no other headings inside it."""
    found: list[Marker] = []
    for row, limit in zip(nested, limits(prose, nested), strict=True):
        if row.marker.place is not Place.LINE:
            continue
        name = name_end(prose, row.marker, limit)
        if prose.line_end(name) - name > 1:  # text on the line of the heading
            continue
        paragraphs = [line for line in _lines(prose, name, limit) if line.is_prose]
        leading = [_has_lead(prose, line) for line in paragraphs]
        if len(leading) > 1 and not leading[0]:  # an introduction
            del paragraphs[0], leading[0]
        if len(leading) > _FEWEST_LEADS and not leading[-1]:  # and a farewell
            del paragraphs[-1], leading[-1]
        if len(leading) > 1 and all(leading):
            found += [Marker(LEAD, None, line.start, line.start, Place.LINE) for line in paragraphs]
    return found if len(found) >= _FEWEST_LEADS else []


def limits(prose: Prose, nested: Sequence[Nested]) -> list[int]:
    """Where the next heading of any level starts, for each heading."""
    return [*(row.marker.start for row in nested[1:]), prose.end][: len(nested)]


def closing_labels(prose: Prose, nested: Sequence[Nested]) -> list[Marker]:
    """存在的不足: and 明年打算: at the end of a report written in one line, where nothing else sets them off."""
    if not nested or any(row.marker.place is Place.LINE for row in nested):
        return []
    return [
        Marker(CLOSING, None, match.start(), match.start(), Place.STOP)
        for match in _CLOSING.finditer(prose.text, nested[-1].marker.end, prose.end)
        if not prose.quoted(match.start())
    ]


def _has_lead(prose: Prose, line: _Line) -> bool:
    """Does a paragraph start with a short sentence, and say more after it than in it?"""
    for at in range(line.start, min(line.start + _LONGEST_LEAD + 1, line.end)):
        if prose.is_stop(at) and not prose.quoted(at):
            words = prose.text[line.start : at]
            short = 1 < len(words) < line.end - at
            introduces = prose.text.startswith("我们", at + 1)  # 产业是城市的筋骨。我们将聚焦…
            return short and prose.text[at] in "。." and not introduces and not _LEAD_WORDS.search(words)
    return False


def _may_be_heading(prose: Prose, line: _Line) -> bool:
    """Is a line short, made of words, without number and stop, and none of what frames a report?"""
    if line.is_prose or line.end - line.start > _LONGEST_LINE or _opens_item(prose, line):
        return False
    words = prose.text[line.start : line.end]
    return _WORDS.fullmatch(words) is not None and not _NOT_HEADING.search(words)


def _opens_item(prose: Prose, line: _Line) -> bool:
    """Does a line start with a number or a sign?"""
    return _ITEM.match(prose.text, line.start, line.end) is not None


def _lines(prose: Prose, start: int | None = None, end: int | None = None) -> Iterator[_Line]:
    """The lines that are not blank."""
    start = prose.start if start is None else start
    end = prose.end if end is None else end
    for match in re.finditer(r"[^\n]+", prose.text[start:end]):
        first, last = start + match.start(), start + match.end()
        stripped = match[0].strip(BLANKS)
        if stripped:
            first = prose.skip_blanks(first, last)
            last = first + len(stripped)
            is_prose = len(stripped) >= _SHORTEST_PROSE and any(c in STOPS + ".;；" for c in stripped)
            yield _Line(first, last, is_prose)
