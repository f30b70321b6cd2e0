"""Example questions, made from what the reports themselves hold: a figure's own words, turned into a question."""

import re
from collections.abc import Iterator

from index.index import Index
from index.types import Document
from rag.query.scope import label

COUNTED = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2}[\u4e00-\u9fff]{3,10})(\d{2,5})([件次项人家条])(?=[,，。;；])"
)


def suggest(index: Index, n: int) -> Iterator[str]:
    """Yield up to n questions, one a report."""
    made = 0
    for document in index.documents():
        question = _from_report(index, document)
        if question and made < n:
            made += 1
            yield question


def _from_report(index: Index, document: Document) -> str | None:
    """The first clause of a report that counts something: 受理行政复议申请55件 → 受理行政复议申请多少件?"""
    report = index.report(document)
    for chunk in report.chunks:
        if match := COUNTED.search(report.text[chunk.start : chunk.end]):
            year = f"{document.metadata.year}年" if document.metadata.year else ""
            return f"{label(document)}{year}{match[1]}多少{match[3]}?"
    return None
