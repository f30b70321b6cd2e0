"""A question and the reports there are → what to search, where, and for which form of answer."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from index import regions
from index.types import Document
from rag.errors import QuestionError
from rag.query.comparison import Comparison, comparison, for_each
from rag.query.followup import Reading, readings
from rag.query.kinds import Asked, Kind, asked
from rag.query.scope import Part, Scope, scope_of, within
from rag.query.years import dated, without_years, years_in
from rag.types import Question

MAX_CHARACTERS = 2000
SMALL_TALK = re.compile(
    r"^(?:谢谢|多谢|感谢|好的?|嗯+|哦+|知道了|明白了|收到|你好|您好|在吗|再见|辛苦了)(?:[你您啊呀吧了哈啦!！。,，~\s]|谢谢)*$"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What 我市 and 去年 mean where a question is asked."""

    region: str = ""
    filters: bool = True  # False, to measure what they are worth: any report may answer, whatever a question names
    today: date = field(default_factory=date.today)


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood. With `refusal` set there is nothing to search, and it says why in Chinese."""

    text: str  # the question, completed from the conversation, years in figures
    search: str  # what is searched: without the regions and years that have settled the reports
    asked: Asked
    documents: tuple[Document, ...]
    parts: tuple[Part, ...] = ()  # to be answered one by one
    compared: Comparison | None = None  # what is made of the parts' figures
    scoped: bool = False  # were reports chosen, by a filter or by a region or year named?
    filtered: bool = True  # do region and year restrict the reports?
    years: tuple[int, ...] = ()  # where they do not: those named, of which the evidence has to tell
    preferred: frozenset[str] = frozenset()  # where they do not: ids of the reports that they would leave
    year: int | None = None  # a year named that is not the year of these reports: the evidence has to name it
    told: str = ""  # the assistant's turn before, for a follow-up
    reason: str | None = None  # of a refusal, should these reports hold no answer
    refusal: str | None = None

    @property
    def open(self) -> bool:
        """Could several reports answer, and the question does not say which?"""
        return self.filtered and not self.parts and len(self.documents) > 1


def encodable(question: Question) -> Question:
    """Return the question without halves of characters, which JSON can carry and no text can hold."""

    def whole(text: str) -> str:
        return text.encode("utf-8", "replace").decode("utf-8")

    history = tuple(replace(turn, content=whole(turn.content)) for turn in question.history)
    return replace(question, text=whole(question.text), history=history)


def understand(
    question: Question,
    documents: Sequence[Document],
    chosen: Document | None = None,
    surroundings: Surroundings | None = None,
) -> tuple[Query, ...]:
    """Return the ways to read a question, the likeliest first: one, or for some follow-ups two.

    `chosen` is the report that the person's filter names, already looked up.

    Raises:
        QuestionError: empty or too long, or a region filter that names no region.
    """
    text = question.text.strip()
    if not text:
        raise QuestionError("请输入问题")
    if SMALL_TALK.match(text):
        raise QuestionError("请问一个关于报告的问题，例如某地办结了多少件、有哪些举措")
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(f"问题太长：最多 {MAX_CHARACTERS} 个字")
    allowed = tuple(documents) if chosen is None else (chosen,)
    surroundings = surroundings or Surroundings()
    return tuple(_understood(question, reading, allowed, surroundings) for reading in readings(text, question.history))


def _understood(question: Question, reading: Reading, allowed: Sequence[Document], here: Surroundings) -> Query:
    text = plain(reading.text)
    text = dated(text, here.today) if question.year is None else text
    scope = scope_of(text, question, allowed, here.region)
    compared = comparison(text, len(scope.parts) > 1)
    search = _without_scope(text, scope)
    query = Query(
        text=text,
        search=for_each(search, compared) if len(scope.parts) > 1 else search,
        asked=Asked(Kind.OVERVIEW) if _names_only(text, scope) else _form(plain(reading.form), scope, compared),
        documents=scope.documents,
        parts=scope.parts,
        compared=compared,
        scoped=scope.chosen,
        year=scope.year,
        told=_told(question, reading),
        reason=scope.reason,
        refusal=scope.refusal,
    )
    return query if here.filters else _unfiltered(query, allowed)


def _form(words: str, scope: Scope, compared: Comparison | None) -> Asked:
    """The form of answer; of several reports, that of each: 各是多少 asks each for one figure, and none for a list."""
    form = asked(words)
    if len(scope.parts) < 2 or form.kind is Kind.METADATA:
        return form
    form = asked(for_each(_without_scope(words, scope), compared))
    if compared is None:
        return form
    # shares are neither added up nor parts of a whole
    counted = not form.unit or (compared in (Comparison.SUM, Comparison.SHARE) and form.unit == "%")
    return Asked(Kind.NUMBER, "个" if counted else form.unit)


def _names_only(text: str, scope: Scope) -> bool:
    """Is a question no more than the name of a place or a year: 温岭, 2021年?"""
    rest = without_years(text)
    rest = regions.without(rest, regions.find_mentions(rest))
    return scope.chosen and not re.search(r"\w", rest)


def _told(question: Question, reading: Reading) -> str:
    """The assistant's turn before, where the question asks for more of the same."""
    if reading.text == question.text.strip() or reading.form != question.text.strip():
        return ""
    return next((t.content for t in reversed(question.history) if t.role == "assistant"), "")


def _unfiltered(query: Query, documents: Sequence[Document]) -> Query:
    """Let every report answer; region and year stay in what is searched, and those that they name are moved up."""
    if query.refusal is not None:
        return query
    parts = tuple(Part(p.label, tuple(documents)) for p in query.parts if p.documents)
    search = query.search if parts else query.text
    return replace(
        query,
        documents=tuple(documents),
        parts=parts,
        search=search,
        filtered=False,
        year=None,
        years=tuple(years_in(query.text)),
        preferred=frozenset(d.id for d in query.documents) if query.scoped else frozenset(),
    )


def plain(text: str) -> str:
    """Fold width, so that ２０２１ is a year, and traditional characters into the simplified ones of the reports."""
    return str(_simplifier().convert(unicodedata.normalize("NFKC", text)))


@cache
def _simplifier() -> Any:
    import opencc  # here and not above: `yanju list` asks nothing

    return opencc.OpenCC("t2s")


def _without_scope(text: str, scope: Scope) -> str:
    """Leave out the regions and years that chose the reports: every passage of those shares them."""
    labels = {p.label for p in scope.parts}
    chose = [
        m
        for m in regions.find_mentions(text)
        if text[m.start : m.end] in labels or any(within(d, m.codes) for d in scope.documents)
    ]
    rest = without_years(regions.without(text, chose))
    return rest if re.search(r"\w\w", rest) else text
