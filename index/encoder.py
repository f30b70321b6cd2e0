"""Text → unit vectors. The embedded model runs on onnxruntime alone; any sentence-transformers model can replace it."""

import hashlib
import os
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import numpy as np

from index.errors import EncoderUnavailable
from index.graph import Graph
from index.types import Encoder, Vectors

Kind = Literal["query", "passage"]
BATCH = 32
WEIGHTS = ("*.safetensors", "*.bin", "*.json", "*.txt", "*.model")  # what a folder's fingerprint is made from


class EmbeddedEncoder:
    """The model in `index/model`: int8 ONNX graph, Unigram tokenizer, mean pooling, normalisation."""

    def __init__(self, folder: Path | None = None) -> None:
        """Load the model. Raises EncoderUnavailable when its files are missing or damaged."""
        folder = folder or Path(str(resources.files("index") / "model"))
        try:
            self._graph = Graph(folder)
            config = self._graph.config
            self._dimension, self._fingerprint = int(config["dimension"]), str(config["fingerprint"])
            self._prefixes: dict[Kind, str] = {
                "query": config["prefixes"]["query"],
                "passage": config["prefixes"]["passage"],
            }
        except Exception as error:  # tokenizers and onnxruntime raise bare Exceptions
            raise EncoderUnavailable(f"内置语言模型读不出来：{folder}。请重新安装") from error

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """Return an array of shape (len(texts), dimension), float32, rows of length 1, in the order of `texts`.

        Batches are made of texts of like length. int8 activations are scaled by the largest of a batch, so a vector
        moves a little with its companions (cosine above .97); the order of `texts` changes nothing.
        """
        prefix = self._prefixes[kind]
        encoded = [e.ids for e in self._graph.tokenizer.encode_batch([prefix + t for t in texts])]
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: (len(encoded[i]), encoded[i]))
        for at in range(0, len(order), BATCH):
            rows = order[at : at + BATCH]
            (states,), mask = self._graph.run([encoded[i] for i in rows])
            vectors[rows] = mean_pooled(states, mask)
        return vectors


def mean_pooled(states: Vectors, mask: np.ndarray[Any, np.dtype[np.int64]]) -> Vectors:
    """Return the mean of the token states (batch, tokens, hidden) that are no padding, scaled to length 1."""
    weights = mask[:, :, None].astype(np.float32)
    mean = (states * weights).sum(axis=1) / weights.sum(axis=1)
    pooled: Vectors = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)
    return pooled


class SentenceTransformersEncoder:
    """Any sentence-transformers model, by folder or name. A prefix is used where the model defines a prompt."""

    def __init__(self, name: str) -> None:
        """Load the model. Raises EncoderUnavailable when the package or the model is not there."""
        local = Path(name).is_dir()
        if local:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")  # a folder needs no hub
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderUnavailable(
                "YANJU_ENCODER 需要 sentence-transformers:pip install 'yanju[sentence-transformers]'"
            ) from error
        try:
            self._model = SentenceTransformer(name)
        except Exception as error:  # whatever a hub, a file or torch may raise
            raise EncoderUnavailable(f"语言模型读不出来：{name}。请检查 YANJU_ENCODER") from error
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.fingerprint = _folder_fingerprint(Path(name)) if local else f"{name}-{self.dimension}"

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """Return an array of shape (len(texts), dimension), float32, rows of length 1, in the order of `texts`."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        prompt = (self._model.prompts or {}).get(kind) or ""
        vectors = self._model.encode(
            [prompt + t for t in texts], prompt="", normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def _folder_fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted({p for pattern in WEIGHTS for p in folder.rglob(pattern)}):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def load_encoder(name: str | None) -> Encoder:
    """Return the encoder of this folder or name; None: the embedded one."""
    return SentenceTransformersEncoder(name) if name else EmbeddedEncoder()
