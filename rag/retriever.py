"""Question → evidence: both searches over the permitted reports, fused, then read, best first.

A passage that holds the form of answer asked for (a share, a sum of money, so many 件) is moved up.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.index import Index
from index.types import Document, Vectors
from rag.answers.plans import fits_time, tells_of
from rag.extract import fits
from rag.fusion import fuse, with_relevance
from rag.query import Query
from rag.query.scope import label
from rag.reader import Reader
from rag.trace import Trace
from rag.types import Evidence

DEPTH = 100  # candidates a search
CONSIDERED = 16  # fused candidates that are read and held against the form of answer
KEPT = 10
FORM_WEIGHT = 1.0  # standard deviations that the right form of answer is worth
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
) -> list[Evidence]:
    """Return the best evidence in these reports, at most `kept`, in the reader's order where there is one."""
    trace = trace or Trace()
    with trace.lap("编码"):
        vector = index.encoder.encode([query.search], "query")[0]
    with trace.lap("检索"):
        evidence = _ranked(index, query, vector, documents, max(considered, kept))
    if query.year is not None:
        evidence = [e for e in evidence if tells_of(e.hit, query.year)]
    if reader is not None:
        with trace.lap("阅读"):
            evidence = _read(query, evidence, reader)
    evidence = sorted(evidence, key=lambda e: -e.score)[:kept]
    trace.evidence += evidence
    return evidence


def _ranked(
    index: Index, query: Query, vector: Vectors, documents: Sequence[Document], considered: int
) -> list[Evidence]:
    """Both searches, fused; what has the form asked for is moved up."""
    words = QUESTION_WORDS.sub(" ", query.search)
    everything = len(documents) == index.catalog.count()
    candidates = index.candidates(words, vector, DEPTH, None if everything else [d.id for d in documents])
    scores = fuse([c.dense for c in candidates], [c.lexical for c in candidates])
    ranked = sorted(zip(scores, candidates, strict=True), key=lambda pair: (-pair[0], pair[1].id))[:considered]
    score_of = {c.id: score for score, c in ranked}
    return [
        Evidence(
            hit, score_of[hit.id] + FORM_WEIGHT * fits(query.asked, hit.text) + TIME_WEIGHT * fits_time(query, hit)
        )
        for hit in index.hits([c for _, c in ranked])
    ]


def _read(query: Query, evidence: Sequence[Evidence], reader: Reader) -> list[Evidence]:
    """Return the evidence with what the reader made of it."""
    # Of several reports asked about at once each is asked by its own name: the others would only disturb.
    question = query.text if not query.parts or not evidence else label(evidence[0].hit.document) + query.search
    readings = reader.read(question, [(e.hit.chunk.context, e.hit.text) for e in evidence])
    scores = with_relevance([e.score for e in evidence], [r.relevance for r in readings])
    return [replace(e, score=s, reading=r) for e, s, r in zip(evidence, scores, readings, strict=True)]
