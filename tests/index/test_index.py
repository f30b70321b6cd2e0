"""The facade, with a fake encoder: what is confirmed, what is published, what is rebuilt."""

import json
import shutil
from pathlib import Path

import pytest

from index.derived import published_revision
from index.errors import EncoderMismatch, IndexBusy, IndexMissing, ReportNotFound, ReportRefused
from index.index import Change, Index
from tests.fakes import FakeEncoder

BODY = (
    "{name}人民政府{year}年法治政府建设年度报告\n\n一、主要成效\n\n"
    "办结行政复议{n}件。{extra}\n\n二、存在不足\n\n力量不足。\n"
)


def write(folder: Path, file: str, **words: object) -> Path:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(BODY.format(**({"name": "泰顺县", "year": 2023, "n": 55, "extra": ""} | words)), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "reports"


def opened(tmp_path: Path, encoder: FakeEncoder | None = None, create: bool = True) -> Index:
    return Index(tmp_path / "data", lambda: encoder or FakeEncoder(), create)


def add(index: Index, *paths: Path) -> list[Change]:
    with index.writing():
        return [index.add(p, p.read_bytes()).change for p in paths]


def found(index: Index, words: str, documents: list[str] | None = None) -> list[str]:
    vector = index.encoder.encode([words], "query")[0]
    candidates = sorted(index.candidates(words, vector, 10, documents), key=lambda c: (-c.lexical, -c.dense))
    return [h.text for h in index.hits(candidates)]


def test_added_then_unchanged_then_replaced(tmp_path: Path, folder: Path) -> None:
    index = opened(tmp_path)
    path = write(folder, "a.txt")
    assert add(index, path) == [Change.ADDED]
    assert add(index, path) == [Change.UNCHANGED]
    revision = index.catalog.revision
    write(folder, "a.txt", n=66)
    assert add(index, path) == [Change.REPLACED]
    assert index.catalog.revision > revision
    assert found(index, "办结行政复议66件")[0] == "办结行政复议66件。"
    assert not [t for t in found(index, "办结行政复议55件") if "55" in t]
    assert len(index.documents()) == 1


def test_the_same_bytes_elsewhere_are_unchanged(tmp_path: Path, folder: Path) -> None:
    index = opened(tmp_path)
    first, second = write(folder, "a.txt"), write(folder, "sub/b.txt")
    assert add(index, first, second) == [Change.ADDED, Change.UNCHANGED]
    assert [d.file for d in index.documents()] == ["a.txt"]


def test_two_files_of_one_name_are_told_apart_by_their_folder(tmp_path: Path, folder: Path) -> None:
    index = opened(tmp_path)
    add(index, write(folder, "2022/a.txt", year=2022), write(folder, "2023/a.txt"))
    assert sorted(d.file for d in index.documents()) == ["2023/a.txt", "a.txt"]
    assert index.find("2023/a.txt").metadata.year == 2023


def test_unchanged_text_is_not_encoded_again(tmp_path: Path, folder: Path) -> None:
    encoder = FakeEncoder()
    index = opened(tmp_path, encoder)
    path = write(folder, "a.txt")
    add(index, path)
    before = encoder.encoded
    write(folder, "a.txt", extra="新增一句话。")
    add(index, path)
    assert encoder.encoded == before + 1
    shutil.rmtree(tmp_path / "data" / "derived")
    assert found(opened(tmp_path, encoder, create=False), "力量不足")[0] == "力量不足。"
    assert encoder.encoded == before + 2  # the question alone: a rebuild encodes nothing


def test_a_filter_restricts_both_searches(tmp_path: Path, folder: Path) -> None:
    index = opened(tmp_path)
    add(index, write(folder, "a.txt"), write(folder, "b.txt", name="温岭市", n=77))
    only = [index.find("b.txt").id]
    assert "办结行政复议77件。" in found(index, "办结行政复议", only)
    assert not [t for t in found(index, "办结行政复议55件", only) if "55" in t]
    assert found(index, "办结", []) == []


def test_removal_is_published(tmp_path: Path, folder: Path) -> None:
    index = opened(tmp_path)
    add(index, write(folder, "a.txt"), write(folder, "b.txt", name="温岭市", n=77))
    with index.writing():
        index.remove(index.find("a.txt"))
    assert not [t for t in found(index, "办结行政复议55件") if "55" in t]
    assert published_revision(index.paths) == index.catalog.revision == 3


def test_a_refused_file_changes_nothing(tmp_path: Path, folder: Path) -> None:
    index = opened(tmp_path)
    add(index, write(folder, "a.txt"))
    bad = folder / "b.txt"
    bad.write_bytes(b"\x89PNG....")
    with pytest.raises(ReportRefused, match=r"b\.txt"):
        add(index, bad)
    assert [d.file for d in index.documents()] == ["a.txt"]
    assert found(index, "力量不足")[0] == "力量不足。"


def test_what_was_confirmed_before_an_interruption_is_published(tmp_path: Path, folder: Path) -> None:
    index = opened(tmp_path)
    path = write(folder, "a.txt")
    with pytest.raises(KeyboardInterrupt), index.writing():
        index.add(path, path.read_bytes())
        raise KeyboardInterrupt
    again = opened(tmp_path, create=False)
    assert found(again, "力量不足")[0] == "力量不足。"


@pytest.mark.parametrize("damage", ["dense", "lexical", "manifest", "missing", "stale"])
def test_damaged_derived_files_are_rebuilt(tmp_path: Path, folder: Path, damage: str) -> None:
    index = opened(tmp_path)
    add(index, write(folder, "a.txt"))
    expected = found(index, "办结行政复议55件")
    state, manifest = next((tmp_path / "data" / "derived").glob("[0-9]*")), index.paths.manifest
    index.close()
    if damage == "dense":
        file = state / "dense.faiss"
        file.write_bytes(file.read_bytes()[:-9] + b"\x00" * 9)
    elif damage == "lexical":
        next((state / "lexical").glob("*.term")).write_bytes(b"nonsense")
    elif damage == "manifest":
        manifest.write_text("{", encoding="utf-8")
    elif damage == "missing":
        shutil.rmtree(state)
    else:
        content = json.loads(manifest.read_text(encoding="utf-8")) | {"revision": 0}
        manifest.write_text(json.dumps(content), encoding="utf-8")
    again = opened(tmp_path, create=False)
    assert found(again, "办结行政复议55件") == expected
    assert published_revision(again.paths) == 1


def test_a_reader_follows_a_writer(tmp_path: Path, folder: Path) -> None:
    writer = opened(tmp_path)
    add(writer, write(folder, "a.txt"))
    reader = opened(tmp_path, create=False)
    assert found(reader, "力量不足")
    add(writer, write(folder, "b.txt", name="温岭市", n=77))
    assert "办结行政复议77件。" in found(reader, "办结行政复议77件")


def test_another_encoder_is_refused(tmp_path: Path, folder: Path) -> None:
    add(opened(tmp_path), write(folder, "a.txt"))
    other = opened(tmp_path, FakeEncoder("fake-2"), create=False)
    with pytest.raises(EncoderMismatch, match="YANJU_ENCODER"):
        found(other, "办结")
    assert len(other.documents()) == 1  # what needs no encoder works


def test_another_encoder_makes_the_vectors_anew(tmp_path: Path, folder: Path) -> None:
    index = opened(tmp_path)
    add(index, write(folder, "a.txt"), write(folder, "b.txt", name="温岭市", n=77))
    encoder = FakeEncoder("fake-2")
    other, shares = opened(tmp_path, encoder, create=False), []
    other.reencode(shares.append)
    assert sum(shares) == pytest.approx(1.0)
    assert "办结行政复议77件。" in found(other, "办结行政复议77件")
    made = encoder.encoded
    other.reencode()
    assert encoder.encoded == made  # nothing is encoded twice
    with pytest.raises(EncoderMismatch):
        found(opened(tmp_path, create=False), "办结")  # the first one's vectors are gone


def test_a_second_writer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.publishing.LOCK_SECONDS", 0.1)
    first, second = opened(tmp_path), opened(tmp_path)
    with first.writing(), pytest.raises(IndexBusy, match="另一个程序"), second.writing():
        pass


def test_names_of_reports(tmp_path: Path, folder: Path) -> None:
    index = opened(tmp_path)
    add(index, write(folder, "a.txt"), write(folder, "b.txt", year=2022))
    one = index.find("a.txt")
    assert index.find(one.id) == index.find("2023年") == one
    with pytest.raises(ReportNotFound, match="不止一份"):
        index.find("泰顺县")
    with pytest.raises(ReportNotFound, match="没有这份报告"):
        index.find("温岭")
    with pytest.raises(ReportNotFound):
        index.find("")


def test_without_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="yanju index"):
        opened(tmp_path, create=False)
    assert not (tmp_path / "data").exists()
