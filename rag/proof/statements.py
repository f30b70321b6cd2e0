"""An answer's text → its statements: what is said, and which citations it names for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.proof import arithmetic
from rag.types import MARKER, NOT_MENTIONED

MARKERS = re.compile(rf"(?:{MARKER.pattern})+")
NOTE = re.compile(r"^（[^（）]*）$")
ROW = re.compile(r"^\|")
SEPARATORS = " \t|、，,。；;：:-（）()"


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of an answer, `text[start:end]`, and the citations it names; without any, all may prove it."""

    start: int
    end: int
    words: str
    cited: tuple[int, ...]
    own: bool = False  # the product's own words: what a report is, or that it does not say

    @property
    def is_equation(self) -> bool:
        return arithmetic.is_equation(self.words)

    @property
    def is_row(self) -> bool:
        return ROW.match(self.words) is not None


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of an answer with their places; an equation is one, whatever markers stand in it.

    The product's own words are notes in brackets and rows with a blank cell; they name reports and claim nothing else.
    """
    at = 0
    for line in text.split("\n"):
        if line.strip():
            if NOTE.match(line.strip()) or (ROW.match(line) and NOT_MENTIONED in line):
                yield Statement(at, at + len(line), line, (), own=True)
            elif arithmetic.is_equation(line):
                yield Statement(at, at + len(line), line, _numbers(line))
            else:
                yield from parts(line, at)
        at += len(line) + 1


def parts(line: str, offset: int = 0) -> Iterator[Statement]:
    """Yield the stretches of a line up to each marker; words behind the last belong to its citations."""
    begin = 0
    groups = list(MARKERS.finditer(line))
    for group in groups:
        yield _stripped(line, begin, group.start(), offset, _numbers(group[0]))
        begin = group.end()
    if line[begin:].strip(SEPARATORS):
        yield _stripped(line, begin, len(line), offset, _numbers(groups[-1][0]) if groups else ())


def _stripped(line: str, start: int, end: int, offset: int, cited: tuple[int, ...]) -> Statement:
    words = line[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    return Statement(offset + start, offset + start + len(words), words, cited)


def _numbers(words: str) -> tuple[int, ...]:
    return tuple(map(int, MARKER.findall(words)))
