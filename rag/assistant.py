"""The straight path of a question: understand, retrieve and read, compose, verify. `ask` is `stream` drained."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from index import regions
from index.index import Index
from index.types import Document
from rag.answering import MOST_NAMED, Answering, Drafted
from rag.answers.draft import Draft
from rag.answers.refusal import refuse
from rag.judge import MIN_PROBABILITY
from rag.proof.citations import paragraph, verified
from rag.proof.verification import verify
from rag.query import Surroundings, encodable, understand
from rag.reader import Reader
from rag.suggest import suggest
from rag.trace import Trace
from rag.types import Answer, AnswerStatus, Checks, Citation, Delta, Question, Stage, Step

CHANGED = "报告刚刚更新，请再问一次"
UNPROVED = "找到的话没有通过核对，所以不回答"
PIECE = re.compile(r"[^,，。;；\n]*[,，。;；\n]*")  # what is streamed at a time: a clause


class Assistant:
    """Answers questions from an index. `reader` is called at most once, when something is first read."""

    def __init__(
        self,
        index: Index,
        reader: Callable[[], Reader | None] = lambda: None,
        threshold: float = MIN_PROBABILITY,
        region: str = "",
        today: date | None = None,
        filters: bool = True,
    ) -> None:
        """`region` is what 我市 means; `today` what 去年 is counted from, the machine's date where it is None.

        Without `filters` the region and year of a question restrict nothing, to measure what that is worth.
        """
        self.index = index
        self.answering = Answering(index, reader, threshold)
        self._region, self._today, self._filters = region, today, filters

    def ask(self, question: Question, trace: Trace | None = None) -> Answer:
        """Return the answer or the refusal.

        Raises:
            QuestionError: the question cannot be used.
            ReportNotFound: the report filter names none, or several.
        """
        *_, answer = self.stream(question, trace)
        if not isinstance(answer, Answer):
            raise TypeError("a stream ends with its answer")
        return answer

    def stream(self, question: Question, trace: Trace | None = None) -> Iterator[Step]:
        """Yield the stages, the answer's text piece by piece, and last the whole answer."""
        began = time.perf_counter()
        trace = trace or Trace()
        question = encodable(question)
        yield Stage("检索")
        documents = self.index.documents()
        chosen = self.index.find(question.report) if question.report else None
        with trace.lap("理解"):
            here = Surroundings(self._region, self._filters, self._today or date.today())
            trace.queries = understand(question, documents, chosen, here)
        drafted = self.answering.best(trace.queries, question.text, trace)
        yield Stage("核对")
        with trace.lap("核对"):
            draft, checks = self._proved(drafted)
        for piece in PIECE.findall(draft.text):
            yield Delta(piece)
        asked = drafted.query.text
        yield Answer(
            question.text,
            AnswerStatus.ANSWERED if draft.citations else AnswerStatus.REFUSED,
            draft.text,
            draft.short,
            draft.citations,
            round((time.perf_counter() - began) * 1000, 2),
            asked if asked != question.text.strip() else None,
            draft.table,
            draft.choices,
            draft.nearest,
            checks,
        )

    def documents(self) -> tuple[Document, ...]:
        """Return the reports that can be asked about."""
        return self.index.documents()

    def warm_up(self) -> None:
        """Load model, dictionary and index now, so that the first question is as quick as the next."""
        if self.index.documents():
            self.answering.best(understand(Question("报告"), self.index.documents()[:1]), "报告", Trace())

    def suggestions(self, n: int = 4) -> tuple[str, ...]:
        """Return questions that these reports answer, made from figures of their own."""
        return tuple(suggest(self.index, n))

    def paragraph(self, citation: Citation) -> tuple[str, int]:
        """Return the paragraph around a citation's quote, and where the quote begins in it."""
        return paragraph(self.index.text(self.index.find(citation.file)), citation)

    def _proved(self, drafted: Drafted) -> tuple[Draft, Checks]:
        """Hold citations against the reports as they are stored now, and the words against the citations.

        What does not hold is not said: the draft becomes a refusal.
        """
        draft = drafted.draft
        if not draft.citations:
            return draft, Checks()
        cited = {c.file for c in draft.citations}
        documents = [d for d in self.index.documents() if d.file in cited]
        citations = verified(draft.citations, {d.file: self.index.report(d) for d in documents})
        if citations is None:
            return refuse(CHANGED, self.index.documents()), Checks()
        asked = drafted.query.documents if len(drafted.query.documents) <= MOST_NAMED else ()
        known = {d.file: about(d) for d in (*documents, *asked)} | {"": " ".join(p.label for p in drafted.query.parts)}
        checks = verify(draft.text, citations, known)
        if checks.unproved:
            return refuse(UNPROVED, self.index.documents()), checks
        return replace(draft, citations=citations), checks


def about(document: Document) -> str:
    """Return what is known of a report besides its title: region and year, as a label may say them."""
    m = document.metadata
    year = f"{m.year}年 {m.year}" if m.year else ""
    return f"{regions.full_name(m.region) if m.region else ''} {m.issuer} {year}"
