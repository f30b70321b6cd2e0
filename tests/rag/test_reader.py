"""The reader: spans against brute force, and what the embedded model says of plain cases."""

import itertools

import numpy as np
import pytest

from rag.errors import ReaderUnavailable, SettingsError
from rag.reader import LONGEST, EmbeddedReader, Reading, best_span, load_reader, log_softmax

CONTEXT = "泰顺县2023年法治政府建设 一是深化复议"
RIGHT = "全年收到行政复议申请55件，同比上升12.3%。"
WRONG = "全县共有乡镇19个，人口30万。"


@pytest.fixture(scope="module")
def reader() -> EmbeddedReader:
    return EmbeddedReader()


def test_log_softmax() -> None:
    scores = np.array([1.0, 2.0, 3.0], dtype=np.float32)
    assert np.exp(log_softmax(scores)).sum() == pytest.approx(1.0)
    assert log_softmax(scores)[2] - log_softmax(scores)[0] == pytest.approx(2.0)
    assert len(log_softmax(scores[:0])) == 0


def test_best_span_agrees_with_trying_all() -> None:
    generator = np.random.default_rng(5)
    for count in (1, 2, 7, 60):
        starts, ends = generator.normal(size=(2, count)).astype(np.float32)
        offsets = np.stack([np.arange(count) * 2, np.arange(count) * 2 + 2], axis=1)
        pairs = ((i, j) for i, j in itertools.product(range(count), repeat=2) if 0 <= j - i < LONGEST)
        i, j = max(pairs, key=lambda p: starts[p[0]] + ends[p[1]])
        assert best_span(starts, ends, offsets) == (2 * i, 2 * j + 2)
    assert best_span(starts[:0], ends[:0], offsets[:0]) is None


def test_likelihood_by_hand() -> None:
    offsets = np.array([[0, 1], [1, 3], [3, 4]])
    starts, ends = np.log(np.array([[0.1, 0.8, 0.1], [0.6, 0.1, 0.3]], dtype=np.float32))
    reading = Reading(0.0, 0.5, (1, 4), offsets, starts, ends)
    assert reading.likelihood(1, 4) == pytest.approx(np.log(0.8 * 0.3))
    assert reading.likelihood(2, 3) == pytest.approx(np.log(0.8 * 0.1))
    assert reading.likelihood(9, 12) == -np.inf


def test_the_right_passage_is_told_and_its_answer_found(reader: EmbeddedReader) -> None:
    wrong, right = reader.read("泰顺一年收了多少件复议?", [(CONTEXT, WRONG), (CONTEXT, RIGHT)])
    assert right.relevance > wrong.relevance
    assert right.probability > wrong.probability
    assert right.answer is not None
    assert "55" in RIGHT[slice(*right.answer)]
    assert right.likelihood(10, 13) > right.likelihood(18, 23)  # 55件 rather than 12.3%


def test_order_and_company_of_passages_change_little(reader: EmbeddedReader) -> None:
    alone = [reader.read("收了多少件?", [(CONTEXT, t)])[0] for t in (RIGHT, WRONG)]
    together = reader.read("收了多少件?", [(CONTEXT, RIGHT), (CONTEXT, WRONG)])
    turned = reader.read("收了多少件?", [(CONTEXT, WRONG), (CONTEXT, RIGHT)])
    for one, two in zip(alone, together, strict=True):
        assert one.probability == pytest.approx(two.probability, abs=0.1)  # int8 activations are scaled by batch
    assert [r.relevance for r in together] == [r.relevance for r in reversed(turned)]


def test_nothing_to_read(reader: EmbeddedReader) -> None:
    assert reader.read("收了多少件?", []) == []
    (reading,) = reader.read("收了多少件?", [(CONTEXT, "")])
    assert reading.answer is None
    (long,) = reader.read("收了多少件?", [(CONTEXT, "很长的话，" * 500)])
    assert long.answer is not None


def test_a_damaged_folder_is_told(tmp_path: object) -> None:
    with pytest.raises(ReaderUnavailable, match="重新安装"):
        EmbeddedReader(tmp_path)


def test_setting() -> None:
    assert load_reader("off") is None
    with pytest.raises(SettingsError, match="YANJU_READER"):
        load_reader("maybe")
