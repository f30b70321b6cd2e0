from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numerals import chinese_number
from rag.proof.values import Value, ValueKind, values

NUMBER, SHARE, DATE = ValueKind.NUMBER, ValueKind.SHARE, ValueKind.DATE
Amount = Decimal | tuple[int | None, int | None, int | None]


def read(text: str, loose: bool = False) -> list[tuple[ValueKind, Amount]]:
    return [(v.kind, v.amount) for v in values(text, loose)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("60件", "60"), ("６０件", "60"), ("六十件", "60"), ("1,000件", "1000"), ("１，０００件", "1000"),
        ("98.5分", "98.5"), ("29.91万条", "299100"), ("２９．９１万条", "299100"), ("29万余条", "290000"),
        ("5000余家", "5000"), ("3亿元", "300000000"), ("3.5万亿元", "3500000000000"), ("一百二十家", "120"),
        ("一千零一人", "1001"), ("三万五千零二十人", "35020"), ("四百万元", "4000000"), ("三家", "3"), ("两件", "2"),
    ],
)  # fmt: skip
def test_a_number_has_one_value_however_it_is_written(text: str, amount: str) -> None:
    assert read(text) == [(NUMBER, Decimal(amount))]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("75%", "75"), ("７５％", "75"), ("百分之75", "75"), ("百分之七十五", "75"), ("百分之七十五点五", "75.5"),
        ("百分之百", "100"), ("5‰", "0.5"),
    ],
)  # fmt: skip
def test_a_share_is_in_per_cent(text: str, amount: str) -> None:
    assert read(text) == [(SHARE, Decimal(amount))]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021-02-01", (2021, 2, 1)), ("2021/2/1", (2021, 2, 1)), ("2021.02.01", (2021, 2, 1)),
        ("２０２１－０２－０１", (2021, 2, 1)), ("2021年2月1日", (2021, 2, 1)), ("2021年02月01日", (2021, 2, 1)),
        ("二〇二一年二月一日", (2021, 2, 1)), ("二○二一年十二月三十一日", (2021, 12, 31)),
        ("2021年2月", (2021, 2, None)), ("2021年", (2021, None, None)), ("一九九九年", (1999, None, None)),
        ("2月1日", (None, 2, 1)), ("十月十一日", (None, 10, 11)), ("2月份", (None, 2, None)),
        ("9月初", (None, 9, None)),
    ],
)  # fmt: skip
def test_a_date_keeps_what_is_not_named_open(text: str, date: tuple[int | None, int | None, int | None]) -> None:
    assert read(text) == [(DATE, date)]


@pytest.mark.parametrize(
    "text",
    ["一体推进", "三是加强监督", "千方百计", "万家灯火", "一批", "第一", "三农", "百分点", "数百家", "没有数字", ""],
)
def test_a_numeral_that_is_part_of_a_word_is_no_count(text: str) -> None:
    assert read(text) == []


def test_a_text_that_proves_is_read_generously() -> None:
    assert read("一体推进", loose=True) == [(NUMBER, Decimal(1))]
    assert read("三是加强监督", loose=True) == [(NUMBER, Decimal(3))]
    assert read("百分点", loose=True) == []


def test_a_sentence_by_hand() -> None:
    text = "２０２２年,办结2.5万件,占百分之七十五,提高3个百分点"
    found = list(values(text))
    assert [(v.kind, v.amount) for v in found] == [
        (DATE, (2022, None, None)),
        (NUMBER, Decimal(25000)),
        (SHARE, Decimal(75)),
        (NUMBER, Decimal(3)),  # points are no share: 提高3% says something else
    ]
    # places are those of the text as it was given
    assert [text[v.start : v.end] for v in found] == ["２０２２年", "2.5万", "百分之七十五", "3"]


def test_a_value_stands_for_its_equal_and_a_date_for_one_that_names_less() -> None:
    full, month, other = (next(values(text)) for text in ("2021年2月1日", "2021年2月", "2021年3月"))
    assert full.stands_for(month)
    assert not month.stands_for(full)
    assert not full.stands_for(other)
    assert Value(NUMBER, Decimal("60.0"), 0, 1).stands_for(Value(NUMBER, Decimal(60), 5, 7))
    assert not Value(NUMBER, Decimal(60), 0, 1).stands_for(Value(SHARE, Decimal(60), 0, 1))


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("十", "10"), ("十五", "15"), ("一百二十", "120"), ("两千三百", "2300"), ("三百五十万", "3500000"),
        ("点五", None),
    ],
)  # fmt: skip
def test_chinese_numbers(words: str, amount: str | None) -> None:
    assert chinese_number(words) == (None if amount is None else Decimal(amount))


@given(st.text(st.sampled_from("0123456789０９.,，年月日-/百千万亿十一二三点分之%‰第个"), max_size=30))
def test_values_lie_in_order_and_strict_ones_are_among_the_loose(text: str) -> None:
    strict, loose = list(values(text)), list(values(text, loose=True))
    assert set(strict) <= set(loose)
    assert all(a.end <= b.start for a, b in pairwise(loose))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("三亿五千万元", [(NUMBER, Decimal(350_000_000))]),
        ("一亿二千万", [(NUMBER, Decimal(120_000_000))]),
        ("三点五万件", [(NUMBER, Decimal(35_000))]),
        ("于3月出台", [(DATE, (None, 3, None))]),
        ("十分重要", []),
        ("占٣%,办结𝟗件", []),  # digits of other scripts are none of ours
    ],
)
def test_numbers_that_are_read_wrongly_with_ease(text: str, values: list[object]) -> None:
    assert read(text) == values
