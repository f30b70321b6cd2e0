"""The figures of a run as lines for the terminal, and the bars they are held against."""

import json
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from rag.errors import GoldError
from rag.evaluate.figures import NAMES, SHARES, Figures, by_type, figures, median_ms
from rag.evaluate.scoring import Score

TYPES = {
    "number": "数量", "name": "名称", "date": "日期", "list": "列举", "descriptive": "做法", "cross": "多份报告",
    "followup": "追问", "metadata": "报告信息", "unanswerable": "没写的", "other": "其他",
}  # fmt: skip
WIDTH = 24  # columns of a name


def lines(scores: Sequence[Score]) -> Iterator[str]:
    """Yield the figures, those by type, and the questions that lost points."""
    for name, value in figures(scores).items():
        yield f"{_padded(NAMES[name])}{shown(name, value)}"
    yield ""
    for kind, (count, share) in by_type(scores).items():
        yield f"{_padded(TYPES.get(kind, kind))}{share:7.1%}  {count} 题"
    yield ""
    yield f"{len(scores)} 题，每题用时中位数 {median_ms(scores):.0f} 毫秒"
    lost = [s for s in scores if s.lost]
    if lost:
        yield f"失分的 {len(lost)} 题："
    for s in lost:
        yield f"  {s.item.id}  {s.item.question.text}"
        yield f"      要的：{wanted(s)}"
        yield f"      答的：{one_line(s.answer.answer)}"


def shown(name: str, value: float) -> str:
    """Write a figure: a share in per cent, a count with two places."""
    return f"{value:7.1%}" if name in SHARES else f"{value:7.2f}"


def wanted(s: Score) -> str:
    """Return what a right answer holds, in words."""
    if not s.item.answerable:
        return "报告未提及"
    return ("、" if s.item.needs_all else " 或 ").join(s.item.gold) or "（只看有没有答）"


def one_line(text: str, most: int = 80) -> str:
    """Return the beginning of a text, on one line."""
    text = re.sub(r"\s+", " ", text)
    return text[:most] + ("…" if len(text) > most else "")


def read_expected(path: Path) -> Figures:
    """Read the figures that a run has to reach: a JSON object of their names.

    Raises:
        GoldError: it cannot be read, or names a figure that there is not.
    """
    try:
        expected = json.loads(path.read_text(encoding="utf-8"))
        bars = {str(name): float(value) for name, value in expected.items() if name in NAMES}
        if not all(map(math.isfinite, bars.values())):
            raise ValueError("not a number")
        unknown = [name for name in expected if name not in NAMES]
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise GoldError(f'成绩要求读不出来：{path}。应为 JSON，如 {{"answer_correct": 0.9}}') from error
    if unknown or not bars:
        raise GoldError(f"{path} 里没有这项成绩：{'、'.join(unknown)}。可用的有：{'、'.join(NAMES)}")
    return bars


def _padded(text: str) -> str:
    """Chinese characters take two columns."""
    columns = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * max(1, WIDTH - columns)
