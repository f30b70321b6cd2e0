import pytest

from index.catalog import Report
from index.parsing import parse
from rag.answers.sections import list_section
from rag.assistant import Assistant
from rag.types import Question

TEXT = """甲县人民政府2021年法治政府建设年度报告

一、主要成效

办结55件。

二、存在的不足

一是力量不足。人手少。二是意识不强。培训少。

三、2022年工作安排

(一)抓改革。推进。

(二)抓普法。宣传。
"""


@pytest.fixture(scope="module")
def report() -> Report:
    return parse(TEXT.encode(), "a.txt", "/r/a.txt")


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("有哪些不足?", ["一是力量不足", "二是意识不强"]),
        ("工作安排有哪些", ["(一)抓改革", "(二)抓普法"]),
        ("存在哪些困难和问题?", ["一是力量不足", "二是意识不强"]),
        ("下一步工作打算?", ["(一)抓改革", "(二)抓普法"]),
    ],
)
def test_a_section_that_is_named_is_listed_in_order(report: Report, question: str, items: list[str]) -> None:
    draft = list_section(question, [report])
    assert draft is not None
    assert [c.quote for c in draft.citations] == items
    assert all(TEXT[c.start : c.end] == c.quote for c in draft.citations)
    assert draft.citations[0].section[-1] == items[0]
    assert draft.text == "\n\n".join(f"{item}[{n}]" for n, item in enumerate(items, 1))


def test_a_section_without_headings_is_listed_by_its_sentences(report: Report) -> None:
    draft = list_section("成效有哪些", [report])
    assert draft is not None
    assert draft.text == "办结55件。[1]"
    (citation,) = draft.citations
    assert citation.section == ("一、主要成效",)
    assert TEXT[citation.start : citation.end] == "办结55件。"


def test_the_first_report_that_has_the_section_is_listed(report: Report) -> None:
    other = parse("乙县2021年报告\n\n一、主要成效\n\n办结7件。\n".encode(), "b.txt", "/r/b.txt")
    draft = list_section("有哪些不足?", [other, report])
    assert draft is not None
    assert {c.file for c in draft.citations} == {"a.txt"}
    assert list_section("有哪些不足?", [other]) is None
    assert list_section("有哪些不足?", []) is None


@pytest.mark.parametrize("question", ["怎么抓改革?", "有哪些?", "不足的培训怎么补?", ""])
def test_what_names_no_section_with_items_is_left_to_search(report: Report, question: str) -> None:
    assert list_section(question, [report]) is None


def test_on_a_real_report(assistant: Assistant) -> None:
    answer = assistant.ask(Question("定海有哪些困难和问题?"))
    assert [c.section[-1][:3] for c in answer.citations] == ["(一)", "(二)", "(三)", "(四)"]
    assert {c.section[0] for c in answer.citations} == {"二、法治政府建设工作中存在的困难和问题"}
