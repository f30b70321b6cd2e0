"""What the reader makes of a sentence: its likelihood beside the rules' scores, its own span where they find none."""

import re

from rag.extract.figures import holds_date, holds_figure
from rag.extract.overlap import Span
from rag.query.kinds import Asked, Kind
from rag.reader import Reading

READING_WEIGHT = 1.5  # of the reader's log-likelihood beside the rules' scores
LEAST_LIKELY = -12.0  # log-likelihoods below this say no more than this
SURE = -1.0  # log-likelihood from which the reader's own span is a direct answer
PLAIN = {Kind.DESCRIPTIVE: 20, Kind.LIST: 40}  # forms answered with it, and the longest such answer
WIDENED = 6  # characters that a reader's span may add to a figure: a unit, 近, 突破
DIGITS = re.compile(r"\d[\d.,]*")
READ_SCORE = 1.0  # of the reader's own span, as of a quoted name
SIGNS, QUOTES = " \u3000，,。；;、：:（）()", '“”"《》'  # what a span is stripped of


def weighed(reading: Reading, span: Span) -> float:
    """Return what the reader's likelihood of a span, its quotation marks with it or not, is worth beside the rules."""
    likely = max(reading.likelihood(span.start, span.end), reading.likelihood(span.start - 1, span.end + 1))
    return READING_WEIGHT * max(likely, LEAST_LIKELY)


def read_span(sentence: str, reading: Reading) -> Span | None:
    """The reader's own span, without signs and blanks at its ends."""
    if reading.answer is None:
        return None
    start, end = reading.answer
    bare = sentence[start:end].strip(SIGNS)
    unquoted = bare.strip(QUOTES)
    if not any(quote in unquoted for quote in QUOTES):  # 《甲》和《乙》 keeps its marks
        bare = unquoted
    start = sentence.index(bare, start)
    return Span(start, start + len(bare), READ_SCORE) if bare else None


def as_read(sentence: str, wanted: Asked, reading: Reading) -> list[Span]:
    """Return the reader's own span, if it has the form asked for."""
    span = read_span(sentence, reading)
    if span is None:
        return []
    words = sentence[span.start : span.end]
    formed = {
        Kind.NAME: True,
        Kind.NUMBER: holds_figure(words, wanted.unit) > 0,
        Kind.DATE: holds_date(words),
    }
    return [span] if formed.get(wanted.kind) else []


def widened(sentence: str, figure: Span, reading: Reading) -> Span:
    """Return the reader's span in place of a figure that it holds whole, and no other: 589万千 → 589万千瓦."""
    span = read_span(sentence, reading)
    if span is None or not (span.start <= figure.start and figure.end <= span.end):
        return figure
    short = span.end - span.start <= figure.end - figure.start + WIDENED
    return span if short and len(DIGITS.findall(sentence[span.start : span.end])) == 1 else figure


def plainly_read(sentence: str, wanted: Asked, reading: Reading) -> str | None:
    """Return what the reader is sure of, where the question's form says nothing of the answer's."""
    span = read_span(sentence, reading)
    if span is None or reading.answer is None or wanted.kind not in PLAIN:
        return None
    sure = span.end - span.start <= PLAIN[wanted.kind] and reading.likelihood(*reading.answer) >= SURE
    return sentence[span.start : span.end] if sure else None
