"""The sets that models are measured on, each as a collection of passages and questions with their right passages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.chunking import sentences
from index.index import Index
from index.types import Document, Encoder
from rag.query import Query, understand
from rag.reader import Passage
from rag.types import Question, Turn
from training.data import ReportQuestion, report_questions, rows
from training.passages import Located, load_reports, locate, search_words
from training.ranking import Collection, Searched

DEV = Path(__file__).parent.parent / "tests" / "gold" / "dev.jsonl"


@dataclass(frozen=True, slots=True)
class Task:
    """A collection and the questions asked of it."""

    collection: Collection
    questions: tuple[Searched, ...]


def law_articles(data: Path, encoders: Mapping[str, Encoder]) -> Task:
    """STARD: lay legal questions over 20,718 articles."""
    pool = list(rows(data / "eval" / "stard_article_pool.jsonl.gz"))
    position = {row["name"]: i for i, row in enumerate(pool)}
    collection = Collection([("", row["text"]) for row in pool], [row["name"] for row in pool], encoders)
    questions = [
        Searched(row["q"], row["q"], None, frozenset(position[n] for n in row["names"] if n in position))
        for row in rows(data / "eval" / "stard_test.jsonl.gz")
    ]
    return Task(collection, tuple(q for q in questions if q.right))


def encyclopaedia_sentences(data: Path, encoders: Mapping[str, Encoder]) -> Task:
    """CMRC 2018 dev: the sentence that holds the answer among all sentences of all passages."""
    items = list(rows(data / "eval" / "cmrc_dev.jsonl.gz"))
    found: list[Passage] = []
    position: dict[tuple[str, int], int] = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    for passage in dict.fromkeys(item["p"] for item in items):
        spans[passage] = list(sentences(passage, 0, len(passage)))
        for start, end in spans[passage]:
            position[passage, start] = len(found)
            found.append(("", passage[start:end]))
    questions = []
    for item in items:
        start, end = int(item["a_start"]), int(item["a_start"]) + len(item["a"])
        right = frozenset(position[item["p"], a] for a, b in spans[item["p"]] if a < end and b > start)
        if right:
            questions.append(Searched(item["q"], item["q"], None, right))
    return Task(Collection(found, [""] * len(found), encoders), tuple(questions))


def held_back(data: Path) -> tuple[list[ReportQuestion], dict[str, Any]]:
    """Return the questions over the tenth of the reports that nothing was trained on, and those reports."""
    questions = [q for q in report_questions(data) if q.held_back]
    return questions, load_reports(data, ((q.corpus, q.file) for q in questions))


def held_back_reports(data: Path, encoders: Mapping[str, Encoder]) -> tuple[Task, list[Located]]:
    """The held-back questions, each asked of its own report; unanswerable ones have no right passage."""
    questions, reports = held_back(data)
    passages: list[Passage] = []
    documents: list[str] = []
    ranges: dict[str, range] = {}
    for file, cut in sorted(reports.items()):
        ranges[file] = range(len(passages), len(passages) + len(cut.report.chunks))
        passages += [(c.context, cut.report.text[c.start : c.end]) for c in cut.report.chunks]
        documents += [file] * len(cut.report.chunks)
    located = [found for q in questions if (found := locate(q, reports)) is not None]
    searched = []
    for found in located:
        allowed = ranges[found.question.file]
        search = search_words(found.question.question, found.passages.document)
        right = frozenset(allowed.start + i for i in found.right)
        searched.append(Searched(search, found.question.question, allowed, right))
    return Task(Collection(passages, documents, encoders), tuple(searched)), located


@dataclass(frozen=True, slots=True)
class DevQuestion:
    """A question of the development set about one report, as the product understands it."""

    query: Query
    file: str
    evidence: tuple[int, int]


def dev_questions(index: Index, filters: bool = True) -> Iterator[DevQuestion]:
    """Yield the questions of the development set that one report answers.

    Without `filters` every report of the index may answer, and the region and year stay in what is searched.
    """
    documents = index.documents()
    for item in rows(DEV):
        if not isinstance(item["report"], str) or not item["report"] or not item.get("evidence"):
            continue
        history = tuple(Turn(t["role"], t["content"]) for t in item.get("history", []))
        query, *_ = understand(Question(item["question"], history), documents)
        document = index.find(item["report"])
        start = index.text(document).find(item["evidence"])
        if start < 0 or query.refusal is not None:
            continue
        if not filters:
            query = replace(query, documents=documents, search=query.text, year=None)
        yield DevQuestion(query, item["report"], (start, start + len(item["evidence"])))


def dev_collection(index: Index, encoders: Mapping[str, Encoder]) -> Task:
    """The development set over the index's own chunks, for systems that are no part of the product."""
    passages: list[Passage] = []
    documents: list[str] = []
    place: dict[str, range] = {}
    chunks = {}
    for document in index.documents():
        report = index.report(document)
        place[document.file] = range(len(passages), len(passages) + len(report.chunks))
        passages += [(c.context, report.text[c.start : c.end]) for c in report.chunks]
        documents += [document.file] * len(report.chunks)
        chunks[document.file] = report.chunks
    questions = []
    for asked in dev_questions(index):
        first = place[asked.file].start
        right = {
            first + i
            for i, c in enumerate(chunks[asked.file])
            if c.start < asked.evidence[1] and c.end > asked.evidence[0]
        }
        allowed = place[asked.file] if _alone(asked.query.documents, asked.file) else None
        questions.append(Searched(asked.query.search, asked.query.text, allowed, frozenset(right)))
    return Task(Collection(passages, documents, encoders), tuple(questions))


def _alone(documents: tuple[Document, ...], file: str) -> bool:
    return len(documents) == 1 and documents[0].file == file
