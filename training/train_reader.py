"""The reader, from the encoder's weights: first on encyclopaedia and legal questions, then on questions over reports.

    python -m training.train_reader general [--layers 6]    →  training/out/reader-general
    python -m training.train_reader reports                 →  training/out/reader

Each stage continues from its checkpoint when it was stopped.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from index.encoder import EmbeddedEncoder
from training.data import DATA, law_questions, reading_questions, report_questions
from training.groups import Group, batches_of, collate, law_groups, load_tokenizer, sentence_groups, window_groups
from training.loop import Plan, device, train
from training.mining import Miner
from training.passages import load_reports, locate
from training.reader_model import ReaderModel, load_base, load_reader, reader_loss, save_reader
from training.report_groups import report_groups

OUT = Path("training/out")
BASE = OUT / "e5-small-zh"
SEED = 20261125
ROWS = 32  # passages in a step
CANDIDATES = 4  # sentences or articles of a question in the first stage
GENERAL_RATE = 1.2e-4
GENERAL_STEPS = 1800  # of 2,672: what forty minutes on two cores allow
REPORT_RATE = 6e-5
ROUNDS = 1  # over the questions over reports; each would draw other wrong passages
KEPT = 2000  # encyclopaedia questions mixed into the second stage, so that long passages are not unlearnt
ENCODER = OUT / "encoder"  # the tuned one: its neighbours are what the reader will be shown


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=("general", "reports"))
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--base", type=Path, default=BASE)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--layers", type=int, help="keep so many of the encoder's layers (default: all)")
    parser.add_argument("--general", type=Path, help="folder of the first stage")
    parser.add_argument("--encoder", type=Path, default=ENCODER)
    parser.add_argument("--limit", type=int, help="at most so many questions of each kind")
    args = parser.parse_args(arguments)
    if args.stage == "general":
        train_general(args.data, args.base, args.out or OUT / "reader-general", args.layers, args.limit)
    else:
        general = args.general or OUT / "reader-general"
        train_reports(args.data, general, args.encoder, args.out or OUT / "reader", args.limit)


def train_general(data: Path, base: Path, out: Path, layers: int | None, limit: int | None) -> dict[str, Any]:
    """Train the first stage; write `reader.pt` and the record of the run into `out`."""
    chance = random.Random(SEED)
    reading = list(reading_questions(data))
    chance.shuffle(reading)
    reading = reading[:limit]
    law = list(law_questions(data))[:limit]
    groups = {
        "windows": list(window_groups(reading, chance)),
        "sentences": list(sentence_groups(reading[::2], CANDIDATES, chance)),
        "articles": list(law_groups(law, CANDIDATES)),
    }
    return run(ReaderModel(load_base(base), layers), groups, load_tokenizer(base), out, GENERAL_RATE, GENERAL_STEPS)


def train_reports(data: Path, general: Path, encoder: Path, out: Path, limit: int | None) -> dict[str, Any]:
    """Train the second stage from the first, with what the tuned encoder finds as wrong passages."""
    chance = random.Random(SEED)
    questions = [q for q in report_questions(data) if not q.held_back]
    questions = chance.sample(questions, min(len(questions), limit or len(questions)))
    reports = load_reports(data, ((q.corpus, q.file) for q in questions))
    found = [found for q in questions if (found := locate(q, reports)) is not None]
    miner = Miner(reports, EmbeddedEncoder(encoder / "int8"))
    groups = {f"reports, round {r + 1}": list(report_groups(found, miner, chance)) for r in range(ROUNDS)}
    reading = list(reading_questions(data))
    chance.shuffle(reading)
    groups["windows"] = list(window_groups(reading[: min(KEPT, limit or KEPT)], chance))
    return run(load_reader(general), groups, load_tokenizer(general), out, REPORT_RATE)


def run(
    model: ReaderModel,
    groups: dict[str, list[Group]],
    tokenizer: Tokenizer,
    out: Path,
    rate: float,
    steps: int | None = None,
) -> dict[str, Any]:
    """Train `model` on these groups, once each or for `steps` batches; write weights, tokenizer and record."""
    chance = random.Random(SEED)
    batches = batches_of([g for kind in groups.values() for g in kind], ROWS, chance)[:steps]
    plan = Plan(out.name, rate, len(batches), SEED, {kind: len(examples) for kind, examples in groups.items()})
    model.to(device())

    def loss_of(batch: list[Group]) -> Tensor:
        # bfloat16 is three times as quick on processors that have it, and ranks the same
        with torch.autocast(device().type, dtype=torch.bfloat16):
            return reader_loss(model, collate(batch, tokenizer).to(device()))

    record = train(model, batches, loss_of, plan, out)
    save_reader(model.to("cpu"), out)
    tokenizer.save(str(out / "tokenizer.json"))
    return record


if __name__ == "__main__":
    main()
