"""All stages on a slice of data, with a transformer of two small layers: the models that come out can be loaded."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from index.encoder import EmbeddedEncoder
from rag.reader import EmbeddedReader
from training import report
from training.__main__ import main
from training.convert import save_full

ROOT = Path(__file__).parents[2]
INVENTED = ROOT / "tests" / "gold" / "outlines_invented"
SENTENCES = ["甲是主教。", "1963年他被任为主教。", "1990年升为署理。", "1994年升为总主教。", "2009年离世。"]


def pack(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(json.dumps(r, ensure_ascii=False) for r in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a dozen questions of each kind, over reports that were invented for the outlines."""
    folder = tmp_path_factory.mktemp("data")
    passages = ["".join(SENTENCES).replace("甲", name) * 3 for name in "赵钱孙李周吴"]
    reading = [{"q": "何时被任为主教?", "p": p, "a": "1963年", "a_start": p.find("1963年")} for p in passages]
    for name in ("cmrc_train", "cmrc_trial", "drcd_devtest_t2s"):
        pack(folder / "train" / f"{name}.jsonl.gz", reading)
    articles = [{"q": f"第{i}种情形怎么办?", "p": f"第{i}条 第{i}种情形由第{i}科办理。"} for i in range(6)]
    for name in ("stard_train", "lecoqa_train"):
        pack(folder / "train" / f"{name}.jsonl.gz", articles)
    questions = []
    for path in sorted(INVENTED.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        (folder / "corpus" / "invented").mkdir(parents=True, exist_ok=True)
        (folder / "corpus" / "invented" / path.name).write_text(text, encoding="utf-8")
        lines = [line.strip() for line in text.splitlines() if 30 < len(line.strip()) < 90][:3]
        base = {"file": path.name, "corpus": "invented"}
        questions += [
            base | {"q": f"{line[:6]}怎么样?", "type": "descriptive", "evidence": line, "answer": [line[8:14]]}
            for line in lines
        ]
        questions += [
            base | {"q": "花了多少钱?", "type": "unanswerable", "evidence": "", "answer": [], "near": line}
            for line in lines[:1]
        ]
    pack(folder / "train" / "report_questions.jsonl", questions)
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random transformer with the embedded tokenizer."""
    folder = tmp_path_factory.mktemp("base")
    tokenizer = Tokenizer.from_file(str(ROOT / "index" / "model" / "tokenizer.json"))
    torch.manual_seed(1)
    config = BertConfig(vocab_size=tokenizer.get_vocab_size(), hidden_size=32, num_hidden_layers=2,
                        num_attention_heads=2, intermediate_size=64, pad_token_id=1)  # fmt: skip
    save_full(BertModel(config, add_pooling_layer=False), tokenizer, folder)
    return folder


def test_all_stages_on_a_slice(data: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(report, "REPORT", tmp_path / "RESULTS.md")
    out = tmp_path / "out"
    arguments = ["--data", str(data), "--base", str(base), "--out", str(out), "--limit", "24"]
    main(arguments)
    vectors = EmbeddedEncoder(out / "encoder" / "int8").encode(["办结复议55件"], "passage")
    assert vectors.shape == (1, 32)
    assert np.linalg.norm(vectors) == pytest.approx(1.0, abs=1e-4)
    (reading,) = EmbeddedReader(out / "reader" / "int8").read("办结多少件?", [("泰顺县", "办结复议55件")])
    assert 0 < reading.probability < 1
    assert reading.answer is not None
    for stage in ("encoder-first", "encoder", "reader-general", "reader"):
        assert json.loads((out / stage / "record.json").read_text())["batches"] > 0
    assert "Calibration" in (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    weights = (out / "reader" / "reader.pt").stat().st_mtime
    main(arguments)  # what is done is not done again
    assert (out / "reader" / "reader.pt").stat().st_mtime == weights
