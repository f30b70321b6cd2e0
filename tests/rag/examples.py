"""Reports, evidence and queries for tests: built directly, so that no model and no index is needed."""

from index.types import Chunk, Document, Hit, Metadata, SegmentKind
from rag.query import Query, understand
from rag.query.scope import Part
from rag.types import Evidence, Question


def document(name: str, region: str, year: int) -> Document:
    """A report of a region, as in the tests of queries."""
    return Document(name, f"{name}.txt", f"/r/{name}.txt", Metadata(f"{name}{year}年报告", "", region, year, ()), 100)


WENLING = document("温岭", "331081", 2021)
HAIMEN = document("海门", "320614", 2020)
TAISHUN = document("泰顺", "330329", 2023)
LINPING = document("临平", "330113", 2022)
ALL = (WENLING, HAIMEN, TAISHUN, LINPING)


def evidence(report: Document, words: str, path: tuple[str, ...] = ("一、成效",), dense: float = 0.8) -> Evidence:
    """A passage found in a report."""
    chunk = Chunk(0, len(words), path, "", SegmentKind.BODY)
    return Evidence(Hit(1, report, chunk, words, dense, 0.0), 1.0)


def query(text: str, reports: tuple[Document, ...] = ALL) -> Query:
    """The likeliest reading of a question over these reports."""
    return understand(Question(text), reports)[0]


def found(asked: Query, *passages: Evidence) -> list[tuple[Part, Evidence | None]]:
    """Each part of a question with the passage that its reports hold, None where they hold none."""
    return [(part, next((e for e in passages if e.hit.document in part.documents), None)) for part in asked.parts]
