"""Small deterministic stand-ins, for tests of everything but quality."""

import time
import zlib
from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np

from index.types import Document, Metadata, Vectors
from rag.reader import Passage, Reading
from rag.types import Answer, AnswerStatus, Citation, Delta, Question, Stage, Step, Table


class FakeEncoder:
    """Bags of characters, hashed: texts that share characters are near. Counts what it was asked to encode."""

    def __init__(self, fingerprint: str = "fake-1", dimension: int = 32) -> None:
        self.fingerprint = fingerprint
        self.dimension = dimension
        self.encoded = 0

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> Vectors:
        self.encoded += len(texts)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for char in text:
                vectors[row, zlib.crc32(char.encode()) % self.dimension] += 1.0
            vectors[row] += 1e-6
            vectors[row] /= np.linalg.norm(vectors[row])
        return vectors


class FakeReader:
    """Finds that passages holding `right`, and no others, answer, with that span. Records the questions."""

    def __init__(self, right: str) -> None:
        self.right = right
        self.asked: list[str] = []

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self.asked.append(question)
        return [self._reading(words) for _, words in passages]

    def _reading(self, words: str) -> Reading:
        start = words.find(self.right)
        offsets = np.array([[i, i + 1] for i in range(len(words))]).reshape(-1, 2)
        starts, ends = np.full((2, len(words)), -10.0, dtype=np.float32)
        if start < 0:
            return Reading(-5.0, 0.01, (0, len(words)), offsets, starts, ends)
        starts[start] = ends[start + len(self.right) - 1] = -0.1
        return Reading(5.0, 0.99, (start, start + len(self.right)), offsets, starts, ends)


REPORT_TEXT = (
    "办结行政复议55件,满意率98.5%。<script>alert(1)</script> ${7*7} $$x$$ ![图](http://evil.example/x.png) "
    "[点](javascript:alert(1)) <img src=x onerror=alert(1)>"
)
QUOTE = "办结行政复议55件,满意率98.5%。"
OPEN_QUESTION = "各县公开了多少条?"
CHOICES = ("甲县2022年<b>公开了</b>多少条?", "乙县2021年公开了多少条?")


def fake_document(id: str, title: str, year: int) -> Document:
    """A report of the catalog, without a file."""
    return Document(id, f"{id}.txt", f"/r/{id}.txt", Metadata(title, "", "330329", year, ()), len(REPORT_TEXT))


def fake_table(question: str) -> Answer:
    """An answer with a table over two hostile reports and the choice between them."""
    rows = (("甲县<img src=x onerror=alert(1)>", "2022", "55件[1]"), ("乙县|*", "2021", "报告未提及"))
    lines = ["| 报告 | 数字 |", "| - | - |", *(f"| {place} | {cell} |" for place, _, cell in rows)]
    text = "\n\n".join(
        ["最多的是甲县：55件[1]", "\n".join(lines), "（甲县的报告里的计划，不是结果）", f"甲县：{QUOTE}[1]"]
    )
    return Answer(
        question,
        AnswerStatus.ANSWERED,
        text,
        None,
        (fake_citation(),),
        1.0,
        understood="各县2022年<i>公开了</i>多少条?",
        table=Table(("报告", "年份", "数字"), rows),
        choices=CHOICES,
    )


def fake_citation() -> Citation:
    """The one quote there is."""
    return Citation(1, "r1.txt", "甲县2022年<b>报告</b>", ("一、成效", "(一)*复议*"), QUOTE, 0, len(QUOTE))


class FakeAssistant:
    """Answers from one hostile report, piece by piece; refuses what holds 火星; OPEN_QUESTION has a table.

    Records the questions.
    """

    def __init__(self, pause: float = 0.0) -> None:
        self.pause = pause
        self.asked: list[Question] = []
        self.error: Exception | None = None

    def documents(self) -> tuple[Document, ...]:
        return fake_document("r1", "甲县2022年<b>报告</b>", 2022), fake_document("r2", "乙县2021年报告", 2021)

    def suggestions(self, n: int = 4) -> tuple[str, ...]:
        return ("办结多少件?", "满意率是多少?")[:n]

    def paragraph(self, citation: Citation) -> tuple[str, int]:
        return REPORT_TEXT, 0

    def warm_up(self) -> None:
        """Nothing to load."""

    def ask(self, question: Question) -> Answer:
        *_, answer = self.stream(question)
        assert isinstance(answer, Answer)
        return answer

    def stream(self, question: Question) -> Iterator[Step]:
        self.asked.append(question)
        if self.error is not None:
            raise self.error
        yield Stage("检索")
        if "火星" in question.text:
            yield Answer(question.text, AnswerStatus.REFUSED, "报告未提及:没有<i>火星</i>的报告。", None, (), 1.0)
            return
        text = f"55件\n\n{QUOTE}[1]"
        answer = Answer(question.text, AnswerStatus.ANSWERED, text, "55件", (fake_citation(),), 1.0)
        if question.text == OPEN_QUESTION:
            answer = fake_table(question.text)
        for piece in (answer.answer[:6], answer.answer[6:14], answer.answer[14:]):
            time.sleep(self.pause)
            yield Delta(piece)
        yield answer
