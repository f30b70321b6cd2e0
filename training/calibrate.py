"""The reader as it ships: the int8 graph, and the calibration that makes its score a probability.

    python -m training.calibrate [--reader training/out/reader] [--out training/out/reader/int8]

Fitted on the questions over the held-back reports: for the passages that the product would read, does each answer?
The figures go into `training/results.json`.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tqdm import tqdm

from index.encoder import EmbeddedEncoder
from rag.fusion import with_relevance
from rag.reader import EmbeddedReader
from rag.retriever import CONSIDERED
from training.convert import ORIGIN
from training.data import DATA
from training.evaluation_sets import held_back_reports
from training.export import export_reader, fingerprint
from training.groups import MAX_TOKENS, load_tokenizer
from training.reader_model import ReaderModel, load_reader
from training.report import update_results

NAME = "yanju-reader-zh-int8"
FIRST = 3  # passages of a question, in the reader's order, that the calibration is fitted on
BINS = 10
THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the reader said of the first passages of a question, best first; and which of them are right."""

    answerable: bool
    logits: list[float]
    right: list[bool]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--reader", type=Path, default=Path("training/out/reader"))
    parser.add_argument("--encoder", type=Path, default=Path("training/out/encoder/int8"))
    parser.add_argument("--out", type=Path, default=Path("training/out/reader/int8"))
    args = parser.parse_args(arguments)
    save_reader_int8(load_reader(args.reader), load_tokenizer(args.reader), args.out, 1.0, 0.0)
    judged = judge(args.data, EmbeddedEncoder(args.encoder), EmbeddedReader(args.out))
    logits = np.array([x for j in judged for x in j.logits[:FIRST]])
    right = np.array([x for j in judged for x in j.right[:FIRST]], dtype=np.float64)
    slope, shift = fit(logits, right)
    describe(args.out, slope, shift)
    figures = {
        "slope": slope,
        "shift": shift,
        "reliability": reliability(probabilities(logits, slope, shift), right),
        "refusal": refusals(judged, slope, shift),
    }
    update_results("calibration", figures)
    print(json.dumps(figures, ensure_ascii=False, indent=1))


def save_reader_int8(model: ReaderModel, tokenizer: Tokenizer, folder: Path, slope: float, shift: float) -> None:
    """Write graph, tokenizer and description."""
    folder.mkdir(parents=True, exist_ok=True)
    export_reader(model, folder / "model.onnx")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    describe(folder, slope, shift)


def describe(folder: Path, slope: float, shift: float) -> None:
    """Write the description beside graph and tokenizer, with the calibration."""
    description: dict[str, Any] = {
        "name": NAME,
        "origin": f"trained from {ORIGIN}; see training/MODEL_CARD.md",
        "fingerprint": fingerprint(folder),
        "max_tokens": MAX_TOKENS,
        "pad_id": Tokenizer.from_file(str(folder / "tokenizer.json")).token_to_id("<pad>"),
        "calibration": {"slope": round(slope, 4), "shift": round(shift, 4)},
    }
    (folder / "config.json").write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")


def judge(data: Path, encoder: EmbeddedEncoder, reader: EmbeddedReader) -> list[Judged]:
    """Ask the held-back questions; `reader` is uncalibrated, so that its probability gives the logit back."""
    task, _ = held_back_reports(data, {"tuned": encoder})
    judged = []
    for asked in tqdm(task.questions, unit="题", desc="校准", mininterval=5):
        fused = task.collection.fused(asked, "tuned")[:CONSIDERED]
        readings = reader.read(asked.text, [task.collection.passages[i] for i, _ in fused])
        scores = with_relevance([s for _, s in fused], [r.relevance for r in readings])
        order = sorted(range(len(fused)), key=lambda at: -scores[at])
        logits = [_logit(readings[at].probability) for at in order]
        judged.append(Judged(bool(asked.right), logits, [fused[at][0] in asked.right for at in order]))
    return judged


def _logit(probability: float) -> float:
    kept = min(max(probability, 1e-6), 1 - 1e-6)
    return float(np.log(kept / (1 - kept)))


def probabilities(logits: Floats, slope: float, shift: float) -> Floats:
    """Return 1 / (1 + exp(-(slope × logit + shift)))."""
    return np.asarray(1 / (1 + np.exp(-(slope * logits + shift))))


def fit(logits: Floats, right: Floats) -> tuple[float, float]:
    """Return slope and shift of Platt's scaling (Platt 1999), by Newton's method on the log-likelihood."""
    x = np.stack([logits, np.ones_like(logits)], axis=1)
    weights = np.array([1.0, 0.0])
    for _ in range(50):
        p = probabilities(logits, *weights)
        hessian = x.T @ (x * (p * (1 - p))[:, None]) + 1e-6 * np.eye(2)
        weights = weights + np.linalg.solve(hessian, x.T @ (right - p))
    return float(weights[0]), float(weights[1])


def reliability(predicted: Floats, right: Floats) -> list[dict[str, float]]:
    """Return, for each tenth of the probabilities, how many passages fell there, what was said and what was true."""
    bins = np.minimum((predicted * BINS).astype(int), BINS - 1)
    return [
        {
            "passages": int((bins == b).sum()),
            "said": float(predicted[bins == b].mean()),
            "true": float(right[bins == b].mean()),
        }
        for b in range(BINS)
        if (bins == b).any()
    ]


def refusals(judged: Sequence[Judged], slope: float, shift: float) -> list[dict[str, float]]:
    """Return, by threshold on the best passage, the share refused of unanswerable and of answerable questions."""
    best = probabilities(np.array([j.logits[0] for j in judged]), slope, shift)
    answerable = np.array([j.answerable for j in judged])
    return [
        {
            "threshold": threshold,
            "unanswerable refused": float((best[~answerable] < threshold).mean()),
            "answerable refused": float((best[answerable] < threshold).mean()),
        }
        for threshold in THRESHOLDS
    ]


if __name__ == "__main__":
    main()
