import pytest

from rag.answers.by_report import compose_by_report, markdown
from rag.answers.draft import Draft
from rag.proof.verification import verify
from rag.types import Evidence, Table
from tests.rag.examples import LINPING, TAISHUN, WENLING, evidence, found, query

MANY, FEW = evidence(LINPING, "办结行政复议61件。"), evidence(TAISHUN, "办结行政复议55件。")
ABOUT = {"泰顺.txt": "泰顺县 2023年 2023", "临平.txt": "临平区 2022年 2022", "温岭.txt": "温岭市 2021年", "": "余杭"}


def drafted(question: str, *passages: Evidence) -> Draft:
    asked = query(question)
    draft = compose_by_report(asked, found(asked, *passages), question)
    # whatever is composed here has to hold against what it cites
    assert not verify(draft.text, draft.citations, ABOUT).unproved
    return draft


def test_two_reports_by_hand() -> None:
    draft = drafted("泰顺和临平各办结几件行政复议?", MANY, FEW)
    assert draft.text == (
        "| 报告 | 数字 |\n| - | - |\n| 泰顺 | 55件[1] |\n| 临平 | 61件[2] |\n\n"
        "泰顺：办结行政复议55件。[1]\n\n临平：办结行政复议61件。[2]"
    )
    assert draft.short == "泰顺55件、临平61件"
    assert draft.table == Table(("报告", "年份", "数字"), (("泰顺", "2023", "55件[1]"), ("临平", "2022", "61件[2]")))
    assert [(c.n, c.file, c.quote) for c in draft.citations] == [
        (1, "泰顺.txt", "办结行政复议55件。"),
        (2, "临平.txt", "办结行政复议61件。"),
    ]


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("泰顺和临平各办结几件行政复议?", "报告未提及"),
        ("泰顺和余杭各办结几件行政复议?", "报告未提及（没有报告）"),
    ],
)
def test_a_report_that_does_not_say_has_a_blank_cell_and_no_short_answer(question: str, cell: str) -> None:
    draft = drafted(question, FEW)
    assert draft.table is not None
    assert [row[2] for row in draft.table.rows] == ["55件[1]", cell]
    assert draft.short is None


def test_a_figure_in_another_unit_is_not_put_into_the_table() -> None:
    draft = drafted("泰顺和临平各办结几件行政复议?", FEW, evidence(LINPING, "行政复议培训350人。"))
    assert draft.table is not None
    assert [row[2] for row in draft.table.rows] == ["55件[1]", "见原文[2]"]
    assert draft.short is None
    assert "临平：行政复议培训350人。[2]" in draft.text  # the sentence is shown instead


@pytest.mark.parametrize(
    ("question", "result", "places"),
    [
        ("泰顺和临平谁办结的行政复议最多?", "最多的是临平：61件[2]", ["临平", "泰顺"]),
        ("泰顺和临平谁办结的行政复议最少?", "最少的是泰顺：55件[1]", ["泰顺", "临平"]),
        ("泰顺和临平办结行政复议相差多少件?", "临平比泰顺多：61件[2] − 55件[1] = 6件", ["泰顺", "临平"]),
        ("泰顺和临平一共办结多少件行政复议?", "合计：55件[1] + 61件[2] = 116件", ["泰顺", "临平"]),
    ],
)
def test_a_comparison_comes_first_and_orders_the_rows(question: str, result: str, places: list[str]) -> None:
    draft = drafted(question, MANY, FEW)
    assert draft.text.split("\n\n")[0] == result
    assert draft.table is not None
    assert [row[0] for row in draft.table.rows] == places
    assert draft.short is None  # the result is the answer, and no list of all figures


def test_the_years_are_shown_where_they_were_asked_for() -> None:
    draft = drafted("泰顺2023年和临平2022年各办结几件行政复议?", MANY, FEW)
    assert "| 报告 | 年份 | 数字 |" in draft.text
    assert "| 泰顺 | 2023 | 55件[1] |" in draft.text


def test_answers_that_no_cell_can_hold_have_a_line_a_report() -> None:
    draft = drafted("泰顺和临平怎么做普法?", evidence(TAISHUN, "创新普法形式。"))
    assert draft.text == "泰顺：创新普法形式。[1]\n\n（报告未提及：临平）"
    assert (draft.short, draft.table) == (None, None)


def test_a_plan_is_called_one_and_once() -> None:
    plan = evidence(WENLING, "组建5支普法队伍。", ("三、下一步打算",))
    draft = drafted("泰顺和温岭各有几支普法队伍?", evidence(TAISHUN, "组建6支普法队伍。"), plan)
    assert draft.text.count("（温岭的报告里的计划，不是结果）") == 1


def test_without_any_evidence_there_is_no_answer() -> None:
    assert drafted("泰顺和临平各办结几件行政复议?") == Draft("")


def test_markdown_by_hand() -> None:
    table = Table(("报告", "数字"), (("泰顺", "55件[1]"), ("余杭", "报告未提及")))
    assert markdown(table) == "| 报告 | 数字 |\n| - | - |\n| 泰顺 | 55件[1] |\n| 余杭 | 报告未提及 |"
