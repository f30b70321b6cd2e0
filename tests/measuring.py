"""Gold questions, as dicts of the published format, asked and scored by the product's own evaluation."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from index.index import Index
from rag.assistant import Assistant
from rag.evaluate.command import scored
from rag.evaluate.gold import read_line
from rag.evaluate.scoring import Score
from rag.reader import Reader

GOLD = Path(__file__).parent / "gold"
SETS = ("dev", "further")  # the development set as published, and 150 questions of the same make


def questions(name: str) -> list[dict[str, Any]]:
    """Return a question set of tests/gold."""
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def ask_all(index: Index, reader: Reader, items: Iterable[dict[str, Any]], filters: bool = True) -> Iterator[Score]:
    """Yield the score of each question; its `today`, where it has one, is what 去年 is counted from."""
    for item in items:
        today = date.fromisoformat(item["today"]) if item.get("today") else None
        assistant = Assistant(index, lambda: reader, today=today, filters=filters)
        yield from scored(assistant, [read_line(json.dumps(item), item["id"])])
