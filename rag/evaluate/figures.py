"""What a run comes to: means over its scores, by the names of the published scorer."""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rag.evaluate.scoring import Score

Figures = dict[str, float]
# Shown in this order, with what each means
NAMES = {
    "answer_correct": "答对",
    "short_correct": "直接答案对",
    "evidence_cited": "引到了证据",
    "section_exact": "章节准确",
    "figures_cited": "数字都有出处",
    "citation_verbatim": "引文逐字相同",
    "citation_precision": "引文确实作证",
    "citations_per_answer": "每个回答的引文数",
    "refused_when_unanswerable": "没写的说未提及",
    "refused_when_answerable": "写了的说未提及",
}
FEWER_IS_BETTER = ("citations_per_answer", "refused_when_answerable")
SHARES = tuple(name for name in NAMES if name != "citations_per_answer")
PLACES = 4


def figures(scores: Sequence[Score]) -> Figures:
    """Return the figures that apply to these scores."""
    answerable = [s for s in scores if s.item.answerable]
    rest = [s for s in scores if not s.item.answerable]
    cited = sum(s.citations for s in scores)
    judged = sum(s.citations for s in answerable)
    means = {
        "answer_correct": _mean(s.correct for s in answerable),
        "short_correct": _mean(s.short for s in answerable),
        "evidence_cited": _mean(s.cited for s in answerable),
        "section_exact": _mean(s.section for s in answerable),
        "figures_cited": _mean(s.figures for s in answerable),
        "citation_verbatim": sum(s.verbatim for s in scores) / cited if cited else None,
        "citation_precision": sum(s.precise for s in answerable) / judged if judged else None,
        "citations_per_answer": judged / len(answerable) if answerable else None,
        "refused_when_unanswerable": _mean(s.correct for s in rest),
        "refused_when_answerable": _mean(float(s.refused) for s in answerable),
    }
    return {name: round(value, PLACES) for name, value in means.items() if value is not None}


def by_type(scores: Sequence[Score]) -> dict[str, tuple[int, float]]:
    """Return for each type of question how many there are, and the share answered rightly."""
    groups: dict[str, list[float]] = defaultdict(list)
    for s in scores:
        groups[s.item.type].append(s.correct)
    return {kind: (len(points), round(statistics.mean(points), PLACES)) for kind, points in sorted(groups.items())}


def median_ms(scores: Sequence[Score]) -> float:
    """Return the milliseconds of a question at the median."""
    return round(statistics.median(s.answer.ms for s in scores), 1)


def fallen(found: Figures, expected: Figures) -> list[str]:
    """Return the names of the figures that are worse than expected; one that is missing is worse."""
    worse = []
    for name, bar in expected.items():
        value = found.get(name)
        below = value is None or (value > bar if name in FEWER_IS_BETTER else value < bar)
        worse += [name] if below else []
    return worse


def _mean(points: Iterable[float | None]) -> float | None:
    known = [p for p in points if p is not None]
    return statistics.mean(known) if known else None
