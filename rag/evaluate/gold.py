"""Question sets: one JSON object a line, or a spreadsheet (csv, xlsx) with the columns named in `COLUMNS`."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from rag.errors import GoldError
from rag.types import Question, Turn

# Column of a spreadsheet → field of JSON. Only the first is needed; without an answer the right reply is 报告未提及.
COLUMNS = {
    "问题": "question", "答案": "gold", "编号": "id", "类型": "type", "报告": "report", "章节": "section",
    "原文": "evidence", "要全部": "all", "上一问": "before", "上一答": "told",
}  # fmt: skip
SEPARATOR = re.compile(r"[;；\n]+")
PATH_SEPARATOR = re.compile(r"\s*[›>]\s*")
YES = ("是", "全部", "要", "1", "true", "y", "yes")
UNKNOWN = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is proved: a report and the words in it; `sections` are the paths that are equally right."""

    report: str  # file, id, or part of the title
    evidence: tuple[str, ...]
    sections: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what a right answer holds. `needs_all`: all of `gold`, and not any of them."""

    id: str
    question: Question
    type: str = UNKNOWN
    answerable: bool = True
    gold: tuple[str, ...] = ()
    needs_all: bool = False
    places: tuple[Place, ...] = ()


def read_gold(path: Path) -> list[GoldQuestion]:
    """Read a question set.

    Raises:
        GoldError: the file or a line of it cannot be read; the message names the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GoldError(f"问题集读不出来：{path}") from error
    try:
        gold = list(_parsed(path, data))
    except (UnicodeDecodeError, zipfile.BadZipFile, csv.Error) as error:
        raise GoldError(f"问题集读不出来：{path}") from error
    if not gold:
        raise GoldError(f"问题集是空的：{path}")
    return gold


def _parsed(path: Path, data: bytes) -> Iterator[GoldQuestion]:
    if data.startswith(b"PK\x03\x04"):
        rows = _xlsx_rows(data)
    elif path.suffix.lower() == ".csv":
        rows = csv.reader(io.StringIO(_decoded(data)))
    else:
        for number, line in enumerate(data.decode("utf-8-sig").split("\n"), 1):
            if line.strip():
                yield read_line(line, f"{path} 第 {number} 行")
        return
    yield from _from_rows(rows, path)


def _decoded(data: bytes) -> str:
    """Spreadsheets on office computers write csv in GB18030 as often as in UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _xlsx_rows(data: bytes) -> Iterator[Sequence[str]]:
    from openpyxl import load_workbook  # here and not above: only this format needs it

    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        yield from ([_cell_text(cell) for cell in row] for row in sheet.iter_rows())
    except Exception as error:  # a damaged workbook raises whatever its parts do
        raise zipfile.BadZipFile("not a workbook") from error


def _cell_text(cell: Any) -> str:
    """A cell as its reader sees it: dates without a time of day, shares in per cent."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else str(value)
    if isinstance(value, float) and "%" in str(cell.number_format):
        return f"{value * 100:.10g}%"
    return "" if value is None else str(value)


def _from_rows(rows: Iterator[Sequence[str]], path: Path) -> Iterator[GoldQuestion]:
    heads = [COLUMNS.get(cell.strip(), cell.strip()) for cell in next(rows, [])]
    if "question" not in heads:
        raise GoldError(f"{path} 第 1 行没有“问题”这一列。可用的列：{'、'.join(COLUMNS)}")
    for number, row in enumerate(rows, 2):
        cells = {head: cell.strip() for head, cell in zip(heads, row, strict=False) if cell.strip()}
        if cells.get("question"):
            yield _from_cells(cells, number)


def _from_cells(cells: dict[str, str], number: int) -> GoldQuestion:
    gold = tuple(filter(None, (g.strip() for g in SEPARATOR.split(cells.get("gold", "")))))
    history = tuple(Turn(role, cells[key]) for key, role in (("before", "user"), ("told", "assistant")) if key in cells)  # type: ignore[arg-type] # the two roles there are
    path = tuple(filter(None, PATH_SEPARATOR.split(cells.get("section", ""))))
    evidence = tuple(filter(None, (e.strip() for e in cells.get("evidence", "").split("\n"))))
    places = (Place(cells["report"], evidence, (path,) if path else ()),) if cells.get("report") and gold else ()
    return GoldQuestion(
        cells.get("id") or f"第{number}行",
        Question(cells["question"], history),
        cells.get("type", UNKNOWN),
        bool(gold),
        gold,
        cells.get("all", "").lower() in YES,
        places,
    )


def read_line(line: str, place: str) -> GoldQuestion:
    """Read one JSON object; `place` says where it stands, for the message of the GoldError it may raise."""
    try:
        item = json.loads(line)
        text, gold = str(item["question"]).strip(), item.get("gold") or ()
        if not text:
            raise ValueError("empty question")
        return GoldQuestion(
            str(item["id"]),
            Question(text, turns(item.get("history") or [])),
            str(item.get("type", UNKNOWN)),
            bool(item.get("answerable", bool(gold))),
            (gold,) if isinstance(gold, str) else tuple(map(str, gold)),
            item.get("gold_mode") == "all",
            _places(item),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{place}不是问题集的格式：要有 id 和 question") from error


def _places(item: dict[str, Any]) -> tuple[Place, ...]:
    """The places of the published format: one report, or a list of them with their evidence and sections in step."""
    report, evidence, section = item.get("report") or [], item.get("evidence") or "", item.get("section") or []
    other = [(o["report"], tuple(o["section"])) for o in item.get("section_alt", [])]
    if isinstance(report, str):
        proofs = tuple(evidence) if isinstance(evidence, list) else (evidence,)
        return (Place(report, proofs, _paths(report, [section], other)),)
    return tuple(
        Place(r, (e,), _paths(r, [s for o, s in zip(report, section, strict=False) if o == r], other))
        for r, e in zip(report, evidence, strict=False)
    )


def _paths(
    report: str, own: Sequence[Sequence[str]], other: Sequence[tuple[str, tuple[str, ...]]]
) -> tuple[tuple[str, ...], ...]:
    return (*(tuple(path) for path in own if path), *(path for r, path in other if r == report))


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
