"""Which report is meant? The same question, once for each report that could answer it."""

from collections.abc import Sequence

from index.types import Document
from rag.answers.draft import Draft
from rag.query import Query
from rag.query.scope import cover

MOST = 8  # questions offered


def choices(question: str, documents: Sequence[Document]) -> tuple[str, ...]:
    """Return the question with the region and year of each report in front."""
    return tuple(dict.fromkeys(cover(d) + question for d in documents))[:MOST]


def which_report(query: Query) -> Draft:
    """Ask back: of a whole report can only be told when it is known which."""
    count = len(query.documents)
    return Draft(f"这里有 {count} 份报告，问的是哪一份？", choices=choices(query.text, query.documents))
