"""Calibration against an independent implementation."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from training.calibrate import Judged, fit, probabilities, refusals, reliability


def test_fit_agrees_with_scikit_learn() -> None:
    generator = np.random.default_rng(1)
    logits = generator.normal(0, 3, 2000)
    right = (generator.random(2000) < probabilities(logits, 0.6, -0.8)).astype(float)
    slope, shift = fit(logits, right)
    model = LogisticRegression(C=1e9).fit(logits[:, None], right)
    assert slope == pytest.approx(float(model.coef_[0, 0]), abs=1e-3)
    assert shift == pytest.approx(float(model.intercept_[0]), abs=1e-3)


def test_reliability_by_hand() -> None:
    bins = reliability(np.array([0.05, 0.95, 0.91]), np.array([0.0, 1.0, 0.0]))
    assert bins == [
        {"passages": 1, "said": 0.05, "true": 0.0},
        {"passages": 2, "said": pytest.approx(0.93), "true": 0.5},
    ]


def test_refusals_look_at_the_best_passage() -> None:
    judged = [Judged(True, [3.0], [True]), Judged(False, [-3.0], [False]), Judged(False, [3.0], [False])]
    at_half = next(r for r in refusals(judged, 1.0, 0.0) if r["threshold"] == 0.5)
    assert at_half["unanswerable refused"] == 0.5
    assert at_half["answerable refused"] == 0.0
