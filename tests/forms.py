"""Questions of every kind with what their answers have to look like: `tests/gold/forms.jsonl`.

kind            yesno, each, compare, time, which, followup, section, overview, metadata
history, today, region_setting      as the question is asked with
expect          refused, says           a refusal, and words in it
                holds, file             words in the answer, and the report that it cites
                starts                  the first word of a yes
                cells, blank, result    figures by report, reports that do not say, and what the figures come to
                plan, choice            called a plan; more than one report shown or offered
                items, outline          headings, in order
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from index.index import Index
from rag.assistant import Assistant
from rag.evaluate.comparing import by_value
from rag.evaluate.gold import turns
from rag.reader import Reader
from rag.types import NOT_MENTIONED, Answer, AnswerStatus, Question

YES = ("有", "是", "能", "可以")


def ask(index: Index, reader: Reader, item: dict[str, Any]) -> Answer:
    """Ask a question as it says: with its history, on its day, in its region."""
    today = date.fromisoformat(item["today"]) if item.get("today") else None
    assistant = Assistant(index, lambda: reader, region=item.get("region_setting") or "", today=today)
    return assistant.ask(Question(item["question"], turns(item.get("history") or [])))


def faults(answer: Answer, expect: dict[str, Any]) -> list[str]:
    """Return what an answer lacks of what is expected of it."""
    refused = answer.status is AnswerStatus.REFUSED
    if expect.get("refused"):
        missing = [f"says {w}" for w in expect.get("says", ()) if str(w) not in answer.answer]
        return missing if refused else ["answered"]
    if refused and not expect.get("choice"):
        return ["refused"]
    return [*_words(answer, expect), *_table(answer, expect)]


def _words(answer: Answer, expect: dict[str, Any]) -> Iterator[str]:
    text = _flat(answer.answer)
    for word in (*expect.get("holds", ()), *expect.get("items", ()), *expect.get("outline", ())):
        if _flat(word) not in text:
            yield f"holds {word}"
    if "starts" in expect and not answer.answer.startswith(YES):
        yield "starts with a yes"
    if expect.get("file") and all(c.file != expect["file"] for c in answer.citations):
        yield "cites the report"
    if expect.get("plan") and "计划" not in answer.answer:
        yield "is called a plan"
    several = len({c.file for c in answer.citations}) > 1 or len(answer.choices) > 1 or NOT_MENTIONED in answer.answer
    if expect.get("choice") and not several:
        yield "shows more than one report"


def _table(answer: Answer, expect: dict[str, Any]) -> Iterator[str]:
    for place, figure in (expect.get("cells") or {}).items():
        if _flat(str(figure)) not in _of_place(answer, place):
            yield f"{place} {figure}"
    for place in expect.get("blank") or ():
        if NOT_MENTIONED not in _of_place(answer, place) and place not in _silent(answer):
            yield f"{place} blank"
    if "result" in expect:
        first = answer.answer.split("| 报告")[0]
        if expect["result"] is None and (" = " in first or "最" in first):
            yield "comes to nothing"
        if expect["result"] is not None and _flat(expect["result"]) not in _flat(first):
            yield f"comes to {expect['result']}"


def _of_place(answer: Answer, place: str) -> str:
    """What an answer says of a place: its cell, or the line that begins with its name."""
    rows = [" ".join(row) for row in (answer.table.rows if answer.table else ()) if place[:2] in row[0]]
    lines = [line for line in answer.answer.split("\n") if line.startswith(place[:2])]
    return _flat(" ".join(rows or lines))


def _silent(answer: Answer) -> str:
    return answer.answer.partition(f"（{NOT_MENTIONED}")[2]


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", by_value(text))
