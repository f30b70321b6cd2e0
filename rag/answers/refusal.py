"""报告未提及: what was looked for and where, what came nearest, and what the reports cover."""

import re
from collections.abc import Sequence

from index.types import Document
from rag.answers.draft import Draft
from rag.proof.citations import cite
from rag.query import Query
from rag.query.scope import cover
from rag.types import NOT_MENTIONED, Evidence

COVERED_LIMIT = 8  # reports named in a refusal
LOOKED_FOR = 30  # characters of the question repeated
QUESTION_WORDS = re.compile(
    r"多少[个件次条项家人]?|(?<!第)几[个件次条项家人名]?|哪[些个家位里年天]?|什么|啥|吗|呢|了$|一共|总共|怎么样?|如何|有没有|是否|请问"
    r"|[?？。!！]"
)
NEAR = 0.3  # cosine from which the nearest passage is worth showing


def refuse(
    reason: str | None, documents: Sequence[Document], query: Query | None = None, evidence: Sequence[Evidence] = ()
) -> Draft:
    """Say that the reports do not say, and why; where something was searched, what, where, and what came nearest."""
    lines = [f"{NOT_MENTIONED}：{reason}。" if reason else f"{NOT_MENTIONED}。"]
    if reason is None and query is not None:
        lines = [f"{NOT_MENTIONED}：{_looked_for(query)}。"]
    nearest = next((c for e, c in zip(evidence, cite(evidence), strict=True) if e.hit.dense >= NEAR), None)
    if nearest is not None:
        lines.append(f"最接近的一句（不是回答）：{nearest.quote}——{nearest.title} › {nearest.section[-1]}")
    return Draft("\n\n".join([*lines, *_covered(documents)]), nearest=nearest)


def _looked_for(query: Query) -> str:
    words = QUESTION_WORDS.sub("", query.search).strip(" ,，、:：的")
    words = words[:LOOKED_FOR] + ("…" if len(words) > LOOKED_FOR else "")
    named = "、".join(cover(d) for d in query.documents[:3]) + ("等" if len(query.documents) > 3 else "")
    found = "没有能作证的原文"
    return f"在{named}的报告里找“{words}”，{found}" if words else f"在{named}的报告里{found}"


def _covered(documents: Sequence[Document]) -> list[str]:
    names = [cover(d) for d in documents[:COVERED_LIMIT]]
    more = f"等 {len(documents)} 份" if len(documents) > COVERED_LIMIT else ""
    return [f"现有报告：{'、'.join(names)}{more}。"] if names else []
