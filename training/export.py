"""A BERT in torch → an int8 ONNX graph: dynamic quantisation, MatMul per channel, word embeddings too."""

import logging
import tempfile
import warnings
from pathlib import Path

import torch
from transformers import BertModel

OPSET = 17
MASKED = -1e4  # added to the attention scores of padding


class _Encoder(torch.nn.Module):
    """The graph's signature. The mask is expanded here, so that the trace holds none of the library's own choices."""

    def __init__(self, model: BertModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        mask = (1.0 - attention_mask[:, None, None, :].to(torch.float32)) * MASKED
        return self.model(input_ids=input_ids, attention_mask=mask).last_hidden_state  # type: ignore[no-any-return]


def export_int8(model: BertModel, path: Path) -> None:
    """Write the graph: input_ids, attention_mask (batch, tokens) int64 → last_hidden_state (batch, tokens, hidden)."""
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer

    model.set_attn_implementation("eager")
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        _export(model, plain)
        logging.getLogger("onnxruntime.transformers").setLevel(logging.ERROR)
        config = model.config
        optimised = optimizer.optimize_model(
            str(plain), model_type="bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size
        )
        optimised.save_model_to_file(str(fused))
        quantize_dynamic(
            fused,
            path,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Attention", "Gather", "EmbedLayerNormalization"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},  # fused operators hide the type from inference
        )


def _export(model: BertModel, path: Path) -> None:
    ids = torch.randint(4, 1000, (2, 16))
    axes = {name: {0: "batch", 1: "tokens"} for name in ("input_ids", "attention_mask", "last_hidden_state")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the older exporter says at length that there is a newer one
        torch.onnx.export(
            _Encoder(model),
            (ids, torch.ones_like(ids)),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["last_hidden_state"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
