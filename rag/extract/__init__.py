"""The direct answer inside an evidence sentence: the figure with its unit, the date, the name.

Rules find the candidates; one is chosen by what is asked for (its unit, its suffix), by how much of the question stands
around it, and by the reader's likelihood. What nothing finds is left out: the sentence itself is the answer then.
"""

from dataclasses import replace

from rag.extract.figures import RANK, dates, figures, holds_date, holds_figure
from rag.extract.names import names, people
from rag.extract.overlap import Span
from rag.extract.read import as_read, plainly_read, weighed, widened
from rag.query.kinds import Asked, Kind
from rag.reader import Reading

__all__ = ["fits", "short_answer"]


def short_answer(
    question: str, sentence: str, wanted: Asked, told: str = "", reading: Reading | None = None
) -> str | None:
    """Return the direct answer in the sentence's own words, None when there is none to be found.

    What was `told` in the turn before is not what a follow-up asks for. With a reading, its likelihood weighs in.
    """
    if several := people(question, sentence):
        return several
    spans = _candidates(question, sentence, wanted)
    if reading is not None:
        if wanted.kind is Kind.NAME or not spans:
            spans += as_read(sentence, wanted, reading)
        spans = [replace(s, score=s.score + weighed(reading, s)) for s in spans]
    spans = [s for s in spans if not told or sentence[s.start : s.end] not in told] or spans
    best = max(spans, key=lambda s: s.score, default=None)
    if best is None:
        return None if reading is None else plainly_read(sentence, wanted, reading)
    if reading is not None and wanted.kind is Kind.NUMBER:
        best = widened(sentence, best, reading)
    return sentence[best.start : best.end]


def _candidates(question: str, sentence: str, wanted: Asked) -> list[Span]:
    if wanted.kind is Kind.NUMBER and wanted.unit == "第":
        return [Span(*m.span(), 0.0) for m in RANK.finditer(sentence)]
    if wanted.kind is Kind.NUMBER:
        return list(figures(question, sentence, wanted.unit))
    if wanted.kind is Kind.DATE:
        return list(dates(question, sentence))
    if wanted.kind is Kind.NAME:
        return list(names(question, sentence))
    return []


def fits(wanted: Asked, sentence: str) -> float:
    """Return how well a sentence holds the form of answer asked for: 0 not at all, 1 with the very unit."""
    if wanted.kind is Kind.DATE:
        return 0.5 * holds_date(sentence)
    if wanted.kind is Kind.NUMBER:
        return holds_figure(sentence, wanted.unit)
    return 0.0
