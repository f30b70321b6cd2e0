"""The questions that the models learn from, as one type of example, and which of them are held back.

Only data whose licence lets the weights be shipped is read for training: CMRC 2018 and DRCD (CC BY-SA), STARD and
LeCoQA (MIT), the report questions (written for this project) and official texts.
"""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path("../shared/data")
READING = ("cmrc_train", "cmrc_trial", "drcd_devtest_t2s")
LAW = ("stard_train", "lecoqa_train")
OWN = Path(__file__).parent / "questions.jsonl"  # written by reading, over the same reports and others
HELD_BACK = 10  # one report in so many is kept for measuring


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """A question, the passage that answers it, and where in it the answer stands (None: the passage as a whole)."""

    question: str
    passage: str
    answer: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """A question over one report. Without `evidence` the report does not answer it; `near` is what tempts then."""

    question: str
    file: str
    corpus: str
    kind: str
    evidence: str
    answers: tuple[str, ...]
    near: str

    @property
    def held_back(self) -> bool:
        """Is its report one of the tenth that nothing is trained on? By a checksum of the name: the same every time."""
        return zlib.crc32(self.file.encode()) % HELD_BACK == 0


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file with one JSON object a line, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def reading_questions(data: Path) -> Iterator[ReadingQuestion]:
    """Yield the encyclopaedia questions with the place of their answers; those whose place is wrong are left out."""
    for name in READING:
        for row in rows(data / "train" / f"{name}.jsonl.gz"):
            start, answer = int(row["a_start"]), row["a"]
            if answer and row["p"][start : start + len(answer)] == answer:
                yield ReadingQuestion(row["q"], row["p"], (start, start + len(answer)))


def law_questions(data: Path) -> Iterator[ReadingQuestion]:
    """Yield the lay legal questions with the article or the explanation that answers them."""
    for name in LAW:
        for row in rows(data / "train" / f"{name}.jsonl.gz"):
            yield ReadingQuestion(row["q"], row["p"], None)


def report_questions(data: Path) -> list[ReportQuestion]:
    """Return all questions over reports: the shared ones and those in `questions.jsonl` beside this file."""
    found = (*rows(data / "train" / "report_questions.jsonl"), *rows(OWN))
    return [
        ReportQuestion(
            question=row["q"], file=row["file"], corpus=row["corpus"], kind=row["type"], evidence=row["evidence"],
            answers=tuple(row["answer"]), near=row.get("near", ""),
        )
        for row in found
        if (data / "corpus" / row["corpus"] / row["file"]).exists()
    ]  # fmt: skip
