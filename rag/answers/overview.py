"""这份报告讲了什么: the outline, a line a section."""

from index.catalog import Report
from index.chunking import section_path
from rag.answers.draft import Draft
from rag.types import Citation

MOST_LINES = 24  # beyond these only the outermost headings
INDENT = "　"


def overview(report: Report) -> Draft | None:
    """Return the headings of a report, two levels of them where they are few; None when it has none."""
    for levels in (2, 1):
        lines = [i for i, s in enumerate(report.sections) if s.level <= levels]
        if 0 < len(lines) <= MOST_LINES or (lines and levels == 1):
            return _outline(report, lines[:MOST_LINES])
    return None


def _outline(report: Report, positions: list[int]) -> Draft:
    citations = tuple(heading_citation(report, position, n) for n, position in enumerate(positions, 1))
    indents = (INDENT * (report.sections[p].level - 1) for p in positions)
    return Draft("\n\n".join(f"{i}{c.quote}[{c.n}]" for i, c in zip(indents, citations, strict=True)), None, citations)


def heading_citation(report: Report, position: int, n: int) -> Citation:
    """Return a citation of a section's heading."""
    section, document = report.sections[position], report.document
    path = section_path(report.sections, position)
    end = section.start + len(section.heading)
    return Citation(n, document.file, document.metadata.title, path, section.heading, section.start, end)
