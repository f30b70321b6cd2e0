"""Where a heading ends: its name is what a reader would call the item by."""

import re
from collections.abc import Iterator

from index.outline.markers import LABEL, LINE_HEADING, Marker
from index.outline.prose import BLANKS, COLONS, COMMAS, SEMICOLONS, STOPS, Prose

_LONGEST_SENTENCE = 45  # a run-in item whose first sentence is longer is called by its lead clause
_LONGEST_NAME = 120
_SHORTEST_NAME = 2
_PUNCTUATION = re.compile(f"[{STOPS}{SEMICOLONS}{COLONS}{COMMAS}.{BLANKS}]")
_TAIL = STOPS + SEMICOLONS + COLONS + COMMAS + BLANKS + "\n、."
# 以…为契机, and 围绕… open a sentence; the comma behind them does not end its lead clause
_PREAMBLE = re.compile(r"以.{1,40}为.{1,6}$|(?:围绕|按照|根据|针对|依据|结合|对照|聚焦|紧扣|随着|为了?)")

_SENTENCE_START = re.compile(r"(?:\d{4}年|[今明去]年|我[省市县区州局委镇]|我们|全[省市县区州局]|对照)")


def name_end(prose: Prose, marker: Marker, limit: int) -> int:
    """Where the heading that `marker` opens ends, final stop excluded. `limit` is where the next heading starts."""
    line_end = prose.line_end(marker.end)
    region = min(line_end, limit)
    if marker.style == LABEL:
        return _stripped(prose, marker, prose.text.index("】", marker.start) + 1)
    if marker.style == LINE_HEADING:
        return _stripped(prose, marker, region)
    sentence, blank, commas = _first_sentence(prose, marker, region)
    end = _stripped(prose, marker, sentence)
    if sentence == line_end and end == _without_blanks(prose, line_end) and end - marker.start <= _LONGEST_NAME:
        return end  # a line of its own
    if blank is not None:
        return _stripped(prose, marker, blank)
    if end - marker.start > _LONGEST_SENTENCE:
        end = next((c for c in commas if not _PREAMBLE.match(prose.text[marker.end : c])), end)
    return min(end, marker.start + _LONGEST_NAME)


def _first_sentence(prose: Prose, marker: Marker, region: int) -> tuple[int, int | None, list[int]]:
    """End of the first sentence or label, the blank that ends a name without a stop, and the commas on the way."""
    commas: list[int] = []
    blank: int | None = None
    for at in _punctuation(prose, marker.end, region):
        char = prose.text[at]
        if char in COLONS and not commas and at - marker.start <= _LONGEST_SENTENCE and not _between_digits(prose, at):
            return at, blank, commas
        if prose.is_stop(at):
            return at, _real_blank(prose, marker, blank, at, commas), commas
        if char in COMMAS + SEMICOLONS and at - marker.end >= _SHORTEST_NAME and not _between_digits(prose, at):
            commas.append(at)
        elif char in BLANKS and blank is None and _parts_words(prose, marker, at):
            blank = at
    return region, _real_blank(prose, marker, blank, region, commas), commas


def _punctuation(prose: Prose, start: int, region: int) -> Iterator[int]:
    """Positions of punctuation outside quotations, as far as a name may reach."""
    for match in _PUNCTUATION.finditer(prose.text, start, min(region, start + 4 * _LONGEST_NAME)):
        if not prose.quoted(match.start()):
            yield match.start()


def _parts_words(prose: Prose, marker: Marker, at: int) -> bool:
    """Is this the first blank after a word of a name, not one beside punctuation?"""
    after = prose.skip_blanks(at, prose.end)
    return (
        at - marker.end >= _SHORTEST_NAME
        and prose.text[at - 1] not in BLANKS
        and not _PUNCTUATION.match(prose.text[at - 1])
        and after < prose.end
        and not _PUNCTUATION.match(prose.text[after])
    )


def _real_blank(prose: Prose, marker: Marker, blank: int | None, end: int, commas: list[int]) -> int | None:
    """The blank, if what follows it is a sentence and not the second half of the name.

    三、下步打算 2023年,重点实施… is a line break that was lost; 一、加强领导 落实责任。 is not.
    """
    if blank is None:
        return None
    if _SENTENCE_START.match(prose.text, prose.skip_blanks(blank, end), end):
        return blank
    too_long = end - marker.start > _LONGEST_SENTENCE >= blank - marker.start
    return blank if too_long and any(comma > blank for comma in commas) else None


def _between_digits(prose: Prose, at: int) -> bool:
    """12,345 and 1:2 are figures."""
    text = prose.text
    return prose.start < at < prose.end - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def _without_blanks(prose: Prose, end: int) -> int:
    while end > prose.start and prose.text[end - 1] in BLANKS:
        end -= 1
    return end


def _stripped(prose: Prose, marker: Marker, end: int) -> int:
    """`end` without the stop and the blanks before it, never shorter than the marker."""
    while end > marker.end and prose.text[end - 1] in _TAIL:
        end -= 1
    return max(end, marker.start + 1)
