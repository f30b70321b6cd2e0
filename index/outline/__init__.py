"""The outline of a report: its headings, whatever style they are written in, as a tree of sections.

No style has a fixed level, and most headings of such reports do not stand on a line of their own: `一是…` opens the
third sentence of a paragraph, and whole reports come as a single line. So all marks that may open a heading are
collected first (`markers`, `unnumbered`), then those are kept that count up, each inside what was open before it
(`nesting`), and last each heading is cut where its name ends (`names`). Takes time linear in the length of the text.
"""

from index.outline.markers import find_markers
from index.outline.names import name_end
from index.outline.nesting import Nested, nest
from index.outline.prose import Prose
from index.outline.unnumbered import closing_labels, heading_lines, leads, limits
from index.types import Section

__all__ = ["read_outline"]


def read_outline(text: str, start: int = 0, end: int | None = None) -> tuple[Section, ...]:
    """Return the sections of the body `text[start:end]` in document order, each before the sections inside it.

    Text before the first heading belongs to no section.

    >>> for section in read_outline("现报告如下:一、成效 一是快。办件三天。二是省。少跑一次。二、不足。略。"):
    ...     print(section.level, section.heading, section.start, section.end, section.parent)
    1 一、成效 6 29 None
    2 一是快 11 20 0
    2 二是省 20 29 0
    1 二、不足 29 36 None
    """
    start = min(max(start, 0), len(text))
    prose = Prose(text, start, len(text) if end is None else min(max(end, start), len(text)))
    markers = [*find_markers(prose), *heading_lines(prose)]
    markers.sort(key=lambda m: (m.start, -m.end))
    nested = nest(markers)
    more = [*closing_labels(prose, nested), *leads(prose, nested)]
    if more:
        kept = [row.marker for row in nested]
        nested = nest(sorted([*kept, *more], key=lambda m: (m.start, -m.end)))
    return _sections(prose, nested)


def _sections(prose: Prose, nested: list[Nested]) -> tuple[Section, ...]:
    """Give each heading its name, its parent and the end of its section."""
    ends = [prose.end] * len(nested)
    parents: list[int | None] = []
    open_: list[int] = []
    for i, row in enumerate(nested):
        while open_ and nested[open_[-1]].level >= row.level:
            ends[open_.pop()] = row.marker.start
        parents.append(open_[-1] if open_ else None)
        open_.append(i)
    return tuple(
        Section(
            level=row.level,
            heading=prose.text[row.marker.start : name_end(prose, row.marker, limit)],
            start=row.marker.start,
            end=end,
            parent=parent,
        )
        for row, parent, end, limit in zip(nested, parents, ends, limits(prose, nested), strict=True)
    )
