"""Evidence → the words of an answer, without a language model: the direct answer, then the sentences that prove it."""

import re
from collections.abc import Sequence

from index.tokens import normalise
from rag.answers.draft import Draft
from rag.answers.plans import notes
from rag.extract import short_answer
from rag.extract.overlap import grams, share
from rag.proof.citations import cite, stands_in
from rag.query import Query
from rag.query.kinds import Kind
from rag.query.scope import each
from rag.query.years import without_years
from rag.types import Evidence

YES = (
    (re.compile(r"有没有|有无|有.{0,40}[吗么没]|没有?[?？。]?$"), "有"),
    (re.compile(r"能不能|能否|能.{0,40}吗"), "能"),
    (re.compile(r"可不可以|可否|可以.{0,40}吗"), "可以"),
    (re.compile(r""), "是"),
)
ASKING = re.compile(r"有没有|是不是|能不能|会不会|可不可以|没有?[?？。]?$")
DENIAL = re.compile(r"没|未|不是")  # 不罚的清单 is what a thing is called, and denies nothing
WHETHER = re.compile(r"是不是|是否")  # 是不是没有公开: a yes says that it was not
NEGATION = re.compile(r"零|未|没有|无(?!障碍|诉讼)|不(?!断|动产|少|仅|同)|尚|缺|难以")
FIGURES = re.compile(r"\d[\d.,]*")


def compose(query: Query, evidence: Sequence[Evidence], question: str) -> Draft:
    """Quote the evidence, the direct answer first where a rule finds one; a plan is called a plan."""
    citations = cite(evidence)
    short = _direct(query, evidence, question)
    if short is not None and query.asked.kind is not Kind.YES_NO and not stands_in(short, citations):
        short = None
    # A question that names no report is not answered as if there were only one: whose answer it is comes first.
    whose = [f"{_whose(query, e)}：" if query.open else "" for e in evidence]
    lines = [f"{lead}{c.quote}[{c.n}]" for lead, c in zip(whose, citations, strict=True)]
    return Draft("\n\n".join(filter(None, [short, *notes(query, evidence), *lines])), short, citations)


def _whose(query: Query, evidence: Evidence) -> str:
    """The name that tells this report from the others that might have answered."""
    return next(p.label for p in each(query.documents) if p.documents[0] == evidence.hit.document)


def _direct(query: Query, evidence: Sequence[Evidence], question: str) -> str | None:
    first = evidence[0]
    if query.asked.kind is Kind.YES_NO:
        return yes(query.text, first.hit.text)
    return short_answer(question, first.hit.text, query.asked, query.told, first.reading)


def yes(question: str, sentence: str) -> str | None:
    """Return 有, 是 or 能 as the question has it; None where the sentence may say the contrary.

    A sentence with a negation, or without a figure that the question names, is quoted and left to the reader.
    """
    asked_for = grams(question)
    clause = max(re.split(r"[,，。;；:：]", sentence), key=lambda c: share(asked_for, c))
    denies = NEGATION.search(clause) is not None
    asks_denial = DENIAL.search(ASKING.sub("", question)) is not None
    if denies != asks_denial or (denies and not WHETHER.search(question)):
        return None
    named = set(FIGURES.findall(without_years(normalise(question))))
    if not named <= set(FIGURES.findall(normalise(sentence))):
        return None
    return next(word for pattern, word in YES if pattern.search(question))
