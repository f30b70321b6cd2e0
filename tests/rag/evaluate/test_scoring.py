"""The product's scores against those of the published scorer, which shares no code with it."""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from rag.evaluate.figures import NAMES, by_type, figures
from rag.evaluate.gold import read_gold
from rag.evaluate.scoring import Score, score
from rag.types import Answer, AnswerStatus, Citation
from tests.rag.evaluate.examples import answer, gold, published_scorer
from tests.rag.evaluate.runs import ITEMS, RUNS, TEXTS, Line, cited, line

ROOT = Path(__file__).parents[3]
DEV = ROOT / "tests" / "gold" / "dev.jsonl"
PUBLISHED = published_scorer()


def answered(run: Line) -> Answer:
    citations = tuple(
        Citation(n, c["file"], "", tuple(c["section"]), c["quote"], 0, 0) for n, c in enumerate(run["citations"], 1)
    )
    return Answer("", AnswerStatus(run["status"]), run["answer"], run["short"], citations, run["ms"])


def assert_scored_alike(path: Path, runs: Sequence[Line], texts: dict[str, str]) -> list[Score]:
    """Score a run by both; every figure, by type and question by question, has to be the same."""
    items = [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()]
    run = [{**r, "id": item["id"]} for item, r in zip(items, runs, strict=True)]
    rows, theirs = PUBLISHED.score(items, run, {f: PUBLISHED.plain(t) for f, t in texts.items()})
    scores = [
        score(g, answered(r), texts.__getitem__, lambda name: name) for g, r in zip(read_gold(path), runs, strict=True)
    ]
    ours = figures(scores)
    for name in NAMES:
        # a count of citations is published with two places
        places = 2 if name == "citations_per_answer" else 4
        assert (None if name not in ours else round(ours[name], places)) == theirs[name], name
    assert {kind: share for kind, (_, share) in by_type(scores).items()} == theirs["by_type"]
    for s, row in zip(scores, rows, strict=True):
        assert (s.correct, s.short, s.cited, s.section, s.figures) == tuple(
            row.get(name) for name in ("correct", "short", "cited", "section", "figures")
        )
    return scores


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_answers_made_by_hand_are_scored_as_published(tmp_path: Path, run: Line) -> None:
    path = tmp_path / "gold.jsonl"
    lines = [json.dumps({**item, "id": f"Q{n}"}, ensure_ascii=False) for n, item in enumerate(ITEMS)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert_scored_alike(path, [run] * len(ITEMS), TEXTS)


def quoting(item: Line) -> Line:
    """An answer of the gold words that quotes the gold evidence; a refusal where there is none."""
    if not item["answerable"]:
        return line("报告未提及", None, status="refused")
    evidence = PUBLISHED.evidence_of(item)
    sections = item["section"] if isinstance(item["report"], list) else [item["section"]]
    quotes = [cited(e, r, s) for (r, es), s in zip(evidence, sections, strict=True) for e in es]
    return line("、".join(item["gold"]), "、".join(item["gold"][:1]), *quotes)


def perturbed(run: Line, chance: random.Random) -> Line:
    """The same answer with one or two things wrong, some of which cost nothing."""
    quotes = [dict(c) for c in run["citations"]]
    for _ in range(chance.randint(1, 2)):
        what = chance.choice(["digit", "refused", "short", "late", "none", "cut", "section", "file", "long", "twice"])
        if what == "digit":
            run = {**run, "answer": run["answer"].translate(str.maketrans("1234567890", "2345678901"))}
        elif what == "refused":
            run = {**run, "status": "refused"}
        elif what == "short":
            run = {**run, "short": chance.choice([None, "", "9项", f"{run['short']}等9项", f"共{run['short']}"])}
        elif what == "late":
            run = {**run, "answer": "话" * chance.choice([100, 119, 290, 310]) + run["answer"]}
        elif what == "none":
            quotes = quotes[1:]
        elif what == "twice":
            quotes += [{**c, "quote": f" {c['quote']}"} for c in quotes]
        for c in quotes:
            c["quote"] = {"cut": c["quote"][2:-2], "long": c["quote"] * 30}.get(what, c["quote"])
            c["section"] = c["section"][:-1] if what == "section" else c["section"]
            c["file"] = "000_8ea95155ac8a5b24.txt" if what == "file" else c["file"]
    return {**run, "citations": quotes}


@pytest.fixture(scope="module")
def dev() -> tuple[list[Line], dict[str, str]]:
    items = [json.loads(text) for text in DEV.read_text(encoding="utf-8").splitlines()]
    return items, {p.name: p.read_text(encoding="utf-8") for p in (ROOT / "seeds").glob("*.txt")}


def test_quoting_the_gold_evidence_earns_everything(dev: tuple[list[Line], dict[str, str]]) -> None:
    items, texts = dev
    scores = assert_scored_alike(DEV, [quoting(item) for item in items], texts)
    reached = figures(scores)
    # not every name's direct answer is its first gold word, and gold words hold figures that their evidence has not
    assert all(reached[name] == 1.0 for name in ("answer_correct", "evidence_cited", "section_exact"))
    assert reached["refused_when_answerable"] == 0.0


@pytest.mark.parametrize("seed", range(8))
def test_answers_with_something_wrong_are_scored_as_published(
    dev: tuple[list[Line], dict[str, str]], seed: int
) -> None:
    items, texts = dev
    chance = random.Random(seed)
    scores = assert_scored_alike(DEV, [perturbed(quoting(item), chance) for item in items], texts)
    assert 0.1 < figures(scores)["answer_correct"] < 0.95  # the perturbations do cost something


def test_a_score_by_hand() -> None:
    text, quotes = "59项，占75%[1]", ("秒办事项59项", "人手少")
    s = score(gold(), answer(text, "59项", quotes), {"a.txt": "秒办事项59项。"}.__getitem__, lambda name: name)
    assert (s.correct, s.short, s.cited, s.section) == (1.0, 1.0, 1.0, 1.0)
    assert s.figures == 0.0  # 75 stands in no quote
    assert (s.citations, s.verbatim, s.precise) == (2, 1, 1)
    assert not s.lost  # figures without a source cost nothing by themselves


def test_what_is_lost() -> None:
    def scored(**said: Any) -> Score:
        return score(gold(), answer(**said), {"a.txt": "秒办事项59项"}.__getitem__, lambda name: name)

    assert not scored().lost
    assert scored(text="58项").lost
    assert scored(short=None).lost
    assert scored(quotes=()).lost
    assert scored(refused=True).lost
    unanswerable = gold(wanted=(), type="unanswerable", places=())
    assert not score(unanswerable, answer(refused=True, quotes=()), str, str).lost
    assert score(unanswerable, answer(), lambda file: "", str).lost
