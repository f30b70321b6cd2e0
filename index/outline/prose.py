"""Reading aids below the level of headings: what a quotation covers, and where sentences and lines end."""

import re
from bisect import bisect_right

BLANKS = " \t\r\f\v\u00a0\u3000\u2003\u2002\u200b\ufeff"
STOPS = "。！？!?…"
SEMICOLONS = "；;"
COLONS = "：:"
COMMAS = "，,"

_CLOSERS = {
    "”": "“",
    "’": "‘",
    "」": "「",
    "』": "『",
    "》": "《",
    "〉": "〈",
    "）": "（",
    ")": "(",
    "〕": "〔",
    "]": "[",
}
_MIXED = {"）": "(", ")": "（"}  # half-width and full-width brackets are often paired with each other
_OPENERS = frozenset(_CLOSERS.values())
_PAIRS = re.compile("[" + re.escape("".join(_CLOSERS) + "".join(sorted(_OPENERS))) + '"\n]')
_CLOSING = frozenset(_CLOSERS) | frozenset('"')
_LONGEST_QUOTE = 300  # a mark left open must not swallow the report
_LONGEST_STRAIGHT_QUOTE = 60  # "…" looks the same on both sides, so an odd one turns all that follow inside out
_NUMBER_IN_BRACKETS = 4  # (一) and （12） are markers, not asides


class Prose:
    """A report's text with the stretches known in which a stop does not end a sentence."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self._quoted = _quoted(text, start, end)
        self._breaks = [m.start() for m in re.finditer("\n", text[start:end])]

    def quoted(self, position: int) -> bool:
        """Does the character stand inside quotation marks, a book title or brackets?"""
        return bool(self._quoted[position - self.start])

    def line_end(self, position: int) -> int:
        """Where the line of a character ends, its line break excluded."""
        i = bisect_right(self._breaks, position - self.start - 1)
        return self.start + self._breaks[i] if i < len(self._breaks) else self.end

    def skip_blanks(self, position: int, limit: int) -> int:
        """The first character at or after `position` that is no blank, line breaks not skipped."""
        while position < limit and self.text[position] in BLANKS:
            position += 1
        return position

    def is_stop(self, position: int) -> bool:
        """Does a sentence end with this character? Some reports write an ASCII point for 。"""
        char = self.text[position]
        if char in STOPS:
            return True
        if char != "." or not self.start < position:
            return False
        before = self.text[position - 1]
        after = self.text[position + 1] if position + 1 < self.end else "\n"
        if after == "." or (after.isascii() and after.isalpha()):
            return False
        return not after.isdigit() if before.isdigit() else before in "%％" or before in _CLOSING or is_cjk(before)


def is_cjk(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _quoted(text: str, start: int, end: int) -> bytearray:
    """One byte a character: is it inside a pair of marks? Marks pair within a line and within a bounded distance."""
    inside = bytearray(end - start)
    opened: dict[str, list[int]] = {opener: [] for opener in _OPENERS}
    straight = -1
    for match in _PAIRS.finditer(text, start, end):
        mark, at = match[0], match.start()
        if mark == "\n":
            straight = -1
            for stack in opened.values():
                stack.clear()
        elif mark == '"':
            if straight >= 0 and at - straight <= _LONGEST_STRAIGHT_QUOTE:
                _cover(inside, straight - start, at - start)
                straight = -1
            else:
                straight = at
        elif mark in _OPENERS:
            opened[mark].append(at)
        else:
            stack = opened[_CLOSERS[mark]] or opened[_MIXED.get(mark, _CLOSERS[mark])]
            if stack:
                since = stack.pop()
                if _NUMBER_IN_BRACKETS < at - since <= _LONGEST_QUOTE:
                    _cover(inside, since - start, at - start)
    return inside


def _cover(inside: bytearray, first: int, last: int) -> None:
    """Mark what stands between two marks; the marks themselves stay outside."""
    inside[first + 1 : last] = b"\x01" * (last - first - 1)
