"""A question that names a section ("有哪些不足", "2022年工作安排") is answered by what stands directly under it."""

import re
from collections.abc import Sequence

from index.catalog import Report
from index.chunking import section_path
from index.tokens import normalise
from index.types import Section
from rag.compose import Draft
from rag.types import Citation

MOST_ITEMS = 10  # a longer list is no answer
GENERIC = re.compile(
    r"有哪些|有什么|有啥|哪些|哪几[个项条点]?|什么|啥|分别|都|有|是|的|了|吗|呢|主要|方面|内容|报告|里|中|介绍一下|说说|请|怎么样|如何|怎么"
    r"|[?？,，。.!！、\s]"
)
# Sections that nearly every report has, and the words by which one report or another calls them
THEMES = (
    re.compile(r"困难|问题|不足|短板|差距|薄弱环节"),
    re.compile(r"打算|工作安排|思路|工作计划|下一步工作|下步工作|来年工作"),
)
CONNECTING = re.compile(r"存在|工作|当前|目前|还|和|与|及|以|\s")


def list_section(search: str, reports: Sequence[Report]) -> Draft | None:
    """Return the headings directly under the section that a question names; None when it names none with items."""
    words = GENERIC.sub(" ", normalise(search))
    for report in reports:
        for position in _named(words, report.sections):
            items = [i for i, s in enumerate(report.sections) if s.parent == position]
            if 2 <= len(items) <= MOST_ITEMS:
                return _listed(report, items)
    return None


def _named(words: str, sections: Sequence[Section]) -> list[int]:
    """Return the sections whose headings hold all of the words, the shortest first; else those of the same theme."""
    wanted = _bigrams(words)
    if not wanted:
        return []
    held = [i for i, s in enumerate(sections) if all(w in normalise(s.heading) for w in wanted)]
    if held:
        return sorted(held, key=lambda i: len(sections[i].heading))
    for theme in THEMES:
        if theme.search(words) and not CONNECTING.sub("", theme.sub("", words)):
            return [i for i, s in enumerate(sections) if s.level == 1 and theme.search(s.heading)]
    return []


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
