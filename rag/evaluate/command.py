"""`yanju eval`: ask a question set, score it, show the figures, hold them against bars."""

import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from rag.assistant import Assistant
from rag.evaluate.asking import line, run
from rag.evaluate.figures import NAMES, fallen, figures
from rag.evaluate.gold import GoldQuestion, read_gold
from rag.evaluate.page import page
from rag.evaluate.scoring import Score, score
from rag.evaluate.table import lines, read_expected


def evaluate(
    open_assistant: Callable[[], Assistant], gold: Path, out: Path | None, html: Path | None, expect: Path | None
) -> int:
    """Print the figures of a question set; return 1 when one of them falls below what `expect` asks for.

    Raises:
        GoldError: the question set or the bars cannot be read.
    """
    questions = read_gold(gold)
    expected = read_expected(expect) if expect else {}
    scores = list(tqdm(scored(open_assistant(), questions, out), total=len(questions), unit="题", disable=None))
    print("\n".join(lines(scores)))
    if html:
        html.write_text(page(scores, gold.name, expected), encoding="utf-8")
        print(f"成绩页写在 {html}", file=sys.stderr)
    worse = fallen(figures(scores), expected)
    if worse:
        print(f"没有达到要求：{'、'.join(NAMES[name] for name in worse)}", file=sys.stderr)
    return 1 if worse else 0


def scored(assistant: Assistant, gold: Sequence[GoldQuestion], out: Path | None = None) -> Iterator[Score]:
    """Yield the scores of a run; each answer goes into the file `out` at once, so that an interruption loses none."""
    index = assistant.index
    with out.open("w", encoding="utf-8") if out else contextlib.nullcontext() as file:
        for item, answer in run(assistant, gold):
            if file is not None:
                file.write(json.dumps(line(item, answer), ensure_ascii=False) + "\n")
                file.flush()
            yield score(item, answer, lambda name: index.text(index.find(name)), lambda name: index.find(name).file)
