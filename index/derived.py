"""The files made from the catalog: FAISS vectors and BM25 terms, and the manifest that publishes them.

Each published state has a folder of its own, named by its catalog revision; the manifest names the current one and
is replaced in one rename, so a reader sees the old state or the new one. The manifest carries size and checksum of
every file: what is missing, stale or damaged is rebuilt from the catalog, never trusted.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.catalog import Catalog
from index.dense import DenseIndex
from index.lexical import LexicalIndex

FORMAT_VERSION = 1
BATCH = 1000  # chunks a step while rebuilding


@dataclass(frozen=True, slots=True)
class Paths:
    """Every file of an index, named once."""

    root: Path

    @property
    def catalog(self) -> Path:
        return self.root / "catalog.sqlite"

    @property
    def lock(self) -> Path:
        return self.root / "writer.lock"

    @property
    def derived(self) -> Path:
        return self.root / "derived"

    @property
    def manifest(self) -> Path:
        return self.derived / "manifest.json"


@dataclass(frozen=True, slots=True)
class Derived:
    """One published state, open for search."""

    revision: int
    folder: Path
    dense: DenseIndex
    lexical: LexicalIndex


def published_revision(paths: Paths) -> int | None:
    """Return the revision that the manifest names, None when there is no readable manifest."""
    try:
        return int(json.loads(paths.manifest.read_text(encoding="utf-8"))["revision"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def load(paths: Paths, model: str, dimension: int) -> Derived | None:
    """Open the published state; None when it is missing, damaged, or of another model or format."""
    try:
        manifest = json.loads(paths.manifest.read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT_VERSION or manifest["model"] != model:
            return None
        folder = paths.derived / manifest["folder"]
        if _checksums(folder) != manifest["files"]:
            return None
        return _open(folder, int(manifest["revision"]), dimension)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        return None


def rebuild(paths: Paths, catalog: Catalog, model: str, dimension: int) -> Derived:
    """Make all derived files from the catalog and publish them. The caller holds the writer's lock."""
    revision = catalog.revision
    folder = _new_folder(paths, revision)
    dense, lexical = DenseIndex(dimension), LexicalIndex(folder / "lexical")
    rows = list(catalog.search_rows())
    for at in range(0, len(rows), BATCH):
        _add_vectors(dense, catalog, rows[at : at + BATCH], model)
    lexical.change(added=((id, document, text) for id, document, text, _ in rows))
    dense.save(folder / "dense.faiss")
    return _publish(paths, folder, revision, model, dimension)


def update(
    paths: Paths, catalog: Catalog, model: str, old: Derived, added: Sequence[str], removed: dict[str, list[int]]
) -> Derived:
    """Publish `old` plus some documents minus others (document → its chunk ids), without a rebuild.

    `old.dense` is changed in place; `old.lexical` stays open on its own folder. The caller holds the writer's lock.
    """
    revision = catalog.revision
    folder = _new_folder(paths, revision)
    _link_tree(old.folder / "lexical", folder / "lexical")
    rows = list(catalog.search_rows(added))
    old.dense.remove([id for ids in removed.values() for id in ids])
    _add_vectors(old.dense, catalog, rows, model)
    old.dense.save(folder / "dense.faiss")
    LexicalIndex(folder / "lexical").change(((id, d, text) for id, d, text, _ in rows), list(removed))
    return _publish(paths, folder, revision, model, old.dense.dimension)


def _add_vectors(dense: DenseIndex, catalog: Catalog, rows: Sequence[tuple[int, str, str, bytes]], model: str) -> None:
    vectors = catalog.vectors([hash for *_, hash in rows], model)
    if rows:
        dense.add([id for id, *_ in rows], np.stack([vectors[hash] for *_, hash in rows]))


def _new_folder(paths: Paths, revision: int) -> Path:
    folder = paths.derived / str(revision)
    attempt = 0
    while folder.exists():  # left by a crash, or damaged and perhaps still open somewhere
        attempt += 1
        folder = paths.derived / f"{revision}.{attempt}"
    folder.mkdir(parents=True)
    return folder


def _publish(paths: Paths, folder: Path, revision: int, model: str, dimension: int) -> Derived:
    manifest = {
        "format": FORMAT_VERSION,
        "revision": revision,
        "model": model,
        "folder": folder.name,
        "files": _checksums(folder),
    }
    written = paths.manifest.with_suffix(".new")
    with written.open("w", encoding="utf-8") as file:
        json.dump(manifest, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    written.replace(paths.manifest)
    for other in paths.derived.iterdir():
        if other.is_dir() and other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return _open(folder, revision, dimension)


def _open(folder: Path, revision: int, dimension: int) -> Derived:
    dense = DenseIndex.load(folder / "dense.faiss", dimension)
    lexical = LexicalIndex(folder / "lexical")
    if len(dense) != len(lexical):
        raise ValueError(f"{len(dense)} vectors, {len(lexical)} texts")
    return Derived(revision, folder, dense, lexical)


def _checksums(folder: Path) -> dict[str, list[int | str]]:
    """Size and SHA-256 of every file in a folder; tantivy's lock files are no content."""
    sums: dict[str, list[int | str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".lock":
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            sums[path.relative_to(folder).as_posix()] = [path.stat().st_size, digest]
    return sums


def _link_tree(source: Path, target: Path) -> None:
    """Copy a folder by hard links: tantivy never writes into a file it has finished."""
    target.mkdir(parents=True)
    for path in source.iterdir():
        if path.suffix == ".lock":
            continue
        with suppress(OSError):
            os.link(path, target / path.name)
            continue
        shutil.copy2(path, target / path.name)  # a file system without links
