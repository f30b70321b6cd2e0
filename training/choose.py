"""How the weights of ranking were chosen: each tried on the questions over the held-back reports.

    python -m training.choose [--encoder index/model] [--reader rag/model]

Prints how often the right passage comes first, by weight of BM25 beside the encoder, and by weight of the fused score
and of the form of answer beside the reader; the figures stand in RESULTS.md under "weights".
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tqdm import tqdm

from index.encoder import EmbeddedEncoder
from rag.extract import fits
from rag.fusion import with_relevance
from rag.query.kinds import asked
from rag.reader import EmbeddedReader
from rag.retriever import CONSIDERED
from training.data import DATA
from training.evaluation_sets import held_back_reports
from training.ranking import Searched, hit, rank
from training.report import update_results

LEXICAL = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
FUSED = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0)
FORM = (0.0, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Read:
    """The first passages of a question with everything that could rank them."""

    question: Searched
    passages: list[int]
    fused: list[float]
    form: list[float]
    relevance: list[float]

    def ranked(self, fused: float, form: float) -> list[tuple[int, float]]:
        """Return the passages by relevance + fused × (fused score + form × fit)."""
        before = [f + form * fit for f, fit in zip(self.fused, self.form, strict=True)]
        scores = with_relevance(before, self.relevance, fused)
        return sorted(zip(self.passages, scores, strict=True), key=lambda pair: -pair[1])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--encoder", type=Path, default=Path("index/model"))
    parser.add_argument("--reader", type=Path, default=Path("rag/model"))
    args = parser.parse_args(arguments)
    task, _ = held_back_reports(args.data, {"tuned": EmbeddedEncoder(args.encoder)})
    questions = [q for q in task.questions if q.right]
    figures: dict[str, float] = {}
    for weight in LEXICAL:
        ranks = [rank(task.collection.fused(q, "tuned", weight), q.right) for q in questions]
        figures[f"BM25 × {weight}, no reader"] = hit(ranks, 1)
    reader = EmbeddedReader(args.reader)
    read = []
    for q in tqdm(questions, unit="题", desc="阅读", mininterval=5):
        first = task.collection.fused(q, "tuned")[:CONSIDERED]
        passages = [task.collection.passages[i] for i, _ in first]
        form = [fits(asked(q.text), words) for _, words in passages]
        relevance = [r.relevance for r in reader.read(q.text, passages)]
        read.append(Read(q, [i for i, _ in first], [s for _, s in first], form, relevance))
    for fused, weight in product(FUSED, FORM):
        ranks = [rank(r.ranked(fused, weight), r.question.right) for r in read]
        figures[f"reader + {fused} × (fused + {weight} × form)"] = hit(ranks, 1)
    update_results("weights", figures)
    print(json.dumps(figures, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
