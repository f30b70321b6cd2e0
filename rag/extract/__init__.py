"""The direct answer inside an evidence sentence, by rules: the figure with its unit, the date, the name.

A candidate is chosen by what is asked for (its unit, its suffix) and by how much of the question stands around it.
What no rule finds is left out: the sentence itself is the answer then.
"""

import re
from dataclasses import replace

from rag.extract.figures import RANK, dates, figures, holds_date, holds_figure
from rag.extract.names import names
from rag.extract.overlap import Span
from rag.kinds import Asked, Kind
from rag.reader import Reading

READING_WEIGHT = 1.5  # of the reader's log-likelihood beside the rules' scores
LEAST_LIKELY = -12.0  # log-likelihoods below this say no more than this
SURE = -1.0  # log-likelihood from which the reader's own span is a direct answer
PLAIN = {Kind.DESCRIPTIVE: 20, Kind.LIST: 40}  # forms answered with it, and the longest such answer
WIDENED = 6  # characters that a reader's span may add to a figure: a unit, 近, 突破
DIGITS = re.compile(r"\d[\d.,]*")
READ_SCORE = 1.0  # of the reader's own span, as of a quoted name
EDGES = ' \u3000，,。；;、：:（）()“”"《》'  # what a span is stripped of

__all__ = ["fits", "short_answer"]


def short_answer(
    question: str, sentence: str, wanted: Asked, told: str = "", reading: Reading | None = None
) -> str | None:
    """Return the direct answer in the sentence's own words, None when there is none to be found.

    What was `told` in the turn before is not what a follow-up asks for. With a reading, its likelihood weighs in.
    """
    spans = _candidates(question, sentence, wanted)
    if reading is not None:
        if wanted.kind is Kind.NAME or not spans:
            spans += _as_read(sentence, wanted, reading)
        spans = [replace(s, score=s.score + weighed(reading, s)) for s in spans]
    spans = [s for s in spans if not told or sentence[s.start : s.end] not in told] or spans
    best = max(spans, key=lambda s: s.score, default=None)
    if best is None:
        return None if reading is None else _plainly_read(sentence, wanted, reading)
    if reading is not None and wanted.kind is Kind.NUMBER:
        best = _widened(sentence, best, reading)
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


def weighed(reading: Reading, span: Span) -> float:
    """Return what the reader's likelihood of a span is worth beside the rules' score."""
    return READING_WEIGHT * max(reading.likelihood(span.start, span.end), LEAST_LIKELY)


def _read_span(sentence: str, reading: Reading) -> Span | None:
    """The reader's own span, without signs and blanks at its ends."""
    if reading.answer is None:
        return None
    start, end = reading.answer
    words = sentence[start:end]
    start += len(words) - len(words.lstrip(EDGES))
    end -= len(words) - len(words.rstrip(EDGES))
    return Span(start, end, READ_SCORE) if end > start else None


def _as_read(sentence: str, wanted: Asked, reading: Reading) -> list[Span]:
    """Return the reader's own span, if it has the form asked for."""
    span = _read_span(sentence, reading)
    if span is None:
        return []
    words = sentence[span.start : span.end]
    formed = {
        Kind.NAME: True,
        Kind.NUMBER: holds_figure(words, wanted.unit) > 0,
        Kind.DATE: holds_date(words),
    }
    return [span] if formed.get(wanted.kind) else []


def _widened(sentence: str, figure: Span, reading: Reading) -> Span:
    """Return the reader's span in place of a figure that it holds whole, and no other: 589万千 → 589万千瓦."""
    span = _read_span(sentence, reading)
    if span is None or not (span.start <= figure.start and figure.end <= span.end):
        return figure
    short = span.end - span.start <= figure.end - figure.start + WIDENED
    return span if short and len(DIGITS.findall(sentence[span.start : span.end])) == 1 else figure


def _plainly_read(sentence: str, wanted: Asked, reading: Reading) -> str | None:
    """Return what the reader is sure of, where the question's form says nothing of the answer's."""
    span = _read_span(sentence, reading)
    if span is None or wanted.kind not in PLAIN or span.end - span.start > PLAIN[wanted.kind]:
        return None
    sure = reading.likelihood(span.start, span.end) >= SURE
    return sentence[span.start : span.end] if sure else None


def fits(wanted: Asked, sentence: str) -> float:
    """Return how well a sentence holds the form of answer asked for: 0 not at all, 1 with the very unit."""
    if wanted.kind is Kind.DATE:
        return 0.5 * holds_date(sentence)
    if wanted.kind is Kind.NUMBER:
        return holds_figure(sentence, wanted.unit)
    return 0.0
