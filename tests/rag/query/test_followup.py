"""What a follow-up leaves unsaid: the subject, the region, the year."""

import pytest

from rag.query.followup import readings
from rag.types import Turn

HISTORY = (Turn("user", "海门2020年仲裁收了多少案子"), Turn("assistant", "15件。"))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("结了几件?", ["海门2020年仲裁收了多少案子 结了几件?"]),
        ("那临平呢?", ["临平2020年仲裁收了多少案子", "临平仲裁收了多少案子"]),
        ("2021年呢?", ["海门2021年仲裁收了多少案子"]),
        ("前一年呢?", ["海门2019年仲裁收了多少案子"]),
        ("为什么?", ["海门2020年仲裁收了多少案子 为什么?"]),
        # a subject of its own: only the region and the year come along
        ("身份证丢了怎么补办?", ["海门2020年身份证丢了怎么补办?"]),
        ("泰顺的道路安全隐患整改率是多少?", ["泰顺的道路安全隐患整改率是多少?"]),
        # either may be meant
        ("泰顺的复议率是多少?", ["泰顺的复议率是多少?", "泰顺仲裁收了多少案子 的复议率是多少?"]),
    ],
)
def test_what_is_missing_is_taken_from_before(text: str, read: list[str]) -> None:
    assert [r.text for r in readings(text, HISTORY)] == read


def test_a_first_question_is_itself() -> None:
    assert [r.text for r in readings("结了几件?", ())] == ["结了几件?"]


def test_the_form_of_the_question_before_is_kept_for_another_place() -> None:
    assert readings("那临平呢?", HISTORY)[0].form == "海门2020年仲裁收了多少案子"
    assert readings("结了几件?", HISTORY)[0].form == "结了几件?"


def test_a_follow_up_of_a_follow_up() -> None:
    history = (*HISTORY, Turn("user", "那临平呢?"), Turn("assistant", "30件。"))
    assert readings("结了几件?", history)[0].text == "临平2020年仲裁收了多少案子 结了几件?"
