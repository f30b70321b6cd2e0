"""Examples of the reader: where answers stand, which passages stand beside them, how they become tensors."""

import random
from pathlib import Path

from training.data import ReadingQuestion
from training.groups import Group, batches_of, collate, load_tokenizer, sentence_groups, window_groups

MODEL = Path(__file__).parents[2] / "rag" / "model"
PASSAGE = "范廷颂是主教。1963年他被任为主教。1990年升为署理。1994年升为总主教。2009年2月离世。" * 3
QUESTION = ReadingQuestion("他什么时候被任为主教?", PASSAGE, (7, 12))


def test_a_window_holds_the_answer_where_it_says() -> None:
    for seed in range(20):
        for group in window_groups([QUESTION] * 3, random.Random(seed)):
            assert group.answer is not None
            assert group.passages[0][slice(*group.answer)] == "1963年"
            assert "1963年" not in group.passages[1]


def test_a_sentence_among_its_neighbours() -> None:
    passage = "甲是主教。1963年他被任为主教。1990年升为署理。1994年升为总主教。"
    (group,) = sentence_groups([ReadingQuestion("何时?", passage, (5, 10))], 3, random.Random(1))
    assert group.passages[0] == "1963年他被任为主教。"
    assert len(set(group.passages)) == 3
    assert group.answer == (0, 5)


def test_batches_hold_groups_of_one_size() -> None:
    groups = [Group(str(i), ("a",) * (2 + i % 2), True, None) for i in range(50)]
    batches = batches_of(groups, 12, random.Random(1))
    assert sum(map(len, batches)) == 50
    assert all(len({len(g.passages) for g in batch}) == 1 for batch in batches)
    assert all(sum(len(g.passages) for g in batch) <= 12 for batch in batches)


def test_tensors_of_a_group_worked_by_hand() -> None:
    """<s> question </s> </s> passage </s>: the answer's tokens are those that touch its characters."""
    tokenizer = load_tokenizer(MODEL)
    group = Group("办结多少件?", ("全年办结复议55件。", "没有数字。"), True, (6, 9))
    batch = collate([group], tokenizer)
    assert batch.ids.shape[0] == 2
    assert batch.size == 2
    assert batch.starts.tolist()[1] == -1
    encoded = tokenizer.encode(group.question, group.passages[0])
    first, last = batch.starts.tolist()[0], batch.ends.tolist()[0]
    assert encoded.offsets[first][0] <= 6 < encoded.offsets[first][1]
    assert encoded.offsets[last][0] < 9 <= encoded.offsets[last][1]
    assert batch.passage[0, first : last + 1].tolist() == [1] * (last + 1 - first)
    assert batch.passage[0, 0] == 0
