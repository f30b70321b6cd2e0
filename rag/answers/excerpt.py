"""Evidence → the words of an answer, without a language model: the direct answer, then the sentences that prove it."""

from collections.abc import Sequence
from dataclasses import dataclass

from index import regions
from index.types import Document
from rag.citations import cite, stands_in
from rag.extract import short_answer
from rag.kinds import Kind
from rag.query import Query
from rag.types import Citation, Evidence

NOT_MENTIONED = "报告未提及"
COVERED_LIMIT = 8  # reports named in a refusal


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is timed: text with markers, short answer, citations. No citation: a refusal."""

    text: str
    short: str | None = None
    citations: tuple[Citation, ...] = ()


def compose(query: Query, evidence: Sequence[Evidence], question: str) -> Draft:
    """Quote the evidence, the direct answer first where a rule finds one."""
    citations = cite(evidence)
    short = short_answer(question, citations[0].quote, query.asked, query.told, evidence[0].reading)
    if short is not None and not stands_in(short, citations):
        short = None
    # A question that names no report is not answered as if there were only one: whose answer it is comes first.
    whose = [f"{label(e.hit.document)}：" if not query.scoped and len(query.documents) > 1 else "" for e in evidence]
    lines = [f"{lead}{c.quote}[{c.n}]" for lead, c in zip(whose, citations, strict=True)]
    return Draft("\n\n".join([short, *lines] if short else lines), short, citations)


def compose_by_report(query: Query, evidence: Sequence[Evidence], question: str) -> Draft:
    """One line a report: its region, the direct answer, the quote."""
    citations = cite(evidence)
    shorts, lines = [], []
    for e, c in zip(evidence, citations, strict=True):
        short = short_answer(question, c.quote, query.asked, reading=e.reading)
        shorts.append(short)
        lines.append(f"{label(e.hit.document)}：{short + '。' if short else ''}{c.quote}[{c.n}]")
    found = [f"{label(e.hit.document)}{s}" for e, s in zip(evidence, shorts, strict=True) if s]
    short = "、".join(found) if query.asked.kind is Kind.NUMBER and len(found) == len(evidence) else None
    return Draft("\n\n".join(lines), short, citations)


def refuse(reason: str | None, documents: Sequence[Document]) -> Draft:
    """Say that the reports do not say, why where it is known, and what they do cover."""
    names = [cover(d) for d in documents[:COVERED_LIMIT]]
    more = f"等 {len(documents)} 份" if len(documents) > COVERED_LIMIT else ""
    covered = f"现有报告：{'、'.join(names)}{more}。" if names else ""
    return Draft(f"{NOT_MENTIONED}：{reason}。{covered}" if reason else f"{NOT_MENTIONED}。{covered}")


def label(document: Document) -> str:
    """Return the shortest name a reader knows a report by: its region, or its title."""
    region = regions.get(document.metadata.region)
    return region.short if region else document.metadata.title


def cover(document: Document) -> str:
    """Return what a report covers: region and year."""
    year = f"{document.metadata.year}年" if document.metadata.year else ""
    return label(document) + year
