"""Question and passage read together: does it answer, how surely, and with which characters.

`Reader` is the seam; `EmbeddedReader` runs the model in `rag/model` on onnxruntime alone. Without a reader the product
ranks and refuses by cosine, somewhat worse.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.graph import Graph
from rag.errors import ReaderUnavailable, SettingsError

BATCH = 10  # passages of like length at a time
LONGEST = 48  # tokens of an answer
Passage = tuple[str, str]  # context (title and heading), words
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one passage. Spans are characters of its words, the context not counted."""

    relevance: float  # ranks the passages of one question; higher is better
    probability: float  # that this passage answers the question, calibrated
    answer: Span | None  # the likeliest answer; None when the passage has no words
    offsets: NDArray[np.int64]  # (tokens, 2): the characters of each token of the words
    starts: NDArray[np.float32]  # (tokens,): log-probability that the answer starts there
    ends: NDArray[np.float32]

    def likelihood(self, start: int, end: int) -> float:
        """Return the log-probability that the answer is `words[start:end]`, by the tokens it touches."""
        touched = np.flatnonzero((self.offsets[:, 0] < end) & (self.offsets[:, 1] > start))
        if not len(touched):
            return -math.inf
        return float(self.starts[touched[0]] + self.ends[touched[-1]])


class Reader(Protocol):
    """Reads passages for a question."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Return one reading a passage, in their order."""
        ...


class EmbeddedReader:
    """The model in `rag/model`: int8 ONNX graph, the encoder's tokenizer, calibration."""

    def __init__(self, folder: Path | None = None) -> None:
        """Load the model. Raises ReaderUnavailable when its files are missing or damaged."""
        folder = folder or Path(str(resources.files("rag") / "model"))
        try:
            self.graph = Graph(folder)
            calibration = self.graph.config["calibration"]
            self._slope, self._shift = float(calibration["slope"]), float(calibration["shift"])
        except Exception as error:  # tokenizers and onnxruntime raise bare Exceptions
            raise ReaderUnavailable(f"内置阅读模型读不出来：{folder}。请重新安装") from error

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Return one reading a passage, in their order."""
        encoded = self.graph.tokenizer.encode_batch([(question, f"{context} {words}") for context, words in passages])
        readings: dict[int, Reading] = {}
        order = sorted(range(len(passages)), key=lambda i: (len(encoded[i].ids), i))
        for at in range(0, len(order), BATCH):
            rows = order[at : at + BATCH]
            (judged, spans), _ = self.graph.run([encoded[i].ids for i in rows])
            for row, i in enumerate(rows):
                readings[i] = self.reading(encoded[i], judged[row], spans[row], len(passages[i][0]) + 1)
        return [readings[i] for i in range(len(passages))]

    def reading(self, encoding: Any, judged: NDArray[np.float32], spans: NDArray[np.float32], shift: int) -> Reading:
        """Return what the heads say of one row; its passage's words begin `shift` characters into the passage."""
        offsets = np.asarray(encoding.offsets, dtype=np.int64)
        sequences = np.asarray([-1 if s is None else s for s in encoding.sequence_ids])
        inside = np.flatnonzero((sequences == 1) & (offsets[:, 1] > shift))
        offsets = np.maximum(offsets[inside] - shift, 0)
        starts, ends = (log_softmax(spans[inside, head]) for head in (0, 1))
        probability = 1 / (1 + math.exp(-(self._slope * float(judged[1]) + self._shift)))
        return Reading(float(judged[0]), probability, best_span(starts, ends, offsets), offsets, starts, ends)


def load_reader(setting: str) -> Reader | None:
    """Return the reader that the setting asks for: "on" the embedded one, "off" none. Raises SettingsError."""
    if setting not in ("on", "off"):
        raise SettingsError(f"设置 YANJU_READER 只能是 on 或 off，现在是：{setting}")
    return EmbeddedReader() if setting == "on" else None


def log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the logarithms of the softmax of a vector; an empty one stays empty."""
    if not len(scores):
        return scores
    shifted = scores - scores.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)


def best_span(starts: NDArray[np.float32], ends: NDArray[np.float32], offsets: NDArray[np.int64]) -> Span | None:
    """Return the characters from the likeliest start to the likeliest end behind it, LONGEST tokens at most.

    >>> best_span(np.log([.1, .8, .1]), np.log([.6, .1, .3]), np.array([[0, 1], [1, 3], [3, 4]]))
    (1, 4)
    """
    count = len(starts)
    if not count:
        return None
    scores = starts[:, None] + ends[None, :]
    distance = np.arange(count)[None, :] - np.arange(count)[:, None]
    scores = np.where((distance >= 0) & (distance < LONGEST), scores, -np.inf)
    first, last = divmod(int(scores.argmax()), count)
    return int(offsets[first, 0]), int(offsets[last, 1])
