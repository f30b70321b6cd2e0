import pytest

from rag.evaluate.comparing import by_value, figures, holds, overlap, plain, same_path
from tests.rag.evaluate.examples import published_scorer

PUBLISHED = published_scorer()


@pytest.mark.parametrize(
    ("text", "letters", "value"),
    [
        ("６０ 件", "60件", "60件"),
        ("1,000件", "1000件", "1000件"),
        ("1,00件", "1,00件", "1,00件"),
        ("“和为贵”《办法》", "和为贵办法", "和为贵办法"),
        ("2021-02-01", "2021年2月1日", "2021年2月1日"),
        ("2021年02月01日", "2021年2月1日", "2021年2月1日"),
        ("①办结", "·办结", "·办结"),  # NFKC would make a figure of it
        ("29.91万条", "29.91万条", "299100条"),
        ("2亿元", "2亿元", "200000000元"),
        ("3万亿", "3万亿", "3万亿"),
        ("百分之75", "百分之75", "75%"),
        ("8 9", "8 9", "8 9"),  # two numbers stay two
        ("", "", ""),
    ],
)
def test_texts_as_they_are_compared(text: str, letters: str, value: str) -> None:
    assert (plain(text), by_value(text)) == (letters, value)
    assert (PUBLISHED.plain(text), PUBLISHED.by_value(text)) == (letters, value)


def test_figures_by_hand() -> None:
    assert figures("①2021年公开29.91万条,占百分之75,同比-3.5%") == {"2021", "299100", "75", "3.5"}


@pytest.mark.parametrize(
    ("text", "wanted", "there"),
    [
        ("秒办事项59项", "59项", True),
        ("秒办事项159项", "59项", False),
        ("占3.59项", "59项", False),
        ("第59项", "59项", False),  # an ordinal
        ("40-59项", "59项", False),  # the end of a range
        ("59项至60项", "59项", False),
        ("共59", "59", True),
        ("共59.5", "59", False),
        ("共59。", "59", True),
        ("公开299100条", "29.91万条", True),
        ("2021-02-01发布", "2021年2月1日", True),
        ("2021年2月1日至3日", "2021年2月1日", True),  # a day that begins a span is still that day
        ("2021年2月11日", "2021年2月1日", False),
        ("“和为贵”", "和为贵", True),
        ("和而贵", "和为贵", False),
    ],
)
def test_a_text_holds_words_as_they_stand_and_no_part_of_a_number(text: str, wanted: str, there: bool) -> None:
    assert holds(text, wanted) is there
    assert PUBLISHED.holds(text, wanted) is there


@pytest.mark.parametrize(
    ("quote", "evidence", "shared"),
    [
        ("梳理秒办事项59项。", "秒办事项59项", True),
        ("事项59项", "秒办事项59项、好办347项", True),
        ("59项", "秒办事项59项", False),  # three characters say nothing
        ("甲一共处理行政复议案件九百件", "乙一共处理行政复议案件九百人", True),  # 12 characters in a row
        ("甲一共处理行政复议案件九百件", "乙一共处理行政复议案件九千件", False),  # 11
        ("", "秒办事项59项", False),
        ("秒办事项59项", "", False),
        ("秒办事项59项" + "长" * 200, "秒办事项59项", False),  # a longer quote proves nothing
        ("长" * 210, "长" * 220, True),  # but for a piece of evidence that is as long itself
    ],
)
def test_quotes_that_share_words(quote: str, evidence: str, shared: bool) -> None:
    assert overlap(quote, evidence) is shared
    assert PUBLISHED.overlap(quote, evidence) is shared


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        (("一、成效", "(一)改革"), ("一、 成效。", "（一）改革"), True),
        (("“一、成效”",), ("一、成效",), True),
        (("一、成效",), ("一、成效", "(一)改革"), False),
        (("一、成效",), ("二、成效",), False),
        (("",), ("",), False),  # no heading is like no other
    ],
)
def test_section_paths(a: tuple[str, ...], b: tuple[str, ...], alike: bool) -> None:
    assert same_path(a, b) is alike
    assert PUBLISHED.same_path(a, b) is alike
