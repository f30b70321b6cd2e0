"""Arithmetic over cited figures, shown as an equation that anybody, and `rag.proof.verification`, can do again.

Exact decimal arithmetic; figures of unlike units are not combined.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from rag.extract.figures import SAME_UNIT
from rag.proof.values import ValueKind, values

MINUS, OVER, TIMES = "−", "÷", "×"
UNIT = re.compile(r"^[余多]?(?P<unit>人次|场次|批次|件次|户次|家次|个百分点|[\u4e00-\u9fff])")
MARKERS = re.compile(r"\[\d{1,3}\]")
EQUATION = re.compile(rf"^(?:[^:：\n]{{0,60}}[：:])?(?P<left>[^=\n]*[+{MINUS}{OVER}][^=\n]*)=(?P<right>[^=\n]+)$")
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
    return EQUATION.match(MARKERS.sub("", line).strip()) is not None


def holds(line: str) -> bool:
    """Do an equation again: is what stands on its right what its left comes to? A share may be rounded to two places.

    >>> holds("相差：8件[1] − 5件[2] = 3件"), holds("2件 + 3件 = 6件")
    (True, False)
    """
    match = EQUATION.match(MARKERS.sub("", line).strip())
    if match is None:
        return False
    terms = re.split(rf"([+{MINUS}{OVER}()])", match["left"])
    amounts = [(t if t in ("+", MINUS, OVER, "(", ")") else _amount(t)) for t in terms if t.strip()]
    result = _amount(match["right"])
    total = None if None in amounts else _reduced([a for a in amounts if a is not None and a not in ("(", ")")])
    if result is None or total is None:
        return False
    return result == (total.quantize(PLACES, ROUND_HALF_UP) if OVER in match["left"] else total)


def _amount(term: str) -> Decimal | None:
    read = figure(term.strip())
    return None if read is None else read.amount


def _reduced(terms: list[Decimal | str]) -> Decimal | None:
    """Left to right; what stands behind ÷ is a sum of all that follows: 8 ÷ (8 + 5)."""
    if OVER in terms:
        at = terms.index(OVER)
        above, below = _reduced(terms[:at]), _reduced(terms[at + 1 :])
        return None if above is None or not below else above / below * 100
    total: Decimal | None = None
    sign = "+"
    for term in terms:
        if isinstance(term, str):
            sign = term
        else:
            total = term if total is None else total - term if sign == MINUS else total + term
    return total
