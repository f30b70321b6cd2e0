import pytest

from index.catalog import Report
from index.types import Document, Metadata, Section
from rag.answers.overview import MOST_LINES, heading_citation, overview
from rag.proof.citations import verified
from rag.proof.verification import verify


def report(*headings: tuple[int, str]) -> Report:
    """A report of these headings, outermost 1, with a sentence under each."""
    text, sections, open_at = "甲县报告\n", list[Section](), dict[int, int]()
    for level, heading in headings:
        parent = open_at.get(level - 1)
        open_at[level] = len(sections)
        sections.append(Section(level, heading, len(text), len(text), parent))
        text += f"{heading}\n办结8件。\n"
    # a section lasts until the next of its own or an outer level
    ends = [next((t.start for t in sections[i + 1 :] if t.level <= s.level), len(text)) for i, s in enumerate(sections)]
    closed = tuple(Section(s.level, s.heading, s.start, e, s.parent) for s, e in zip(sections, ends, strict=True))
    document = Document("a", "a.txt", "", Metadata("甲县报告", "", "330329", 2021, ()), len(text))
    return Report(document, text, (), closed, ())


SMALL = report((1, "一、成效"), (2, "(一)改革"), (3, "1.秒办"), (2, "(二)普法"), (1, "二、不足"))


def test_an_outline_by_hand() -> None:
    draft = overview(SMALL)
    assert draft is not None
    # two levels; the third is left out
    assert draft.text == "一、成效[1]\n\n　(一)改革[2]\n\n　(二)普法[3]\n\n二、不足[4]"
    assert [c.section for c in draft.citations] == [
        ("一、成效",),
        ("一、成效", "(一)改革"),
        ("一、成效", "(二)普法"),
        ("二、不足",),
    ]
    assert draft.short is None


def test_every_heading_is_the_reports_own() -> None:
    draft = overview(SMALL)
    assert draft is not None
    assert verified(draft.citations, {"a.txt": SMALL}) == draft.citations
    assert not verify(draft.text, draft.citations).unproved


def test_of_a_long_outline_only_the_outermost_headings() -> None:
    long = report((1, "一、成效"), *((2, f"({n})改革") for n in range(MOST_LINES)), (1, "二、不足"))
    draft = overview(long)
    assert draft is not None
    assert draft.text == "一、成效[1]\n\n二、不足[2]"
    most = overview(report((1, "一、成效"), *((2, f"({n})改革") for n in range(MOST_LINES - 1))))
    assert most is not None
    assert len(most.citations) == MOST_LINES


def test_of_very_many_outermost_headings_the_first() -> None:
    draft = overview(report(*((1, f"{n}、改革") for n in range(MOST_LINES + 5))))
    assert draft is not None
    assert [c.n for c in draft.citations] == list(range(1, MOST_LINES + 1))


def test_a_report_without_headings_has_no_outline() -> None:
    assert overview(report()) is None


@pytest.mark.parametrize(("position", "path"), [(0, ("一、成效",)), (2, ("一、成效", "(一)改革", "1.秒办"))])
def test_a_heading_is_cited_at_its_place(position: int, path: tuple[str, ...]) -> None:
    citation = heading_citation(SMALL, position, 7)
    assert (citation.n, citation.section, citation.quote) == (7, path, path[-1])
    assert SMALL.text[citation.start : citation.end] == path[-1]
