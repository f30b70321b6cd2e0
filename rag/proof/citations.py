"""Proofs: a citation is a span of the stored text, and what cannot be proved is not said.

Every citation is checked against the stored text when it is made; the section path is that of its span. The short
answer has to stand in a quote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.catalog import Report
from index.chunking import section_path
from index.tokens import normalise
from rag.types import Citation, Evidence

PARAGRAPH_LIMIT = 320  # characters shown round a quote when a report has no paragraphs


def cite(evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    """Number the evidence from 1, in the order given; each quote is the chunk's own words."""
    return tuple(
        Citation(
            n=n,
            file=e.hit.document.file,
            title=e.hit.document.metadata.title,
            section=e.hit.chunk.path,
            quote=e.hit.text,
            start=e.hit.chunk.start,
            end=e.hit.chunk.end,
        )
        for n, e in enumerate(evidence, 1)
    )


def verified(citations: Sequence[Citation], reports: Mapping[str, Report]) -> tuple[Citation, ...] | None:
    """Hold every citation against its report as it is stored; None when a quote does not stand at its place.

    A quote that is still empty (a fact is known by its place alone) becomes the text between its offsets. The section
    path is made anew from the span, whatever the citation said.
    """
    proved = []
    for citation in citations:
        report = reports.get(citation.file)
        words = report.text[citation.start : citation.end] if report is not None else ""
        if report is None or not words or citation.quote not in ("", words):
            return None
        proved.append(replace(citation, quote=words, section=path_at(report, citation.start, citation.end)))
    return tuple(proved)


def path_at(report: Report, start: int, end: int) -> tuple[str, ...]:
    """Return the section path of a span; (title,) where no section holds it."""
    holding = [i for i, s in enumerate(report.sections) if s.start <= start and end <= s.end]
    if not holding:
        return (report.document.metadata.title,)
    return section_path(report.sections, max(holding, key=lambda i: (report.sections[i].level, i)))


def stands_in(words: str, citations: Sequence[Citation]) -> bool:
    """Do these words, or each of those joined by 、, stand in a quote, width and letter case aside?"""
    quotes = [normalise(c.quote) for c in citations]
    return any(
        all(any(normalise(piece) in quote for quote in quotes) for piece in pieces)
        for pieces in ([words], words.split("、"))
    )


def paragraph(text: str, citation: Citation) -> tuple[str, int]:
    """Return the paragraph a quote stands in, and where the quote begins in it.

    A long paragraph, or a report that is one line, is cut to the sentences around the quote.
    """
    start = text.rfind("\n", 0, citation.start) + 1
    end = text.find("\n", citation.end)
    end = len(text) if end < 0 else end
    if end - start > PARAGRAPH_LIMIT:
        room = (PARAGRAPH_LIMIT - (citation.end - citation.start)) // 2
        start = _sentence_start(text, max(start, citation.start - room), citation.start)
        end = _sentence_end(text, citation.end, min(end, citation.end + room))
    start += len(text[start : citation.start]) - len(text[start : citation.start].lstrip())
    return text[start:end].rstrip(), citation.start - start


def _sentence_start(text: str, start: int, quote: int) -> int:
    """The first start of a sentence from `start` on, not beyond the quote."""
    stop = max(text.find("。", start, quote), -1)
    return stop + 1 if stop >= 0 else start


def _sentence_end(text: str, quote: int, end: int) -> int:
    """The last end of a sentence up to `end`, not before the quote's."""
    stop = text.rfind("。", quote, end)
    return stop + 1 if stop >= 0 else end
