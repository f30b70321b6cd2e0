"""Hard negatives: passages near to a question that do not answer it, of its own report and of others.

By BM25 alone, and by an encoder's cosine as well where one is given.
"""

import re
import tempfile
from bisect import bisect_right
from pathlib import Path

import numpy as np

from index.lexical import LexicalIndex
from index.types import Encoder
from training.passages import Located, Passages, bm25_words, encoded

MISTAKES = 3  # of the encoder's neighbours come before one of BM25's


class Miner:
    """All passages of some reports, searchable by words, and by meaning where there is an encoder."""

    def __init__(self, reports: dict[str, Passages], encoder: Encoder | None) -> None:
        files = sorted(reports)
        self._texts = [t for file in files for t in reports[file].texts]
        bounds = np.cumsum([0, *(len(reports[file].texts) for file in files)]).tolist()
        self._range = {f: (bounds[i], bounds[i + 1]) for i, f in enumerate(files)}
        self._folder = tempfile.TemporaryDirectory()
        self._words = LexicalIndex(Path(self._folder.name) / "lexical")
        self._words.change(added=((i, files[bisect_right(bounds, i) - 1], t) for i, t in enumerate(self._texts)))
        self._encoder = encoder
        self._vectors = None if encoder is None else encoded(encoder, self._texts)

    def own(self, located: Located, question: str, k: int) -> list[str]:
        """Return up to k passages of the question's own report that do not answer it, nearest first."""
        file = located.question.file
        found = [i for i, _ in self._words.search(bm25_words(question), 3 * k, [file])]
        near = self._near(question, *self._range[file], 3 * k)
        right = {self._range[file][0] + i for i in located.right}
        merged = [i for i in _merged(near, found) if i not in right and not self._answers(located, i)]
        return [self._texts[i] for i in merged[:k]]

    def elsewhere(self, located: Located, question: str, k: int) -> list[str]:
        """Return up to k passages of other reports, nearest first."""
        first, last = self._range[located.question.file]
        found = [i for i, _ in self._words.search(bm25_words(question), 6 * k)]
        merged = _merged(self._near(question, 0, len(self._texts), 6 * k), found)
        return [self._texts[i] for i in merged if not first <= i < last][:k]

    def _near(self, question: str, first: int, last: int, k: int) -> list[int]:
        """Return the positions from `first` to `last` with the highest cosine; nothing without an encoder."""
        if self._vectors is None or self._encoder is None:
            return []
        scores = self._vectors[first:last] @ self._encoder.encode([question], "query")[0]
        return [first + int(i) for i in np.argsort(-scores)[:k]]

    def _answers(self, located: Located, position: int) -> bool:
        """Does a passage hold the whole answer too? Reports say the important things twice."""
        text = self._texts[position]
        answers = located.question.answers
        return bool(answers) and all(re.sub(r"\s", "", a) in text for a in answers)


def _merged(near: list[int], found: list[int]) -> list[int]:
    """Return both lists as one, each position once: some of the first, then one of the second, and so on."""
    order: dict[int, None] = {}
    words = iter(found)
    for at, position in enumerate(near, 1):
        order[position] = None
        if at % MISTAKES == 0 and (word := next(words, None)) is not None:
            order[word] = None
    return list(order | dict.fromkeys(words))
