"""A query → a draft: which form of answer, from which evidence. The one place where that is decided."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from index.index import Index
from index.types import Vectors
from rag.answers.by_report import compose_by_report
from rag.answers.choice import choices, which_report
from rag.answers.draft import Draft
from rag.answers.excerpt import compose
from rag.answers.facts import compose_facts
from rag.answers.overview import overview
from rag.answers.refusal import refuse
from rag.answers.sections import list_section
from rag.judge import MIN_PROBABILITY, good_enough, worth_quoting
from rag.query import Query
from rag.query.kinds import Kind
from rag.query.scope import Part, each
from rag.reader import Reader
from rag.retriever import CONSIDERED, encoded, retrieve
from rag.trace import Trace
from rag.types import NOT_MENTIONED, Evidence

MOST_PARTS = 8  # reports that are answered one by one
MOST_NAMED = 40  # reports that an answer may name without citing them: those that do not say
READ_IN_ALL = 40  # passages read for all parts of a question together, about
LEAST_READ = 6  # passages read of each part
REPEATED = 0.1  # of the confidence in an answer that was given in the turn before: a follow-up asks for something else
DOUBTFUL = 0.3  # of the confidence in the best of several reports' figures
SURE = 1.0  # confidence in what is found by rule and not by likeness


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft and how surely it answers its query, from 0 to 1."""

    query: Query
    draft: Draft
    confidence: float


class Answering:
    """Chooses the form of an answer and makes it. `reader` is called at most once, when something is first read."""

    def __init__(self, index: Index, reader: Callable[[], Reader | None], threshold: float = MIN_PROBABILITY) -> None:
        self.index = index
        self.threshold = threshold  # probability below which nothing is answered
        self._load_reader = reader

    @cached_property
    def reader(self) -> Reader | None:
        """The reader; None where the product does without."""
        return self._load_reader()

    def best(self, queries: Sequence[Query], question: str, trace: Trace) -> Drafted:
        """Return the draft of the reading of a question that the reports answer best; the first, where none does."""
        drafted = [self.draft(query, question, trace) for query in queries]
        return max(drafted, key=lambda d: d.confidence)

    def draft(self, query: Query, question: str, trace: Trace) -> Drafted:
        """Return the answer to one query, or its refusal."""
        if query.refusal is not None:
            return Drafted(query, refuse(query.refusal, self.index.documents()), 0.0)
        ruled = self._by_rule(query)
        if ruled is not None and ruled.citations:
            return Drafted(query, ruled, SURE)
        if ruled is not None:
            return Drafted(query, refuse(query.reason, self.index.documents(), query), 0.0)
        if query.open and query.asked.kind is Kind.OVERVIEW:
            return Drafted(query, which_report(query), 0.0)
        if query.parts or query.open:
            return self._of_several(query, question, trace)
        evidence = tuple(retrieve(self.index, query, query.documents, self.reader, trace=trace))
        confidence = _confidence(evidence)
        if not good_enough(query, evidence, self.threshold):
            return Drafted(query, refuse(query.reason, self.index.documents(), query, evidence), 0.0)
        draft = compose(query, worth_quoting(query, evidence), question)
        repeats = draft.short is not None and draft.short in query.told
        return Drafted(query, draft, confidence * (REPEATED if repeats else 1.0))

    def _by_rule(self, query: Query) -> Draft | None:
        """What needs no search: metadata, outlines, whole sections. None where no rule answers."""
        kind = query.asked.kind
        if kind is Kind.METADATA and len(query.documents) <= MOST_PARTS:
            return compose_facts(query.text, query.documents)
        if len(query.documents) != 1 or query.parts:
            return None
        if kind is Kind.OVERVIEW:
            return overview(self.index.report(query.documents[0]))
        if kind in (Kind.LIST, Kind.DESCRIPTIVE, Kind.NAME):
            return list_section(query.search, [self.index.report(query.documents[0])])
        return None

    def _of_several(self, query: Query, question: str, trace: Trace) -> Drafted:
        """Answer each report by itself. Of an open question, those that answer: they are the choice there is."""
        found = self._found(query, trace)
        answered = [(part, e) for part, e in found if e is not None]
        if not answered:
            nearest = sorted(trace.evidence, key=lambda e: -e.score)[:1]
            return Drafted(query, refuse(query.reason, self.index.documents(), query, nearest), 0.0)
        confidence = max(_confidence([e]) for _, e in answered)
        if query.open and len(answered) == 1:
            draft = compose(query, [answered[0][1]], question)
            silent = "、".join(part.label for part, e in found if e is None)
            return Drafted(query, replace(draft, text=f"{draft.text}\n\n（{NOT_MENTIONED}：{silent}）"), confidence)
        draft = compose_by_report(query, answered if query.open else found, question)
        offered = choices(query.text, [e.hit.document for _, e in answered]) if query.open else ()
        return Drafted(query, replace(draft, choices=offered), confidence)

    def _found(self, query: Query, trace: Trace) -> list[tuple[Part, Evidence | None]]:
        """The best evidence of each part, None where it is not good enough."""
        parts = query.parts or each(query.documents)
        if len(parts) > MOST_PARTS:
            return self._found_of_many(query, trace)
        considered = min(CONSIDERED, max(LEAST_READ, READ_IN_ALL // len(parts)))
        vector = encoded(self.index, query, trace) if query.filtered else None  # each part is asked the same
        found = [(part, self._best_of(query, part, considered, trace, vector)) for part in parts]
        return _comparable(found) if query.compared is not None else found

    def _best_of(
        self, query: Query, part: Part, considered: int, trace: Trace, vector: Vectors | None
    ) -> Evidence | None:
        if not part.documents:
            return None
        query = _of_part(query, part)
        evidence = retrieve(self.index, query, part.documents, self.reader, LEAST_READ, considered, trace, vector)
        return evidence[0] if good_enough(query, evidence, self.threshold) else None

    def _found_of_many(self, query: Query, trace: Trace) -> list[tuple[Part, Evidence | None]]:
        """The reports that have the best evidence, from one search over all of them."""
        by_report: dict[str, Evidence] = {}
        for e in retrieve(self.index, query, query.documents, self.reader, READ_IN_ALL, READ_IN_ALL, trace):
            by_report.setdefault(e.hit.document.id, e)
        best = [e for e in by_report.values() if good_enough(query, [e], self.threshold)]
        of_report = {e.hit.document.id: e for e in best[:MOST_PARTS]}
        return [(p, of_report[p.documents[0].id]) for p in each([e.hit.document for e in of_report.values()])]


def _of_part(query: Query, part: Part) -> Query:
    """The query as one part is asked it: by its name, where every report may answer."""
    return query if query.filtered else replace(query, search=part.label + query.search)


def _comparable(found: Sequence[tuple[Part, Evidence | None]]) -> list[tuple[Part, Evidence | None]]:
    """Leave out what answers far less surely than the best: with figures of something else no arithmetic is right."""
    least = DOUBTFUL * max((_confidence([e]) for _, e in found if e is not None), default=0.0)
    return [(part, e if e is not None and _confidence([e]) >= least else None) for part, e in found]


def _confidence(evidence: Sequence[Evidence]) -> float:
    """The reader's probability that the best evidence answers; without a reader its cosine."""
    if not evidence:
        return 0.0
    first = evidence[0]
    return first.reading.probability if first.reading is not None else max(0.0, min(1.0, first.hit.dense))
