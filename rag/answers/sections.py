"""A question for a whole section ("有哪些不足", "下一步打算") is answered by what stands directly under it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.catalog import Report
from index.chunking import section_path
from index.tokens import normalise
from index.types import Section, SegmentKind
from rag.answers.draft import Draft
from rag.answers.overview import heading_citation
from rag.extract.overlap import bigrams
from rag.types import Citation

MOST_ITEMS = 12  # a longer list is no answer
MOST_SENTENCES = 8  # of a section without headings
GENERIC = re.compile(
    r"有哪些|有什么|有啥|哪些|哪[几两三四五六七八九十][个项条点块样]?|什么|啥|分别|都|有|是|的|了|吗|呢|主要|方面|内容|报告|总结|年报|里|中"
    r"|介绍一下|说说|讲讲|列一下|列出来?|请|怎么样?|如何|自己|说|承认|认为|觉得|到底|一下|分成?|在推|情况|[块条点项]"
    r"|[?？,，。.!！、“”\"\s]"
)
CONNECTING = re.compile(
    r"法治政府建设|法治建设|依法行政|政府|存在|工作|当前|目前|还|和|与|及|以|在|哪|几|我局|本局|执法局|部门|上|方|面|些|年|年度|全|\s"
)


@dataclass(frozen=True, slots=True)
class Theme:
    """A section that nearly every report has: how it is asked for, and what one report or another calls it."""

    asked: re.Pattern[str]
    heading: re.Pattern[str]


THEMES = (
    Theme(
        re.compile(r"困难|问题|不足|短板|差距|薄弱环节|弱项|欠缺|难题|差(?=在?哪)|不够"),
        re.compile(r"困难|问题|不足|短板|差距|薄弱"),
    ),
    Theme(
        re.compile(r"打算|工作?安排|思路|计划|下一?步|今后|以后|接下来|往后|明年|来年|准备|改进|要做|推进"),
        re.compile(r"打算|安排|思路|计划|下一?步|今后|意见和建议|展望|下一年|明年"),
    ),
    Theme(
        re.compile(r"举措|措施|做法|成效|成绩|亮点|大事|[做干]了|[做干](?=哪|什|啥)|工作(?!总结|报告)"),
        re.compile(r"举措|做法|成效|措施|主要工作|工作情况|开展情况"),
    ),
)


def list_section(search: str, reports: Sequence[Report]) -> Draft | None:
    """Return what stands directly under the section that a question names; None when it names none."""
    for report in reports:
        themed = _of_theme(search, report.sections)
        for position in [*_named(search, report.sections), *([] if themed is None else [themed])]:
            items = [i for i, s in enumerate(report.sections) if s.parent == position]
            if 2 <= len(items) <= MOST_ITEMS:
                return _listed(tuple(heading_citation(report, item, n) for n, item in enumerate(items, 1)))
        if themed is not None and (sentences := _sentences(report, themed)):
            return _listed(sentences)
    return None


def _named(search: str, sections: Sequence[Section]) -> list[int]:
    """Return the sections whose headings hold all of the words, the shortest first."""
    wanted = bigrams(GENERIC.sub(" ", normalise(search)))
    held = [i for i, s in enumerate(sections) if wanted and all(w in normalise(s.heading) for w in wanted)]
    return sorted(held, key=lambda i: len(sections[i].heading))


def _of_theme(search: str, sections: Sequence[Section]) -> int | None:
    """Return the outermost section of the theme that a question names, if it asks for nothing else."""
    words = normalise(search)
    for theme in THEMES:
        if theme.asked.search(words) and not CONNECTING.sub("", GENERIC.sub("", theme.asked.sub(" ", words))):
            return next((i for i, s in enumerate(sections) if s.level == 1 and theme.heading.search(s.heading)), None)
    return None


def _sentences(report: Report, position: int) -> tuple[Citation, ...]:
    """The sentences of a section that has no headings of its own, if they are few."""
    section, document = report.sections[position], report.document
    if any(s.parent == position for s in report.sections):
        return ()
    path = section_path(report.sections, position)
    chunks = [c for c in report.chunks if c.path == path and section.start <= c.start and c.kind is SegmentKind.BODY]
    if not 0 < len(chunks) <= MOST_SENTENCES:
        return ()
    return tuple(
        Citation(n, document.file, document.metadata.title, path, report.text[c.start : c.end], c.start, c.end)
        for n, c in enumerate(chunks, 1)
    )


def _listed(citations: tuple[Citation, ...]) -> Draft:
    return Draft("\n\n".join(f"{c.quote}[{c.n}]" for c in citations), None, citations)
