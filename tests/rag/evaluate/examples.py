"""Gold questions, answers and scores for tests, built directly; and the published scorer to compare with."""

import importlib.util
from pathlib import Path
from typing import Any

from rag.evaluate.gold import GoldQuestion, Place
from rag.evaluate.scoring import Score
from rag.types import Answer, AnswerStatus, Citation, Question

SCORER = Path(__file__).parents[2] / "gold" / "score.py"


def gold(id: str = "Q1", type: str = "number", wanted: tuple[str, ...] = ("59项",), **more: object) -> GoldQuestion:
    """A gold question of one report; `more` are fields of GoldQuestion."""
    fields = {"places": (Place("a.txt", ("秒办事项59项",), (("一、成效",),)),), "answerable": bool(wanted), **more}
    return GoldQuestion(id, Question("有几项?"), type, gold=wanted, **fields)  # type: ignore[arg-type] # its fields


def answer(
    text: str = "59项[1]",
    short: str | None = "59项",
    quotes: tuple[str, ...] = ("秒办事项59项",),
    refused: bool = False,
) -> Answer:
    """An answer that cites these quotes of one report."""
    citations = tuple(Citation(n, "a.txt", "甲报告", ("一、成效",), q, 0, len(q)) for n, q in enumerate(quotes, 1))
    status = AnswerStatus.REFUSED if refused else AnswerStatus.ANSWERED
    return Answer("有几项?", status, text, short, citations, 1.5)


def scored(id: str, type: str, correct: float, **points: object) -> Score:
    """A score with these points; `points` are fields of Score."""
    return Score(gold(id, type), answer(), correct, refused=False, **points)  # type: ignore[arg-type] # its fields


def published_scorer() -> Any:
    """The published scorer, which shares no code with the product."""
    spec = importlib.util.spec_from_file_location("published_scorer", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
