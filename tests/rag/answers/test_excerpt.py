import pytest

from rag.answers.excerpt import compose, yes
from rag.proof.verification import verify
from tests.rag.examples import TAISHUN, WENLING, evidence, query

PLATFORM = "建成智能秒办平台,梳理事项59项。"


def test_a_direct_answer_and_its_proof_by_hand() -> None:
    question = "温岭梳理了几项秒办事项?"
    draft = compose(query(question), [evidence(WENLING, PLATFORM)], question)
    assert draft.text == f"59项\n\n{PLATFORM}[1]"
    assert draft.short == "59项"
    assert [(c.n, c.quote) for c in draft.citations] == [(1, PLATFORM)]


def test_what_no_rule_finds_is_answered_by_the_sentences() -> None:
    question = "温岭怎么推进改革?"
    draft = compose(query(question), [evidence(WENLING, "推进改革。"), evidence(WENLING, "建立机制。")], question)
    assert draft.text == "推进改革。[1]\n\n建立机制。[2]"
    assert draft.short is None


def test_a_question_that_names_no_report_is_told_whose_answer_it_is() -> None:
    question = "怎么推进改革?"
    draft = compose(query(question), [evidence(WENLING, "推进改革。"), evidence(TAISHUN, "推进改革。")], question)
    assert draft.text == "温岭：推进改革。[1]\n\n泰顺：推进改革。[2]"


def test_a_plan_is_called_one_before_it_is_quoted() -> None:
    question, path = "温岭2022年要组建几支队伍?", ("三、2022年工作安排",)
    draft = compose(query(question), [evidence(WENLING, "组建6支队伍。", path)], question)
    assert draft.text == "6支\n\n（温岭的报告里的计划，不是结果）\n\n组建6支队伍。[1]"


def test_yes_comes_before_the_sentence_that_says_so() -> None:
    question = "温岭有没有建成秒办平台?"
    draft = compose(query(question), [evidence(WENLING, PLATFORM)], question)
    assert draft.text == f"有\n\n{PLATFORM}[1]"
    assert draft.short == "有"
    assert not verify(draft.text, draft.citations, {"温岭.txt": "温岭市"}).unproved
    denied = compose(query(question), [evidence(WENLING, "尚未建成秒办平台。")], question)
    assert (denied.text, denied.short) == ("尚未建成秒办平台。[1]", None)


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("有没有建成平台?", "建成平台。", "有"),
        ("建成平台没有?", "建成平台。", "有"),
        ("有建成平台吗?", "建成平台。", "有"),
        ("建成平台了吗?", "建成平台。", "是"),
        ("是否建成平台?", "建成平台。", "是"),
        ("能不能网上办?", "实现网上办。", "能"),
        ("可不可以网上办?", "实现网上办。", "可以"),
    ],
)
def test_yes_in_the_words_of_the_question(question: str, sentence: str, said: str) -> None:
    assert yes(question, sentence) == said


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("有没有建成平台?", "尚未建成平台。", None),
        ("有没有建成平台?", "没有建成平台。", None),
        ("能不能网上办?", "网上办难以实现。", None),
        ("有投诉吗?", "全年无投诉。", None),
        ("有没有建成平台?", "建成平台,基层力量不足。", "有"),  # only the clause that is asked about counts
        ("有没有开通无障碍通道?", "开通无障碍通道。", "有"),
        ("是不是不断优化流程?", "不断优化流程。", "是"),
        ("是不是没有公开?", "没有公开。", "是"),  # both deny
    ],
)
def test_what_may_say_the_contrary_is_left_to_the_reader(question: str, sentence: str, said: str | None) -> None:
    assert yes(question, sentence) == said


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("是不是梳理了59项?", "梳理事项59项。", "是"),
        ("是不是梳理了60项?", "梳理事项59项。", None),
        ("是不是梳理了５９项?", "梳理事项59项。", "是"),
        ("是不是梳理了59项?", "梳理事项159项。", None),
        ("满意率是不是98.5%?", "满意率98.5%。", "是"),
        ("满意率是不是98.6%?", "满意率98.5%。", None),
        ("2021年是不是梳理了59项?", "梳理事项59项。", "是"),  # the year chose the report
    ],
)
def test_a_figure_of_the_question_has_to_stand_in_the_sentence(question: str, sentence: str, said: str | None) -> None:
    assert yes(question, sentence) == said


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("温岭没有建成平台吗?", "没有建成平台。"),
        ("有没有投诉?", "实现零投诉。"),
        ("是不是公开了2000条?", "公开信息3000条。"),
    ],
)
def test_a_yes_is_never_guessed(question: str, sentence: str) -> None:
    assert yes(question, sentence) is None
