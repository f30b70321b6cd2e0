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
# Said of plans and of nothing else: 安排 and 要 are also what was done
SURELY_PLANNED = re.compile(r"打算|计划|准备|下一?步|明年|来年|下一年|思路|争取|力争|拟(?=[在于把将对])")
OWN = re.compile(r"[我本咱](?=[省市县区州局])|我们|咱们?|本地|当地|这里|这儿")


@dataclass(frozen=True, slots=True)
class Part:
    """One of several reports, or groups of them, that are answered one by one. Without documents: a blank."""

    label: str
    documents: tuple[Document, ...]
    years: tuple[int, ...] = ()  # named behind this part's region: 泰顺2023年和临平2022年


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
    if scope.refusal is None and len(scope.documents) > 1:
        scope = _by_issuer(scope, text)
        if not scope.parts and asks_each(text):
            scope = replace(scope, parts=each(scope.documents))
    return scope


def each(documents: Sequence[Document]) -> tuple[Part, ...]:
    """Return a part a report, in the order of region and year, named so that no two are called the same."""
    names = [label(d) for d in documents], [cover(d) for d in documents]
    parts = []
    for d in sorted(documents, key=lambda d: (d.metadata.region, d.metadata.year or 0, d.file)):
        unique = next((n(d) for n, all in zip((label, cover), names, strict=True) if all.count(n(d)) == 1), None)
        parts.append(Part(unique or _issued(d, years=len({o.metadata.year for o in documents}) > 1), (d,)))
    return tuple(parts)


def _issued(document: Document, years: bool) -> str:
    """Call a report by its issuer, and its year where the others have another."""
    m = document.metadata
    return (m.issuer or m.title) + (f"{m.year}年" if years and m.year else "")


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
    ends = [*(m.start for m in mentions[1:]), len(text)]
    for mention, following in zip(mentions, ends, strict=bool(mentions)):
        words = text[mention.start : mention.end]
        covered = tuple(d for d in scope.documents if within(d, mention.codes))
        # 台州 has a report of its own: those of its counties are not asked for
        covered = tuple(d for d in covered if d.metadata.region in mention.codes) or covered
        if covered and all(covered != p.documents for p in parts):
            parts.append(Part(words, covered, tuple(years_in(text[mention.end : following]))))
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
    if any(p.years for p in scope.parts):
        return _part_by_part(scope)
    told = [d for d in scope.documents if d.metadata.year in years]
    planned = [d for d in scope.documents if d.metadata.year is not None and d.metadata.year + 1 in years]
    if planned and (SURELY_PLANNED.search(text) or (not told and PLANNED.search(text))):
        return _restricted(scope, planned, years[-1])
    if told and len(years) > 1 and not scope.parts:
        return _year_by_year(scope, years)
    if told:
        return _restricted(scope, told)
    near = planned or [d for d in scope.documents if d.metadata.year is not None and d.metadata.year - 1 in years]
    reason = _no_such_year(scope, years)
    if near:
        return replace(_restricted(scope, near, years[-1]), reason=reason)
    return replace(scope, documents=(), parts=(), refusal=reason)


def _part_by_part(scope: Scope) -> Scope:
    """Restrict each part to the years named behind its own region; one without takes those of the part behind it."""
    years: tuple[int, ...] = ()
    parts: list[Part] = []
    for part in reversed(scope.parts):
        years = part.years or years
        parts.insert(0, replace(part, documents=tuple(d for d in part.documents if d.metadata.year in years)))
    documents = {d.id: d for p in parts for d in p.documents}
    if not documents:
        return replace(scope, documents=(), parts=(), refusal=_no_such_year(scope, years))
    return replace(scope, documents=tuple(documents.values()), parts=tuple(parts), chosen=True)


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
        parts += [Part(cover(d), (d,)) for d in of_year] or [Part(f"{year}年", ())]
    if len(kept) == 1:  # one report, and years that it may speak of: 2021年和2022年 of a report of 2022
        return replace(scope, documents=tuple(kept), chosen=True)
    return replace(scope, documents=tuple(kept), parts=tuple(parts), chosen=True)


def _by_issuer(scope: Scope, text: str) -> Scope:
    """Of several bodies of one place and year the one that the question names; else its government, if that reports."""
    rivals: dict[tuple[str, int | None], list[Document]] = {}
    for d in scope.documents:
        rivals.setdefault((d.metadata.region, d.metadata.year), []).append(d)
    kept = {d.id for group in rivals.values() for d in _meant(group, text)}
    if len(kept) == len(scope.documents):
        return scope
    parts = tuple(replace(p, documents=tuple(d for d in p.documents if d.id in kept)) for p in scope.parts)
    return replace(scope, documents=tuple(d for d in scope.documents if d.id in kept), parts=parts)


def _meant(rivals: Sequence[Document], text: str) -> Sequence[Document]:
    if len(rivals) < 2 or not rivals[0].metadata.region:
        return rivals
    named = [_named_share(d, text) for d in rivals]
    if max(named) > 0:
        return [d for d, share in zip(rivals, named, strict=True) if share == max(named)]
    return [d for d in rivals if d.metadata.issuer.endswith("人民政府")] or rivals


def _named_share(document: Document, text: str) -> int:
    """How many pairs of characters of the issuer's name, its region and kind aside, does the question hold?"""
    name = document.metadata.issuer
    name = regions.without(name, regions.find_mentions(name))
    name = re.sub(r"人民政府|办公室|综合行政|局$|委员会$|[县市区]$", " ", name)
    return sum(name[i : i + 2] in text for i in range(len(name) - 1) if " " not in name[i : i + 2])


def _no_such_year(scope: Scope, years: Sequence[int]) -> str:
    """没有温岭2023年的报告；温岭的报告是2021年的: names a false premise, and what there is instead."""
    asked = "、".join(f"{year}年" for year in years)
    places = list(dict.fromkeys(label(d) for d in scope.documents))
    if not scope.chosen or len(places) != 1:
        return f"没有{asked}的报告"
    there = "、".join(f"{y}年" for y in sorted({d.metadata.year for d in scope.documents if d.metadata.year}))
    return f"没有{places[0]}{asked}的报告" + (f"，{places[0]}的报告是{there}的" if there else "")
