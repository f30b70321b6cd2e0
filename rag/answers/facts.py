"""Questions about a report as a document — dates, issuer, document number — are answered from its metadata."""

import re
from collections.abc import Sequence

from index.types import Document, Fact, FactKind
from rag.compose import Draft, label
from rag.types import Citation

# The first pattern that fits decides; of its kinds of fact, the first that a report has.
WANTED = (
    (re.compile(r"文号|发文字号"), (FactKind.DOCUMENT_NUMBER,)),
    (re.compile(r"索引号"), (FactKind.INDEX_NUMBER,)),
    (re.compile(r"(?:谁|哪[个家一]?(?:单位|部门|机关|政府|局)|机关|机构|来源)"), (FactKind.ISSUER,)),
    (re.compile(r"落款|署名|署的|末尾|最后"), (FactKind.SIGNED, FactKind.WRITTEN)),
    (re.compile(r"成文|写|形成|定稿"), (FactKind.WRITTEN, FactKind.SIGNED)),
    (re.compile(r"发布|公布|公开|发|挂|上网|印|出"), (FactKind.PUBLISHED, FactKind.WRITTEN, FactKind.SIGNED)),
    (re.compile(r"[天日年月号]|时候|何时|时间"), (FactKind.WRITTEN, FactKind.SIGNED, FactKind.PUBLISHED)),
)


def compose_facts(question: str, documents: Sequence[Document]) -> Draft | None:
    """Return the answer from the metadata of these reports, None when none of them has such a fact.

    A report that contradicts itself (two dates of publication) is quoted with both.
    """
    kinds = next((kinds for pattern, kinds in WANTED if pattern.search(question)), ())
    found = [(d, fact) for d in documents for fact in _facts(d, kinds)]
    if not found:
        return None
    citations = tuple(
        Citation(n, d.file, d.metadata.title, (d.metadata.title,), "", f.start, f.end)
        for n, (d, f) in enumerate(found, 1)
    )
    values = list(dict.fromkeys(shown(f) for _, f in found))
    several = len({d.id for d, _ in found}) > 1
    lines = [f"{label(d) + '：' if several else ''}{_sentence(f)}[{n}]" for n, (d, f) in enumerate(found, 1)]
    return Draft("\n\n".join(lines), "、".join(values) if not several else None, citations)


def _facts(document: Document, kinds: Sequence[FactKind]) -> list[Fact]:
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
    date = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", fact.value)
    return f"{date[1]}年{int(date[2])}月{int(date[3])}日" if date else fact.value


def _sentence(fact: Fact) -> str:
    return f"{fact.label}：{shown(fact)}" if fact.label else shown(fact)
