"""Passages that look right and are not."""

import random

from index.catalog import Report
from index.types import Chunk, Document, Metadata, SegmentKind
from training.data import ReportQuestion
from training.lookalikes import names_scope, other_scope, without_answer
from training.passages import Passages, locate

TEXT = "全年办结复议55件，满意率98.5%。"


def located(question: str) -> object:
    document = Document("1", "a.txt", "/a.txt", Metadata("泰顺县2023年报告", "", "330329", 2023, ()), len(TEXT))
    chunk = Chunk(0, len(TEXT), ("一",), "泰顺县2023年报告", SegmentKind.BODY)
    asked = ReportQuestion(question, "a.txt", "invented", "number", TEXT, ("55件",), "")
    return locate(asked, {"a.txt": Passages(Report(document, TEXT, (), (), (chunk,)))})


def test_the_right_passage_of_another_region_or_year() -> None:
    found = located("泰顺2023年办结复议多少件?")
    assert names_scope(found)
    for seed in range(20):
        alike = other_scope(found, found.passages.texts[0], ["温岭", "泰顺"], random.Random(seed))
        assert alike is not None
        assert TEXT in alike
        assert "泰顺" not in alike
        assert "温岭" in alike
    unscoped = located("办结复议多少件?")
    assert not names_scope(unscoped)
    assert other_scope(unscoped, unscoped.passages.texts[0], ["温岭"], random.Random(1)) is None


def test_the_clause_with_the_answer_is_taken_out() -> None:
    assert without_answer("新建学校16所，新增学位1.3万个。", (4, 7)) == "新增学位1.3万个。"
    assert without_answer("新建学校16所。", (4, 7)) is None


def test_where_the_answer_stands() -> None:
    found = located("办结复议多少件?")
    start, end = found.answer_in_text
    assert found.passages.texts[0][start:end] == "55件"
