"""Does the best evidence answer the question at all? Without a reader: by cosine and by the question's own words.

The thresholds were fitted on questions over other reports (`training/judge.py` prints the figures).
"""

from collections.abc import Sequence

from index.tokens import normalise
from rag.query import Query
from rag.types import Evidence

MIN_COSINE = 0.80


def good_enough(query: Query, evidence: Sequence[Evidence]) -> bool:
    """Is the first piece of evidence near enough to be an answer?"""
    if not evidence:
        return False
    best = evidence[0].hit
    if query.year is not None and not _names_year(best.text, best.chunk.path, query.year):
        return False
    return best.dense >= MIN_COSINE


def _names_year(text: str, path: Sequence[str], year: int) -> bool:
    words = normalise(" ".join((*path, text)))
    return str(year) in words or any(w in words for w in ("打算", "安排", "思路", "计划", "下一步", "下步"))
