"""Dense search: FAISS inner product over unit vectors, so scores are cosines. Exact; a filter restricts beforehand."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from index.types import Vectors

Ids = NDArray[np.int64]
faiss: Any = _faiss  # its stubs describe the C++ signatures, not the wrappers that Python calls
FEW = 0.05  # share of all vectors below which they are compared one by one instead of scanning past the others


class DenseIndex:
    """Vectors by chunk id."""

    def __init__(self, dimension: int, index: Any = None) -> None:
        self._index = index if index is not None else faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Add rows of `vectors`, shape (len(ids), dimension)."""
        if len(ids):
            self._index.add_with_ids(np.ascontiguousarray(vectors), np.asarray(ids, dtype=np.int64))

    def remove(self, ids: Sequence[int]) -> None:
        self._index.remove_ids(np.asarray(ids, dtype=np.int64))

    def search(self, query: Vectors, k: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        """Return up to k (chunk id, cosine), best first, among `allowed` or all."""
        k = min(k, len(self) if allowed is None else len(allowed))
        if k == 0:
            return []
        if allowed is not None and len(allowed) < FEW * len(self):
            scored = zip(allowed.tolist(), self.cosines(query, allowed.tolist()), strict=True)
            return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:k]
        parameters = None if allowed is None else faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))
        scores, ids = self._index.search(query.reshape(1, -1), k, params=parameters)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def cosines(self, query: Vectors, ids: Sequence[int]) -> list[float]:
        """Return the cosine of each of these chunks with the query."""
        if not ids:
            return []
        vectors = self._index.reconstruct_batch(np.asarray(ids, dtype=np.int64))
        return [float(x) for x in vectors @ query]

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path, dimension: int) -> "DenseIndex":
        """Read a saved index. Raises RuntimeError or ValueError when the file is not one of this dimension."""
        index = faiss.read_index(str(path))
        if index.d != dimension:
            raise ValueError(f"dimension {index.d}, expected {dimension}")
        return cls(dimension, index)
