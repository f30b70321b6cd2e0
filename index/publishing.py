"""Who may write, and which published state is searched.

A writer holds the lock file while it changes the catalog and publishes. A reader takes the newest published state; one
that is missing, damaged or left behind by a crash is rebuilt, unless a writer is at work and will publish anyway.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from filelock import FileLock, Timeout

from index import derived
from index.catalog import Catalog
from index.derived import Derived, Paths
from index.errors import IndexBusy
from index.types import Encoder

LOCK_SECONDS = 30.0


class Publisher:
    """The derived files of one index, as this process sees them."""

    def __init__(self, paths: Paths, catalog: Catalog) -> None:
        self._paths = paths
        self._catalog = catalog
        self._lock = FileLock(paths.lock)
        self._state: Derived | None = None

    @contextmanager
    def lock(self, seconds: float | None = None) -> Iterator[None]:
        """Hold the writer's lock. Raises IndexBusy when another process holds it too long."""
        try:
            self._lock.acquire(timeout=LOCK_SECONDS if seconds is None else seconds)
        except Timeout as error:
            raise IndexBusy("索引正被另一个程序写入，请稍后再试") from error
        try:
            yield
        finally:
            self._lock.release()

    def publish(self, encoder: Encoder, base: int, added: Sequence[str], removed: dict[str, list[int]]) -> None:
        """Bring the derived files from revision `base` to the catalog's: by these changes alone, or by a rebuild.

        The caller holds the lock; `removed` maps a document to its chunk ids.
        """
        model, dimension = encoder.fingerprint, encoder.dimension
        old = derived.load(self._paths, model, dimension)
        if old is not None and old.revision == base:
            self._state = derived.update(self._paths, self._catalog, model, old, added, removed)
        else:
            self._state = derived.rebuild(self._paths, self._catalog, model, dimension)

    def current(self, encoder: Encoder) -> Derived:
        """Return the newest published state that can be had."""
        published = derived.published_revision(self._paths)
        if self._state is not None and self._state.revision == published:
            return self._state
        state = derived.load(self._paths, encoder.fingerprint, encoder.dimension)
        if state is None or state.revision != self._catalog.revision:
            state = self._rebuilt(state, encoder)
        self._state = state
        return state

    def _rebuilt(self, stale: Derived | None, encoder: Encoder) -> Derived:
        """Rebuild, unless a writer is at work: then what it has not published yet may stay unseen."""
        try:
            with self.lock(0.0 if stale is not None else None):
                state = derived.load(self._paths, encoder.fingerprint, encoder.dimension)
                if state is not None and state.revision == self._catalog.revision:
                    return state  # another process was quicker
                return derived.rebuild(self._paths, self._catalog, encoder.fingerprint, encoder.dimension)
        except IndexBusy:
            if stale is None:
                raise
            return stale
