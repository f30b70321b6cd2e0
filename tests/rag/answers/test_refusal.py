import pytest

from rag.answers.refusal import COVERED_LIMIT, NEAR, refuse
from rag.types import NOT_MENTIONED
from tests.rag.examples import ALL, WENLING, document, evidence, query

COVERED = "现有报告：温岭2021年、海门2020年、泰顺2023年、临平2022年。"


def test_a_refusal_by_hand() -> None:
    asked = query("温岭有多少家企业用了秒办?")
    draft = refuse(None, ALL, asked, [evidence(WENLING, "梳理秒办事项59项。", ("一、成效", "(一)改革"))])
    assert draft.text == (
        "报告未提及：在温岭2021年的报告里找“有企业用了秒办”，没有能作证的原文。\n\n"
        "最接近的一句（不是回答）：梳理秒办事项59项。——温岭2021年报告 › (一)改革\n\n" + COVERED
    )
    assert draft.nearest is not None
    assert draft.nearest.quote == "梳理秒办事项59项。"
    assert (draft.citations, draft.short) == ((), None)  # without a citation it is a refusal


def test_a_reason_is_said_in_place_of_what_was_looked_for() -> None:
    draft = refuse("没有余杭区的报告", ALL, query("温岭有几家?"))
    assert draft.text == f"{NOT_MENTIONED}：没有余杭区的报告。\n\n{COVERED}"


def test_without_a_reason_a_question_or_reports_only_that_is_said() -> None:
    assert refuse(None, ()).text == f"{NOT_MENTIONED}。"


def test_only_what_is_near_is_shown() -> None:
    far, near = evidence(WENLING, "人手少。", dense=NEAR - 0.01), evidence(WENLING, "办结8件。", dense=NEAR)
    assert refuse(None, (), None, [far]).nearest is None
    draft = refuse(None, (), None, [far, near])
    assert draft.nearest is not None
    assert draft.nearest.quote == "办结8件。"
    assert "人手少" not in draft.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("请问温岭一共办结多少件行政复议?", "在温岭2021年的报告里找“办结行政复议”"),
        ("温岭怎么推进改革的呢?", "在温岭2021年的报告里找“推进改革”"),
        ("温岭的第几次会议讲了改革?", "第几次会议讲了改革”"),  # an ordinal is no question word
        ("浙江怎么推进改革?", "在温岭2021年、泰顺2023年、临平2022年的报告里"),
        ("怎么推进改革?", "在温岭2021年、海门2020年、泰顺2023年等的报告里"),
        ("温岭" + "推进改革" * 9 + "?", "找“推进改革推进改革推进改革推进改革推进改革推进改革推进改革推进…”"),
    ],
)
def test_what_was_looked_for_and_where(question: str, said: str) -> None:
    assert said in refuse(None, ALL, query(question)).text


def test_of_many_reports_some_are_named_and_all_counted() -> None:
    many = [document(f"报告{n}", "", 2020) for n in range(COVERED_LIMIT + 2)]
    text = refuse(None, many).text
    assert text.endswith("等 10 份。")
    assert text.count("年报告2020年") == COVERED_LIMIT  # a report of no region is called by its title
    assert not refuse(None, many[:COVERED_LIMIT]).text.endswith("份。")


def test_a_question_of_question_words_alone_names_nothing() -> None:
    assert "“" not in refuse(None, ALL, query("温岭一共怎么样?")).text
