"""Which markers open headings, and under which heading each stands.

Markers are read once, in order, with a stack of the sequences open at that point, outermost first. A marker that
counts a sequence on (三 after 二) closes all that was opened inside it; a marker that starts counting opens a sequence
inside the one on top. So no style has a level of its own: `1、` is outermost in a report that starts with it. What
neither counts on nor starts, such as `3、` in `3、4月份`, is no heading.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.outline.markers import (
    CHAPTERS,
    CHINESE_BRACKETS,
    CHINESE_COMMA,
    CHINESE_LENTICULAR,
    CLOSING,
    DECIMAL,
    LABEL,
    LEAD,
    LINE_HEADING,
    NAMED,
    RUN_IN,
    SEQUENCE_WORDS,
    STANDS_ALONE,
    Marker,
    Place,
)

_LARGEST_GAP = 3  # 一、 二、 四、: numbers that the writer skipped
_DEEPEST = 12  # no report nests so deep, and the time a marker takes stays bounded
_ROUNDS = 4  # markers found to be strays are taken out and the rest is read again
_DIVIDES_REPORT = frozenset((*CHAPTERS, CHINESE_COMMA, CHINESE_BRACKETS, CHINESE_LENTICULAR, LINE_HEADING))


@dataclass(slots=True)
class _Open:
    """A sequence that may still count on."""

    style: str
    number: int | None
    at_line: bool  # its first item stands at the start of a line
    markers: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Nested:
    """A marker that opens a heading, and its depth, 1 outermost."""

    marker: Marker
    level: int


def nest(markers: Sequence[Marker]) -> list[Nested]:
    """Keep the markers that open headings and say how deep each stands.

    >>> def marker(style: str, number: int, start: int) -> Marker:
    ...     return Marker(style, number, start, start + 2, Place.LINE)
    >>> found = [("一、", 1, 0), ("1.", 1, 9), ("1.", 2, 19), ("1.", 9, 29), ("一、", 2, 39)]
    >>> [(row.marker.start, row.level) for row in nest([marker(*row) for row in found])]
    [(0, 1), (9, 2), (19, 2), (39, 1)]
    """
    kept = list(markers)
    for _ in range(_ROUNDS):
        levels, sequences = _read(kept)
        stray = {i for sequence in sequences if _is_stray(sequence, kept) for i in sequence.markers}
        if not stray:
            break
        kept = [marker for i, marker in enumerate(kept) if i not in stray]
    else:
        levels, _ = _read(kept)
    return [Nested(kept[i], level) for i, level in levels]


def _read(markers: Sequence[Marker]) -> tuple[list[tuple[int, int]], list[_Open]]:
    """One pass: (position of the marker, level) of all that are accepted, and the sequences they make."""
    stack: list[_Open] = []
    levels: list[tuple[int, int]] = []
    sequences: list[_Open] = []
    above: set[tuple[str, str]] = set()  # (outer, inner) style, as seen so far
    for i, marker in enumerate(markers):
        depth = _continued(stack, marker)
        if depth is None:
            depth = _opened(stack, marker, above)
            if depth is None:
                continue
            del stack[depth:]
            above.update((outer.style, marker.style) for outer in stack if outer.style != marker.style)
            stack.append(_Open(marker.style, marker.number, marker.place is Place.LINE))
            sequences.append(stack[-1])
        del stack[depth + 1 :]
        stack[depth].number = marker.number
        stack[depth].markers.append(i)
        levels.append((i, depth + 1))
    return levels, sequences


def _continued(stack: Sequence[_Open], marker: Marker) -> int | None:
    """Depth of the sequence that a marker counts on, the one of its own kind of place before the others."""
    at_line = marker.place is Place.LINE
    for test in (_counts_on, _counts_on_badly):
        depths = [d for d in reversed(range(len(stack))) if stack[d].style == marker.style and test(stack[d], marker)]
        for depth in depths:
            if stack[depth].at_line == at_line:
                return depth
        if depths:
            return depths[0]
    return None


def _counts_on(sequence: _Open, marker: Marker) -> bool:
    if marker.number is None or sequence.number is None:
        return True
    if marker.style == SEQUENCE_WORDS:  # 再次 may stand twice, 最后 may follow on 首先
        return marker.number > sequence.number or marker.number == sequence.number == 3
    return marker.number == sequence.number + 1


def _counts_on_badly(sequence: _Open, marker: Marker) -> bool:
    """Writers repeat a number or leave one out. It passes where a heading is likely for its place alone."""
    if marker.number is None or sequence.number is None or marker.number == 1:
        return False
    gap = marker.number - sequence.number
    if marker.place is Place.LINE:
        return 0 <= gap <= _LARGEST_GAP
    return marker.style == "一是" and marker.place in (Place.STOP, Place.ITEM) and 0 <= gap <= 2


def _opened(stack: Sequence[_Open], marker: Marker, above: set[tuple[str, str]]) -> int | None:
    """Depth at which a marker opens a sequence, or None if it cannot open one."""
    if marker.style == CLOSING:
        return 0
    if marker.style.startswith(DECIMAL) and not _decimal_opens(stack, marker):
        return None
    if marker.number not in (None, 1) and not (marker.place is Place.LINE and marker.style in STANDS_ALONE):
        return None
    at_line = marker.place is Place.LINE
    for depth, sequence in enumerate(stack):
        if sequence.style == marker.style:
            # counting anew: beside the old sequence, unless that one is made of lines and this is a list within one
            stands_beside = at_line or not sequence.at_line
        else:
            stands_beside = (
                (marker.style, sequence.style) in above and (sequence.style, marker.style) not in above
            ) or ((at_line or marker.style in _DIVIDES_REPORT) and _is_list(sequence))
        if stands_beside:
            return depth
    return len(stack) if len(stack) < _DEEPEST else None


def _is_list(sequence: _Open) -> bool:
    """Are the items paragraphs or parts of one? What then starts a line or divides the report stands outside them."""
    if sequence.number is None:
        return sequence.style not in (LABEL, LINE_HEADING, LEAD)  # —— and bullets
    return sequence.style.endswith((*RUN_IN, NAMED)) and not sequence.at_line


def _decimal_opens(stack: Sequence[_Open], marker: Marker) -> bool:
    """1.1 stands inside 1, 12.4 is a date: the first of a decimal style needs the number it is part of."""
    return marker.number == 1 and (marker.place is Place.LINE or any(open_.style.startswith("1") for open_ in stack))


def _is_stray(sequence: _Open, markers: Sequence[Marker]) -> bool:
    """A sequence of one is none, unless its marker is a heading wherever it starts a line."""
    if len(sequence.markers) > 1 or sequence.style in (CLOSING, LEAD):
        return False
    only = markers[sequence.markers[0]]
    stands_alone = only.style in STANDS_ALONE or only.style.startswith(DECIMAL)
    return not (stands_alone and only.place is Place.LINE)
