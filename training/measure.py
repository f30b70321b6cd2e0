"""The product on other questions than those it is tested with: how the fusion weight and the thresholds were chosen.

    python -m training.measure QUESTIONS.jsonl REPORTS_DIR

QUESTIONS holds `q`, `file`, `type`, `evidence`, `answer` a line; each is asked of its own report only. Prints, for
several weights of the lexical ranking, how often the right passage comes first; then the figures of the answers.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from index.encoder import load_encoder
from index.index import Index
from index.tokens import normalise
from rag.assistant import Assistant
from rag.fusion import fuse
from rag.query import understand
from rag.retriever import DEPTH, QUESTION_WORDS
from rag.types import AnswerStatus, Question

WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)
Item = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("reports", type=Path)
    args = parser.parse_args(arguments)
    lines = args.questions.read_text(encoding="utf-8").splitlines()
    items = [item for line in lines if (args.reports / (item := json.loads(line))["file"]).exists()]
    with tempfile.TemporaryDirectory() as folder:
        index = indexed(args.reports, sorted({item["file"] for item in items}), Path(folder) / "data")
        for name, value in (*ranking_figures(index, items), *answer_figures(Assistant(index), items)):
            print(f"{name}\t{value:.3f}")


def indexed(reports: Path, files: Sequence[str], folder: Path) -> Index:
    """Return an index of these reports."""
    index = Index(folder, lambda: load_encoder(None), create=True)
    with index.writing():
        for file in tqdm(files, unit="份", desc="建立索引"):
            index.add(reports / file, (reports / file).read_bytes())
    return index


def ranking_figures(index: Index, items: Sequence[Item]) -> Iterator[tuple[str, float]]:
    """Yield the share of answerable questions whose evidence overlaps the first passage, by fusion weight."""
    first: dict[float, list[bool]] = defaultdict(list)
    documents = index.documents()
    for item in tqdm([i for i in items if i["type"] != "unanswerable"], unit="题", desc="排序"):
        document = index.find(item["file"])
        start = index.text(document).find(item["evidence"])
        query = understand(Question(item["q"]), documents, document)
        if start < 0 or query.refusal is not None:
            continue
        vector = index.encoder.encode([query.search], "query")[0]
        words = QUESTION_WORDS.sub(" ", query.search)
        candidates = index.candidates(words, vector, DEPTH, [document.id])
        for weight in WEIGHTS:
            scores = fuse([c.dense for c in candidates], [c.lexical for c in candidates], weight)
            best = max(zip(scores, candidates, strict=True), key=lambda pair: pair[0])[1]
            (hit,) = index.hits([best])
            first[weight].append(hit.chunk.start < start + len(item["evidence"]) and hit.chunk.end > start)
    for weight, hits in first.items():
        yield f"right passage first, lexical weight {weight}", sum(hits) / len(hits)


def answer_figures(assistant: Assistant, items: Sequence[Item]) -> Iterator[tuple[str, float]]:
    """Yield answered and refused shares, and how often the whole answer stands in the text and in the short answer."""
    seen: dict[str, list[bool]] = defaultdict(list)
    for item in tqdm(items, unit="题", desc="回答"):
        answer = assistant.ask(Question(item["q"], report=item["file"]))
        refused = answer.status is AnswerStatus.REFUSED
        if item["type"] == "unanswerable":
            seen["refused when unanswerable"].append(refused)
            continue
        seen["refused when answerable"].append(refused)
        if item["answer"]:
            seen["answer correct"].append(_holds(answer.answer, item["answer"]) and not refused)
            if item["type"] in ("number", "name"):
                seen[f"short correct, {item['type']}"].append(_holds(answer.short or "", item["answer"]))
    for name, values in seen.items():
        yield name, sum(values) / len(values)


def _holds(text: str, wanted: Sequence[str]) -> bool:
    return all(normalise(w) in normalise(text) for w in wanted)


if __name__ == "__main__":
    main()
