"""A run: every question of a set asked, in order."""

from collections.abc import Iterator, Sequence
from typing import Any

from rag.assistant import Assistant
from rag.evaluate.gold import GoldQuestion
from rag.types import Answer


def run(assistant: Assistant, gold: Sequence[GoldQuestion]) -> Iterator[tuple[GoldQuestion, Answer]]:
    """Yield each question with its answer."""
    for item in gold:
        yield item, assistant.ask(item.question)


def line(item: GoldQuestion, answer: Answer) -> dict[str, Any]:
    """Return the line of a run file: the answer as `ask --json` gives it, with the question's id."""
    return {"id": item.id} | answer.to_dict()
