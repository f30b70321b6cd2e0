"""How sure the reader has to be, by what is asked."""

from dataclasses import replace

import numpy as np
import pytest

from rag.judge import good_enough
from rag.reader import Reading
from tests.rag.examples import LINPING, evidence, query


@pytest.mark.parametrize(
    ("question", "passage", "least"),
    [
        ("临平收到多少件复议申请?", "共收到复议申请266件。", 0.05),
        ("收到多少件复议申请?", "共收到复议申请266件。", 0.15),  # of any report
        ("泰顺和临平各收到多少件复议申请?", "共收到复议申请266件。", 0.1),
        ("哪些地方收到了复议申请?", "共收到复议申请266件。", 0.2),
        ("临平有没有收到复议申请?", "共收到复议申请266件。", 0.35),
        ("临平收到多少件复议申请?", "审核合同16件。", 0.2),  # not a word in common
        ("临平复议的纠错率是多少?", "复议案件负责人出庭应诉率100%。", 0.3),  # another rate
        ("临平复议的纠错率是多少?", "复议纠错率12%。", 0.05),
    ],
)
def test_how_sure_the_reader_has_to_be(question: str, passage: str, least: float) -> None:
    empty = np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32)

    def judged(probability: float) -> bool:
        found = replace(evidence(LINPING, passage), reading=Reading(1.0, probability, None, *empty))
        return good_enough(query(question), [found])

    assert judged(least + 0.01)
    assert not judged(least - 0.01)


def test_nothing_found_answers_nothing() -> None:
    assert not good_enough(query("临平收到多少件?"), [])
