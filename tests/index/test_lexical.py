import math
from collections import Counter
from pathlib import Path

import pytest

from index.lexical import LexicalIndex
from index.tokens import tokenise

TEXTS = {
    1: ("a", "梳理“智能秒办”事项59项"),
    2: ("a", "累计办理“浙闽通办”业务782件"),
    3: ("b", "受理行政复议申请55件,办结53件"),
    4: ("b", "行政复议案件办结率"),
    5: ("c", "法治政府建设"),
}


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    index = LexicalIndex(tmp_path / "lexical")
    index.change(added=((i, d, t) for i, (d, t) in TEXTS.items()))
    return index


def bm25(question: str) -> dict[int, float]:
    """The textbook formula (Robertson and Zaragoza 2009) with k1 = 1.2, b = 0.75, written independently."""
    documents = {i: Counter(tokenise(t)) for i, (_, t) in TEXTS.items()}
    mean = sum(map(Counter.total, documents.values())) / len(documents)
    scores = {}
    for i, terms in documents.items():
        score = 0.0
        for term in dict.fromkeys(tokenise(question)):
            holding = sum(term in d for d in documents.values())
            idf = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
            norm = 1.2 * (1 - 0.75 + 0.75 * terms.total() / mean)
            score += idf * terms[term] * 2.2 / (terms[term] + norm)
        if score:
            scores[i] = score
    return scores


@pytest.mark.parametrize("question", ["行政复议办结多少件", "秒办事项", "法治"])
def test_agrees_with_the_textbook_formula(index: LexicalIndex, question: str) -> None:
    expected = bm25(question)
    found = index.search(question, 10)
    assert [i for i, _ in found] == sorted(expected, key=lambda i: -expected[i])
    # tantivy keeps a text's length in one byte, exact up to 40 terms
    assert dict(found) == pytest.approx(expected, rel=1e-4)


def test_a_filter_restricts_before_ranking(index: LexicalIndex) -> None:
    assert [i for i, _ in index.search("行政复议累计办理多少件", 1, ["a"])] == [2]
    assert index.search("行政复议", 10, ["c"]) == []
    assert index.search("行政复议", 10, []) == []


def test_documents_go_and_come_without_a_rebuild(index: LexicalIndex) -> None:
    index.change(added=[(6, "d", "行政复议决定书")], removed=["b"])
    assert [i for i, _ in index.search("行政复议", 10)] == [6]
    assert len(index) == 4


def test_reopened(index: LexicalIndex, tmp_path: Path) -> None:
    assert LexicalIndex(tmp_path / "lexical").search("秒办", 5) == index.search("秒办", 5)


def test_a_question_of_punctuation_finds_nothing(index: LexicalIndex) -> None:
    assert index.search("???", 5) == []
