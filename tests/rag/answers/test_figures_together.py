from dataclasses import dataclass

import pytest

from rag.answers.figures_together import NO_SHARE, NO_SUM, OTHER_SCOPE, UNLIKE, together
from rag.proof.arithmetic import holds, is_equation
from rag.query.comparison import Comparison
from rag.types import Evidence
from tests.rag.examples import TAISHUN
from tests.rag.examples import evidence as passage

MOST, LEAST, RANK = Comparison.MOST, Comparison.LEAST, Comparison.RANK
DIFFERENCE, SUM, SHARE = Comparison.DIFFERENCE, Comparison.SUM, Comparison.SHARE


@dataclass(frozen=True)
class Row:
    """What a table's row has to offer to arithmetic."""

    place: str
    short: str | None
    marker: str = ""
    evidence: Evidence | None = None


def rows(*shorts: str | None) -> list[Row]:
    return [Row("甲乙丙丁"[i], short, f"[{i + 1}]") for i, short in enumerate(shorts)]


@pytest.mark.parametrize(
    ("compared", "shorts", "said", "order"),
    [
        (MOST, ("8件", "11件"), "最多的是乙：11件[2]", "乙甲"),
        (LEAST, ("8件", "11件"), "最少的是甲：8件[1]", "甲乙"),
        (MOST, ("29.91万条", "30000条"), "最多的是甲：29.91万条[1]", "甲乙"),
        (MOST, ("99.78%", "99.8%"), "最高的是乙：99.8%[2]", "乙甲"),
        (LEAST, ("99.78%", "99.8%"), "最低的是甲：99.78%[1]", "甲乙"),
        (MOST, ("8件", "11件", "11件"), "最多的是乙、丙：11件[2][3]", "乙丙甲"),
        (MOST, ("5次", "5次"), "甲、乙一样多：5次[1][2]", "甲乙"),
        (LEAST, ("100%", "100%"), "甲、乙一样高：100%[1][2]", "甲乙"),
        (MOST, ("8件", None, "11件"), "最多的是丙：11件[3]", "丙甲乙"),  # what does not say comes last
        (RANK, ("8件", "11件", "9件"), "（从多到少）", "乙丙甲"),
        (DIFFERENCE, ("8件", "11件"), "乙比甲多：11件[2] − 8件[1] = 3件", "甲乙"),
        (DIFFERENCE, ("8件", "11件", "9件"), "乙比甲多：11件[2] − 8件[1] = 3件", "甲乙丙"),
        (DIFFERENCE, ("99.78%", "99.8%"), "乙比甲高：99.8%[2] − 99.78%[1] = 0.02个百分点", "甲乙"),
        (DIFFERENCE, ("5次", "5次"), "甲、乙一样多：5次[1][2]", "甲乙"),
        (DIFFERENCE, ("5000余家", "200家"), "甲比乙多：5000余家[1] − 200家[2] = 约4800家", "甲乙"),
        (SUM, ("8件", "11件", "1件"), "合计：8件[1] + 11件[2] + 1件[3] = 20件", "甲乙丙"),
        (SUM, ("8件", "约11件"), "合计：8件[1] + 约11件[2] = 约19件", "甲乙"),
        (SUM, ("8件", "5起"), "合计：8件[1] + 5起[2] = 13件", "甲乙"),
    ],
)
def test_what_the_figures_come_to(compared: Comparison, shorts: tuple[str | None, ...], said: str, order: str) -> None:
    lines, ordered = together(compared, rows(*shorts))
    assert lines == [said]
    assert "".join(r.place for r in ordered) == order
    assert not is_equation(said) or holds(said)


def test_a_share_by_hand() -> None:
    lines, _ = together(SHARE, rows("8件", "5件"))
    assert lines == [
        "甲占：8件[1] ÷ (8件[1] + 5件[2]) = 61.54%",  # 8 ÷ 13 = 0.61538…
        "乙占：5件[2] ÷ (8件[1] + 5件[2]) = 38.46%",
    ]
    assert all(map(holds, lines))


@pytest.mark.parametrize("compared", [MOST, DIFFERENCE, SUM, SHARE])
def test_unlike_units_are_not_combined(compared: Comparison) -> None:
    table = rows("8件", "5%")
    assert together(compared, table) == ([UNLIKE], table)
    assert together(compared, rows("8件", "5人"))[0] == [UNLIKE]


@pytest.mark.parametrize("compared", [SUM, SHARE])
def test_shares_are_neither_added_up_nor_parts_of_a_whole(compared: Comparison) -> None:
    assert together(compared, rows("8%", "5%"))[0] == [NO_SUM if compared is SUM else NO_SHARE]
    assert together(SHARE, rows("0件", "0件"))[0] == [NO_SHARE]


@pytest.mark.parametrize("shorts", [(), ("8件",), ("8件", None), ("8件", "和为贵"), ("8件", "3件和2件")])
def test_fewer_than_two_figures_come_to_nothing(shorts: tuple[str | None, ...]) -> None:
    table = rows(*shorts)
    assert together(MOST, table) == ([], table)


def test_without_a_comparison_nothing_is_said() -> None:
    table = rows("8件", "11件")
    assert together(None, table) == ([], table)


@pytest.mark.parametrize(
    ("first", "second", "combined"),
    [
        ("累计创成2个。", "创成1个。", False),
        ("累计创成2个。", "截至2022年底,累计创成1个。", True),  # both are totals
        ("创成2个。", "创成1个。", True),
        ("全年累计创成2个。", "创成1个。", True),  # a total of the year is a figure of the year
        ("累计办结8件,创成2个。", "创成1个。", True),  # another figure is the total
        ("累计创成12个,今年创成2个。", "创成1个。", True),  # 2个 is no part of 12个
    ],
)
def test_totals_are_not_compared_with_figures_of_one_year(first: str, second: str, combined: bool) -> None:
    table = [Row("甲", "2个", "[1]", passage(TAISHUN, first)), Row("乙", "1个", "[2]", passage(TAISHUN, second))]
    lines, ordered = together(MOST, table)
    assert lines == (["最多的是甲：2个[1]"] if combined else [OTHER_SCOPE])
    assert ordered == table
