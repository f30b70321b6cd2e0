"""Two hundred right answers, one thing made wrong in each: verification catches it, and flags no untouched one.

Held in both ways of reading: word for word, as for answers made of excerpts, and by values and names alone, as for what
a language model writes.
"""

import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from index.catalog import Report
from index.encoder import load_encoder
from index.index import Index
from rag.assistant import about
from rag.proof.citations import verified
from rag.proof.verification import verify
from rag.reader import EmbeddedReader
from rag.types import Answer
from tests.corrupted import CORRUPTIONS
from tests.measuring import SETS, ask_all, questions
from tests.verify.recording import record

WANTED = 200
CAUGHT = 0.99


@pytest.fixture(scope="module")
def reports(seed_index: Path) -> dict[str, Report]:
    index = Index(seed_index, lambda: load_encoder(None))
    return {d.file: index.report(d) for d in index.documents()}


@pytest.fixture(scope="module")
def right(seed_index: Path) -> list[Answer]:
    """Answers that hold what the gold does, from both question sets and from those of forms."""
    index, reader = Index(seed_index, lambda: load_encoder(None)), EmbeddedReader()
    items = [q for name in SETS for q in questions(name)]
    found = [s.answer for s in ask_all(index, reader, items) if s.item.answerable and s.correct == 1]
    more = (s.answer for s in ask_all(index, reader, as_published(questions("forms"))))
    for answer in more:
        if len(found) >= WANTED:
            break
        found += [answer] if answer.citations else []
    assert len(found) >= WANTED
    return found[:WANTED]


def as_published(items: list[dict[str, object]]) -> list[dict[str, object]]:
    """Questions of forms, asked only: what they expect is scored elsewhere."""
    return [{k: v for k, v in item.items() if k in ("id", "question", "history", "today")} for item in items]


def flagged(answer: Answer, reports: Mapping[str, Report], verbatim: bool) -> bool:
    """Does verification find anything wrong with an answer or its citations?"""
    if verified(answer.citations, reports) != answer.citations:
        return True
    known = {file: about(report.document) for file, report in reports.items()}
    return bool(verify(answer.answer, answer.citations, known, verbatim).unproved)


@pytest.mark.parametrize("verbatim", [True, False])
def test_nothing_is_flagged_in_right_answers(right: list[Answer], reports: dict[str, Report], verbatim: bool) -> None:
    assert [a.answer for a in right if flagged(a, reports, verbatim)] == []


@pytest.mark.parametrize("verbatim", [True, False])
def test_what_was_made_wrong_is_caught(right: list[Answer], reports: dict[str, Report], verbatim: bool) -> None:
    caught: Counter[str] = Counter()
    made: Counter[str] = Counter()
    missed = []
    kinds = list(CORRUPTIONS)
    for n, answer in enumerate(right):
        chance = random.Random(n)
        order = kinds[n % len(kinds) :] + kinds[: n % len(kinds)]  # a kind each in turn, the next where one cannot be
        kind, wrong = next((k, w) for k in order if (w := CORRUPTIONS[k](answer, chance)) is not None)
        made[kind] += 1
        if flagged(wrong, reports, verbatim):
            caught[kind] += 1
        else:
            missed.append((kind, answer.answer, wrong.answer))
    share = sum(caught.values()) / len(right)
    name = "word for word" if verbatim else "by values and names"
    record(f"corrupted answers caught, {name}", {k: round(caught[k] / made[k], 4) for k in made} | {"all": share})
    assert sum(made.values()) == WANTED
    assert share >= CAUGHT, missed[:5]
