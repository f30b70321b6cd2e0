"""Does the best evidence answer the question at all? By the reader's probability; without one by cosine and form.

All thresholds were chosen on the held-back reports (`training/RESULTS.md`). Those of the cosine belong to the embedded
encoder: the scoped one refuses one answerable question in two hundred; the open one, for questions that name no
region, year or report, five in a hundred of those, and half of the lay legal questions (STARD) asked of reports.
"""

import re
from collections.abc import Sequence

from index.tokens import normalise
from rag.extract import fits
from rag.extract.overlap import grams
from rag.query import Query
from rag.query.kinds import Kind
from rag.types import Evidence

MIN_PROBABILITY = 0.05  # refuses three answerable questions in a hundred, and six in ten made to tempt
OPEN_FACTOR = 3.0  # times that for a question to several reports that names none: each is one more chance to be wrong
MIN_COSINE_SCOPED = 0.26
MIN_COSINE_OPEN = 0.36
MIN_COSINE_MISFIT = 0.33  # where a unit was asked for and the passage has no figure in it
PART_FACTOR = 2.0  # the same for each of several reports: a blank is safer than the figure of something else
WHICH_FACTOR = 2.0  # times that for 哪些地方…: of each report it is asked whether it did
YES_FACTOR = 7.0  # for a question to be answered by yes
STRANGE_FACTOR = 4.0  # for a passage that shares no two characters with the question
OTHER_RATE_FACTOR = 6.0  # for a rate by another name: 出庭应诉率 is no 纠错率
RATE = re.compile(r"([\u4e00-\u9fff]{2})率")
CLOSE = 1.0  # in scores, read or not: a second passage this near to the first is quoted too
FORM_DEPTH = 5  # pieces of evidence of which one has to hold a sum of money when one is asked for


def worth_quoting(query: Query, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """Return the first piece of evidence, and the second where it is nearly as good and holds the form asked for.

    On the held-back questions the reader's first passage holds the answer in 91 of 100, with the second in 93, at 1.09
    quotes an answer.
    """
    if len(evidence) < 2 or evidence[0].score - evidence[1].score >= CLOSE:
        return evidence[:1]
    first, second = (fits(query.asked, e.hit.text) for e in evidence[:2])
    return evidence[: 2 if second >= first else 1]


def good_enough(query: Query, evidence: Sequence[Evidence], threshold: float = MIN_PROBABILITY) -> bool:
    """Is the first piece of evidence an answer: as likely as `threshold`, or near enough where nothing was read?"""
    if not evidence:
        return False
    if evidence[0].reading is not None:
        return evidence[0].reading.probability >= threshold * max(_factor(query), _doubt(query, evidence[0]))
    return _near_enough(query, evidence)


def _factor(query: Query) -> float:
    if query.parts:
        return PART_FACTOR * (WHICH_FACTOR if query.asked.kind is Kind.YES_NO else 1.0)
    if query.asked.kind is Kind.YES_NO:
        return YES_FACTOR
    return 1.0 if query.scoped or len(query.documents) < 2 else OPEN_FACTOR


def _doubt(query: Query, evidence: Evidence) -> float:
    """How much surer the reader has to be where a passage shares no words with the question, or names another rate."""
    passage = normalise(" ".join((*evidence.hit.chunk.path, evidence.hit.text)))
    rate = RATE.search(query.search) if query.asked.unit == "%" else None
    if rate is not None and rate[1] not in passage:
        return OTHER_RATE_FACTOR
    words = {g for g in grams(query.search) if len(g) > 1}
    return STRANGE_FACTOR if words and not any(w in passage for w in words) else 1.0


def _near_enough(query: Query, evidence: Sequence[Evidence]) -> bool:
    if query.asked.unit == "元" and not any(fits(query.asked, e.hit.text) >= 1.0 for e in evidence[:FORM_DEPTH]):
        return False
    best = evidence[0].hit
    if query.asked.unit not in ("", "%") and fits(query.asked, best.text) < 1.0 and best.dense < MIN_COSINE_MISFIT:
        return False
    return best.dense >= (MIN_COSINE_SCOPED if query.scoped else MIN_COSINE_OPEN)
