"""Numbers, shares and dates in a text, by value: ６０ = 60 = 六十, 29.91万 = 299100, 百分之七十五 = 75%.

Offsets are those of the text given: width is folded character by character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from index.numerals import DIGITS, SCALES, chinese_number, whole_number
from rag.query.kinds import CLASSIFIERS

NARROW = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in map(chr, range(0xFF01, 0xFF5F))}
_CN = DIGITS + "两"
_DAY = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = rf"(\d{{4}}|[一二][{_CN}]{{3}})"
# Groups: 1–3 numeric date; 4–6 year, month, day; 7 year alone; 8–9 month, day
DATE = re.compile(
    r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)日?"
    rf"|(?<!\d){_YEAR}年{_DAY}月(?:份|{_DAY}[日号])?"
    rf"|(?<!\d){_YEAR}年"
    rf"|(?<!\d){_DAY}月(?:{_DAY}[日号]|份)?",
    re.ASCII,  # 𝟗 is a digit to \d, and no number to this product
)
# Groups: 1 百分之, 2 number, 3 scale, 4 sign
SHARE_OR_NUMBER = re.compile(
    rf"(百分之)?(?<![\d.])(\d[\d,]*(?:\.\d+)?|(?:[{_CN}十千万亿]|百(?!分))+(?:点[{_CN}]+)?)([十百千万亿]*)余?([%‰])?",
    re.ASCII,
)


class ValueKind(StrEnum):
    """What a value measures."""

    NUMBER = "number"
    SHARE = "share"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Value:
    """A value and where it stands. `amount` of a date is (year, month, day), what is not named None."""

    kind: ValueKind
    amount: Decimal | tuple[int | None, int | None, int | None]
    start: int
    end: int

    def stands_for(self, other: "Value") -> bool:
        """Is `other` this value, or for a date one that this date names more fully?"""
        if self.kind is not other.kind:
            return False
        if isinstance(self.amount, tuple) and isinstance(other.amount, tuple):
            return all(o is None or o == s for s, o in zip(self.amount, other.amount, strict=True))
        return self.amount == other.amount


def values(text: str, loose: bool = False) -> Iterator[Value]:
    """Yield the values of a text in order.

    Chinese numerals count where they cannot be words: 三家, 一百二十, not 一体 or 三是. With `loose` all of them do:
    a text that proves is read generously, one that claims is not.

    >>> [(v.kind.value, v.amount) for v in values("办结2.5万件,占百分之七十五")]
    [('number', Decimal('25000')), ('share', Decimal('75'))]
    """
    text = text.translate(NARROW)
    at = 0
    for date in DATE.finditer(text):
        yield from _numbers(text, at, date.start(), loose)
        yield Value(ValueKind.DATE, _date(date), *date.span())
        at = date.end()
    yield from _numbers(text, at, len(text), loose)


def _date(match: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    if match[1]:
        return int(match[1]), int(match[2]), int(match[3])
    written = (match[4] or match[7], match[5] or match[8], match[6] or match[9])
    year, month, day = (whole_number(words) if words else None for words in written)
    return year, month, day


def _numbers(text: str, start: int, end: int, loose: bool) -> Iterator[Value]:
    for match in SHARE_OR_NUMBER.finditer(text, start, end):
        chinese = match[2][0] not in "0123456789"
        share = bool(match[1] or match[4])
        if chinese and not share and not loose and not _counts(match[2], text[match.end() : match.end() + 1]):
            continue
        amount = chinese_number(match[2]) if chinese else Decimal(match[2].replace(",", ""))
        if amount is None:
            continue
        for scale in match[3]:
            amount *= SCALES[scale]
        if match[4] == "‰":
            amount /= 10
        yield Value(ValueKind.SHARE if share else ValueKind.NUMBER, amount, *match.span())


def _counts(numeral: str, following: str) -> bool:
    """Is a Chinese numeral a count? 三家 and 一百二十 are; 一批, 三是, 万家 and 千方百计 are not."""
    if "点" in numeral:
        return following != "" and (following in SCALES or following in CLASSIFIERS)
    if numeral == "十" and following == "分":  # 十分重要
        return False
    if len(numeral) > 1 and numeral[0] in _CN + "十":
        return any(c in SCALES for c in numeral) and not set(numeral) <= set("千万亿百")
    return numeral in tuple("二两三四五六七八九十") and following != "" and following in CLASSIFIERS
