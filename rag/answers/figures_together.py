"""What the figures of several reports come to: the most, the least, their order, difference, sum or share.

Always an equation over the cited figures, so that anybody can do it again. Figures of unlike units or scopes are not
combined, and the answer says so.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from rag.proof.arithmetic import MINUS, OVER, POINTS, Figure, alike, difference, figure, share, shown
from rag.query.comparison import Comparison
from rag.types import Evidence

CUMULATIVE = re.compile(r"累计|截至|至今|以来|历年")
OF_THE_YEAR = re.compile(r"全年|今年|年内|本年|当年|年度|\d{4}年")
UNLIKE = "（单位不同，不放在一起算）"
NO_SUM = "（比例不能相加）"
NO_SHARE = "（算不出占比）"
OTHER_SCOPE = "（有的是累计数，有的是当年数，口径不同，不放在一起算）"
WORDS = {Comparison.MOST: "最多", Comparison.LEAST: "最少"}
WORDS_OF_SHARE = {Comparison.MOST: "最高", Comparison.LEAST: "最低"}


class Row(Protocol):
    """A row of the table, as far as arithmetic needs it."""

    @property
    def place(self) -> str: ...
    @property
    def short(self) -> str | None: ...
    @property
    def marker(self) -> str: ...
    @property
    def evidence(self) -> Evidence | None: ...


R = TypeVar("R", bound=Row)
Item = tuple[R, Figure]


def together(compared: Comparison | None, rows: Sequence[R]) -> tuple[list[str], list[R]]:
    """Return the lines that say the result, and the rows in the order to show them."""
    read = [(r, f) for r in rows if r.short and (f := figure(r.short)) is not None]
    if compared is None or len(read) < 2:
        return [], list(rows)
    if not alike(f for _, f in read):
        return [UNLIKE], list(rows)
    if len({_is_cumulative(r) for r, _ in read}) > 1:
        return [OTHER_SCOPE], list(rows)
    if compared in (Comparison.DIFFERENCE, Comparison.SUM, Comparison.SHARE):
        return _equation(compared, read), list(rows)
    ordered = sorted(read, key=lambda item: item[1].amount, reverse=compared is not Comparison.LEAST)
    rest = [r for r in rows if all(r is not o for o, _ in ordered)]
    return _first(compared, ordered), [*(r for r, _ in ordered), *rest]


def _is_cumulative(row: Row) -> bool:
    words = row.evidence.hit.text if row.evidence else ""
    at = re.search(rf"(?<![\d.]){re.escape(row.short or '')}", words)
    before = re.split(r"[,，。;；]", words[: at.start()])[-1] if at else ""
    return CUMULATIVE.search(before) is not None and OF_THE_YEAR.search(before) is None


def _first(compared: Comparison, ordered: Sequence[Item[R]]) -> list[str]:
    """最多的是临平：53件; those that are equal together."""
    if compared is Comparison.RANK:
        return ["（从多到少）"]
    top = [item for item in ordered if item[1].amount == ordered[0][1].amount]
    places, markers = "、".join(r.place for r, _ in top), "".join(r.marker for r, _ in top)
    if len(top) == len(ordered):
        return [f"{places}一样{'高' if top[0][1].unit == '%' else '多'}：{top[0][1].words}{markers}"]
    word = (WORDS_OF_SHARE if top[0][1].unit == "%" else WORDS)[compared]
    return [f"{word}的是{places}：{top[0][1].words}{markers}"]


def _equation(compared: Comparison, read: Sequence[Item[R]]) -> list[str]:
    if compared is Comparison.SUM:
        return [_sum(read)]
    if compared is Comparison.SHARE:
        return _share(read)
    ordered = sorted(read, key=lambda item: -item[1].amount)
    (a, fa), (b, fb) = ordered[0], ordered[-1]
    more = "高" if fa.unit == "%" else "多"
    if fa.amount == fb.amount:
        return [f"{a.place}、{b.place}一样{more}：{fa.words}{a.marker}{b.marker}"]
    unit = POINTS if fa.unit == "%" else fa.unit
    result = f"{_about(read)}{shown(difference(fa, fb))}{unit}"
    return [f"{a.place}比{b.place}{more}：{fa.words}{a.marker} {MINUS} {fb.words}{b.marker} = {result}"]


def _sum(read: Sequence[Item[R]]) -> str:
    if read[0][1].unit == "%":
        return NO_SUM
    total = sum((f.amount for _, f in read), Decimal(0))
    left = " + ".join(f"{f.words}{r.marker}" for r, f in read)
    return f"合计：{left} = {_about(read)}{shown(total)}{read[0][1].unit}"


def _share(read: Sequence[Item[R]]) -> list[str]:
    total = sum((f.amount for _, f in read), Decimal(0))
    if read[0][1].unit == "%" or not total:
        return [NO_SHARE]
    whole = " + ".join(f"{f.words}{r.marker}" for r, f in read)
    return [
        f"{r.place}占：{f.words}{r.marker} {OVER} ({whole}) = {_about(read)}{shown(share(f.amount, total))}%"
        for r, f in read
    ]


def _about(read: Sequence[Item[R]]) -> str:
    """约, where a figure is more or less than said."""
    return "约" if any(f.approximate for _, f in read) else ""
