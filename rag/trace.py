"""What happened to a question on its way, for `ask --explain`: queries, candidates, milliseconds by stage."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rag.query import Query
from rag.types import Evidence


@dataclass(slots=True)
class Trace:
    """Filled while a question is answered; a stage that is entered twice adds up."""

    queries: tuple[Query, ...] = ()
    evidence: list[Evidence] = field(default_factory=list)
    laps: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def lap(self, name: str) -> Iterator[None]:
        """Add the milliseconds of what happens inside to this stage."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.laps[name] = self.laps.get(name, 0.0) + (time.perf_counter() - began) * 1000
