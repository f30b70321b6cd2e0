"""A model in torch → an int8 ONNX graph: dynamic quantisation, MatMul per channel, word embeddings too.

encoder   input_ids, attention_mask (rows, tokens) int64 → last_hidden_state (rows, tokens, hidden)
reader    the same                                       → judged (rows, 2), spans (rows, tokens, 2)
"""

import hashlib
import logging
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import BertModel

from training.reader_model import ReaderModel

OPSET = 17
MASKED = -1e4  # added to the attention scores of padding


class _Masked(torch.nn.Module):
    """The graph's signature. The mask is expanded here, so that the trace holds none of the library's own choices."""

    def __init__(self, model: BertModel | ReaderModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        mask = (1.0 - attention_mask[:, None, None, :].to(torch.float32)) * MASKED
        output = self.model(input_ids=input_ids, attention_mask=mask)
        return output if isinstance(self.model, ReaderModel) else output.last_hidden_state


def export_encoder(model: BertModel, path: Path) -> None:
    """Write the encoder's graph."""
    _export_int8(model, model, ["last_hidden_state"], path)


def export_reader(model: ReaderModel, path: Path) -> None:
    """Write the reader's graph; its heads, a thousandth of the weights, stay in full precision."""
    _export_int8(model, model.bert, ["judged", "spans"], path)


def fingerprint(folder: Path) -> str:
    """Return the name of the exact weights in a folder: a checksum of graph and tokenizer."""
    digest = hashlib.sha256()
    for file in ("model.onnx", "tokenizer.json"):
        digest.update((folder / file).read_bytes())
    return digest.hexdigest()[:16]


def _export_int8(model: BertModel | ReaderModel, bert: BertModel, outputs: Sequence[str], path: Path) -> None:
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer

    bert.set_attn_implementation("eager")
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        _trace(model, outputs, plain)
        logging.getLogger("onnxruntime.transformers").setLevel(logging.ERROR)
        optimised = optimizer.optimize_model(
            str(plain),
            model_type="bert",
            num_heads=bert.config.num_attention_heads,
            hidden_size=bert.config.hidden_size,
        )
        optimised.save_model_to_file(str(fused))
        heads = [n.name for n in optimised.model.graph.node if n.name.startswith("/model/span")]
        quantize_dynamic(
            fused,
            path,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Attention", "Gather", "EmbedLayerNormalization"],
            nodes_to_exclude=heads,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},  # fused operators hide the type from inference
        )


def _trace(model: BertModel | ReaderModel, outputs: Sequence[str], path: Path) -> None:
    ids = torch.randint(4, 1000, (2, 16))
    axes = {name: {0: "rows", 1: "tokens"} for name in ("input_ids", "attention_mask", "last_hidden_state", "spans")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the older exporter says at length that there is a newer one
        torch.onnx.export(
            _Masked(model),
            (ids, torch.ones_like(ids)),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=list(outputs),
            dynamic_axes={n: axes.get(n, {0: "rows"}) for n in ("input_ids", "attention_mask", *outputs)},
            opset_version=OPSET,
            dynamo=False,
        )
