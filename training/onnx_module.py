"""The embedded graph as a module of sentence-transformers.

SentenceTransformer(modules=[OnnxModule(folder), Pooling(384), Normalize()])
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer


class OnnxModule(torch.nn.Module):
    """Token embeddings from `index/model`; pooling and normalisation are left to the modules behind it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.max_seq_length = int(config["max_tokens"])
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(self.max_seq_length)
        self.tokenizer.enable_padding(pad_id=config["pad_id"], pad_token="<pad>")  # noqa: S106 - a token, no password
        self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])

    def preprocess(self, inputs: Sequence[str], **kwargs: Any) -> dict[str, torch.Tensor]:
        """Texts → padded ids and mask, as the library asks of its first module."""
        encoded = self.tokenizer.encode_batch(list(inputs))
        return {
            "input_ids": torch.tensor([e.ids for e in encoded]),
            "attention_mask": torch.tensor([e.attention_mask for e in encoded]),
        }

    tokenize = preprocess  # the library's older name for it

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Add `token_embeddings`, shape (batch, tokens, hidden)."""
        feed = {name: features[name].numpy().astype(np.int64) for name in ("input_ids", "attention_mask")}
        return {**features, "token_embeddings": torch.from_numpy(self._session.run(None, feed)[0])}
