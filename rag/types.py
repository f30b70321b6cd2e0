"""The vocabulary of questions and answers, on one page."""

import re
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Literal

from index.types import Hit
from rag.reader import Reading

NOT_MENTIONED = "报告未提及"  # how every refusal begins, and what a blank cell of a table says

MARKER = re.compile(r"\[(\d{1,3})\]")  # in an answer's text: the number of a citation


class AnswerStatus(StrEnum):
    """A refusal is a status, not an error: the reports do not say."""

    ANSWERED = "answered"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """What came in at an edge. `region`, `year` and `report` are filters chosen by the person, not found in `text`."""

    text: str
    history: tuple[Turn, ...] = ()
    region: str | None = None  # a name such as 泰顺县 or 浙江
    year: int | None = None
    report: str | None = None  # id, file or an unambiguous part of the title


@dataclass(frozen=True, slots=True)
class Evidence:
    """A hit with its score, best first; `reading` is None where there is no reader."""

    hit: Hit
    score: float
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A proof: `quote` is the stored text of `file` from `start` to `end`, character for character."""

    n: int
    file: str
    title: str
    section: tuple[str, ...]
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """Several reports side by side. Cells are text with [1] markers; a blank says that the report does not say."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Unproved:
    """Words of an answer, `answer[start:end]`, that do not stand in what it cites there."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Checks:
    """What verification found: how many claims an answer makes, and those that its citations do not prove."""

    claims: int = 0
    unproved: tuple[Unproved, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The one object that command line, API, chat and evaluation share."""

    question: str
    status: AnswerStatus
    answer: str  # with [1] markers
    short: str | None  # the direct answer, where there is one: a figure, name or date, a fact of the page, a yes
    citations: tuple[Citation, ...]
    ms: float
    understood: str | None = None  # the question as it was completed from the conversation or from today's date
    table: Table | None = None  # the answer's table, where reports are compared
    choices: tuple[str, ...] = ()  # questions that would narrow this one
    nearest: Citation | None = None  # of a refusal: what came closest, and is no answer
    checks: Checks = field(default_factory=Checks)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `ask --json` and `POST /api/ask`; later versions add fields and change none."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Stage:
    """While a question is worked on: what is happening now, in Chinese words for the window (检索, 核对 …)."""

    name: str


@dataclass(frozen=True, slots=True)
class Delta:
    """While an answer is written: the next piece of it."""

    text: str


Step = Stage | Delta | Answer
