"""The facade: open an index, add and remove reports, publish, search.

    with index.writing():            index.candidates(question, vector, k)
        index.add(path)                  → Candidate (id, dense, lexical)
        …                            index.hits(candidates) → Hit
    (published on leaving)

One writer at a time, by a lock file; readers go on with the state they have. The encoder is loaded when first needed:
listing reports needs none.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import cast

import numpy as np

from index.catalog import Catalog, Report, text_hash
from index.derived import Paths
from index.errors import EncoderMismatch, IndexMissing, ReportNotFound, ReportRefused
from index.naming import readable, unique_name
from index.parsing import parse, report_id
from index.publishing import Publisher
from index.types import Document, Encoder, Hit, Vectors

ENCODE_BATCH = 64  # texts between two reports of progress

Progress = Callable[[float], None]  # called with the share of a report that was done since the last call


class Change(StrEnum):
    """What adding a file did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file and what became of it; `document` is the report that now holds these bytes."""

    change: Change
    document: Document


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk that one of the two searches found, by id, with both scores."""

    id: int
    dense: float
    lexical: float


class Index:
    """An index in a folder. `encoder` is called at most once, when vectors are first needed."""

    def __init__(self, root: Path, encoder: Callable[[], Encoder], create: bool = False) -> None:
        """Open the index.

        Raises:
            IndexMissing: there is none and `create` is false.
            IndexDamaged: the catalog cannot be read.
        """
        self.paths = Paths(root)
        if not self.paths.catalog.exists() and not create:
            raise IndexMissing(f"还没有索引：{root}。请先运行 yanju index 文件或文件夹")
        root.mkdir(parents=True, exist_ok=True)
        self._load_encoder = encoder
        self.catalog = Catalog(self.paths.catalog)
        self._publisher = Publisher(self.paths, self.catalog)
        self._documents: tuple[int, tuple[Document, ...]] = (-1, ())  # of this revision
        self._added: list[str] = []
        self._removed: dict[str, list[int]] = {}

    def close(self) -> None:
        self.catalog.close()

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, checked against the one that the index was built with. Raises EncoderMismatch."""
        encoder = self._load_encoder()
        built_with = self.catalog.meta("encoder")
        if built_with not in (None, encoder.fingerprint) and self.documents():
            raise EncoderMismatch(
                f"索引是用另一个语言模型（{built_with}）建立的，现在的模型是 {encoder.fingerprint}。"
                "请再运行一次 yanju index，它会用现在的模型重新计算；或改回原来的 YANJU_ENCODER"
            )
        return encoder

    # Reading

    def documents(self) -> tuple[Document, ...]:
        """Return all reports, ordered by file name."""
        revision = self.catalog.revision
        if self._documents[0] != revision:
            self._documents = (revision, self.catalog.documents())
        return self._documents[1]

    def find(self, name: str) -> Document:
        """Return the report with this id, file, or unambiguous part of the title. Raises ReportNotFound."""
        documents = self.documents()
        for exact in ([d for d in documents if d.id == name], [d for d in documents if d.file == name]):
            if exact:
                return exact[0]
        partial = [d for d in documents if name and (name in d.metadata.title or name in d.file)]
        if len(partial) == 1:
            return partial[0]
        if partial:
            raise ReportNotFound(f"“{name}”对应不止一份报告：{'、'.join(d.file for d in partial)}，请说得更具体些")
        raise ReportNotFound(f"没有这份报告：“{name}”。可用 yanju list 查看全部报告")

    def text(self, document: Document) -> str:
        """Return the stored text of a report."""
        return self.catalog.text(document)

    def report(self, document: Document) -> Report:
        """Return the text, segments, sections and chunks of a report."""
        return self.catalog.report(document)

    def candidates(
        self, question: str, vector: Vectors, k: int, documents: Sequence[str] | None = None
    ) -> list[Candidate]:
        """Return what either search ranks among its first k, of these documents only or of all.

        Every candidate has its true cosine; BM25 is 0.0 for what the lexical search did not rank.
        """
        state = self._publisher.current(self.encoder)
        allowed = None if documents is None else np.asarray(self.catalog.chunk_ids(documents), dtype=np.int64)
        dense = dict(state.dense.search(vector, k, allowed))
        lexical = dict(state.lexical.search(question, k, documents))
        missing = [id for id in lexical if id not in dense]
        dense |= dict(zip(missing, state.dense.cosines(vector, missing), strict=True))
        return [Candidate(id, score, lexical.get(id, 0.0)) for id, score in dense.items()]

    def hits(self, candidates: Sequence[Candidate]) -> list[Hit]:
        """Return the chunks themselves, in the same order; what was removed meanwhile is left out."""
        documents = {d.id: d for d in self.documents()}
        hits = []
        for c in candidates:
            found = self.catalog.chunk(c.id)
            if found is not None:
                document, chunk, text = found
                hits.append(Hit(c.id, documents[document], chunk, text, c.dense, c.lexical))
        return hits

    # Writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock; publish on leaving what was confirmed, also after an interruption.

        Raises:
            IndexBusy: another process is writing and does not finish in time.
        """
        with self._publisher.lock():
            base = self.catalog.revision
            try:
                yield
            finally:
                if self._added or self._removed:
                    self._publisher.publish(self.encoder, base, self._added, self._removed)
                    self._added, self._removed = [], {}

    def reencode(self, progress: Progress | None = None) -> None:
        """Make all vectors anew with the encoder given, if the index was built with another; nothing is read again.

        What was encoded before an interruption is kept, and the index goes on as it was until all is done.

        Raises:
            IndexBusy: another process is writing and does not finish in time.
        """
        encoder = self._load_encoder()
        self._load_encoder = lambda: encoder
        if self.catalog.meta("encoder") in (None, encoder.fingerprint) or not self.documents():
            return
        with self._publisher.lock():
            self._keep_vectors({hash: text for *_, text, hash in self.catalog.search_rows()}, encoder, progress)
            with self.catalog.transaction():
                self.catalog.set_encoder(encoder.fingerprint)
            self._publisher.publish(encoder, -1, [], {})

    def add(self, path: Path, data: bytes, progress: Progress | None = None) -> Outcome:
        """Add the report in these bytes, read from `path`; one transaction. Call inside `writing`.

        Raises:
            ReportRefused: not a report. The index is unchanged.
        """
        source = readable(str(path.resolve()))
        documents = self.documents()
        old = next((d for d in documents if d.source == source), None)
        same = next((d for d in documents if d.id == report_id(data)), None)
        if same is not None and old in (same, None):
            return Outcome(Change.UNCHANGED, same)
        report = None
        if same is None:
            others = {d.file for d in documents if d is not old}
            report = parse(data, unique_name(path, others), source)
            if not report.chunks:
                raise ReportRefused(f"{path.name}：没有可以引用的正文")
            self._encode(report, progress)
        self._replace(old, report)
        document = report.document if report is not None else cast(Document, same)
        return Outcome(Change.REPLACED if old is not None else Change.ADDED, document)

    def remove(self, document: Document) -> None:
        """Remove a report; one transaction. Call inside `writing`."""
        self._replace(document, None)

    def _replace(self, old: Document | None, new: Report | None) -> None:
        """Take one report out and put one in, in one transaction; note what the derived files have to follow."""
        removed: dict[int, bytes] = {}
        with self.catalog.transaction():
            if old is not None:
                removed = self.catalog.delete(old.id)
            if new is not None:
                self.catalog.insert(new)
                self.catalog.set_encoder(self.encoder.fingerprint)
            self.catalog.drop_unused_vectors(removed.values())
        if old is not None and old.id in self._added:
            self._added.remove(old.id)  # never published
        elif old is not None:
            self._removed[old.id] = list(removed)
        if new is not None:
            self._added.append(new.document.id)

    def _encode(self, report: Report, progress: Progress | None) -> None:
        texts = {text_hash(t): t for t in map(report.search_text, report.chunks)}
        self._keep_vectors(texts, self.encoder, progress)

    def _keep_vectors(self, texts: dict[bytes, str], encoder: Encoder, progress: Progress | None) -> None:
        """Keep a vector of every text; those that are known are not encoded again."""
        known = self.catalog.vectors(list(texts), encoder.fingerprint)
        wanted = sorted((h for h in texts if h not in known), key=lambda h: len(texts[h]))
        for at in range(0, len(wanted), ENCODE_BATCH):
            batch = wanted[at : at + ENCODE_BATCH]
            vectors = encoder.encode([texts[h] for h in batch], "passage")
            with self.catalog.transaction():
                self.catalog.keep_vectors(dict(zip(batch, vectors, strict=True)), encoder.fingerprint)
            if progress is not None:
                progress(len(batch) / len(wanted))
