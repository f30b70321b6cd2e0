"""A model embedded in a package: int8 ONNX graph, tokenizer and description in one folder, on onnxruntime alone.

Encoder and reader both run on it. Foreign exceptions pass through: each of the two names its own files.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Graph:
    """The graph of a folder. `config` is its description, `tokenizer` truncates to the tokens that it names."""

    def __init__(self, folder: Path) -> None:
        # Newer builds of onnxruntime upload usage data unless told not to before they are imported.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        import onnxruntime
        from tokenizers import Tokenizer

        self.config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._pad_id = int(self.config["pad_id"])
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(int(self.config["max_tokens"]))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = os.cpu_count() or 1
        options.log_severity_level = 3
        # Threads that spin between questions would take the processor from everything else on an office computer.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def run(self, batch: Sequence[list[int]]) -> tuple[list[NDArray[np.float32]], NDArray[np.int64]]:
        """Pad the rows of token ids; return the graph's outputs, and the mask (rows, tokens): 1 for tokens."""
        longest = max(map(len, batch))
        ids = np.full((len(batch), longest), self._pad_id, dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        return self._session.run(None, {"input_ids": ids, "attention_mask": mask}), mask
