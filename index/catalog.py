"""The catalog: the truth about what is indexed, in one SQLite file.

A report goes in or out in one transaction and raises the revision by one. Vectors are kept by text hash and model
fingerprint, so that whatever is derived can be rebuilt without encoding anything. Chunk ids are never used twice.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from index.errors import IndexBusy, IndexDamaged
from index.types import Chunk, Document, Fact, FactKind, Metadata, Section, Segment, SegmentKind, Vectors

FORMAT_VERSION = 1  # also written out in SCHEMA
BUSY_SECONDS = 30.0
PAGE_BYTES = 16384  # holds ten vectors of 384 numbers; of the usual 4096 bytes two vectors leave a quarter empty
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, file TEXT NOT NULL UNIQUE, source TEXT NOT NULL UNIQUE, text TEXT NOT NULL,
    characters INTEGER NOT NULL, title TEXT NOT NULL, issuer TEXT NOT NULL, region TEXT NOT NULL, year INTEGER,
    facts TEXT NOT NULL, segments TEXT NOT NULL, sections TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS chunks (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, path TEXT NOT NULL, context TEXT NOT NULL, kind TEXT NOT NULL,
    hash BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS chunks_document ON chunks(document);
CREATE INDEX IF NOT EXISTS chunks_hash ON chunks(hash);
CREATE TABLE IF NOT EXISTS vectors (
    hash BLOB NOT NULL, model TEXT NOT NULL, vector BLOB NOT NULL, UNIQUE (hash, model));
INSERT OR IGNORE INTO meta VALUES ('format', '1'), ('revision', '0');
"""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was read from one file."""

    document: Document
    text: str
    segments: tuple[Segment, ...]
    sections: tuple[Section, ...]
    chunks: tuple[Chunk, ...]

    def search_text(self, chunk: Chunk) -> str:
        """What the encoder and the tokeniser read for a chunk."""
        return f"{chunk.context} {self.text[chunk.start : chunk.end]}"


def text_hash(text: str) -> bytes:
    """Return the key under which a text's vector is kept."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


class Catalog:
    """One connection. Raises IndexDamaged when the file is not a readable catalog, IndexBusy when a writer waits."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA foreign_keys = ON")
            if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'vectors'").fetchone():
                self._create()
            found = self.meta("format")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise IndexBusy("索引正被另一个程序写入，请稍后再试") from error
            raise IndexDamaged(f"索引目录打不开：{path}（{error}）") from error
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(f"索引目录已损坏：{path}。请删除后重新运行 yanju index") from error
        if found != str(FORMAT_VERSION):
            raise IndexDamaged(
                f"索引的格式版本是 {found}，本程序需要 {FORMAT_VERSION}。请重新运行 yanju index 建立索引"
            )

    def _create(self) -> None:
        self._db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        self._db.execute("PRAGMA journal_mode = WAL")  # readers go on while a report is written
        self._db.executescript(f"BEGIN IMMEDIATE; {SCHEMA} COMMIT;")

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; takes the one writer's lock at once, so that two writers cannot deadlock."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise IndexBusy("索引正被另一个程序写入，请稍后再试") from error
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def meta(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_encoder(self, model: str) -> None:
        """Note inside a transaction which encoder's vectors are searched; those of any other are dropped."""
        if self.meta("encoder") != model:
            self._db.execute("INSERT OR REPLACE INTO meta VALUES ('encoder', ?)", (model,))
            self._db.execute("DELETE FROM vectors WHERE model <> ?", (model,))

    @property
    def revision(self) -> int:
        """Number of changes so far; derived files name the revision they were built from."""
        return int(self.meta("revision") or 0)

    def insert(self, report: Report) -> None:
        """Write a report inside a transaction."""
        d, m = report.document, report.document.metadata
        self._db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (d.id, d.file, d.source, report.text, d.characters, m.title, m.issuer, m.region, m.year,
             _to_json(m.facts), _to_json(report.segments), _to_json(report.sections)),
        )  # fmt: skip
        self._db.executemany(
            "INSERT INTO chunks (document, start, end, path, context, kind, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (d.id, c.start, c.end, json.dumps(c.path, ensure_ascii=False), c.context, c.kind.value,
                 text_hash(report.search_text(c)))
                for c in report.chunks
            ],
        )  # fmt: skip
        self._count_change()

    def delete(self, document: str) -> dict[int, bytes]:
        """Delete a report inside a transaction; return its chunk ids with the hashes of their texts."""
        gone = dict(self._db.execute("SELECT id, hash FROM chunks WHERE document = ?", (document,)).fetchall())
        self._db.execute("DELETE FROM documents WHERE id = ?", (document,))
        self._count_change()
        return gone

    def drop_unused_vectors(self, hashes: Iterable[bytes]) -> None:
        """Delete those of these vectors that no chunk needs any more."""
        self._db.executemany(
            "DELETE FROM vectors WHERE hash = ?1 AND NOT EXISTS (SELECT 1 FROM chunks WHERE hash = ?1)",
            [(h,) for h in hashes],
        )

    def _count_change(self) -> None:
        self._db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'revision'")

    def vectors(self, hashes: Sequence[bytes], model: str) -> dict[bytes, Vectors]:
        """Return the known vectors of these texts."""
        found = {}
        for key in dict.fromkeys(hashes):
            row = self._db.execute("SELECT vector FROM vectors WHERE hash = ? AND model = ?", (key, model)).fetchone()
            if row is not None:
                found[key] = np.frombuffer(row[0], dtype=np.float32)
        return found

    def keep_vectors(self, vectors: dict[bytes, Vectors], model: str) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
            [(key, model, v.astype(np.float32).tobytes()) for key, v in vectors.items()],
        )

    def documents(self) -> tuple[Document, ...]:
        """Return all reports, ordered by file name."""
        rows = self._db.execute(
            "SELECT id, file, source, characters, title, issuer, region, year, facts FROM documents ORDER BY file"
        )
        return tuple(_document(row) for row in rows)

    def count(self) -> int:
        """Number of reports."""
        return int(self._db.execute("SELECT count(*) FROM documents").fetchone()[0])

    def text(self, document: Document) -> str:
        """Return the stored text of a report. Raises KeyError when it is gone."""
        row = self._db.execute("SELECT text FROM documents WHERE id = ?", (document.id,)).fetchone()
        if row is None:
            raise KeyError(document.id)
        return str(row[0])

    def report(self, document: Document) -> Report:
        """Return the whole report. Raises KeyError when it is gone."""
        row = self._db.execute("SELECT text, segments, sections FROM documents WHERE id = ?", (document.id,)).fetchone()
        if row is None:
            raise KeyError(document.id)
        chunks = self._db.execute(
            "SELECT start, end, path, context, kind FROM chunks WHERE document = ? ORDER BY id", (document.id,)
        )
        return Report(
            document,
            row[0],
            tuple(Segment(SegmentKind(s["kind"]), s["start"], s["end"]) for s in json.loads(row[1])),
            tuple(Section(**s) for s in json.loads(row[2])),
            tuple(_chunk(*c) for c in chunks),
        )

    def chunk(self, id: int) -> tuple[str, Chunk, str] | None:
        """Return (document id, chunk, its words), None when it is gone."""
        row = self._db.execute(
            "SELECT c.start, c.end, c.path, c.context, c.kind, c.document, substr(d.text, c.start + 1, c.end - c.start)"
            " FROM chunks c JOIN documents d ON d.id = c.document WHERE c.id = ?", (id,)
        ).fetchone()  # fmt: skip
        return None if row is None else (row[5], _chunk(*row[:5]), row[6])

    def chunk_ids(self, documents: Sequence[str]) -> list[int]:
        """Return the ids of the chunks of these documents."""
        marks = ",".join("?" * len(documents))
        rows = self._db.execute(f"SELECT id FROM chunks WHERE document IN ({marks})", documents)  # noqa: S608 - only marks
        return [r[0] for r in rows]

    def search_rows(self, documents: Iterable[str] | None = None) -> Iterator[tuple[int, str, str, bytes]]:
        """Yield (chunk id, document id, search text, hash) by id; of these documents, or of all."""
        query = (
            "SELECT c.id, c.document, c.context || ' ' || substr(d.text, c.start + 1, c.end - c.start), c.hash"
            " FROM chunks c JOIN documents d ON d.id = c.document"
        )
        if documents is None:
            yield from self._db.execute(query + " ORDER BY c.id")
            return
        for document in documents:
            yield from self._db.execute(query + " WHERE c.document = ? ORDER BY c.id", (document,))


def _to_json(items: Iterable[Fact | Segment | Section]) -> str:
    return json.dumps([asdict(i) for i in items], ensure_ascii=False)


def _document(row: tuple[str, str, str, int, str, str, str, int | None, str]) -> Document:
    id, file, source, characters, title, issuer, region, year, facts = row
    known = tuple(Fact(**{**f, "kind": FactKind(f["kind"])}) for f in json.loads(facts))
    return Document(id, file, source, Metadata(title, issuer, region, year, known), characters)


def _chunk(start: int, end: int, path: str, context: str, kind: str) -> Chunk:
    return Chunk(start, end, tuple(json.loads(path)), context, SegmentKind(kind))
