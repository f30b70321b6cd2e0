from index.tokens import normalise, tokenise


def test_bigrams_and_long_words() -> None:
    terms = tokenise("综合行政执法局办结782件")
    assert {"综合", "合行", "行政", "执法"} <= set(terms)
    assert "782" in terms
    assert "件" in terms


def test_a_word_of_two_characters_is_counted_once() -> None:
    assert tokenise("泰顺") == ["泰顺"]


def test_width_and_case_are_folded() -> None:
    assert tokenise("ＡＰＰ２．０版") == tokenise("app2.0版")
    assert normalise(normalise("Ａ①（一）")) == normalise("Ａ①（一）")


def test_nothing_but_punctuation_has_no_terms() -> None:
    assert tokenise("。,、—— “” ") == []


def test_percentages_stay_whole() -> None:
    assert "98.5%" in tokenise("整治率达98.5%")
