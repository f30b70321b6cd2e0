"""The vocabulary of questions and answers, on one page."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Literal

from index.types import Hit
from rag.reader import Reading


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
class Answer:
    """The one object that command line, API, chat and evaluation share."""

    question: str
    status: AnswerStatus
    answer: str  # with [1] markers
    short: str | None  # the direct answer to a number or name question
    citations: tuple[Citation, ...]
    ms: float

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
