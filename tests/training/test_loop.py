"""The loop: what was interrupted goes on as if it had not been."""

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from training.loop import Plan, train

BATCHES = [torch.full((4, 3), float(i % 5)) for i in range(40)]


def plan(batches: int = 40) -> Plan:
    return Plan("test", 0.01, batches, 7, {"numbers": batches})


def model() -> nn.Linear:
    torch.manual_seed(3)
    return nn.Linear(3, 1)


def test_an_interrupted_run_ends_like_one_that_was_not(tmp_path: Path) -> None:
    whole = model()
    record = train(whole, BATCHES, lambda b: (whole(b) - b.sum(1, keepdim=True)).pow(2).mean(), plan(), tmp_path / "a")
    assert record["seconds"] >= 0
    broken, seen = model(), 0

    def stopping(batch: Tensor) -> Tensor:
        nonlocal seen
        seen += 1
        if seen == 17:
            raise KeyboardInterrupt
        return (broken(batch) - batch.sum(1, keepdim=True)).pow(2).mean()

    with pytest.raises(KeyboardInterrupt):
        train(broken, BATCHES, stopping, plan(), tmp_path / "b")
    resumed = model()
    train(resumed, BATCHES, lambda b: (resumed(b) - b.sum(1, keepdim=True)).pow(2).mean(), plan(), tmp_path / "b")
    assert torch.allclose(whole.weight, resumed.weight)


def test_a_checkpoint_of_another_plan_is_not_continued(tmp_path: Path) -> None:
    first = model()
    train(first, BATCHES, lambda b: first(b).pow(2).mean(), plan(), tmp_path)
    second, seen = model(), []
    train(second, BATCHES[:20], lambda b: (seen.append(1), second(b).pow(2).mean())[1], plan(20), tmp_path)
    assert len(seen) == 20
