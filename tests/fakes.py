"""Small deterministic stand-ins, for tests of everything but quality."""

import zlib
from collections.abc import Sequence
from typing import Literal

import numpy as np

from index.types import Vectors


class FakeEncoder:
    """Bags of characters, hashed: texts that share characters are near. Counts what it was asked to encode."""

    def __init__(self, fingerprint: str = "fake-1", dimension: int = 32) -> None:
        self.fingerprint = fingerprint
        self.dimension = dimension
        self.encoded = 0

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> Vectors:
        self.encoded += len(texts)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for char in text:
                vectors[row, zlib.crc32(char.encode()) % self.dimension] += 1.0
            vectors[row] += 1e-6
            vectors[row] /= np.linalg.norm(vectors[row])
        return vectors
