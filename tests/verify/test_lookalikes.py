"""The development set among reports that look like its own, and among the 343 work reports: no figure falls far.

    python -m pytest tests/verify/test_lookalikes.py

The index (131,000 passages) is kept in build/verify between runs: making it takes as long as encoding does.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tqdm import tqdm

from index.encoder import load_encoder
from index.index import Index
from rag.evaluate.figures import FEWER_IS_BETTER, figures, median_ms
from rag.evaluate.scoring import Score
from rag.reader import EmbeddedReader
from tests.lookalikes import YEARS, make_lookalikes, with_year
from tests.measuring import ask_all, questions
from tests.verify.recording import record

ROOT = Path(__file__).parents[2]
CROWD = ROOT.parent / "shared" / "data" / "corpus" / "reports"
KEPT = ROOT / "build" / "verify"
BARS = {"filters": 0.03, "no filters": 0.10}  # how far a figure may fall
# These ask which of all reports say something: among more reports more do, and the gold answer is no longer whole
OF_ALL_REPORTS = ("D047", "D048")


@pytest.fixture(scope="module")
def crowd() -> Iterator[Index]:
    """The five reports, twenty that look like them, and the work reports."""
    if not CROWD.exists():
        pytest.skip(f"no work reports at {CROWD}")
    encoder = load_encoder(None)
    index = Index(KEPT / f"crowd-{encoder.fingerprint}", lambda: encoder, create=True)
    have = {d.file for d in index.documents()}
    files = [p for folder in (ROOT / "seeds", CROWD) for p in sorted(folder.glob("*.txt")) if p.name not in have]
    with index.writing():
        for path in tqdm(files, unit="份", desc="index"):
            index.add(path, path.read_bytes())
        for name, text in make_lookalikes(ROOT / "seeds").items():
            if name not in have:
                index.add(KEPT / name, text.encode())
    yield index
    index.close()


@pytest.fixture(scope="module")
def runs(crowd: Index, seed_index: Path) -> dict[str, list[Score]]:
    """The same questions, with their years, of the five reports alone and of all."""
    items = [q for q in questions("dev") if q["id"] not in OF_ALL_REPORTS]
    items = [with_year(q, YEARS.get(q["report"], 0) if isinstance(q["report"], str) else 0) for q in items]
    reader = EmbeddedReader()
    alone = Index(seed_index, lambda: load_encoder(None))
    return {
        "alone": list(ask_all(alone, reader, items)),
        "filters": list(ask_all(crowd, reader, items)),
        "no filters": list(ask_all(crowd, reader, items, filters=False)),
    }


@pytest.mark.parametrize("name", BARS)
def test_no_figure_falls_far(runs: dict[str, list[Score]], name: str) -> None:
    alone, found = figures(runs["alone"]), figures(runs[name])
    record(f"look-alikes and work reports, {name}", found | {"median ms": median_ms(runs[name])})
    record("look-alikes: the same questions of the five reports alone", alone | {"median ms": median_ms(runs["alone"])})
    fallen = {
        figure: (alone[figure], value)
        for figure, value in found.items()
        if figure != "citations_per_answer" and worse_by(figure, alone[figure], value) > BARS[name]
    }
    assert not fallen


def worse_by(figure: str, before: float, after: float) -> float:
    """How much worse is a figure? Of some fewer is better."""
    return after - before if figure in FEWER_IS_BETTER else before - after
