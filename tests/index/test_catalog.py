import sqlite3
from pathlib import Path

import numpy as np
import pytest

from index.catalog import Catalog, Report, text_hash
from index.errors import IndexDamaged
from index.types import Chunk, Document, Fact, FactKind, Metadata, Section, Segment, SegmentKind

TEXT = "甲县2021年报告\n一、成效\n办结55件。\n"


def report(id: str = "r1", file: str = "a.txt") -> Report:
    fact = Fact(FactKind.TITLE, "", "甲县2021年报告", 0, 9)
    metadata = Metadata("甲县2021年报告", "甲县", "330329", 2021, (fact,))
    return Report(
        Document(id, file, f"/r/{file}", metadata, len(TEXT)),
        TEXT,
        (Segment(SegmentKind.TITLE, 0, 10), Segment(SegmentKind.BODY, 10, len(TEXT))),
        (Section(1, "一、成效", 10, len(TEXT), None),),
        (
            Chunk(0, 9, ("甲县2021年报告",), "甲县2021年", SegmentKind.METADATA),
            Chunk(15, 20, ("一、成效",), "甲县2021年 成效", SegmentKind.BODY),
        ),
    )


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog(tmp_path / "catalog.sqlite")


def insert(catalog: Catalog, report: Report) -> None:
    with catalog.transaction():
        catalog.insert(report)


def test_a_report_comes_back_as_it_went_in(catalog: Catalog) -> None:
    insert(catalog, report())
    assert catalog.documents() == (report().document,)
    assert catalog.report(report().document) == report()
    assert catalog.revision == 1


def test_a_chunk_with_its_words(catalog: Catalog) -> None:
    insert(catalog, report())
    ids = catalog.chunk_ids(["r1"])
    assert catalog.chunk(ids[1]) == ("r1", report().chunks[1], "办结55件")
    assert catalog.chunk(999) is None


def test_search_rows_hold_context_and_words(catalog: Catalog) -> None:
    insert(catalog, report())
    rows = list(catalog.search_rows())
    assert [text for _, _, text, _ in rows] == ["甲县2021年 甲县2021年报告", "甲县2021年 成效 办结55件"]
    assert rows[1][3] == text_hash(rows[1][2])
    assert list(catalog.search_rows(["r2"])) == []


def test_nothing_of_a_failed_transaction_stays(catalog: Catalog) -> None:
    with pytest.raises(RuntimeError), catalog.transaction():
        catalog.insert(report())
        raise RuntimeError
    assert catalog.documents() == ()
    assert catalog.revision == 0


def test_ids_of_removed_chunks_are_not_used_again(catalog: Catalog) -> None:
    insert(catalog, report())
    first = catalog.chunk_ids(["r1"])
    with catalog.transaction():
        gone = catalog.delete("r1")
    insert(catalog, report())
    assert sorted(gone) == first
    assert not set(first) & set(catalog.chunk_ids(["r1"]))
    assert catalog.revision == 3


def test_vectors_by_text_and_model(catalog: Catalog) -> None:
    insert(catalog, report())
    hashes = [h for *_, h in catalog.search_rows()]
    vector = np.arange(4, dtype=np.float32)
    with catalog.transaction():
        catalog.keep_vectors({hashes[0]: vector}, "m1")
    assert catalog.vectors(hashes, "m1")[hashes[0]].tolist() == vector.tolist()
    assert catalog.vectors(hashes, "m2") == {}
    with catalog.transaction():
        catalog.drop_unused_vectors(hashes)  # still needed
    assert catalog.vectors(hashes, "m1")
    with catalog.transaction():
        catalog.drop_unused_vectors(catalog.delete("r1").values())
    assert catalog.vectors(hashes, "m1") == {}


def test_a_damaged_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(IndexDamaged, match="损坏"):
        Catalog(tmp_path / "catalog.sqlite")


def test_another_format_is_said_so(tmp_path: Path) -> None:
    Catalog(tmp_path / "catalog.sqlite").close()
    with sqlite3.connect(tmp_path / "catalog.sqlite") as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    with pytest.raises(IndexDamaged, match="99"):
        Catalog(tmp_path / "catalog.sqlite")
