"""Question → evidence: both searches over the permitted reports, fused, then read, best first.

A passage that holds the form of answer asked for (a share, a sum of money, so many 件) is moved up.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.index import Index
from index.tokens import normalise
from index.types import Document, Hit
from rag.extract import fits
from rag.fusion import fuse, with_relevance
from rag.query import EACH_REPORT, Query
from rag.reader import Reader
from rag.types import Evidence

PLAN_SECTION = re.compile(r"打算|安排|思路|计划|下一步|下步|下一年|明年")

DEPTH = 100  # candidates a search
CONSIDERED = 16  # fused candidates that are read and held against the form of answer
KEPT = 10
FORM_WEIGHT = 1.0  # standard deviations that the right form of answer is worth
# Question words stand in every question and in no report: they would only add noise to BM25.
QUESTION_WORDS = re.compile(
    r"多少|几(?=[个件次条项家人名])|哪[些个]?|什么|啥|吗|呢|的|了|一共|总共|怎么|如何|[?？,，。!！、]"
)


def retrieve(
    index: Index, query: Query, documents: Sequence[Document], reader: Reader | None = None, kept: int = KEPT
) -> list[Evidence]:
    """Return the best evidence in these reports, at most `kept`, in the reader's order where there is one."""
    vector = index.encoder.encode([query.search], "query")[0]
    words = QUESTION_WORDS.sub(" ", query.search)
    everything = len(documents) == index.catalog.count()
    candidates = index.candidates(words, vector, DEPTH, None if everything else [d.id for d in documents])
    scores = fuse([c.dense for c in candidates], [c.lexical for c in candidates])
    ranked = sorted(zip(scores, candidates, strict=True), key=lambda pair: (-pair[0], pair[1].id))[
        : max(CONSIDERED, kept)
    ]
    score_of = {c.id: score for score, c in ranked}
    evidence = [
        Evidence(hit, score_of[hit.id] + FORM_WEIGHT * fits(query.asked, hit.text))
        for hit in index.hits([c for _, c in ranked])
    ]
    if query.year is not None:
        evidence = [e for e in evidence if _tells_of(e.hit, query.year)]
    if reader is not None:
        evidence = _read(query, evidence, reader)
    return sorted(evidence, key=lambda e: -e.score)[:kept]


def _read(query: Query, evidence: Sequence[Evidence], reader: Reader) -> list[Evidence]:
    """Return the evidence with what the reader made of it."""
    # Of several regions asked about at once each is answered by itself: the others would only disturb.
    question = EACH_REPORT.sub("", query.search) if query.separate else query.text
    readings = reader.read(question, [(e.hit.chunk.context, e.hit.text) for e in evidence])
    scores = with_relevance([e.score for e in evidence], [r.relevance for r in readings])
    return [replace(e, score=s, reading=r) for e, s, r in zip(evidence, scores, readings, strict=True)]


def _tells_of(hit: Hit, year: int) -> bool:
    """Does a passage speak of a year that is not its report's own: a plan for the next, or the one before by name?

    "比2020年下降" tells how this year differs, not what 2020 was.
    """
    own = hit.document.metadata.year
    if own is not None and year > own:
        words = normalise(" ".join((*hit.chunk.path, hit.text)))
        return str(year) in words or PLAN_SECTION.search(words) is not None
    return re.search(rf"(?<![比较]){year}年", normalise(hit.text)) is not None
