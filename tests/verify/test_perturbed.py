"""The development set as people also type it: answers stay right."""

from pathlib import Path

import pytest

from index.encoder import load_encoder
from index.index import Index
from rag.evaluate.figures import figures
from rag.reader import EmbeddedReader
from tests.measuring import SETS, ask_all, questions
from tests.perturbed import KINDS, perturbed_set
from tests.verify.recording import record

BAR = 0.04  # how far answer_correct may fall, over all ways of asking


@pytest.mark.parametrize("name", SETS)
def test_asked_differently(seed_index: Path, name: str) -> None:
    gold, reader = questions(name), EmbeddedReader()
    index = Index(seed_index, lambda: load_encoder(None))
    plain = figures(list(ask_all(index, reader, gold)))["answer_correct"]
    found = {kind: figures(list(ask_all(index, reader, perturbed_set(gold, kind)))) for kind in KINDS}
    correct = {kind: f["answer_correct"] for kind, f in found.items()}
    mean = round(sum(correct.values()) / len(correct), 4)
    record(f"asked differently, answer_correct, {name}", {"plain": plain, "mean": mean} | correct)
    assert mean >= plain - BAR
