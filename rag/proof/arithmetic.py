"""Arithmetic over cited figures, shown as an equation that anybody, and `rag.proof.verification`, can do again.

Exact decimal arithmetic; figures of unlike units are not combined.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation

from rag.extract.figures import SAME_UNIT
from rag.proof.values import ValueKind, values
from rag.types import MARKER

MINUS, OVER = "−", "÷"
UNIT = re.compile(
    r"^[余多]?(?P<unit>人次|场次|批次|件次|户次|家次|个(?:百分点|月|工作日)|工作日|小时|分钟|公里|千米|公顷|公斤|平方米|立方米"
    r"|[\u4e00-\u9fff])"
)
POINTS = "个百分点"
VAGUE = re.compile(r"[数几]")  # 数百家, 十几家: no figure to reckon with
# With blanks round its signs, as they are written here: “3+X=5” is a name
EQUATION = re.compile(rf"^(?:[^:：\n]{{0,60}}[：:])?(?P<left>[^=\n]* [+{MINUS}{OVER}] [^=\n]*) = (?P<right>[^=\n]+)$")
TOKEN = re.compile(rf" ([+{MINUS}{OVER}]) |([()])")
APPROXIMATE = re.compile(r"[余多约近超]|左右|以上|以下")
PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its unit, in the report's own words. A share has the unit %."""

    amount: Decimal
    unit: str
    words: str

    @property
    def approximate(self) -> bool:
        """Is it more or less than said: 5000余家?"""
        return APPROXIMATE.search(self.words) is not None


def figure(words: str) -> Figure | None:
    """Read a short answer as a figure; None when it holds none, or several.

    >>> figure("29.91万条")
    Figure(amount=Decimal('299100'), unit='条', words='29.91万条')
    """
    if VAGUE.search(words):
        return None
    found = [v for v in values(words, loose=True) if v.kind is not ValueKind.DATE]
    if len(found) != 1 or not isinstance(found[0].amount, Decimal):
        return None
    unit = UNIT.match(words[found[0].end :])
    name = "%" if found[0].kind is ValueKind.SHARE else unit["unit"] if unit else ""
    return Figure(found[0].amount, name, words)


def alike(figures: Iterable[Figure]) -> bool:
    """Do all of these count the same kind of thing: 件 and 起 do, 件 and % do not?"""
    units = {f.unit for f in figures}
    return len(units) <= 1 or any(units <= group for group in SAME_UNIT)


def shown(amount: Decimal) -> str:
    """Write a number plainly: no exponent, no zeros behind the point.

    >>> shown(Decimal("299100.00")), shown(Decimal("0.50"))
    ('299100', '0.5')
    """
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def difference(a: Figure, b: Figure) -> Decimal:
    """Return a − b."""
    return a.amount - b.amount


def share(part: Decimal, whole: Decimal) -> Decimal:
    """Return part ÷ whole in per cent, to two places, halves away from zero. `whole` is not 0."""
    return (part / whole * 100).quantize(PLACES, ROUND_HALF_UP)


def is_equation(line: str) -> bool:
    """Is a line an equation over figures: 8件[1] − 5件[2] = 3件?"""
    return EQUATION.match(MARKER.sub("", line).strip()) is not None


def holds(line: str) -> bool:
    """Do an equation again: is what stands on its right what its left comes to, in the units it is said in?

    A share may be rounded to two places.

    >>> holds("相差：8件[1] − 5件[2] = 3件"), holds("2件 + 3件 = 6件"), holds("8件 ÷ (8件 + 5件) = 61.54%")
    (True, False, True)
    """
    match = EQUATION.match(MARKER.sub("", line).strip())
    result = figure(match["right"].strip()) if match else None
    if match is None or result is None:
        return False
    tokens = [t.strip() for t in TOKEN.split(match["left"]) if t and t.strip()]
    figures = [figure(t) for t in tokens if t not in ("+", MINUS, OVER, "(", ")")]
    known = [f for f in figures if f is not None]
    if len(known) < len(figures) or not alike(known):
        return False
    try:
        total = _Reckoning(tokens).total()
    except (ValueError, DivisionByZero, InvalidOperation):
        return False
    if OVER in tokens:
        return result.unit == "%" and result.amount == share(total, Decimal(1))
    units = {POINTS} if known[0].unit == "%" else {f.unit for f in known}
    return result.unit in units and result.amount == total


class _Reckoning:
    """Reads figures, signs and brackets: sums of quotients, left to right."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = list(tokens)

    def total(self) -> Decimal:
        """Return the value of all tokens. Raises ValueError where they are no sum."""
        value = self._sum()
        if self._tokens:
            raise ValueError("more than a sum")
        return value

    def _sum(self) -> Decimal:
        value = self._quotient()
        while self._tokens and self._tokens[0] in ("+", MINUS):
            plus = self._tokens.pop(0) == "+"
            value = value + self._quotient() if plus else value - self._quotient()
        return value

    def _quotient(self) -> Decimal:
        value = self._one()
        while self._tokens and self._tokens[0] == OVER:
            self._tokens.pop(0)
            value /= self._one()
        return value

    def _one(self) -> Decimal:
        sign = self._tokens.pop(0) if self._tokens else ""
        if sign == "(":
            value = self._sum()
            if not self._tokens or self._tokens.pop(0) != ")":
                raise ValueError("a bracket is open")
            return value
        read = figure(sign)
        if read is None:
            raise ValueError(f"no figure: {sign}")
        return read.amount
