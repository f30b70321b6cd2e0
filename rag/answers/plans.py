"""A report of a year tells of that year, recalls the one before and plans the next: what is no result is called so."""

import re
from collections.abc import Iterable

from index.tokens import normalise
from index.types import Hit
from rag.query import Query
from rag.query.scope import PLANNED, label
from rag.types import Evidence

PLAN_SECTION = re.compile(r"打算|安排|思路|计划|下一步|下步|下一年|明年|今后|下阶段|展望")
PLAN_SENTENCE = re.compile(r"^(?:下一步|下步|明年|今后|下阶段|接下来)")


def is_plan(hit: Hit) -> bool:
    """Does a passage stand among the plans of its report?"""
    path = normalise(" ".join(hit.chunk.path[:1] if len(hit.chunk.path) > 1 else hit.chunk.path))
    title = normalise(hit.document.metadata.title)
    return (path != title and PLAN_SECTION.search(path) is not None) or PLAN_SENTENCE.search(hit.text) is not None


def fits_time(query: Query, hit: Hit) -> float:
    """Return 1 where a plan is asked for and found, or a result; -1 where one stands for the other."""
    return 1.0 if (PLANNED.search(query.text) is not None) == is_plan(hit) else -1.0


def tells_of(hit: Hit, year: int) -> bool:
    """Does a passage speak of a year that is not its report's own: a plan for the next, or the one before by name?

    "比2020年下降" tells how this year differs, not what 2020 was.
    """
    own = hit.document.metadata.year
    if own is not None and year > own:
        return str(year) in normalise(" ".join((*hit.chunk.path, hit.text))) or is_plan(hit)
    return re.search(rf"(?<![比较]){year}年", normalise(hit.text)) is not None


def notes(query: Query, evidence: Iterable[Evidence]) -> list[str]:
    """Return what has to be said of these passages, each note once."""
    return list(dict.fromkeys(filter(None, (note(query, e.hit) for e in evidence))))


def note(query: Query, hit: Hit) -> str | None:
    """Return what has to be said before a passage is quoted: that it is a plan, or of another year than its report."""
    own = hit.document.metadata.year
    if is_plan(hit):
        return f"（{label(hit.document)}的报告里的计划，不是结果）"
    if query.year is not None and own is not None and query.year != own:
        return f"（{label(hit.document)}后一年的报告里提到的{query.year}年）"
    return None
