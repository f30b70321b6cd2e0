"""Which reports a question may be answered from: filters first, then the regions and years that it names.

Settled here, before anything is ranked; no later stage widens it. What leaves nothing is a refusal that says why.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import regions
from index.types import Document
from rag.errors import QuestionError
from rag.query.comparison import EACH_REPORT, YEARS_TOGETHER
from rag.query.years import years_in
from rag.types import Question

PLANNED = re.compile(
    r"打算|计划|准备|(?<![主重需必纪概摘])要(?!求|是|不|素|点)|拟|安排|下一步|下步|明年|来年|下一年|目标|(?<!思)想|争取|力争|思路|将"
)
OWN = re.compile(r"[我本咱](?=[省市县区州局])|我们|咱们?|本地|当地|这里|这儿")


@dataclass(frozen=True, slots=True)
class Part:
    """One of several reports, or groups of them, that are answered one by one. Without documents: a blank."""

    label: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """The reports in question."""

    documents: tuple[Document, ...]
    parts: tuple[Part, ...] = ()
    chosen: bool = False  # by a filter, a region or a year, and not merely all there are
    year: int | None = None  # a year named that is not the year of these reports: the evidence has to name it
    reason: str | None = None  # of a refusal, should these reports hold no answer: there is none of the year named
    refusal: str | None = None


def scope_of(text: str, question: Question, documents: Sequence[Document], home: str = "") -> Scope:
    """Return the reports that `question`, completed to `text`, may be answered from; `home` is what 我市 means.

    Raises:
        QuestionError: a region filter that names no region.
    """
    scope = Scope(tuple(documents), chosen=bool(question.report or question.region) or question.year is not None)
    scope = _filtered(scope, question)
    if scope.refusal is None:
        scope = _by_region(scope, text, home)
    if scope.refusal is None:
        scope = _by_year(scope, text)
    if scope.refusal is None and not scope.parts and len(scope.documents) > 1 and asks_each(text):
        parts = tuple(Part(label(d), (d,)) for d in _in_order(scope.documents))
        scope = replace(scope, parts=parts)
    return scope


def asks_each(text: str) -> bool:
    """Does a question ask each report for itself: 哪些报告, 各地, 历年, 谁最多?"""
    compares = re.search(r"(?:谁|哪).{0,16}(?:最|更)|最.{0,6}(?:是谁|是哪)|最[多高大].{0,12}最[少低小]", text)
    return bool(EACH_REPORT.search(text) or YEARS_TOGETHER.search(text) or compares)


def label(document: Document) -> str:
    """Return the shortest name a reader knows a report by: its region, or its title."""
    region = regions.get(document.metadata.region)
    return region.short if region else document.metadata.title


def cover(document: Document) -> str:
    """Return what a report covers: region and year."""
    year = f"{document.metadata.year}年" if document.metadata.year else ""
    return label(document) + year


def within(document: Document, codes: Sequence[str]) -> bool:
    """Is a report of one of these regions, or of a region in one?"""
    region = document.metadata.region
    return bool(region) and any(regions.is_within(region, code) for code in codes)


def _filtered(scope: Scope, question: Question) -> Scope:
    """Apply the filters a person has set. A filter that leaves nothing is a refusal, never a wider search."""
    documents = scope.documents
    if question.region:
        codes = regions.resolve(question.region)
        if not codes:
            raise QuestionError(f"没有这个地区：{question.region}")
        documents = tuple(d for d in documents if within(d, codes))
    if question.year is not None:
        documents = tuple(d for d in documents if d.metadata.year == question.year)
    if not documents:
        return replace(scope, documents=(), refusal="所选的范围内没有报告")
    return replace(scope, documents=documents)


def _by_region(scope: Scope, text: str, home: str) -> Scope:
    """Restrict to the regions named. One that no report covers is refused, or a blank beside those that are."""
    mentions = regions.find_mentions(text)
    parts: list[Part] = []
    foreign: list[str] = []
    for mention in mentions:
        words = text[mention.start : mention.end]
        covered = tuple(d for d in scope.documents if within(d, mention.codes))
        if covered and all(covered != p.documents for p in parts):
            parts.append(Part(words, covered))
        elif not covered and mention.exact and words not in foreign:
            foreign.append(words)
    if not mentions and home and OWN.search(text):
        own = tuple(d for d in scope.documents if within(d, regions.resolve(home)))
        return replace(scope, documents=own, chosen=True, refusal=None if own else f"没有{home}的报告")
    # 浙江的泰顺: the narrower region is meant
    parts = [p for p in parts if not any(set(other.documents) < set(p.documents) for other in parts)]
    if not parts:
        return replace(scope, documents=(), refusal=f"没有{'、'.join(foreign)}的报告") if foreign else scope
    union = {d.id: d for p in parts for d in p.documents}
    scope = replace(scope, documents=tuple(union.values()), chosen=True)
    together = re.search(r"和|与|跟|、|比|同|及|还有|各", text) is not None
    if len(parts) > 1 or (foreign and together and asks_each(text.replace("各", "各地", 1))):
        blank = [Part(words, ()) for words in foreign]
        return replace(scope, parts=(*parts, *blank))
    return scope


def _by_year(scope: Scope, text: str) -> Scope:
    """Restrict to the years named: reports of that year, plans for it in the year before, recollections in the next."""
    years = years_in(text)
    if not years:
        return scope
    plans = PLANNED.search(text) is not None
    told = [d for d in scope.documents if d.metadata.year in years]
    planned = [d for d in scope.documents if d.metadata.year is not None and d.metadata.year + 1 in years]
    if plans and planned:
        return _restricted(scope, [*told, *planned], years[-1])
    if told and len(years) > 1 and not scope.parts:
        return _year_by_year(scope, years)
    if told:
        return _restricted(scope, told)
    near = planned or [d for d in scope.documents if d.metadata.year is not None and d.metadata.year - 1 in years]
    reason = _no_such_year(scope, years)
    if near:
        return replace(_restricted(scope, near, years[-1]), reason=reason)
    return replace(scope, documents=(), parts=(), refusal=reason)


def _restricted(scope: Scope, documents: Sequence[Document], year: int | None = None) -> Scope:
    kept = set(documents)
    parts = tuple(replace(p, documents=tuple(d for d in p.documents if d in kept)) for p in scope.parts)
    return replace(scope, documents=tuple(documents), parts=parts, year=year, chosen=True)


def _year_by_year(scope: Scope, years: Sequence[int]) -> Scope:
    """2021 年到 2023 年: a part a report and year, a year without a report as a blank."""
    kept = [d for d in scope.documents if d.metadata.year in years]
    parts: list[Part] = []
    for year in years:
        of_year = [d for d in kept if d.metadata.year == year]
        parts += [Part(cover(d), (d,)) for d in _in_order(of_year)] or [Part(f"{year}年", ())]
    if len(kept) == 1:  # one report, and years that it may speak of: 2021年和2022年 of a report of 2022
        return replace(scope, documents=tuple(kept), chosen=True)
    return replace(scope, documents=tuple(kept), parts=tuple(parts), chosen=True)


def _in_order(documents: Sequence[Document]) -> list[Document]:
    return sorted(documents, key=lambda d: (d.metadata.region, d.metadata.year or 0, d.file))


def _no_such_year(scope: Scope, years: Sequence[int]) -> str:
    """没有温岭2023年的报告；温岭的报告是2021年的: names a false premise, and what there is instead."""
    asked = "、".join(f"{year}年" for year in years)
    places = list(dict.fromkeys(label(d) for d in scope.documents))
    if not scope.chosen or len(places) != 1:
        return f"没有{asked}的报告"
    there = "、".join(f"{y}年" for y in sorted({d.metadata.year for d in scope.documents if d.metadata.year}))
    return f"没有{places[0]}{asked}的报告" + (f"，{places[0]}的报告是{there}的" if there else "")
