"""A question that names a section ("有哪些不足", "2022年工作安排") is answered by what stands directly under it."""

import re
from collections.abc import Sequence

from index.catalog import Report
from index.chunking import section_path
from index.tokens import normalise
from index.types import Section
from rag.compose import Draft
from rag.types import Citation

NAMED = 0.99  # share of the question's words that a heading has to hold, to be taken for named
MOST_ITEMS = 10  # a longer list is no answer
GENERIC = re.compile(
    r"有哪些|有什么|有啥|哪些|哪几[个项条点]?|什么|啥|分别|都|有|是|的|了|吗|呢|主要|方面|内容|报告|里|中|介绍一下|说说|请|怎么样|如何|怎么"
    r"|[?？,，。.!！、\s]"
)


def list_section(search: str, reports: Sequence[Report]) -> Draft | None:
    """Return the headings directly under the section that a question names; None when it names none with items."""
    wanted = _bigrams(GENERIC.sub(" ", normalise(search)))
    if not wanted:
        return None
    for report in reports:
        named = [
            (len(s.heading), i)
            for i, s in enumerate(report.sections)
            if sum(w in normalise(s.heading) for w in wanted) >= NAMED * len(wanted)
        ]
        for _, position in sorted(named):
            items = [i for i, s in enumerate(report.sections) if s.parent == position]
            if 2 <= len(items) <= MOST_ITEMS:
                return _listed(report, items)
    return None


def _listed(report: Report, items: Sequence[int]) -> Draft:
    citations = tuple(_citation(report, position, n) for n, position in enumerate(items, 1))
    return Draft("\n\n".join(f"{c.quote}[{c.n}]" for c in citations), None, citations)


def _citation(report: Report, position: int, n: int) -> Citation:
    section: Section = report.sections[position]
    document = report.document
    path = section_path(report.sections, position)
    end = section.start + len(section.heading)
    return Citation(n, document.file, document.metadata.title, path, section.heading, section.start, end)


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1) if " " not in text[i : i + 2]}
