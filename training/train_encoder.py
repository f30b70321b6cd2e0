"""The encoder tuned to questions over reports: contrast within the batch, and with passages that look right.

    python -m training.train_encoder first      →  training/out/encoder-first, negatives from BM25
    python -m training.train_encoder second     →  training/out/encoder, negatives from the first round's own mistakes

Each folder holds the full-precision sentence-transformers model and, in `int8/`, what `index/model` holds.
Encyclopaedia and legal questions are mixed in, so that what the encoder could do before is kept.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from index import regions
from index.chunking import sentences
from index.encoder import EmbeddedEncoder
from training.convert import ORIGIN as BASE_ORIGIN
from training.convert import save_embedded, save_full
from training.data import DATA, law_questions, reading_questions, report_questions
from training.groups import PASSAGE_LIMIT, load_tokenizer, with_neighbours
from training.lookalikes import names_scope, other_scope
from training.loop import Plan, device, train
from training.mining import Miner
from training.passages import Located, load_reports, locate, search_words
from training.reader_model import load_base

OUT = Path("training/out")
BASE = OUT / "e5-small-zh"
SEED = 20261125
TEMPERATURE = 0.03
RATE = {"first": 4e-5, "second": 4e-5}
QUESTIONS = 24  # in a step
NEGATIVES = 3  # hard ones of a question over reports
REPORTS = {"first": None, "second": 3600}  # questions over reports, at random; None: all
SENTENCES = {"first": 2500, "second": 1200}  # encyclopaedia questions mixed in
LAW = {"first": 1800, "second": 0}  # legal questions mixed in
WHOLE = 0.4  # share of the questions naming a region that are trained with it, against other regions' passages
NAME = "yanju-encoder-zh-int8"
ORIGIN = f"tuned from {BASE_ORIGIN} on questions over reports; see training/MODEL_CARD.md"
QUERY, PASSAGE = "query: ", "passage: "


@dataclass(frozen=True, slots=True)
class Contrast:
    """A question, the passage that answers it, and passages that do not."""

    question: str
    passages: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("round", choices=("first", "second"))
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--limit", type=int, help="at most so many questions of each kind")
    args = parser.parse_args(arguments)
    second = args.round == "second"
    base = args.base or (OUT / "encoder-first" if second else BASE)
    out = args.out or OUT / ("encoder" if second else "encoder-first")
    train_round(args.round, args.data, base, out, args.limit)


def train_round(name: str, data: Path, base: Path, out: Path, limit: int | None) -> dict[str, Any]:
    """Train one round from the folder `base`; write weights, tokenizer and the record of the run into `out`."""
    chance = random.Random(f"{SEED} {name}")
    model = load_base(base)
    torch.nn.Module.to(model, device())  # the library decorates its own `to`, which type checkers cannot follow
    tokenizer = load_tokenizer(base)
    questions = [q for q in report_questions(data) if not q.held_back and q.kind != "unanswerable"]
    chance.shuffle(questions)
    questions = questions[: _least(REPORTS[name], limit)]
    reports = load_reports(data, ((q.corpus, q.file) for q in questions))
    found = [found for q in questions if (found := locate(q, reports)) is not None]
    miner = Miner(reports, EmbeddedEncoder(base / "int8") if name == "second" else None)
    kinds = {
        "reports": list(report_contrasts(found, miner, chance)),
        "articles": list(law_contrasts(data, _least(LAW[name], limit), chance)),
        "sentences": list(sentence_contrasts(data, _least(SENTENCES[name], limit), chance)),
    }
    batches = [b for contrasts in kinds.values() for b in batches_of(contrasts, chance)]
    chance.shuffle(batches)
    plan = Plan(out.name, RATE[name], len(batches), SEED, {kind: len(examples) for kind, examples in kinds.items()})

    def loss_of(batch: list[Contrast]) -> Tensor:
        return contrast_loss(model, tokenizer, batch)

    model.embeddings.word_embeddings.weight.requires_grad = False
    record = train(model, batches, loss_of, plan, out)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    torch.nn.Module.to(model, "cpu")
    save_full(model, tokenizer, out)
    save_embedded(model, tokenizer, out / "int8", NAME, ORIGIN)
    return record


def report_contrasts(found: Sequence[Located], miner: Miner, chance: random.Random) -> Iterator[Contrast]:
    """Yield questions as the product searches them, against their own report; some whole, against other reports."""
    places = (regions.get(f.passages.document.metadata.region) for f in found)
    elsewhere = sorted({place.short for place in places if place is not None})
    for f in found:
        right = f.passages.texts[f.right[0]]
        question = search_words(f.question.question, f.passages.document)
        own = miner.own(f, question, 3 * NEGATIVES)
        chance.shuffle(own)
        negatives = own[:NEGATIVES]
        if names_scope(f) and chance.random() < WHOLE:
            question = f.question.question
            strangers = miner.elsewhere(f, question, 3)
            alike = other_scope(f, right, elsewhere, chance)
            negatives = [*([alike] if alike else []), *strangers, *negatives][:NEGATIVES]
        if len(negatives) == NEGATIVES:
            yield Contrast(question, (right, *negatives))


def law_contrasts(data: Path, count: int | None, chance: random.Random) -> Iterator[Contrast]:
    """Yield legal questions with their article and the one whose words are nearest."""
    questions = list(law_questions(data))
    chance.shuffle(questions)
    for q, others in with_neighbours(questions[:count], questions, 1):
        yield Contrast(q.question, (q.passage[:PASSAGE_LIMIT], others[0][:PASSAGE_LIMIT]))


def sentence_contrasts(data: Path, count: int | None, chance: random.Random) -> Iterator[Contrast]:
    """Yield encyclopaedia questions with the sentence that holds the answer and another of its passage."""
    questions = list(reading_questions(data))
    chance.shuffle(questions)
    for q in questions[:count]:
        spans = list(sentences(q.passage, 0, len(q.passage)))
        holding = [s for s in spans if q.answer and s[0] <= q.answer[0] and q.answer[1] <= s[1]]
        others = [s for s in spans if s not in holding]
        if holding and others:
            (a, b), (c, d) = holding[0], chance.choice(others)
            yield Contrast(q.question, (q.passage[a:b], q.passage[c:d]))


def _least(*limits: int | None) -> int | None:
    return min((x for x in limits if x is not None), default=None)


def batches_of(contrasts: Sequence[Contrast], chance: random.Random) -> list[list[Contrast]]:
    shuffled = chance.sample(contrasts, len(contrasts))
    return [shuffled[at : at + QUESTIONS] for at in range(0, len(shuffled), QUESTIONS)]


def contrast_loss(model: BertModel, tokenizer: Tokenizer, batch: Sequence[Contrast]) -> Tensor:
    """InfoNCE (van den Oord et al. 2018): the right passage among all passages of the batch.

    A passage that is right for a question is no negative of another question with the same right passage.
    """
    passages = [p for c in batch for p in c.passages]
    questions = embed(model, tokenizer, [QUERY + c.question for c in batch])
    scores = questions @ embed(model, tokenizer, [PASSAGE + p for p in passages]).T / TEMPERATURE
    each = len(batch[0].passages)
    target = torch.arange(len(batch), device=scores.device) * each
    for row, contrast in enumerate(batch):
        twins = [i for i, p in enumerate(passages) if p == contrast.passages[0] and i != row * each]
        scores[row, twins] = -torch.inf
    return nn.functional.cross_entropy(scores, target)


def embed(model: BertModel, tokenizer: Tokenizer, texts: Sequence[str]) -> Tensor:
    """Return unit vectors (texts, hidden): mean of the token states, as `index.encoder` pools them."""
    encoded = tokenizer.encode_batch(list(texts))
    ids = torch.tensor([e.ids for e in encoded], device=device())
    mask = torch.tensor([e.attention_mask for e in encoded], device=device())
    with torch.autocast(device().type, dtype=torch.bfloat16):  # the transformer alone: scores need all their digits
        states = model(input_ids=ids, attention_mask=mask).last_hidden_state.float()
    weights = mask[:, :, None].float()
    return nn.functional.normalize((states * weights).sum(1) / weights.sum(1), dim=1)


if __name__ == "__main__":
    main()
