"""The product's answers with and without each model: on the development set and on the held-back reports.

    python -m training.product [--data ../shared/data]

The first row of each table is what was there before: the untuned encoder, no reader.
"""

import argparse
import importlib.util
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from tqdm import tqdm

from index.encoder import EmbeddedEncoder
from index.tokens import normalise
from index.types import Encoder
from rag.assistant import Assistant
from rag.evaluate.asking import line, run
from rag.evaluate.gold import read_gold
from rag.reader import EmbeddedReader, Reader
from rag.types import AnswerStatus, Question
from training.data import DATA, ReportQuestion
from training.evaluate import BASE, READER, SEEDS, TUNED, indexed
from training.evaluation_sets import DEV, held_back
from training.report import update_results

T = TypeVar("T")
SCORER = DEV.parent / "score.py"
SHOWN = ("answer_correct", "short_correct", "evidence_cited", "section_exact", "citation_precision",
         "citations_per_answer", "refused_when_unanswerable", "refused_when_answerable")  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--base", type=Path, default=BASE)
    parser.add_argument("--tuned", type=Path, default=TUNED)
    parser.add_argument("--reader", type=Path, default=READER)
    args = parser.parse_args(arguments)
    base, tuned, reader = EmbeddedEncoder(args.base), EmbeddedEncoder(args.tuned), EmbeddedReader(args.reader)
    systems: dict[str, tuple[Encoder, Reader | None]] = {
        "base encoder": (base, None),
        "tuned encoder": (tuned, None),
        "tuned encoder, reader": (tuned, reader),
    }
    questions, _ = held_back(args.data)
    seeds = sorted(SEEDS.glob("*.txt"))
    reports = sorted({args.data / "corpus" / q.corpus / q.file for q in questions})
    product, answers = {}, {}
    for name, models in systems.items():
        product[name] = shown(measured(seeds, *models, dev_figures))
        answers[name] = measured(reports, *models, lambda a: dict(answer_figures(a, questions)))
    update_results("product", product)
    update_results("answers", answers)


def shown(figures: dict[str, Any]) -> dict[str, float]:
    """Return the figures of the development set that the table shows."""
    return {name: float(figures[name]) for name in SHOWN}


def measured(files: Sequence[Path], encoder: Encoder, reader: Reader | None, figures: Callable[[Assistant], T]) -> T:
    """Return the figures of an assistant over these reports."""
    with tempfile.TemporaryDirectory() as folder:
        index = indexed(files, Path(folder) / "data", encoder)
        try:
            return figures(Assistant(index, lambda: reader))
        finally:
            index.close()


def dev_figures(assistant: Assistant) -> dict[str, Any]:
    """Return the figures of the development set, by the published scorer."""
    score = _scorer()
    lines = [json.loads(json.dumps(line(*pair))) for pair in run(assistant, read_gold(DEV))]
    texts = {p.name: score.plain(p.read_text(encoding="utf-8")) for p in SEEDS.glob("*.txt")}
    _, figures = score.score(score.load(DEV), score.checked(lines), texts)
    return dict(figures)


def answer_figures(assistant: Assistant, questions: Sequence[ReportQuestion]) -> Iterator[tuple[str, float]]:
    """Yield how often the whole answer stands in the text and in the short answer, and the shares refused."""
    seen: dict[str, list[bool]] = defaultdict(list)
    for item in tqdm(questions, unit="题", desc="回答"):
        answer = assistant.ask(Question(item.question, report=item.file))
        refused = answer.status is AnswerStatus.REFUSED
        if item.kind == "unanswerable":
            seen["refused when unanswerable"].append(refused)
            continue
        seen["refused when answerable"].append(refused)
        if item.answers:
            seen["answer correct"].append(_holds(answer.answer, item.answers) and not refused)
            if item.kind in ("number", "name"):
                seen[f"short correct, {item.kind}"].append(_holds(answer.short or "", item.answers))
    for name, values in seen.items():
        yield name, sum(values) / len(values)


def _holds(text: str, wanted: Sequence[str]) -> bool:
    return all(normalise(w) in normalise(text) for w in wanted)


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", SCORER)
    if spec is None or spec.loader is None:
        raise SystemExit(f"没有评分程序：{SCORER}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
