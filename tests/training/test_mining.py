"""Hard negatives: near, of the right report, and never an answer themselves."""

import pytest

from index.catalog import Report
from index.types import Chunk, Document, Metadata, SegmentKind
from tests.fakes import FakeEncoder
from training.data import ReportQuestion
from training.mining import Miner
from training.passages import Located, Passages, locate

SENTENCES = ("办结复议55件。", "办结诉讼30件。", "复议办结55件，满意率高。", "培训人员40人。")


def passages(file: str, place: str) -> Passages:
    text = "".join(SENTENCES)
    document = Document(file, file, f"/{file}", Metadata(f"{place}2023年报告", "", "", 2023, ()), len(text))
    chunks, start = [], 0
    for sentence in SENTENCES:
        chunks.append(Chunk(start, start + len(sentence), ("一",), place, SegmentKind.BODY))
        start += len(sentence)
    return Passages(Report(document, text, (), (), tuple(chunks)))


@pytest.fixture
def reports() -> dict[str, Passages]:
    return {"a.txt": passages("a.txt", "泰顺县"), "b.txt": passages("b.txt", "温岭市")}


@pytest.fixture
def found(reports: dict[str, Passages]) -> Located:
    question = ReportQuestion("办结复议多少件?", "a.txt", "invented", "number", SENTENCES[0], ("55件",), "")
    located = locate(question, reports)
    assert located is not None
    return located


@pytest.mark.parametrize("encoder", [None, FakeEncoder()])
def test_own_passages_leave_out_the_right_one_and_its_repetition(
    reports: dict[str, Passages], found: Located, encoder: FakeEncoder | None
) -> None:
    mined = Miner(reports, encoder).own(found, found.question.question, 5)
    assert f"泰顺县 {SENTENCES[1]}" in mined
    assert all(text.startswith("泰顺县") and "55件" not in text for text in mined)


@pytest.mark.parametrize("encoder", [None, FakeEncoder()])
def test_passages_from_elsewhere(reports: dict[str, Passages], found: Located, encoder: FakeEncoder | None) -> None:
    mined = Miner(reports, encoder).elsewhere(found, found.question.question, 2)
    assert mined
    assert all(text.startswith("温岭市") for text in mined)
    assert f"温岭市 {SENTENCES[0]}" in mined
