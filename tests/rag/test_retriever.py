"""Retrieval with and without a reader, over fakes: what is read, what comes first, what is refused."""

from pathlib import Path

import pytest

from index.index import Index
from rag.assistant import Assistant
from rag.query import understand
from rag.retriever import retrieve
from rag.types import AnswerStatus, Question
from tests.fakes import FakeEncoder, FakeReader

REPORT = (
    "{name}人民政府2023年法治政府建设年度报告\n\n一、主要成效\n\n"
    "全年收到行政复议申请{n}件。全年培训执法人员40人。\n\n二、存在不足\n\n基层力量不足。\n"
)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = Index(tmp_path / "data", FakeEncoder, create=True)
    with index.writing():
        for name, n in (("泰顺县", 55), ("温岭市", 77)):
            path = tmp_path / f"{name}.txt"
            path.write_text(REPORT.format(name=name, n=n), encoding="utf-8")
            index.add(path, path.read_bytes())
    return index


def test_the_reader_puts_first_what_answers(index: Index) -> None:
    (query,) = understand(Question("泰顺哪里还不够好?"), index.documents())
    reader = FakeReader("力量不足")
    evidence = retrieve(index, query, query.documents, reader)
    assert evidence[0].hit.text == "基层力量不足。"
    assert evidence[0].reading is not None
    assert [e.score for e in evidence] == sorted((e.score for e in evidence), reverse=True)
    assert reader.asked == ["泰顺哪里还不够好?"]
    assert {e.hit.document.metadata.region for e in evidence} == {"330329"}
    assert all(e.reading is None for e in retrieve(index, query, query.documents))


def test_regions_asked_about_together_are_read_one_by_one(index: Index) -> None:
    reader = FakeReader("申请")
    answer = Assistant(index, lambda: reader).ask(Question("泰顺和温岭各收到多少件复议申请?"))
    assert sorted(reader.asked) == ["泰顺收到多少件复议申请?", "温岭收到多少件复议申请?"]
    assert {c.file for c in answer.citations} == {"泰顺县.txt", "温岭市.txt"}


def test_below_the_threshold_nothing_is_answered(index: Index) -> None:
    question = Question("泰顺收到多少件复议申请?")
    assert Assistant(index, lambda: FakeReader("申请")).ask(question).status is AnswerStatus.ANSWERED
    refused = Assistant(index, lambda: FakeReader("没有的话")).ask(question)
    assert refused.status is AnswerStatus.REFUSED
    lenient = Assistant(index, lambda: FakeReader("没有的话"), threshold=0.001)
    assert lenient.ask(question).status is AnswerStatus.ANSWERED


def test_the_reader_is_loaded_once_and_only_to_read(index: Index) -> None:
    loaded = []

    def load() -> FakeReader:
        loaded.append(1)
        return FakeReader("申请")

    assistant = Assistant(index, load)
    assistant.ask(Question("北京收到多少件?"))
    assert not loaded  # refused before anything is read
    for _ in range(2):
        assistant.ask(Question("泰顺收到多少件复议申请?"))
    assert loaded == [1]
