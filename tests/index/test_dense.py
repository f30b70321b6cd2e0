from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseIndex


@pytest.fixture
def vectors() -> np.ndarray:
    random = np.random.default_rng(7).normal(size=(200, 16)).astype(np.float32)
    return random / np.linalg.norm(random, axis=1, keepdims=True)


def filled(vectors: np.ndarray) -> DenseIndex:
    index = DenseIndex(16)
    index.add([i * 3 for i in range(200)], vectors)
    return index


def test_agrees_with_brute_force(vectors: np.ndarray) -> None:
    query = vectors[5]
    best = np.argsort(-(vectors @ query))[:10]
    found = filled(vectors).search(query, 10)
    assert [i for i, _ in found] == [int(b) * 3 for b in best]
    assert found[0][1] == pytest.approx(1.0, abs=1e-5)


def test_a_filter_restricts_before_ranking(vectors: np.ndarray) -> None:
    allowed = np.array([30, 33, 36], dtype=np.int64)
    found = filled(vectors).search(vectors[100], 10, allowed)
    assert sorted(i for i, _ in found) == [30, 33, 36]


def test_removed_vectors_are_gone_and_the_rest_stays(vectors: np.ndarray) -> None:
    index = filled(vectors)
    index.remove([15, 18])
    assert len(index) == 198
    assert 15 not in [i for i, _ in index.search(vectors[5], 198)]
    assert index.cosines(vectors[7], [21])[0] == pytest.approx(1.0, abs=1e-5)


def test_saved_and_loaded(vectors: np.ndarray, tmp_path: Path) -> None:
    index = filled(vectors)
    index.save(tmp_path / "dense.faiss")
    again = DenseIndex.load(tmp_path / "dense.faiss", 16)
    assert again.search(vectors[3], 5) == index.search(vectors[3], 5)
    with pytest.raises(ValueError, match="dimension"):
        DenseIndex.load(tmp_path / "dense.faiss", 8)


def test_empty(vectors: np.ndarray) -> None:
    assert DenseIndex(16).search(vectors[0], 5) == []
    assert filled(vectors).search(vectors[0], 5, np.array([], dtype=np.int64)) == []
