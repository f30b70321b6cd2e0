import pytest

from index.types import Hit
from rag.answers.plans import fits_time, is_plan, note, tells_of
from tests.rag.examples import WENLING, document, evidence, query

PLANS = ("三、2022年主要工作安排", "(一)抓改革")
DONE = ("一、主要成效", "(二)安排部署")


def hit(words: str, path: tuple[str, ...] = DONE) -> Hit:
    """A passage of the report of 温岭 of 2021."""
    return evidence(WENLING, words, path).hit


@pytest.mark.parametrize(
    ("words", "path", "plan"),
    [
        ("推进改革。", PLANS, True),
        ("推进改革。", ("四、下一步思路",), True),
        ("推进改革。", DONE, False),  # the outermost heading decides
        ("下一步,推进改革。", DONE, True),
        ("今后推进改革。", DONE, True),
        ("为下一步打下基础。", DONE, False),
        ("推进改革。", ("温岭2021年报告",), False),
    ],
)
def test_what_is_a_plan(words: str, path: tuple[str, ...], plan: bool) -> None:
    assert is_plan(hit(words, path)) is plan


def test_a_report_whose_title_names_a_plan_is_not_all_plans() -> None:
    report = document("规划实施", "331081", 2021)
    assert report.metadata.title == "规划实施2021年报告"
    planned = document("工作计划", "331081", 2021)
    assert not is_plan(evidence(planned, "推进改革。", (planned.metadata.title,)).hit)


@pytest.mark.parametrize(
    ("question", "path", "fit"),
    [
        ("温岭打算怎么推进改革?", PLANS, 1.0),
        ("温岭打算怎么推进改革?", DONE, -1.0),
        ("温岭怎么做的改革?", DONE, 1.0),
        ("温岭怎么做的改革?", PLANS, -1.0),
    ],
)
def test_plans_are_for_questions_about_plans(question: str, path: tuple[str, ...], fit: float) -> None:
    assert fits_time(query(question), hit("推进改革。", path)) == fit


@pytest.mark.parametrize(
    ("words", "path", "year", "tells"),
    [
        ("2020年办结8件。", DONE, 2020, True),
        ("２０２０年办结8件。", DONE, 2020, True),
        ("比2020年下降3%。", DONE, 2020, False),  # how this year differs, and not what 2020 was
        ("较2020年下降3%。", DONE, 2020, False),
        ("办结8件。", DONE, 2020, False),
        ("推进改革。", PLANS, 2022, True),
        ("推进改革。", ("三、工作安排",), 2022, True),  # a plan for the next year need not name it
        ("到2022年建成。", DONE, 2022, True),
        ("推进改革。", DONE, 2022, False),
    ],
)
def test_passages_that_speak_of_another_year(words: str, path: tuple[str, ...], year: int, tells: bool) -> None:
    assert tells_of(hit(words, path), year) is tells


def test_notes_by_hand() -> None:
    assert note(query("温岭办结几件?"), hit("办结8件。")) is None
    assert note(query("温岭2021年办结几件?"), hit("办结8件。")) is None
    assert note(query("温岭2022年怎么推进改革?"), hit("推进改革。", PLANS)) == "（温岭的报告里的计划，不是结果）"
    assert note(query("温岭2020年办结几件?"), hit("2020年办结8件。")) == "（温岭后一年的报告里提到的2020年）"
