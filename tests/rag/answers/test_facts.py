import pytest

from index.types import Document, Fact, FactKind, Metadata
from rag.answers.draft import Draft
from rag.answers.facts import compose_facts, shown

FACTS = (
    Fact(FactKind.TITLE, "", "甲县2020年报告", 0, 9),
    Fact(FactKind.DOCUMENT_NUMBER, "文号", "甲政〔2021〕3号", 10, 19),
    Fact(FactKind.PUBLISHED, "发布日期", "2021-02-01", 20, 36),
    Fact(FactKind.PUBLISHED, "发布日期", "2021-01-26", 40, 56),
    Fact(FactKind.WRITTEN, "成文日期", "2021-01-26", 60, 76),
    Fact(FactKind.ISSUER, "来源", "甲县府办", 80, 87),
    Fact(FactKind.ISSUER, "", "甲县人民政府", 100, 106),
    Fact(FactKind.SIGNED, "", "2021-01-26", 110, 120),
    Fact(FactKind.ADDRESSEE, "", "县人大常委会", 130, 136),
    Fact(FactKind.OTHER, "公开形式", "主动公开", 140, 150),
    Fact(FactKind.OTHER, "主题分类", "司法", 150, 158),
)


def document(name: str, region: str, *facts: Fact) -> Document:
    return Document(name, f"{name}.txt", "", Metadata(f"{name}报告", "甲县人民政府", region, 2020, facts), 200)


REPORT = document("甲县", "330329", *FACTS)


def published(date: str) -> Fact:
    return Fact(FactKind.PUBLISHED, "发布日期", date, 20, 36)


EARLY, LATE = document("乙", "331081", published("2021-01-26")), document("丙", "330113", published("2021-12-01"))


@pytest.mark.parametrize(
    ("question", "short", "places"),
    [
        ("这份报告的文号是多少?", "甲政〔2021〕3号", [10]),
        ("报告是哪天成文的?", "2021年1月26日", [60]),
        ("报告哪天发布的?", "2021年2月1日、2021年1月26日", [20, 40]),
        ("报告末尾署的是哪一天?", "2021年1月26日", [110]),
        ("这份报告是哪个单位写的?", "甲县人民政府", [100]),  # the fullest name, and not 甲县府办
        ("报告是写给谁的?", "县人大常委会", [130]),
        ("报告是什么公开形式?", "主动公开", [140]),
        ("报告属于哪一类?", "司法", [150]),
        ("这是哪一年度的报告?", "2020年", [0]),
    ],
)
def test_each_question_has_its_fact(question: str, short: str, places: list[int]) -> None:
    draft = compose_facts(question, [REPORT])
    assert draft is not None
    assert draft.short == short
    assert [c.start for c in draft.citations] == places
    assert all(f"[{c.n}]" in draft.text for c in draft.citations)


def test_a_report_that_contradicts_itself_by_hand() -> None:
    draft = compose_facts("报告哪天发布的?", [REPORT])
    assert draft is not None
    assert draft.text == (
        "（报告里不止一处写了，写得不一样）\n\n发布日期：2021年2月1日[1]\n\n发布日期：2021年1月26日[2]"
    )
    # the words are taken from the report when the citation is verified
    assert [(c.quote, c.start, c.end) for c in draft.citations] == [("", 20, 36), ("", 40, 56)]


def test_several_reports_have_a_line_each_and_no_one_answer() -> None:
    draft = compose_facts("报告是哪天发布的?", [EARLY, LATE])
    assert draft is not None
    assert draft.text == "温岭：发布日期：2021年1月26日[1]\n\n临平：发布日期：2021年12月1日[2]"
    assert draft.short is None


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("哪份报告发布得最早?", "最早的是温岭：2021年1月26日[1]"),
        ("哪份报告发布得最晚?", "最晚的是临平：2021年12月1日[2]"),
        ("最新的报告是哪天发布的?", "最晚的是临平：2021年12月1日[2]"),
    ],
)
def test_the_first_and_the_last_are_named_before(question: str, line: str) -> None:
    draft = compose_facts(question, [EARLY, LATE])
    assert draft is not None
    assert draft.text.split("\n\n")[0] == line


def test_what_no_report_says() -> None:
    # without a number a sentence of the report has none either: nothing is left to search
    assert compose_facts("报告的文号?", []) == Draft("")
    assert compose_facts("报告哪天发布的?", []) is None
    assert compose_facts("报告是写给谁的?", [EARLY]) is None


@pytest.mark.parametrize(
    ("value", "said"), [("2021-02-01", "2021年2月1日"), ("2021年2月", "2021年2月"), ("甲政〔2021〕3号",) * 2]
)
def test_dates_are_said_in_chinese(value: str, said: str) -> None:
    assert shown(Fact(FactKind.OTHER, "", value, 0, 1)) == said


@pytest.mark.parametrize("question", ["报告的文号是多少?", "报告的索引号是多少?"])
def test_a_number_that_a_report_does_not_show_is_not_answered_with_another_fact(question: str) -> None:
    assert compose_facts(question, [EARLY]) == Draft("")


def test_an_issuer_that_is_not_known_is_left_to_the_search() -> None:
    assert compose_facts("这份报告是哪个单位发布的?", [EARLY]) is None
