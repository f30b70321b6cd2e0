"""Texts as the scoring of answers compares them: by value, blanks, quotation marks and width aside.

29.91万 = 299100, 百分之75 = 75%, 2021-02-01 = 2021年2月1日, １０００ = 1,000 = 1000
"""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

QUOTATION_MARKS = str.maketrans("", "", "\"“”„«»「」『』《》〈〉‘’'")
CIRCLED = re.compile("[\u2460-\u24ff\u2776-\u2793]")  # ① is no figure
BLANKS = re.compile(r"(?<=\d)\s+(?=\d)|(\s+)")
THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)")
ISO_DATE = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)日?")
DATE = re.compile(r"(\d{4})年0?(\d{1,2})月0?(\d{1,2})日")
SHARE = re.compile(r"百分之(\d+(?:\.\d+)?)")
SCALED = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)([万亿])(?!亿)")
SCALES = {"万": 10**4, "亿": 10**8}
FIGURE = re.compile(r"\d+(?:\.\d+)?")
YEAR = re.compile(r"(?:19|20)\d\d")
STOPS = re.compile(r"[。.,;:、]+$")
IN_A_ROW = 12  # characters that two texts share when they speak of the same words
LONGEST_QUOTE = 200  # a longer one proves nothing


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a text as it is compared by its letters."""
    text = CIRCLED.sub("·", text)
    text = unicodedata.normalize("NFKC", text).translate(QUOTATION_MARKS)
    text = BLANKS.sub(lambda m: "" if m[1] else " ", text)
    text = THOUSANDS.sub(lambda m: m[0].replace(",", ""), text)
    text = ISO_DATE.sub(r"\1年\2月\3日", text)
    return DATE.sub(r"\1年\2月\3日", text)


@lru_cache(maxsize=4096)
def by_value(text: str) -> str:
    """Return a text as it is compared by its values.

    >>> by_value("主动公开29.91万条，占百分之75")
    '主动公开299100条,占75%'
    """
    text = SHARE.sub(r"\1%", plain(text))
    return SCALED.sub(lambda m: f"{(Decimal(m[1]) * SCALES[m[2]]).normalize():f}", text)


def figures(text: str) -> set[str]:
    """Return the figures of a text, by value."""
    return set(FIGURE.findall(by_value(text)))


def holds(text: str, wanted: str) -> bool:
    """Does a text hold these words, and not as a part of a longer number, an end of a range, or an ordinal?"""
    text, wanted = by_value(text), by_value(wanted)
    left = right = ""
    if wanted[:1].isdigit():
        left = r"(?<![\d.第])(?<!\d[-~至到—])"
        right = "" if wanted.endswith("日") else r"(?![-~至到—]\d)"
    if wanted[-1:].isdigit():
        right = r"(?![\d.]\d|\d)"
    return re.search(left + re.escape(wanted) + right, text) is not None


def overlap(quote: str, evidence: str) -> bool:
    """Do a quote and the gold evidence share words: one inside the other, or many characters in a row?"""
    q, e = plain(quote), plain(evidence)
    if not q or not e or len(q) > max(LONGEST_QUOTE, len(e)):
        return False
    if q in e or e in q:
        return len(q) >= min(4, len(e))
    n = min(IN_A_ROW, len(q), len(e))
    return any(e[i : i + n] in q for i in range(len(e) - n + 1))


def same_path(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Are two section paths alike, but for blanks, quotation marks and the stops at their ends?"""
    bare = [[STOPS.sub("", plain(heading)) for heading in path] for path in (a, b)]
    return bare[0] == bare[1] and all(bare[0])
