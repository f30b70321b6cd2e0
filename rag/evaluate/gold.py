"""A question set → a run: every question through the same code as `ask`. `tests/gold/score.py` scores a run."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.assistant import Assistant
from rag.errors import GoldError
from rag.types import Question, Turn


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A line of a question set, as far as asking it needs."""

    id: str
    question: Question


def read_gold(path: Path) -> list[GoldQuestion]:
    """Read a question set, one JSON object a line.

    Raises:
        GoldError: the file or a line of it cannot be read; the message names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"问题集读不出来：{path}") from error
    gold = [_parse(line, number, path) for number, line in enumerate(lines, 1) if line.strip()]
    if not gold:
        raise GoldError(f"问题集是空的：{path}")
    return gold


def _parse(line: str, number: int, path: Path) -> GoldQuestion:
    try:
        item = json.loads(line)
        history = turns(item.get("history", []))
        return GoldQuestion(str(item["id"]), Question(str(item["question"]), history))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{path} 第 {number} 行不是问题集的格式：要有 id 和 question") from error


def turns(history: Any) -> tuple[Turn, ...]:
    """Read a conversation: a list of {role, content}. Raises TypeError, KeyError or ValueError when it is not one."""
    if not isinstance(history, list):
        raise TypeError("not a list")
    read = []
    for turn in history:
        if turn["role"] not in ("user", "assistant") or not isinstance(turn["content"], str):
            raise ValueError("not a turn")
        read.append(Turn(turn["role"], turn["content"]))
    return tuple(read)


def run(assistant: Assistant, gold: list[GoldQuestion]) -> Iterator[dict[str, Any]]:
    """Yield one line of a run for each question: the answer as `ask --json` gives it, with the question's id."""
    for item in gold:
        yield {"id": item.id} | assistant.ask(item.question).to_dict()
