"""The one training loop: batches in a fixed order, AdamW, warm-up and linear decay, checkpoints it goes on from.

The order of batches depends on the seed alone, so a run that was stopped continues as if it had not been. The word
embeddings stay as they are: the questions hold too few of the 31,831 pieces to move them all, and leaving them out
halves the memory.
"""

import ctypes
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from tqdm import tqdm

Batch = TypeVar("Batch")
WARM_UP = 0.06  # share of the steps over which the learning rate rises
GRADIENT_LIMIT = 1.0
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # names of glibc's mallopt
SMOOTHING = 0.98  # of the loss that is shown and recorded


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run was asked to do; a checkpoint of another plan is not continued."""

    name: str
    learning_rate: float
    batches: int
    seed: int
    data: dict[str, int]  # kind of example → how many


def keep_memory() -> None:
    """Tell glibc to keep freed memory: giving it back after each tensor of a step doubles the time of a step."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            libc = ctypes.CDLL("libc.so.6")
            libc.mallopt(M_MMAP_THRESHOLD, 1 << 30)
            libc.mallopt(M_TRIM_THRESHOLD, (1 << 31) - 1)


def device() -> torch.device:
    """Return the accelerator where there is one, else the processor."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def train(
    model: nn.Module,
    batches: Sequence[Batch],
    loss_of: Callable[[Batch], Tensor],
    plan: Plan,
    folder: Path,
    save_every: float = 300.0,
) -> dict[str, Any]:
    """Train `model` in place on each batch once and return the record of the run, also written to `folder`.

    `loss_of` gives the loss of a batch. A checkpoint is written every `save_every` seconds.
    """
    torch.manual_seed(plan.seed)
    keep_memory()
    folder.mkdir(parents=True, exist_ok=True)
    weights = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=plan.learning_rate, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, len(batches)))
    checkpoint = Checkpoint(folder / "checkpoint.pt", plan)
    state = checkpoint.load(model, optimizer, schedule)
    model.train()
    saved = time.monotonic()
    bar = tqdm(total=len(batches), initial=state.step, unit="步", desc=plan.name, mininterval=5)
    with bar, checkpoint.saved_on_leaving(model, optimizer, schedule, state):
        for batch in batches[state.step :]:
            began = time.monotonic()
            loss = loss_of(batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]  # untyped in torch
            nn.utils.clip_grad_norm_(weights, GRADIENT_LIMIT)
            optimizer.step()
            schedule.step()
            state.add(float(loss.detach()), time.monotonic() - began)
            bar.set_postfix(loss=f"{state.loss:.3f}", refresh=False)
            bar.update()
            if time.monotonic() - saved > save_every:
                checkpoint.save(model, optimizer, schedule, state)
                saved = time.monotonic()
    model.train(False)
    record = asdict(plan) | {"device": str(device()), "seconds": round(state.seconds), "losses": state.losses}
    (folder / "record.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return record


@dataclass(slots=True)
class State:
    """How far a run has come."""

    step: int
    seconds: float
    loss: float
    losses: list[list[float]]  # [step, smoothed loss] at every hundredth step

    def add(self, loss: float, seconds: float) -> None:
        self.loss = loss if self.step == 0 else SMOOTHING * self.loss + (1 - SMOOTHING) * loss
        self.step += 1
        self.seconds += seconds
        if self.step % 100 == 0:
            self.losses.append([self.step, round(self.loss, 4)])


class Checkpoint:
    """Weights, optimizer and place of a run in one file, replaced in one rename."""

    def __init__(self, path: Path, plan: Plan) -> None:
        self.path, self.plan = path, plan

    def load(self, model: nn.Module, optimizer: torch.optim.Optimizer, schedule: Any) -> State:
        """Restore what was saved for this plan; a fresh state when there is nothing, or another plan's."""
        if not self.path.exists():
            return State(0, 0.0, 0.0, [])
        saved = torch.load(self.path, weights_only=True, map_location=device())
        if saved["plan"] != asdict(self.plan):
            return State(0, 0.0, 0.0, [])
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        return State(**saved["state"])

    @contextmanager
    def saved_on_leaving(self, *parts: Any) -> Iterator[None]:
        """Save at the end, and when a person interrupts the run."""
        try:
            yield
        except KeyboardInterrupt:
            self.save(*parts)
            raise
        self.save(*parts)

    def save(self, model: nn.Module, optimizer: torch.optim.Optimizer, schedule: Any, state: State) -> None:
        written = self.path.with_suffix(".new")
        parts = {"model": model, "optimizer": optimizer, "schedule": schedule}
        torch.save(
            {"plan": asdict(self.plan), "state": asdict(state)} | {k: v.state_dict() for k, v in parts.items()}, written
        )
        written.replace(self.path)


def _rate(step: int, steps: int) -> float:
    """Share of the learning rate at a step: a straight line up, then a straight line down to nothing."""
    rise = max(1.0, WARM_UP * steps)
    return min((step + 1) / rise, max(0.0, (steps - step) / max(1.0, steps - rise)))
