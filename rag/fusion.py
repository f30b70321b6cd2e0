"""Fusion of the two rankings: pure functions over parallel lists of scores.

The weight was chosen on paraphrased questions over invented annual reports: `python -m training.measure`, with the
figures in `training/RESULTS.md`.
"""

from collections.abc import Sequence

LEXICAL_WEIGHT = 0.2
FUSED_WEIGHT = 1.5  # of the fused score beside the reader's relevance


def standardised(scores: Sequence[float]) -> list[float]:
    """Return z-scores: mean 0, standard deviation 1. Equal scores all become 0.

    >>> standardised([1.0, 3.0])
    [-1.0, 1.0]
    """
    if not scores:
        return []
    mean = sum(scores) / len(scores)
    deviation = (sum((s - mean) ** 2 for s in scores) / len(scores)) ** 0.5
    return [(s - mean) / deviation if deviation else 0.0 for s in scores]


def fuse(dense: Sequence[float], lexical: Sequence[float], weight: float = LEXICAL_WEIGHT) -> list[float]:
    """Return dense + weight × lexical, both standardised over the candidates."""
    return [d + weight * x for d, x in zip(standardised(dense), standardised(lexical), strict=True)]


def with_relevance(fused: Sequence[float], relevance: Sequence[float], weight: float = FUSED_WEIGHT) -> list[float]:
    """Return the reader's relevance + weight × the fused score."""
    return [r + weight * f for f, r in zip(fused, relevance, strict=True)]
