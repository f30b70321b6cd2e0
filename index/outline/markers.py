"""Numbers and signs that may open a heading, wherever they stand. Which of them do is decided in `nesting`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from index.outline.prose import BLANKS, COLONS, COMMAS, SEMICOLONS, STOPS, Prose, is_cjk


class Place(IntEnum):
    """What stands before a marker, from the surest sign of a heading to the poorest."""

    LINE = 0  # first on its line
    STOP = 1  # after a full stop
    ITEM = 2  # after a semicolon or a colon
    BLANK = 3  # after a blank, as in a report poured into one line
    COMMA = 4


@dataclass(frozen=True, slots=True)
class Marker:
    """A possible opening of a heading: `text[start:end]` is its number or sign, blanks and comma after it included.

    Markers of one style count up together. `number` is None where the style does not count.
    """

    style: str
    number: int | None
    start: int
    end: int
    place: Place


LABEL, DASH, SEQUENCE_WORDS, LINE_HEADING, LEAD, CLOSING = "【】", "——", "首先", "line", "lead", "closing"
BARE_NUMBER, DECIMAL = "1 ", "1.1"
NAMED = "一："  # how the style of 计划一： ends, whatever word it starts with
CHAPTERS = ("第部分", "第编", "第篇", "第章", "第节", "第条")
CHINESE_COMMA, CHINESE_BRACKETS, CHINESE_LENTICULAR = "一、", "（一）", "【一】"
RUN_IN = ("一是", "一要", "第一，", "其一", SEQUENCE_WORDS, "①")
STANDS_ALONE = frozenset((*CHAPTERS, CHINESE_COMMA, CHINESE_BRACKETS, CHINESE_LENTICULAR))
"""Styles of which one on a line of its own is a heading even if it never counts on."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_CN = "[一二三四五六七八九十百]{1,4}"
_TITLE = r"(?=[\u4e00-\u9fff“\"‘《「A-Za-z\d（(〔])"  # what the words of a heading may begin with
_GAP = r"[ \t\u00a0\u3000]{0,4}"
_FIRST_DIGIT = r"(?<!\d)(?<!\d[.．])"
_LAST = 999  # 最后 closes a sequence, however long it was
_WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": _LAST}
_YEAR = r"(?=(?:19|20)\d\d年)"

_PATTERN = re.compile(
    "|".join(
        (
            rf"第(?P<chapter>{_CN}|\d{{1,2}})(?P<unit>部分|编|篇|章|节|条){_GAP}[、，,：:]?{_GAP}",
            rf"第(?P<ordinal>{_CN})(?:[，,、：:]|是){_GAP}",
            rf"其(?P<among>[一二三四五六七八九十])(?:[，,、：:]|是){_GAP}",
            rf"(?P<shi>{_CN})是(?![否非])",
            rf"(?P<yao>{_CN})要(?![求素件点])",
            rf"(?P<comma>{_CN}) ?[、．.](?!{_CN}[、和至与级类审次线]){_GAP}{_TITLE}",
            rf"[（(〔] ?(?P<brackets>{_CN}) ?[)）〕]{_GAP}[、，,.．]?{_GAP}{_TITLE}",
            rf"(?P<enclosed>[㈠-㈩]){_GAP}{_TITLE}",
            rf"【(?P<lenticular>{_CN})】{_GAP}{_TITLE}",
            rf"【(?P<label>[^【】\n]{{2,20}})】{_GAP}",
            rf"{_FIRST_DIGIT}(?P<decimal>\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}})[、.．]?(?![\d万亿倍]){_GAP}{_TITLE}",
            rf"{_FIRST_DIGIT}(?P<point>\d{{1,2}}) ?[.．]{_GAP}(?:{_YEAR}|(?!\d){_TITLE})",
            rf"{_FIRST_DIGIT}(?P<arabic>\d{{1,2}}) ?、{_GAP}{_TITLE}",
            rf"(?P<full>[⒈-⒛]){_GAP}{_TITLE}",
            rf"[（(] ?(?P<round>\d{{1,2}}) ?[)）]{_GAP}[、，,.．]?{_GAP}{_TITLE}",
            rf"(?P<rounded>[⑴-⒇]){_GAP}{_TITLE}",
            rf"{_FIRST_DIGIT}(?P<half>\d{{1,2}})[)）]{_GAP}{_TITLE}",
            rf"(?P<circled>[①-⑳]){_GAP}{_TITLE}",
            rf"(?P<black>[❶-❿]){_GAP}{_TITLE}",
            rf"(?P<word>首先|其次|再次|再者|最后)[，,、：:]{_GAP}",
            rf"(?P<named>[一二三四五六七八九十]|(?<!\d)\d{{1,2}})[：:]{_GAP}{_TITLE}",
            rf"(?P<dash>——|--|－－|──|⸺)(?![—\-－─]){_GAP}{_TITLE}",
            rf"(?P<bullet>[●◆■□▪•★※▲◎○◇➢►]){_GAP}{_TITLE}",
            rf"{_FIRST_DIGIT}(?P<bare>\d{{1,2}})[ \u3000]{{1,4}}(?=[\u4e00-\u9fff“\"《])",
        )
    )
)
_NAME = re.compile(r"[\u4e00-\u9fff\d“”]{3,30}(?<![第条款项之唯统])")
_STYLES = {
    "ordinal": "第一，",
    "among": "其一",
    "shi": "一是",
    "yao": "一要",
    "comma": CHINESE_COMMA,
    "brackets": CHINESE_BRACKETS,
    "lenticular": CHINESE_LENTICULAR,
    # reports change between 1、 1. and 1． within one sequence; the reader does not care, nor do we
    "point": "1.",
    "arabic": "1.",
    "round": "（1）",
    "half": "1)",
    "bare": BARE_NUMBER,
}
_SIGNS = {
    "enclosed": ("㈠", CHINESE_BRACKETS),
    "full": ("⒈", "1."),
    "rounded": ("⑴", "（1）"),
    "circled": ("①", "①"),
    "black": ("❶", "①"),
}
_CHROME = re.compile(
    r"打印|关闭|收藏|返回|分享|字体|字号|字\s*号|大\s*中\s*小|视力|来源|时间|日期|索引号|浏览|阅读|点击|责任|作者|纠错|下载|文号|[：:]"
)
_CONTENTS_LINE = re.compile(r"(?:…|\.{3}|·{3})[\s.…·]{0,80}\d{1,3}\s*$")
_CONTENTS_TAIL = 90


def find_markers(prose: Prose) -> Iterator[Marker]:
    """Yield every marker at a place where a heading can begin, in text order, those in quotations left out."""
    last = prose.start
    for match in _PATTERN.finditer(prose.text, prose.start, prose.end):
        kind = "chapter" if match.lastgroup == "unit" else match.lastgroup or ""
        start = match.start() if kind != "named" else _stem_start(prose, match.start())
        if start < 0 or prose.quoted(start):
            continue
        place = _place(prose, start)
        if place is None and kind in ("brackets", "shi") and match[kind] == "一" and _ends_name(prose, last, start):
            place = Place.BLANK
        if place is not None and _fits(prose, match, kind, place):
            style, number = _read(match, kind, prose.text[start : match.start()])
            yield Marker(style, number, start, match.end(), place)
            last = match.end()


def _ends_name(prose: Prose, last: int, start: int) -> bool:
    """Is there but a name since the last marker? In 一、主要做法（一）党建统领 a line break was lost."""
    return last > prose.start and _NAME.fullmatch(prose.text, last, start) is not None


def _fits(prose: Prose, match: re.Match[str], kind: str, place: Place) -> bool:
    """What a kind of marker asks of its surroundings beyond its own pattern."""
    if place is Place.COMMA:
        return kind in ("shi", "yao") and match[kind] == "一"  # 存在不足,一是…;二是…
    if kind in ("bullet", "bare"):
        return place is Place.LINE
    if kind == "label":
        after = prose.text[match.end() : match.end() + 1]
        return not _CHROME.search(match["label"]) and after not in ("【", "")
    if place is Place.LINE:
        line_end = prose.line_end(match.end())
        if _CONTENTS_LINE.search(prose.text, max(match.end(), line_end - _CONTENTS_TAIL), line_end):
            return False  # a line of the table of contents
    return not (kind == "chapter" and match["unit"] == "条" and match[0][-1] == "条")  # 第三条规定…


def _read(match: re.Match[str], kind: str, stem: str) -> tuple[str, int | None]:
    """Style and number of a marker."""
    value = match[kind]
    if kind == "chapter":
        return "第" + match["unit"], number_of(value)
    if kind == "decimal":
        parts = re.split("[.．]", value)
        return ".".join("1" for _ in parts), int(parts[-1])
    if kind in _SIGNS:
        first, style = _SIGNS[kind]
        return style, ord(value) - ord(first) + 1
    if kind == "word":
        return SEQUENCE_WORDS, _WORDS[value]
    if kind == "named":
        return stem + NAMED, number_of(value)
    if kind in ("label", "dash", "bullet"):
        return {"label": LABEL, "dash": DASH}.get(kind, value), None
    return _STYLES[kind], number_of(value)


def number_of(words: str) -> int:
    """二十一 is 21, as is 21.

    >>> number_of("十"), number_of("二十一"), number_of("一百零三"), number_of("7")
    (10, 21, 103, 7)
    """
    if words.isdigit() and words.isascii():
        return int(words)
    total = pending = 0
    for char in words:
        if char in "十百":
            total += (pending or 1) * (10 if char == "十" else 100)
            pending = 0
        else:
            pending = _DIGITS.get(char, 0)
    return total + pending


def _stem_start(prose: Prose, number_start: int) -> int:
    """Where the words of 计划一： begin: two to four characters behind a place where a heading may begin, or -1."""
    for length in range(1, 5):
        at = number_start - length
        if at < prose.start or not is_cjk(prose.text[at]):
            return -1
        if length >= 2 and _place(prose, at) is not None:
            return at
    return -1


def _place(prose: Prose, start: int) -> Place | None:
    """What stands before a marker; None within a sentence."""
    before = start - 1
    while before >= prose.start and prose.text[before] in BLANKS:
        before -= 1
    if before < prose.start or prose.text[before] == "\n":
        return Place.LINE
    char = prose.text[before]
    if char in '”’」』）)"' and before > prose.start and prose.text[before - 1] in STOPS + SEMICOLONS:
        return Place.STOP  # …办法。”一是
    if char in STOPS or prose.is_stop(before):
        return Place.STOP
    if char in SEMICOLONS + COLONS:
        return Place.ITEM
    if before < start - 1:
        return Place.BLANK
    return Place.COMMA if char in COMMAS else None
