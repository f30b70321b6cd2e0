"""Each way of asking differently changes the words as it says, the same way every time, and nothing else."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from index.regions import find_mentions
from tests.lookalikes import Question
from tests.perturbed import (
    CONFUSED,
    KINDS,
    mistyped,
    perturb,
    perturbed_set,
    without_punctuation,
)

GOLD: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "gold/dev.jsonl").open(encoding="utf-8")
]
WORDS = ("question", "history", "today")  # all that may change


def changed(id: str, kind: str) -> Question:
    return next(q for q in perturbed_set(GOLD, kind) if q["id"] == id)


@pytest.mark.parametrize("kind", [*KINDS, None])
def test_gold_is_untouched_and_the_same_comes_out_every_time(kind: str | None) -> None:
    before = copy.deepcopy(GOLD)
    once = perturbed_set(GOLD, kind)
    assert before == GOLD
    assert once == perturbed_set(GOLD, kind)
    for old, new in zip(GOLD, once, strict=True):
        assert {k: v for k, v in old.items() if k not in WORDS} == {k: v for k, v in new.items() if k not in WORDS}
        turns = zip(old.get("history", []), new.get("history", []), strict=True)
        assert all(a == b for a, b in turns if a["role"] == "assistant")


def test_kinds_take_turns() -> None:
    mixed = perturbed_set(GOLD, None)
    for n, kind in enumerate(KINDS):
        assert mixed[n :: len(KINDS)] == perturbed_set(GOLD, kind)[n :: len(KINDS)]


def test_unknown_kind() -> None:
    with pytest.raises(ValueError, match="upside_down"):
        perturb(GOLD[0], "upside_down", random.Random(0))


@pytest.mark.parametrize(
    ("id", "kind", "expected"),
    [
        ("D004", "full_width", "温岭２０２１年主动晒出来的政务信息大概多少条？"),
        ("D024", "full_width", "ｅ鹿顺是泰顺跟谁一起做的？"),
        ("D006", "full_width", "海门 失信黑名单 数量"),
        ("D003", "traditional", "溫嶺註銷企業時能跟執照一塊辦掉的許可證有幾種?"),
        ("D048", "traditional", "哪些報告裏講到自己有“楓橋式”的基層單位?"),
        ("D034", "no_punctuation", "福建的泰顺人能用浙闽通办办哪些事举几个例子"),
        ("D047", "no_punctuation", "有哪些地方聘了外面的人来监督执法特邀监督员"),
        ("D001", "year_words", "温岭去年有几项业务可以秒办?"),
        ("D002", "year_words", "温岭二〇二一年全市各执法单位跑在办案系统里的处罚案总量"),
        ("D003", "year_words", "温岭去年的报告里注销企业时能跟执照一块办掉的许可证有几种?"),
        ("D004", "year_words", "温岭2021年度主动晒出来的政务信息大概多少条?"),
        ("D044", "year_words", "泰顺2023年度和临平2022年度政府常务会一年各学了几回法?"),
        ("D049", "year_words", "调解成功率泰顺二〇二三年和临平二〇二二年各是多少?"),
        ("D055", "year_words", "定海执法局去年这份法治工作总结是哪个单位写的?"),
        ("D060", "year_words", "身份证丢了怎么补办?"),
    ],
)
def test_worked_examples(id: str, kind: str, expected: str) -> None:
    assert changed(id, kind)["question"] == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("full_width", "泰顺“浙闽通办”包括多少事项？"),
        ("traditional", "泰順“浙閩通辦”包括多少事項?"),
        ("no_punctuation", "泰顺浙闽通办包括多少事项"),
        ("typo", "泰顺“浙闽通办”包括多少事项?"),
        ("year_words", "泰顺去年的报告里“浙闽通办”包括多少事项?"),
    ],
)
def test_what_the_user_said_before(kind: str, expected: str) -> None:
    assert changed("D051", kind)["history"][0]["content"] == expected


def test_last_year_comes_with_a_day_on_which_it_was_last_year() -> None:
    for question in perturbed_set(GOLD, "year_words"):
        words = [question["question"], *(turn["content"] for turn in question.get("history", []))]
        assert ("today" in question) == any("去年" in text for text in words)
    assert changed("D001", "year_words")["today"] == "2022-06-30"
    assert changed("D031", "year_words")["today"] == "2023-06-30"  # asks for 2022 of the report of 2021


def test_numbers_keep_their_signs() -> None:
    assert without_punctuation("占比98.5%,2022-02-21发布的(吗)?") == "占比98.5%2022-02-21发布的吗"


def test_typo_is_one_slip_outside_names_and_digits() -> None:
    for old, new in zip(GOLD, perturbed_set(GOLD, "typo"), strict=True):
        was, now = old["question"], new["question"]
        different = [at for at in range(len(was)) if was[at] != now[at]]
        assert len(was) == len(now) and 1 <= len(different) <= 2
        named = {at for m in find_mentions(was) for at in range(m.start, m.end)}
        assert not named & set(different)
        assert not any(was[at].isascii() for at in different)


def test_typo_without_a_confusable_character_swaps_two_neighbours_of_a_word() -> None:
    assert mistyped("泰顺廊桥", random.Random(1)) == "泰顺桥廊"
    assert mistyped("泰顺?", random.Random(1)) == "泰顺?"


def test_confused_characters_come_in_pairs() -> None:
    assert all(len(pair) == len(set(pair)) == 2 for pair in CONFUSED.split())
