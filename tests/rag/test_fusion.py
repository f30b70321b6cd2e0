import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.fusion import fuse, standardised, with_relevance


def test_worked_by_hand() -> None:
    # mean 4, deviation 2: (2-4)/2, (4-4)/2, (6-4)/2 scaled by sqrt(3/2)
    assert standardised([2.0, 4.0, 6.0]) == pytest.approx([-1.2247, 0.0, 1.2247], abs=1e-4)
    assert fuse([0.0, 1.0], [5.0, 1.0], weight=0.5) == pytest.approx([-0.5, 0.5])


def test_relevance_worked_by_hand() -> None:
    assert with_relevance([1.0, -2.0], [3.0, 4.0], weight=0.5) == pytest.approx([3.5, 3.0])


def test_equal_scores_say_nothing() -> None:
    assert fuse([0.9, 0.9], [1.0, 3.0], weight=1.0) == pytest.approx([-1.0, 1.0])
    assert standardised([]) == []


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=30).filter(lambda xs: max(xs) - min(xs) > 1e-3))
def test_agrees_with_the_standard_library(scores: list[float]) -> None:
    z = standardised(scores)
    assert statistics.fmean(z) == pytest.approx(0.0, abs=1e-6)
    assert statistics.pstdev(z) == pytest.approx(1.0, abs=1e-6)
