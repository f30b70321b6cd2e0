from decimal import Decimal

import pytest

from rag.proof.arithmetic import alike, difference, figure, holds, is_equation, share, shown


@pytest.mark.parametrize(
    ("words", "amount", "unit"),
    [
        ("59项", "59", "项"),
        ("５９项", "59", "项"),
        ("29.91万条", "299100", "条"),
        ("728.5万元", "7285000", "元"),
        ("5000余家", "5000", "家"),
        ("800多家", "800", "家"),
        ("约100人次", "100", "人次"),
        ("12个百分点", "12", "个百分点"),
        ("42.66%", "42.66", "%"),
        ("百分之七十五", "75", "%"),
        ("5‰", "0.5", "%"),
        ("三家", "3", "家"),
        ("2021年办结8件", "8", "件"),  # a date is no figure
        ("31", "31", ""),
    ],
)
def test_a_short_answer_is_one_figure_with_its_unit(words: str, amount: str, unit: str) -> None:
    read = figure(words)
    assert read is not None
    assert (read.amount, read.unit, read.words) == (Decimal(amount), unit, words)


@pytest.mark.parametrize("words", ["和为贵", "", "2021年2月1日", "8件、5件", "53件(含3件)"])
def test_without_a_figure_or_with_several_there_is_none(words: str) -> None:
    assert figure(words) is None


@pytest.mark.parametrize(
    ("words", "approximate"),
    [
        ("5000余家", True), ("800多家", True), ("约100家", True), ("近100家", True), ("超2亿", True),
        ("100家以上", True), ("59项", False), ("29.91万条", False),
    ],
)  # fmt: skip
def test_more_or_less_than_said(words: str, approximate: bool) -> None:
    read = figure(words)
    assert read is not None
    assert read.approximate is approximate


@pytest.mark.parametrize(
    ("words", "same"),
    [
        (["8件", "5件"], True),
        (["8件", "5起", "3宗"], True),
        (["2个", "1家"], True),
        (["98%", "97%"], True),
        (["8件", "5%"], False),
        (["8件", "5人"], False),
        (["8件", "5"], False),  # what has no unit may count anything
        (["8件"], True),
        ([], True),
    ],
)
def test_units_that_count_the_same(words: list[str], same: bool) -> None:
    assert alike(f for w in words if (f := figure(w)) is not None) is same


def test_decimals_are_exact_and_written_plainly() -> None:
    high, low = figure("99.8%"), figure("99.78%")
    assert high is not None
    assert low is not None
    assert difference(high, low) == Decimal("0.02")
    assert [shown(Decimal(n)) for n in ("299100.00", "0.50", "1E+3", "0", "-3.10")] == [
        "299100", "0.5", "1000", "0", "-3.1",
    ]  # fmt: skip


def test_a_share_is_rounded_away_from_zero() -> None:
    assert share(Decimal(8), Decimal(13)) == Decimal("61.54")  # 61.5384…
    assert share(Decimal(1), Decimal(800)) == Decimal("0.13")  # 0.125, which rounding half to even would make 0.12
    assert share(Decimal(0), Decimal(5)) == 0


@pytest.mark.parametrize(
    ("line", "equation"),
    [
        ("临平比泰顺多：61件[2] − 55件[1] = 6件", True),
        ("合计：55件[1] + 61件[2] = 116件", True),
        ("55件[1] ÷ (55件[1] + 61件[2]) = 47.41%", True),
        ("最多的是临平：61件[2]", False),
        ("推行“1+N”模式[1]", False),
        ("61件 - 55件 = 6件", False),  # a hyphen is no minus: 2020-2025
        ("", False),
    ],
)
def test_what_is_an_equation(line: str, equation: bool) -> None:
    assert is_equation(line) is equation


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("8件[1] − 5件[2] = 3件", True),
        ("8件[1] − 5件[2] = 4件", False),
        ("5件[1] − 8件[2] = 3件", False),
        ("合计：2件 + 3件 + 4件 = 9件", True),
        ("合计：2件 + 3件 + 4件 = 8件", False),
        ("29.91万条 + 100条 = 299200条", True),
        ("合计：55余件[1] + 61件[2] = 约116件", True),
        ("99.8%[2] − 99.78%[1] = 0.02个百分点", True),
        ("99.8%[2] − 99.78%[1] = 0.2个百分点", False),
        ("8件 ÷ (8件 + 5件) = 61.54%", True),
        ("8件 ÷ (8件 + 5件) = 61.5%", False),
        ("8件 ÷ (8件 + 5件) = 61.53%", False),
        ("(2件 + 3件) ÷ 10件 = 50%", True),
        ("(8件 + 2件) − 3件 = 7件", True),
        ("8件 ÷ 0件 = 100%", False),
        ("8件 − 若干 = 3件", False),
        ("8件 − 5件 = 若干", False),
        ("8件", False),
    ],
)
def test_an_equation_is_done_again(line: str, right: bool) -> None:
    assert holds(line) is right


def test_units_of_several_characters_are_whole() -> None:
    units = [f.unit for words in ("17小时", "10个工作日", "3个月", "10公里", "8公顷") if (f := figure(words))]
    assert units == ["小时", "个工作日", "个月", "公里", "公顷"]
    assert [figure(words) for words in ("数百家", "几十家", "十几家")] == [None] * 3


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("8件 − (2件 − 1件) = 7件", True),
        ("8件 − (2件 − 1件) = 5件", False),
        ("8件 ÷ 8件 + 5件 = 61.54%", False),
        ("8件 − 5件 = 3%", False),
        ("8件 + 5% = 13件", False),
        ("8件 − (5件 = 3件", False),
        ("8件 ÷ (5件 − 5件) = 0%", False),
    ],
)
def test_brackets_and_units_are_read(line: str, right: bool) -> None:
    assert holds(line) is right
