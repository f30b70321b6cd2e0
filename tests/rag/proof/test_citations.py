from rag.proof.citations import paragraph, stands_in, verified
from rag.types import Citation

TEXT = "一、成效\n办结55件。满意率100%。\n二、不足\n"


def citation(quote: str, start: int, end: int, file: str = "a.txt") -> Citation:
    return Citation(1, file, "甲县报告", ("一、成效",), quote, start, end)


def test_a_quote_is_its_span() -> None:
    right = citation("办结55件。", 5, 11)
    assert verified([right], {"a.txt": TEXT}) == (right,)


def test_a_fact_gets_the_words_of_its_place() -> None:
    (proved,) = verified([citation("", 5, 11)], {"a.txt": TEXT}) or ()
    assert proved.quote == "办结55件。"


def test_words_that_do_not_stand_there_prove_nothing() -> None:
    assert verified([citation("办结66件。", 5, 11)], {"a.txt": TEXT}) is None
    assert verified([citation("办结55件。", 6, 12)], {"a.txt": TEXT}) is None
    assert verified([citation("办结55件。", 5, 11, "b.txt")], {"a.txt": TEXT}) is None
    assert verified([citation("", 500, 510)], {"a.txt": TEXT}) is None
    assert verified([], {}) == ()


def test_a_short_answer_has_to_stand_in_a_quote() -> None:
    assert stands_in("５５件", [citation("办结55件。", 5, 11)])
    assert not stands_in("56件", [citation("办结55件。", 5, 11)])


def test_the_paragraph_of_a_line_and_of_a_report_in_one_line() -> None:
    assert paragraph(TEXT, citation("满意率100%。", 11, 19)) == ("办结55件。满意率100%。", 6)
    long = "前面的话说完了。" * 100 + "办结55件。" + "后面的话也说完了。" * 100
    words, offset = paragraph(long, citation("办结55件。", 800, 806))
    assert words[offset : offset + 6] == "办结55件。"
    assert len(words) <= 330
    assert words.startswith("前面")
    assert words.endswith("。")
