"""Every model measured side by side, on sets that nothing was trained on.

    python -m training.evaluate [--json] [reading] [articles] [sentences] [reports] [dev] [cost] …

Without names all parts are measured. What was measured is kept in `training/results.json`; `training/RESULTS.md` is
written from it.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tqdm import tqdm

from index.encoder import EmbeddedEncoder
from index.index import Index
from index.types import Encoder
from rag.assistant import Assistant
from rag.reader import EmbeddedReader, Reader
from rag.retriever import CONSIDERED, retrieve
from rag.types import Question
from training import reading_metrics
from training.data import DATA, rows
from training.evaluation_sets import (
    DevQuestion,
    Task,
    dev_collection,
    dev_questions,
    encyclopaedia_sentences,
    held_back_reports,
    law_articles,
)
from training.long_reading import WindowReader
from training.ranking import Searched, hit, mrr, ndcg, rank, recall
from training.report import RESULTS, update_results

SEEDS = Path(__file__).parent.parent / "seeds"
BASE, TUNED, READER = Path("training/out/e5-small-zh/int8"), Path("index/model"), Path("rag/model")
INDEXES = Path("training/out/indexes")
Ranking = list[tuple[int, float]]
Figures = dict[str, Any]
TIMED = 60  # questions asked for the cost


class Models:
    """The models under test."""

    def __init__(self, base: Path, tuned: Path, reader: Path) -> None:
        self.encoders: Mapping[str, Encoder] = {"base": EmbeddedEncoder(base), "tuned": EmbeddedEncoder(tuned)}
        self.reader: Reader = EmbeddedReader(reader)
        self.folder = reader


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS])
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--base", type=Path, default=BASE)
    parser.add_argument("--tuned", type=Path, default=TUNED)
    parser.add_argument("--reader", type=Path, default=READER)
    args = parser.parse_args(arguments)
    models = Models(args.base, args.tuned, args.reader)
    for name in args.parts or PARTS:
        update_results(name, PARTS[name](models, args.data))
    if args.json:
        print(RESULTS.read_text(encoding="utf-8"))


def reading(models: Models, data: Path) -> Figures:
    """CMRC 2018 dev: exact match and F1 over whole passages."""
    reader = WindowReader(models.folder)
    items = list(rows(data / "eval" / "cmrc_dev.jsonl.gz"))
    said = [reader.answer(item["q"], item["p"]) for item in tqdm(items, unit="题", desc="阅读", mininterval=5)]
    pairs = list(zip(said, (item["answers"] for item in items), strict=True))
    return {
        "questions": len(items),
        "exact": statistics.mean(reading_metrics.exact(s, a) for s, a in pairs),
        "f1": statistics.mean(reading_metrics.f1(s, a) for s, a in pairs),
    }


def rankings(models: Models, task: Task) -> Iterator[tuple[str, list[Ranking]]]:
    """Yield each system's rankings of the task's questions."""
    collection, asked = task.collection, task.questions

    def of(name: str, ranking: Callable[[Searched], Ranking]) -> tuple[str, list[Ranking]]:
        return name, [ranking(q) for q in tqdm(asked, unit="题", desc=name, mininterval=5)]

    yield of("BM25", collection.by_words)
    yield of("base encoder", lambda q: collection.by_vectors(q, "base"))
    yield of("base, fused", lambda q: collection.fused(q, "base"))
    yield of("tuned encoder", lambda q: collection.by_vectors(q, "tuned"))
    yield of("fusion", lambda q: collection.fused(q, "tuned"))
    yield of("fusion + reader", lambda q: collection.read(q, collection.fused(q, "tuned"), models.reader))


def articles(models: Models, data: Path) -> Figures:
    """STARD: recall@10 and nDCG@10."""
    task = law_articles(data, models.encoders)
    right = [q.right for q in task.questions]
    return {
        name: {
            "recall@10": statistics.mean(recall(r, q, 10) for r, q in zip(found, right, strict=True)),
            "ndcg@10": statistics.mean(ndcg(r, q, 10) for r, q in zip(found, right, strict=True)),
        }
        for name, found in rankings(models, task)
    }


def sentences(models: Models, data: Path) -> Figures:
    """CMRC 2018 dev as retrieval."""
    return {
        name: _hits(ranks, (1, 10)) for name, ranks in _ranks(models, encyclopaedia_sentences(data, models.encoders))
    }


def reports(models: Models, data: Path) -> Figures:
    """The held-back tenth of the questions over reports, each asked of its own report."""
    task, _ = held_back_reports(data, models.encoders)
    answerable = Task(task.collection, tuple(q for q in task.questions if q.right))
    return {name: _hits(ranks, (1, 3, 5)) for name, ranks in _ranks(models, answerable)}


def dev(models: Models, data: Path) -> Figures:
    """The development set: systems over the chunks of the five reports, then the product's own retrieval."""
    index = kept_index(models, "seeds", [SEEDS])
    task = dev_collection(index, models.encoders)
    figures = {name: _hits(ranks, (1, 3, 5)) for name, ranks in _ranks(models, task)}
    asked = list(dev_questions(index))
    lengths = [len(p[1]) for p in task.collection.passages]
    return figures | {
        "product without reader": _hits(product_ranks(index, asked, None), (1, 3, 5)),
        "product": _hits(product_ranks(index, asked, models.reader), (1, 3, 5)),
        "chunks": {"median": statistics.median(lengths), "longest": max(lengths)},
    }


def crowd(models: Models, data: Path) -> Figures:
    """The development set with 343 work reports in the same index, with and without the region and year filters."""
    index = kept_index(models, "crowd", [SEEDS, data / "corpus" / "reports"])
    figures: Figures = {"passages": sum(len(index.report(d).chunks) for d in index.documents())}
    for name, filters in (("filters", True), ("no filters", False)):
        asked = list(dev_questions(index, filters))
        figures[f"product without reader, {name}"] = _hits(product_ranks(index, asked, None), (1, 3, 5))
        figures[f"product, {name}"] = _hits(product_ranks(index, asked, models.reader), (1, 3, 5))
    return figures


def cost(models: Models, data: Path) -> Figures:
    """Milliseconds of a question: the encoder's, the reader's, and all in; medians."""
    index = kept_index(models, "seeds", [SEEDS])
    assistant = Assistant(index, lambda: models.reader)
    asked = [q.query for q in dev_questions(index)][:TIMED]
    encoder, reader = models.encoders["tuned"], models.reader
    found = [retrieve(index, q, q.documents, kept=CONSIDERED) for q in asked]
    passages = [[(e.hit.chunk.context, e.hit.text) for e in evidence] for evidence in found]
    return {
        "encoder": _median_ms(partial(encoder.encode, [q.search], "query") for q in asked),
        "reader": _median_ms(partial(reader.read, q.text, p) for q, p in zip(asked, passages, strict=True)),
        "passages read": statistics.median(map(len, passages)),
        "question": _median_ms(partial(assistant.ask, Question(q.text)) for q in asked),
    }


PARTS: dict[str, Callable[[Models, Path], Figures]] = {
    "reading": reading, "articles": articles, "sentences": sentences, "reports": reports, "dev": dev, "crowd": crowd,
    "cost": cost,
}  # fmt: skip


def indexed(files: Sequence[Path], folder: Path, encoder: Encoder) -> Index:
    """Return an index of these reports in a folder; what it holds already is not done again."""
    index = Index(folder, lambda: encoder, create=True)
    if len(index.documents()) < len(files):
        with index.writing():
            for path in tqdm(files, unit="份", desc="建立索引", mininterval=5):
                index.add(path, path.read_bytes())
    return index


def kept_index(models: Models, name: str, folders: Sequence[Path]) -> Index:
    """Return an index of the reports in these folders, kept between runs for the same encoder."""
    encoder = models.encoders["tuned"]
    files = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    return indexed(files, INDEXES / f"{name}-{encoder.fingerprint}", encoder)


def product_ranks(index: Index, asked: Sequence[DevQuestion], reader: Reader | None) -> list[int | None]:
    """Return the rank of the first passage that overlaps the evidence, by the product's own retrieval."""
    ranks: list[int | None] = []
    for q in tqdm(asked, unit="题", desc="检索", mininterval=5):
        found = retrieve(index, q.query, q.query.documents, reader)
        ranks.append(
            next(
                (
                    at
                    for at, e in enumerate(found, 1)
                    if e.hit.document.file == q.file
                    and e.hit.chunk.start < q.evidence[1]
                    and e.hit.chunk.end > q.evidence[0]
                ),
                None,
            )
        )
    return ranks


def _ranks(models: Models, task: Task) -> Iterator[tuple[str, list[int | None]]]:
    for name, found in rankings(models, task):
        yield name, [rank(r, q.right) for r, q in zip(found, task.questions, strict=True)]


def _hits(ranks: Sequence[int | None], at: Sequence[int]) -> Figures:
    return {"questions": len(ranks)} | {f"hit@{k}": hit(ranks, k) for k in at} | {"mrr": mrr(ranks)}


def _median_ms(runs: Iterable[Callable[[], object]]) -> float:
    """Milliseconds of a run at the median; the first run, which fills caches, does not count."""
    taken = []
    for run in runs:
        began = time.perf_counter()
        run()
        taken.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(taken[1:]), 1)


if __name__ == "__main__":
    main()
