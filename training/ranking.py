"""Passages ranked for a question by each system side by side: BM25, an encoder, both fused, and the reader on top."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex
from index.types import Encoder
from rag.fusion import fuse, with_relevance
from rag.reader import Passage, Reader
from rag.retriever import CONSIDERED, DEPTH
from training.passages import bm25_words, encoded


@dataclass(frozen=True, slots=True)
class Searched:
    """A question as it is searched and as it is read, the passages it may be answered from, and the right ones."""

    search: str
    text: str
    allowed: range | None  # None: all
    right: frozenset[int]


class Collection:
    """Passages (context, words), each of a document, with their vectors by every encoder."""

    def __init__(self, passages: Sequence[Passage], documents: Sequence[str], encoders: Mapping[str, Encoder]) -> None:
        self.passages = list(passages)
        self._documents = list(documents)
        self._encoders = encoders
        texts = [f"{context} {words}".strip() for context, words in passages]
        self._folder = tempfile.TemporaryDirectory()
        self._words = LexicalIndex(Path(self._folder.name) / "lexical")
        self._words.change(added=((i, d, t) for i, (d, t) in enumerate(zip(documents, texts, strict=True))))
        self._vectors = {name: encoded(encoder, texts, name) for name, encoder in encoders.items()}

    def by_words(self, asked: Searched, k: int = DEPTH) -> list[tuple[int, float]]:
        """Return the first k passages by BM25 with their scores."""
        documents = None if asked.allowed is None else sorted({self._documents[i] for i in asked.allowed})
        return self._words.search(bm25_words(asked.search), k, documents)

    def by_vectors(self, asked: Searched, encoder: str, k: int = DEPTH) -> list[tuple[int, float]]:
        """Return the first k passages by cosine with their cosines."""
        scores = self.cosines(asked, encoder)
        best = np.argsort(-scores, kind="stable")[:k]
        first = 0 if asked.allowed is None else asked.allowed.start
        return [(first + int(i), float(scores[i])) for i in best]

    def cosines(self, asked: Searched, encoder: str) -> NDArray[np.float32]:
        """Return the cosine of every allowed passage."""
        vectors = self._vectors[encoder]
        rows = vectors if asked.allowed is None else vectors[asked.allowed.start : asked.allowed.stop]
        scores: NDArray[np.float32] = rows @ self._encoders[encoder].encode([asked.search], "query")[0]
        return scores

    def fused(self, asked: Searched, encoder: str, weight: float | None = None) -> list[tuple[int, float]]:
        """Return the candidates of both searches, fused as the product fuses them."""
        scores = self.cosines(asked, encoder)
        first = 0 if asked.allowed is None else asked.allowed.start
        lexical = dict(self.by_words(asked))
        candidates = sorted({i for i, _ in self.by_vectors(asked, encoder)} | set(lexical))
        dense = [float(scores[i - first]) for i in candidates]
        words = [lexical.get(i, 0.0) for i in candidates]
        fusion = fuse(dense, words) if weight is None else fuse(dense, words, weight)
        return sorted(zip(candidates, fusion, strict=True), key=lambda pair: (-pair[1], pair[0]))

    def read(self, asked: Searched, fused: Sequence[tuple[int, float]], reader: Reader) -> list[tuple[int, float]]:
        """Return the first of a fused ranking in the reader's order, the others behind them."""
        considered = fused[:CONSIDERED]
        readings = reader.read(asked.text, [self.passages[i] for i, _ in considered])
        scores = with_relevance([s for _, s in considered], [r.relevance for r in readings])
        ranked = sorted(
            ((i, s) for s, (i, _) in zip(scores, considered, strict=True)), key=lambda pair: (-pair[1], pair[0])
        )
        return [*ranked, *fused[CONSIDERED:]]


def rank(ranking: Sequence[tuple[int, float]], right: frozenset[int]) -> int | None:
    """Return the place of the first right passage, counted from 1; None when it was not found."""
    return next((at for at, (i, _) in enumerate(ranking, 1) if i in right), None)


def hit(ranks: Sequence[int | None], k: int) -> float:
    """The share of questions whose first right passage stands among the first k (recall@k of one right passage)."""
    return sum(r is not None and r <= k for r in ranks) / len(ranks)


def mrr(ranks: Sequence[int | None]) -> float:
    """Mean reciprocal rank (Voorhees 1999)."""
    return sum(1 / r for r in ranks if r is not None) / len(ranks)


def recall(ranking: Sequence[tuple[int, float]], right: frozenset[int], k: int) -> float:
    """The share of the right passages among the first k."""
    return sum(i in right for i, _ in ranking[:k]) / len(right)


def ndcg(ranking: Sequence[tuple[int, float]], right: frozenset[int], k: int) -> float:
    """Normalised discounted cumulative gain with gains 0 and 1 (Järvelin and Kekäläinen 2002).

    >>> round(ndcg([(7, .9), (3, .8)], frozenset({3}), 10), 4)
    0.6309
    """
    gain = sum(1 / np.log2(at + 1) for at, (i, _) in enumerate(ranking[:k], 1) if i in right)
    ideal = sum(1 / np.log2(at + 1) for at in range(1, min(k, len(right)) + 1))
    return float(gain / ideal)
