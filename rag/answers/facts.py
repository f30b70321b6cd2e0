"""Questions about a report as a document — dates, issuer, document number — are answered from its metadata."""

import re
from collections.abc import Sequence

from index.types import Document, Fact, FactKind
from rag.answers.draft import Draft
from rag.query.scope import label
from rag.types import Citation

# The first pattern that fits decides; of its kinds of fact, the first that a report has.
WANTED: tuple[tuple[re.Pattern[str], tuple[FactKind, ...]], ...] = (
    (re.compile(r"文号|发文字号|文件编号"), (FactKind.DOCUMENT_NUMBER,)),
    (re.compile(r"索引号"), (FactKind.INDEX_NUMBER,)),
    (re.compile(r"主送|抬头|[写报呈发送]给(?:谁|哪)"), (FactKind.ADDRESSEE,)),
    (re.compile(r"(?:谁|哪[个家一]?(?:单位|部门|机关|政府|局)|机关|机构|来源)"), (FactKind.ISSUER,)),
    (re.compile(r"落款|署名|署的|末尾|最后"), (FactKind.SIGNED, FactKind.WRITTEN)),
    (re.compile(r"成文|写|形成|定稿"), (FactKind.WRITTEN, FactKind.SIGNED)),
    (re.compile(r"发布|公布|公开|发|挂|上网|印|出"), (FactKind.PUBLISHED, FactKind.WRITTEN, FactKind.SIGNED)),
    (re.compile(r"[天日年月号]|时候|何时|时间"), (FactKind.WRITTEN, FactKind.SIGNED, FactKind.PUBLISHED)),
)


# What pages say of a report beside these, by their labels
LABELLED = (
    (re.compile(r"哪一?类|分类|类别|主题"), re.compile(r"分类|类别|主题")),
    (re.compile(r"科室"), re.compile(r"科室")),
    (re.compile(r"公开.{0,4}(?:多久|多长|期限|时限)"), re.compile(r"时限|期限")),
    (re.compile(r"公开.{0,4}(?:形式|方式)|怎么公开"), re.compile(r"形式|方式")),
    (re.compile(r"公开.{0,4}范围|[对向]谁公开|面向"), re.compile(r"范围")),
    (re.compile(r"有效|失效|作废|废止"), re.compile(r"有效")),
)
OF_YEAR = re.compile(r"哪一?个?年度?的(?!.{0,4}[发公写])")
EXTREME = re.compile(r"最早|最晚|最迟|最新")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
NUMBERS = re.compile(r"文号|发文字号|索引号|编号")  # a report that shows none has none: no sentence of it will tell


def compose_facts(question: str, documents: Sequence[Document]) -> Draft | None:
    """Return the answer from the metadata of these reports, None when none of them has such a fact.

    A report that contradicts itself (two dates of publication) is quoted with both.
    """
    found = [(d, fact) for d in documents for fact in facts_asked_for(question, d)]
    if not found:
        return Draft("") if NUMBERS.search(question) else None
    citations = tuple(
        Citation(n, d.file, d.metadata.title, (d.metadata.title,), "", f.start, f.end)
        for n, (d, f) in enumerate(found, 1)
    )
    several = len({d.id for d, _ in found}) > 1
    lines = [f"{label(d) + '：' if several else ''}{_sentence(f)}[{n}]" for n, (d, f) in enumerate(found, 1)]
    if several:
        return Draft("\n\n".join([*_extreme(question, found), *lines]), None, citations)
    values = list(dict.fromkeys(year[0] if (year := _year(question, f)) else shown(f) for _, f in found))
    notes = ["（报告里不止一处写了，写得不一样）"] if len(values) > 1 and _contradict([f for _, f in found]) else []
    return Draft("\n\n".join([*notes, *lines]), "、".join(values), citations)


def _year(question: str, fact: Fact) -> re.Match[str] | None:
    """The year in a title, where the question asks which year a report tells of."""
    return re.search(r"\d{4}年", fact.value) if OF_YEAR.search(question) else None


def _contradict(facts: Sequence[Fact]) -> bool:
    """Are facts that differ of one label, so that one of them must be wrong?"""
    return len({f.label for f in facts}) == 1


def _extreme(question: str, found: Sequence[tuple[Document, Fact]]) -> list[str]:
    """最早的是海门：2021年1月26日, where dates are compared."""
    asked = EXTREME.search(question)
    dated = [(f.value, label(d), n, f) for n, (d, f) in enumerate(found, 1) if ISO.fullmatch(f.value)]
    if asked is None or not dated:
        return []
    first = asked[0] == "最早"
    day = (min if first else max)(value for value, *_ in dated)
    there = [(place, n, fact) for value, place, n, fact in dated if value == day]
    places, markers = "、".join(p for p, *_ in there), "".join(f"[{n}]" for _, n, _ in there)
    return [f"{'最早' if first else '最晚'}的是{places}：{shown(there[0][2])}{markers}"]


def facts_asked_for(question: str, document: Document) -> list[Fact]:
    """Return the facts that a question asks for: of the first kind that the report has, one for each value."""
    if OF_YEAR.search(question):
        return [f for f in document.metadata.facts if f.kind is FactKind.TITLE and re.search(r"\d{4}年", f.value)][:1]
    for asked, named in LABELLED:
        if asked.search(question):
            return [f for f in document.metadata.facts if f.kind is FactKind.OTHER and named.search(f.label)][:1]
    return _of_kinds(document, next((kinds for pattern, kinds in WANTED if pattern.search(question)), ()))


def _of_kinds(document: Document, kinds: Sequence[FactKind]) -> list[Fact]:
    """The facts of the first kind that the report has, one for each value; of issuers only the fullest name."""
    for kind in kinds:
        of_kind: dict[str, Fact] = {}
        for fact in document.metadata.facts:
            if fact.kind is kind:
                of_kind.setdefault(fact.value, fact)
        if kind is FactKind.ISSUER and document.metadata.issuer in of_kind:
            return [of_kind[document.metadata.issuer]]
        if of_kind:
            return list(of_kind.values())
    return []


def shown(fact: Fact) -> str:
    """Return a fact's value as one would say it: ISO dates in Chinese."""
    date = ISO.fullmatch(fact.value)
    return f"{date[1]}年{int(date[2])}月{int(date[3])}日" if date else fact.value


def _sentence(fact: Fact) -> str:
    return f"{fact.label}：{shown(fact)}" if fact.label else shown(fact)
