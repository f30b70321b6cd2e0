"""Measures of rankings, each with an example worked by hand."""

from math import log2

import pytest

from training.ranking import hit, mrr, ndcg, rank, recall

RANKING = [(7, 0.9), (3, 0.8), (5, 0.7)]


def test_ranks() -> None:
    assert rank(RANKING, frozenset({3})) == 2
    assert rank(RANKING, frozenset({1})) is None
    ranks = [2, None, 1]
    assert hit(ranks, 1) == pytest.approx(1 / 3)
    assert hit(ranks, 2) == pytest.approx(2 / 3)
    assert mrr(ranks) == pytest.approx((1 / 2 + 1) / 3)


def test_recall_and_ndcg() -> None:
    right = frozenset({3, 9})
    assert recall(RANKING, right, 3) == 0.5
    assert ndcg(RANKING, right, 3) == pytest.approx((1 / log2(3)) / (1 + 1 / log2(3)))
    assert ndcg(RANKING, frozenset({7}), 3) == 1.0
