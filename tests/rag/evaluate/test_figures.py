import pytest

from rag.evaluate.figures import FEWER_IS_BETTER, NAMES, SHARES, by_type, fallen, figures, median_ms
from rag.evaluate.scoring import Score
from tests.rag.evaluate.examples import answer, gold, scored

REFUSED = Score(gold("D", "unanswerable", ()), answer(refused=True), 1.0, refused=True)
TEMPTED = Score(gold("E", "unanswerable", ()), answer(), 0.0, refused=False, citations=1, verbatim=1)


def test_figures_by_hand() -> None:
    scores = [
        scored("A", "number", 1.0, short=1.0, cited=1.0, section=1.0, figures=1.0, citations=1, verbatim=1, precise=1),
        scored("B", "list", 0.5, cited=0.5, section=0.0, figures=1.0, citations=3, verbatim=2, precise=2),
        Score(gold("C"), answer(refused=True), 0.0, refused=True, short=0.0, cited=0.0, section=0.0),
        REFUSED,
        TEMPTED,
    ]
    assert figures(scores) == {
        "answer_correct": 0.5,
        "short_correct": 0.5,  # of the two that have a direct answer
        "evidence_cited": 0.5,
        "section_exact": 0.3333,
        "figures_cited": 1.0,  # of the two that were answered
        "citation_verbatim": 0.8,  # 4 of 5, those of TEMPTED with them
        "citation_precision": 0.75,  # 3 of 4: an unanswerable question has nothing to prove
        "citations_per_answer": 1.3333,
        "refused_when_unanswerable": 0.5,
        "refused_when_answerable": 0.3333,
    }


def test_what_does_not_apply_is_left_out() -> None:
    assert figures([REFUSED]) == {"refused_when_unanswerable": 1.0}
    assert set(figures([scored("A", "list", 1.0)])) == {
        "answer_correct", "citations_per_answer", "refused_when_answerable",
    }  # fmt: skip
    assert figures([]) == {}


def test_types_are_counted_in_order() -> None:
    scores = [scored("A", "number", 1.0), scored("B", "list", 0.5), scored("C", "number", 0.0), REFUSED]
    assert list(by_type(scores).items()) == [("list", (1, 0.5)), ("number", (2, 0.5)), ("unanswerable", (1, 1.0))]
    assert by_type([scored(str(n), "list", n / 3) for n in range(3)]) == {"list": (3, 0.3333)}


@pytest.mark.parametrize(
    ("expected", "worse"),
    [
        ({}, []),
        ({"answer_correct": 0.9}, []),
        ({"answer_correct": 0.91}, ["answer_correct"]),
        ({"refused_when_answerable": 0.0}, []),
        ({"citations_per_answer": 1.5}, []),
        ({"citations_per_answer": 1.4}, ["citations_per_answer"]),  # fewer is better
        ({"citations_per_answer": 1.6}, []),
        ({"short_correct": 0.0}, ["short_correct"]),  # one that was not measured is not reached
        ({"short_correct": 0.1, "answer_correct": 1.0}, ["short_correct", "answer_correct"]),
    ],
)
def test_what_fell_below_its_bar(expected: dict[str, float], worse: list[str]) -> None:
    found = {"answer_correct": 0.9, "citations_per_answer": 1.5, "refused_when_answerable": 0.0}
    assert fallen(found, expected) == worse


def test_every_figure_has_a_name_and_a_direction() -> None:
    assert set(FEWER_IS_BETTER) < set(NAMES)
    assert set(NAMES) - set(SHARES) == {"citations_per_answer"}
    assert all(NAMES.values())


def test_the_time_at_the_median() -> None:
    assert median_ms([scored("A", "list", 1.0), REFUSED]) == 1.5
