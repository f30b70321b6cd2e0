"""Exact match and F1, with examples worked by hand."""

import pytest

from training.reading_metrics import exact, f1, units


def test_units() -> None:
    assert units("光荣和ω-force") == ["光", "荣", "和", "ω", "force"]
    assert units("") == []


def test_exact_match_leaves_punctuation_out() -> None:
    assert exact("《三国志》", ["三国志"]) == 1.0
    assert exact("三国", ["三国志"]) == 0.0


def test_f1_counts_the_longest_common_stretch() -> None:
    assert f1("1963年2月", ["1963年"]) == pytest.approx(2 * 2 / (4 + 2))
    assert f1("没有", ["1963年"]) == 0.0
    assert f1("主教", ["1963年", "主教"]) == 1.0
