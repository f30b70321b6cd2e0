"""Reports as the product cuts them: their chunks, the one that answers a question, and what lies near to it.

Everything goes through `index.parsing`, so that the models are trained on exactly the texts they will meet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from tqdm import tqdm

from index.catalog import Report
from index.errors import ReportRefused
from index.parsing import parse
from index.types import Document, Encoder, Vectors
from rag.query import understand
from rag.retriever import QUESTION_WORDS
from rag.types import Question
from training.data import ReportQuestion

BATCH = 512  # texts between two steps of progress
Span = tuple[int, int]


@dataclass(frozen=True)
class Passages:
    """The chunks of one report. `texts` are what encoder, BM25 and reader read: context and words."""

    report: Report

    @property
    def document(self) -> Document:
        return self.report.document

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(self.report.search_text(c) for c in self.report.chunks)

    def span_of(self, words: str) -> Span | None:
        """Return where these words stand in the report, None when they do not."""
        start = self.report.text.find(words) if words else -1
        return (start, start + len(words)) if start >= 0 else None

    def overlapping(self, span: Span) -> list[int]:
        """Return the chunks that share characters with a span, the one that shares most first."""
        shared = {
            i: min(c.end, span[1]) - max(c.start, span[0])
            for i, c in enumerate(self.report.chunks)
            if c.start < span[1] and c.end > span[0]
        }
        return sorted(shared, key=lambda i: (-shared[i], i))


@dataclass(frozen=True, slots=True)
class Located:
    """A question with its report. `right` are the chunks that hold the evidence (none: unanswerable), best first.

    `answer` is the span of the answer in the report; `near` are the chunks that tempt when there is no answer.
    """

    question: ReportQuestion
    passages: Passages
    right: tuple[int, ...]
    answer: Span | None
    near: tuple[int, ...]

    @property
    def answer_in_text(self) -> Span | None:
        """The answer's characters in the text of the first right chunk, None where it does not hold the answer."""
        if self.answer is None or not self.right:
            return None
        chunk = self.passages.report.chunks[self.right[0]]
        if not chunk.start <= self.answer[0] < self.answer[1] <= chunk.end:
            return None
        shift = len(chunk.context) + 1 - chunk.start
        return self.answer[0] + shift, self.answer[1] + shift


def load_reports(data: Path, files: Iterable[tuple[str, str]]) -> dict[str, Passages]:
    """Read reports, given as (corpus, file), and cut them; those that the product refuses are left out."""
    passages: dict[str, Passages] = {}
    for corpus, file in tqdm(sorted(set(files)), unit="份", desc="读报告"):
        path = data / "corpus" / corpus / file
        try:
            passages[file] = Passages(parse(path.read_bytes(), file, str(path)))
        except ReportRefused:
            continue
    return passages


def locate(question: ReportQuestion, reports: dict[str, Passages]) -> Located | None:
    """Find a question's evidence among the chunks; None when its report or its evidence is not there."""
    passages = reports.get(question.file)
    if passages is None:
        return None
    if question.kind == "unanswerable":
        span = passages.span_of(question.near)
        return Located(question, passages, (), None, tuple(passages.overlapping(span)) if span else ())
    span = passages.span_of(question.evidence)
    if span is None:
        return None
    answer = _answer_span(question, span)
    right = passages.overlapping(span)
    if answer is not None:  # of two chunks that hold parts of the evidence, the one with the answer is right
        holding = passages.overlapping(answer)
        right = sorted(right, key=lambda i: i not in holding)
    return Located(question, passages, tuple(right), answer, ()) if right else None


def _answer_span(question: ReportQuestion, evidence: Span) -> Span | None:
    """The answer inside the evidence; of several strings, from the first to the last."""
    places = [question.evidence.find(a) for a in question.answers]
    if not places or min(places) < 0:
        return None
    ends = [at + len(a) for at, a in zip(places, question.answers, strict=True)]
    return evidence[0] + min(places), evidence[0] + max(ends)


def search_words(question: str, document: Document) -> str:
    """Return what the product searches when this report is the one asked about: without its region and year."""
    query, *_ = understand(Question(question), [document], document)
    return question if query.refusal is not None else query.search


def bm25_words(search: str) -> str:
    """Return the words that the product hands to BM25."""
    return QUESTION_WORDS.sub(" ", search)


def encoded(encoder: Encoder, texts: Sequence[str], name: str = "") -> Vectors:
    """Return the passage vectors of all texts, shape (len(texts), dimension), with a progress bar."""
    vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    for at in tqdm(range(0, len(texts), BATCH), unit="批", desc=f"编码 {name}".strip(), mininterval=5):
        vectors[at : at + BATCH] = encoder.encode(texts[at : at + BATCH], "passage")
    return vectors
