"""The straight path of a question: understand, retrieve and read, judge, compose. `ask` is `stream` drained."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from index.index import Index
from index.types import Document
from rag.citations import paragraph, verified
from rag.compose import Draft, compose, compose_by_report, refuse
from rag.facts import compose_facts
from rag.judge import MIN_PROBABILITY, good_enough, worth_quoting
from rag.kinds import Kind
from rag.query import Query, encodable, understand
from rag.reader import Reader
from rag.retriever import retrieve
from rag.sections import list_section
from rag.suggest import suggest
from rag.types import Answer, AnswerStatus, Citation, Delta, Evidence, Question, Stage, Step

CHANGED = "报告刚刚更新，请再问一次"
SEPARATE_LIMIT = 8  # reports that are answered one by one
READ_AT_ONCE = 2  # reports whose headings are read for a question
PIECE = re.compile(r"[^,，。;；\n]*[,，。;；\n]*")  # what is streamed at a time: a clause


class Assistant:
    """Answers questions from an index. `reader` is called at most once, when something is first read."""

    def __init__(
        self, index: Index, reader: Callable[[], Reader | None] = lambda: None, threshold: float = MIN_PROBABILITY
    ) -> None:
        self.index = index
        self.threshold = threshold  # probability below which nothing is answered
        self._load_reader = reader

    @cached_property
    def reader(self) -> Reader | None:
        """The reader; None where the product does without."""
        return self._load_reader()

    def ask(self, question: Question) -> Answer:
        """Return the answer or the refusal.

        Raises:
            QuestionError: the question cannot be used.
            ReportNotFound: the report filter names none, or several.
        """
        *_, answer = self.stream(question)
        if not isinstance(answer, Answer):
            raise TypeError("a stream ends with its answer")
        return answer

    def stream(self, question: Question) -> Iterator[Step]:
        """Yield the stages, the answer's text piece by piece, and last the whole answer."""
        began = time.perf_counter()
        question = encodable(question)
        yield Stage("检索")
        documents = self.index.documents()
        chosen = self.index.find(question.report) if question.report else None
        query = understand(question, documents, chosen)
        draft = self._draft(query, question.text)
        if not draft.citations:
            draft = refuse(query.refusal or draft.text or None, documents)
        yield Stage("核对")
        citations = self._verified(draft.citations)
        if citations is None:
            draft, citations = refuse(CHANGED, documents), ()
        for piece in PIECE.findall(draft.text):
            yield Delta(piece)
        status = AnswerStatus.ANSWERED if citations else AnswerStatus.REFUSED
        ms = round((time.perf_counter() - began) * 1000, 2)
        yield Answer(question.text, status, draft.text, draft.short, citations, ms)

    def documents(self) -> tuple[Document, ...]:
        """Return the reports that can be asked about."""
        return self.index.documents()

    def warm_up(self) -> None:
        """Load model, dictionary and index now, so that the first question is as quick as the next."""
        if self.index.documents():
            self._draft(understand(Question("报告"), self.index.documents()), "报告")

    def suggestions(self, n: int = 4) -> tuple[str, ...]:
        """Return questions that these reports answer, made from figures of their own."""
        return tuple(suggest(self.index, n))

    def paragraph(self, citation: Citation) -> tuple[str, int]:
        """Return the paragraph around a citation's quote, and where the quote begins in it."""
        return paragraph(self.index.text(self.index.find(citation.file)), citation)

    def _draft(self, query: Query, question: str) -> Draft:
        if query.refusal is not None:
            return Draft("")
        if query.asked.kind is Kind.METADATA:
            facts = compose_facts(query.text, query.documents)
            if facts is not None:
                return facts
        if len(query.separate) > SEPARATE_LIMIT:
            return compose_by_report(query, self._best_of_many(query), question)
        if query.separate:
            best = [self._best(query, group) for group in query.separate]
            return compose_by_report(query, [e for e in best if e is not None], question)
        if query.asked.kind in (Kind.LIST, Kind.DESCRIPTIVE) and len(query.documents) <= READ_AT_ONCE:
            listed = list_section(query.search, [self.index.report(d) for d in query.documents])
            if listed is not None:
                return listed
        evidence = retrieve(self.index, query, query.documents, self.reader)
        if not good_enough(query, evidence, self.threshold):
            return Draft("")
        return compose(query, worth_quoting(query, evidence), question)

    def _best(self, query: Query, documents: Sequence[Document]) -> Evidence | None:
        evidence = retrieve(self.index, query, documents, self.reader)
        return evidence[0] if good_enough(query, evidence, self.threshold) else None

    def _best_of_many(self, query: Query) -> list[Evidence]:
        """The best evidence of each report, of the reports that have the best, from one search over all of them."""
        by_report: dict[str, Evidence] = {}
        for evidence in retrieve(self.index, query, query.documents, self.reader, 10 * SEPARATE_LIMIT):
            by_report.setdefault(evidence.hit.document.id, evidence)
        best = [e for e in by_report.values() if good_enough(query, [e], self.threshold)]
        return best[:SEPARATE_LIMIT]

    def _verified(self, citations: Sequence[Citation]) -> tuple[Citation, ...] | None:
        """Hold the quotes against the texts as they are stored now; None when one does not stand there any more."""
        cited = {c.file for c in citations}
        texts = {d.file: self.index.text(d) for d in self.index.documents() if d.file in cited}
        return verified(citations, texts)
