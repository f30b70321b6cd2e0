import pytest

from index.types import Document, Fact, FactKind, Metadata
from rag.answers.facts import compose_facts

FACTS = (
    Fact(FactKind.DOCUMENT_NUMBER, "文号", "甲政〔2021〕3号", 0, 14),
    Fact(FactKind.PUBLISHED, "发布日期", "2021-02-01", 20, 36),
    Fact(FactKind.PUBLISHED, "发布日期", "2021-01-26", 40, 56),
    Fact(FactKind.WRITTEN, "成文日期", "2021-01-26", 60, 76),
    Fact(FactKind.ISSUER, "来源", "甲县府办", 80, 87),
    Fact(FactKind.ISSUER, "", "甲县人民政府", 100, 106),
    Fact(FactKind.SIGNED, "", "2021-01-26", 110, 120),
)
REPORT = Document("a", "a.txt", "", Metadata("甲县2020年报告", "甲县人民政府", "330329", 2020, FACTS), 200)


@pytest.mark.parametrize(
    ("question", "short", "places"),
    [
        ("这份报告的文号是多少?", "甲政〔2021〕3号", [0]),
        ("报告是哪天成文的?", "2021年1月26日", [60]),
        ("报告哪天发布的?", "2021年2月1日、2021年1月26日", [20, 40]),
        ("报告末尾署的是哪一天?", "2021年1月26日", [110]),
        ("这份报告是哪个单位写的?", "甲县人民政府", [100]),
    ],
)
def test_each_question_has_its_fact(question: str, short: str, places: list[int]) -> None:
    draft = compose_facts(question, [REPORT])
    assert draft is not None
    assert draft.short == short
    assert [c.start for c in draft.citations] == places
    assert all(f"[{c.n}]" in draft.text for c in draft.citations)


def test_what_no_report_says_is_none() -> None:
    assert compose_facts("报告的索引号是多少?", [REPORT]) is None
    assert compose_facts("报告的文号?", []) is None
