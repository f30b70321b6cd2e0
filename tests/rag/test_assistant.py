"""The whole path on the five reports, with the embedded model."""

import time

import pytest

from rag.assistant import Assistant
from rag.types import NOT_MENTIONED, Answer, AnswerStatus, Delta, Question, Stage, Turn


def test_an_answer_and_its_proof(assistant: Assistant) -> None:
    answer = assistant.ask(Question("温岭有几项业务可以秒办?"))
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.short == "59项"
    (citation,) = answer.citations
    assert answer.answer == f"59项\n\n{citation.quote}[1]"
    assert citation.section[-1] == "二是深化“互联网+政务服务”改革"
    report = assistant.index.report(assistant.index.find(citation.file))
    assert report.text[citation.start : citation.end] == citation.quote


def test_the_stream_says_what_the_answer_says(assistant: Assistant) -> None:
    steps = list(assistant.stream(Question("泰顺给各乡镇放了几台自助法律服务机器?")))
    assert [type(s) for s in steps[:1]] == [Stage]
    assert isinstance(steps[-1], Answer)
    assert "".join(s.text for s in steps if isinstance(s, Delta)) == steps[-1].answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("余杭区2022年收了几件行政复议?", "余杭区"),
        ("温岭2022年主动公开了多少条政府信息?", "2022年"),
        ("今天中午吃什么好?", NOT_MENTIONED),
        ("怎么用平底锅煎鸡蛋?", NOT_MENTIONED),
    ],
)
def test_a_refusal_says_why_and_what_is_covered(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(Question(question))
    assert answer.status is AnswerStatus.REFUSED
    assert answer.answer.startswith(NOT_MENTIONED)
    assert said in answer.answer
    assert "温岭2021年" in answer.answer
    assert answer.citations == ()
    assert answer.short is None


def test_a_plan_is_found_for_its_year(assistant: Assistant) -> None:
    answer = assistant.ask(Question("温岭2022年要从哪四个维度推进法治政府建设?"))
    assert "政府治理提升" in answer.answer
    assert answer.citations[0].section[0] == "三、2022年主要工作安排"


def test_both_dates_of_a_report_that_contradicts_itself(assistant: Assistant) -> None:
    answer = assistant.ask(Question("海门这份报告是哪天发布的?"))
    assert {c.quote for c in answer.citations} >= {"发布日期: 2021-02-01", "发布日期: 2021-01-26"}


def test_several_reports_have_a_line_each(assistant: Assistant) -> None:
    answer = assistant.ask(Question("调解成功率泰顺和临平各是多少?"))
    assert "泰顺" in answer.answer
    assert "临平" in answer.answer
    assert len({c.file for c in answer.citations}) == 2


def test_a_repeated_body_is_cited_once(assistant: Assistant) -> None:
    answer = assistant.ask(Question("临平企业凭一张执照就能办的事有几项?"))
    report = assistant.index.report(assistant.index.find(answer.citations[0].file))
    assert answer.citations[0].start < report.text.index("临平", len(report.text) // 2)


def test_the_paragraph_of_a_quote(assistant: Assistant) -> None:
    for question in ("温岭有几项业务可以秒办?", "泰顺给各乡镇放了几台自助法律服务机器?"):
        (citation,) = assistant.ask(Question(question)).citations
        paragraph, offset = assistant.paragraph(citation)
        assert paragraph[offset : offset + len(citation.quote)] == citation.quote
        assert len(citation.quote) < len(paragraph) < 700


def test_a_follow_up(assistant: Assistant) -> None:
    history = (Turn("user", "海门2020年仲裁收了多少案子"), Turn("assistant", "15件。"))
    assert assistant.ask(Question("结了几件?", history)).short == "11件"


def test_suggestions_are_answered(assistant: Assistant) -> None:
    suggested = assistant.suggestions(5)
    assert len(suggested) >= 4
    for question in suggested:
        assert assistant.ask(Question(question)).status is AnswerStatus.ANSWERED


def test_any_characters_can_be_asked(assistant: Assistant) -> None:
    for text in ("温岭\ud800有几项?", "\x00\u200b", "“" * 2000, "😀", "[1](x)<b>"):
        answer = assistant.ask(Question(text, (Turn("user", text),)))
        answer.answer.encode()
        answer.question.encode()


def test_no_question_takes_long(assistant: Assistant) -> None:
    """A guard against accidents, not a benchmark: a question of the longest kind ends."""
    began = time.perf_counter()
    assistant.ask(Question("法治政府建设" * 333))
    assert time.perf_counter() - began < 10


def test_a_question_that_several_reports_could_answer_is_a_choice(assistant: Assistant) -> None:
    answer = assistant.ask(Question("行政复议办结了几件?"))
    assert answer.table is not None
    assert len(answer.table.rows) >= 2
    assert "临平2022年行政复议办结了几件?" in answer.choices
    asked_back = assistant.ask(Question("这份报告讲了什么?"))
    assert (asked_back.status, len(asked_back.choices)) == (AnswerStatus.REFUSED, 5)
    assert assistant.ask(Question(asked_back.choices[0])).status is AnswerStatus.ANSWERED


def test_figures_of_two_reports_come_to_an_equation(assistant: Assistant) -> None:
    answer = assistant.ask(Question("临平的调解成功率比泰顺高几个百分点?"))
    assert answer.answer.startswith("临平比泰顺高：99.8%[1] − 99.78%[2] = 0.02个百分点\n")
    assert answer.checks.unproved == ()


def test_a_plan_is_called_a_plan(assistant: Assistant) -> None:
    assert "计划，不是结果" in assistant.ask(Question("海门2021年打算在哪些行业设专门的纠纷调处分中心?")).answer


def test_a_refusal_says_what_was_looked_for_and_what_came_nearest(assistant: Assistant) -> None:
    answer = assistant.ask(Question("定海执法局一年的办公经费是多少?"))
    assert answer.status is AnswerStatus.REFUSED
    assert "找“执法局一年的办公经费" in answer.answer
    assert answer.nearest is not None
    assert "（不是回答）" in answer.answer
    false_premise = assistant.ask(Question("温岭2023年主动公开了多少条政府信息?"))
    assert "没有温岭2023年的报告，温岭的报告是2021年的" in false_premise.answer


def test_the_question_as_it_was_completed_is_shown(assistant: Assistant) -> None:
    history = (Turn("user", "海门2020年仲裁收了多少案子"), Turn("assistant", "15件。"))
    assert assistant.ask(Question("结了几件?", history)).understood == "海门2020年仲裁收了多少案子 结了几件?"
    assert assistant.ask(Question("温岭有几项业务可以秒办?")).understood is None
