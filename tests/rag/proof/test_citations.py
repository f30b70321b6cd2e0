import pytest

from index.catalog import Report
from index.types import Document, Metadata, Section
from rag.proof.citations import cite, paragraph, path_at, stands_in, verified
from rag.types import Citation
from tests.rag.examples import TAISHUN, evidence

TEXT = "甲县报告\n一、成效\n办结55件。满意率100%。\n(一)复议\n办结7件。\n二、不足\n人手少。\n"
DOCUMENT = Document("a", "a.txt", "/r/a.txt", Metadata("甲县报告", "", "330329", 2022, ()), len(TEXT))
SECTIONS = (
    Section(1, "一、成效", TEXT.index("一、"), TEXT.index("二、"), None),
    Section(2, "(一)复议", TEXT.index("(一)"), TEXT.index("二、"), 0),
    Section(1, "二、不足", TEXT.index("二、"), len(TEXT), None),
)
REPORTS = {"a.txt": Report(DOCUMENT, TEXT, (), SECTIONS, ())}


def citation(quote: str, words: str | None = None, file: str = "a.txt") -> Citation:
    """A citation of `quote` at the place of `words`."""
    start = TEXT.index(words or quote)
    return Citation(1, file, "甲县报告", ("一、成效",), quote, start, start + len(words or quote))


def test_a_quote_is_its_span() -> None:
    right = citation("办结55件。")
    assert verified([right], REPORTS) == (right,)


def test_a_fact_gets_the_words_of_its_place() -> None:
    (proved,) = verified([citation("", "办结55件。")], REPORTS) or ()
    assert proved.quote == "办结55件。"


def test_words_that_do_not_stand_there_prove_nothing() -> None:
    right = citation("办结55件。")
    assert verified([citation("办结66件。", "办结55件。")], REPORTS) is None
    assert verified([citation("办结55件。", "结55件。满")], REPORTS) is None
    assert verified([citation("办结55件。", file="b.txt")], REPORTS) is None
    assert verified([Citation(1, "a.txt", "甲县报告", (), "", 500, 510)], REPORTS) is None
    assert verified([right, citation("办结66件。", "办结55件。")], REPORTS) is None  # one wrong quote spoils all
    assert verified([], {}) == ()


def test_the_section_is_that_of_the_span_whatever_the_citation_said() -> None:
    proved = verified([citation("办结7件。"), citation("人手少。")], REPORTS) or ()
    assert [c.section for c in proved] == [("一、成效", "(一)复议"), ("二、不足",)]


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("甲县报告", ("甲县报告",)),  # before the first heading there is only the title
        ("办结55件。", ("一、成效",)),
        ("(一)复议", ("一、成效", "(一)复议")),
        ("办结7件。\n二、不足", ("甲县报告",)),  # no section holds what crosses into the next
    ],
)
def test_the_path_of_a_span_is_that_of_the_innermost_section_that_holds_it(words: str, path: tuple[str, ...]) -> None:
    start = TEXT.index(words)
    assert path_at(REPORTS["a.txt"], start, start + len(words)) == path


def test_evidence_is_numbered_in_its_order() -> None:
    first, second = cite([evidence(TAISHUN, "办结55件。"), evidence(TAISHUN, "满意率100%。", ("二、不足",))])
    assert (first.n, first.file, first.quote, first.section) == (1, "泰顺.txt", "办结55件。", ("一、成效",))
    assert (second.n, second.title, second.section) == (2, "泰顺2023年报告", ("二、不足",))
    assert cite([]) == ()


def test_a_short_answer_has_to_stand_in_a_quote() -> None:
    assert stands_in("５５件", [citation("办结55件。")])
    assert not stands_in("56件", [citation("办结55件。")])
    assert not stands_in("55件", [])


def test_the_paragraph_of_a_line_and_of_a_report_in_one_line() -> None:
    assert paragraph(TEXT, citation("满意率100%。")) == ("办结55件。满意率100%。", 6)
    long = "前面的话说完了。" * 100 + "办结55件。" + "后面的话也说完了。" * 100
    words, offset = paragraph(long, Citation(1, "a.txt", "", (), "办结55件。", 800, 806))
    assert words[offset : offset + 6] == "办结55件。"
    assert len(words) <= 330
    assert words.startswith("前面")
    assert words.endswith("。")
