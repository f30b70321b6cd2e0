import statistics
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chunking import MAX_CHARACTERS, sentences, short_title
from index.parsing import parse
from index.types import SegmentKind

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text, 0, len(text))]


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.name[:3])
def test_chunks_of_the_five_reports(path: Path) -> None:
    report = parse(path.read_bytes(), path.name, str(path))
    lengths = [c.end - c.start for c in report.chunks]
    assert statistics.median(lengths) <= 60
    assert max(lengths) <= MAX_CHARACTERS
    title = report.document.metadata.title
    headings = {s.heading for s in report.sections}
    for chunk in report.chunks:
        words = report.text[chunk.start : chunk.end]
        assert words == words.strip()
        assert set(chunk.path) <= headings or chunk.path == (title,)
    chrome = [s for s in report.segments if s.kind in (SegmentKind.CHROME, SegmentKind.REPEAT)]
    assert not [c for c in report.chunks for s in chrome if c.start < s.end and s.start < c.end]


def test_every_word_of_a_body_is_in_a_chunk_or_a_heading() -> None:
    report = parse(SEEDS[0].read_bytes(), SEEDS[0].name, "")
    covered = bytearray(len(report.text))
    for c in report.chunks:
        covered[c.start : c.end] = b"x" * (c.end - c.start)
    for s in report.sections:
        covered[s.start : s.start + len(s.heading)] = b"x" * len(s.heading)
    body = next(s for s in report.segments if s.kind is SegmentKind.BODY)
    left = [report.text[i] for i in range(body.start, body.end) if not covered[i] and report.text[i].isalnum()]
    assert left == []


def test_stops_inside_quotations_end_nothing() -> None:
    text = "形成“缺什么补什么。弱什么强什么”的思路；办结（含上年。结转）5件。完"
    assert cut(text) == ["形成“缺什么补什么。弱什么强什么”的思路；", "办结（含上年。结转）5件。", "完"]


def test_an_ascii_point_ends_a_sentence_only_between_chinese() -> None:
    assert cut("满意率98.5%,列第一.版本2.0上线.") == ["满意率98.5%,列第一.", "版本2.0上线."]


def test_an_unclosed_quotation_ends_with_its_line() -> None:
    assert cut("开展“八进活动\n办结5件。共6件。") == ["开展“八进活动", "办结5件。", "共6件。"]


def test_short_titles() -> None:
    assert short_title("泰顺县人民政府关于2023年法治政府建设年度报告") == "泰顺县2023年法治政府建设"
    assert short_title("杭州市临平区人民政府关于临平区2022年法治政府建设年度报告").startswith("杭州市临平区")


@given(st.text(alphabet="一二。；,，“”（）()\n .a1%", max_size=400))
def test_sentences_lie_in_order_and_are_short(text: str) -> None:
    last = 0
    for start, end in sentences(text, 0, len(text)):
        assert last <= start < end <= len(text)
        assert end - start <= MAX_CHARACTERS
        last = end
