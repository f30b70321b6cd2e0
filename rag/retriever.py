"""Question → evidence: both searches over the permitted reports, fused, then read, best first.

A passage that holds the form of answer asked for (a share, a sum of money, so many 件) is moved up.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.index import Index
from index.types import Document, Hit, Vectors
from rag.answers.plans import fits_time, tells_of
from rag.extract import fits
from rag.fusion import fuse, with_relevance
from rag.query import Query
from rag.query.scope import label
from rag.query.years import without_years
from rag.reader import Reader
from rag.trace import Trace
from rag.types import Evidence

DEPTH = 100  # candidates a search
CONSIDERED = 16  # fused candidates that are read and held against the form of answer
KEPT = 10
FORM_WEIGHT = 1.0  # standard deviations that the right form of answer is worth
PREFERRED_WEIGHT = 2.0  # the same of the reports that a question names, where it does not restrict them
TIME_WEIGHT = 0.5  # the same of a plan where plans are asked for, and of a result elsewhere
# Question words stand in every question and in no report: they would only add noise to BM25.
QUESTION_WORDS = re.compile(
    r"多少|几(?=[个件次条项家人名])|哪[些个]?|什么|啥|吗|呢|的|了|一共|总共|怎么|如何|[?？,，。!！、]"
)


def retrieve(
    index: Index,
    query: Query,
    documents: Sequence[Document],
    reader: Reader | None = None,
    kept: int = KEPT,
    considered: int = CONSIDERED,
    trace: Trace | None = None,
    vector: Vectors | None = None,
) -> list[Evidence]:
    """Return the best evidence in these reports, at most `kept`, in the reader's order where there is one.

    `vector` is that of the query, where it is known already.
    """
    trace = trace or Trace()
    if vector is None:
        vector = encoded(index, query, trace)
    with trace.lap("检索"):
        evidence = _ranked(index, query, vector, documents, max(considered, kept))
    evidence = [e for e in evidence if _of_the_year(query, e.hit)]
    if reader is not None:
        with trace.lap("阅读"):
            evidence = _read(query, evidence, reader)
    evidence = sorted(evidence, key=lambda e: -e.score)[:kept]
    trace.evidence += evidence
    return evidence


def encoded(index: Index, query: Query, trace: Trace) -> Vectors:
    """Return the vector of what is searched, shape (dimension,)."""
    with trace.lap("编码"):
        vector: Vectors = index.encoder.encode([query.search], "query")[0]
    return vector


def _of_the_year(query: Query, hit: Hit) -> bool:
    """Does a passage tell of the year that was asked about?"""
    if query.year is not None:
        return tells_of(hit, query.year)
    return not query.years or hit.document.metadata.year in query.years or any(tells_of(hit, y) for y in query.years)


def _ranked(
    index: Index, query: Query, vector: Vectors, documents: Sequence[Document], considered: int
) -> list[Evidence]:
    """Both searches, fused; what has the form asked for is moved up."""
    words = QUESTION_WORDS.sub(" ", query.search)
    everything = len(documents) == index.catalog.count()
    candidates = index.candidates(words, vector, DEPTH, None if everything else [d.id for d in documents])
    scores = fuse([c.dense for c in candidates], [c.lexical for c in candidates])
    score_of = {c.id: score for c, score in zip(candidates, scores, strict=True)}
    if query.preferred:
        hits = index.hits(candidates)
        score_of |= {h.id: score_of[h.id] + PREFERRED_WEIGHT for h in hits if h.document.id in query.preferred}
    ranked = sorted(candidates, key=lambda c: (-score_of[c.id], c.id))[:considered]
    return [Evidence(hit, score_of[hit.id] + _moved(query, hit)) for hit in index.hits(ranked)]


def _moved(query: Query, hit: Hit) -> float:
    """How far a passage is moved for holding the form, and telling of the time, that was asked for."""
    return FORM_WEIGHT * fits(query.asked, hit.text) + TIME_WEIGHT * fits_time(query, hit)


def _as_read(query: Query, document: Document) -> str:
    """The question as it is read with the passages of a report.

    Of several reports each is asked by its own name; a year that has settled the reports, which every passage of them
    shares, is left out.
    """
    if query.parts:
        return label(document) + query.search if query.filtered else query.search
    return query.text if query.year is not None or not query.scoped else without_years(query.text)


def _read(query: Query, evidence: Sequence[Evidence], reader: Reader) -> list[Evidence]:
    """Return the evidence with what the reader made of it."""
    question = _as_read(query, evidence[0].hit.document) if evidence else query.text
    readings = reader.read(question, [(e.hit.chunk.context, e.hit.text) for e in evidence])
    scores = with_relevance([e.score for e in evidence], [r.relevance for r in readings])
    return [replace(e, score=s, reading=r) for e, s, r in zip(evidence, scores, readings, strict=True)]
