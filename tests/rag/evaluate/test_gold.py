import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from rag.errors import GoldError
from rag.evaluate.gold import COLUMNS, Place, read_gold, turns
from rag.types import Question, Turn

PUBLISHED = {
    "id": "D044", "type": "cross", "question": "各学了几回法?", "report": ["a.txt", "b.txt"],
    "section": [["三、责任", "(二)带头"], ["一、成效"]], "gold_mode": "all", "gold": ["5次", "泰顺"],
    "evidence": ["学法5次", "专题学法5次"],
    "answerable": True, "section_alt": [{"report": "a.txt", "section": ["一、举措"]}],
    "history": [{"role": "user", "content": "学了什么?"}, {"role": "assistant", "content": "宪法。"}],
}  # fmt: skip
SHEET = [
    ["问题", "答案", "编号", "类型", "报告", "章节", "原文", "要全部", "上一问", "上一答", "备注"],
    [
        "几项?",
        "59项；六十项",
        "甲1",
        "number",
        "温岭",
        "一、成效 › (一)改革",
        "秒办59项\n秒办事项59项",
        "",
        "",
        "",
        "看过",
    ],
    ["哪些?", "甲;乙", "", "list", "", "", "", "是", "办什么?", "办证。", ""],
    ["", "没有问题的行", "", "", "", "", "", "", "", "", ""],
    ["几起?", "", "", "", "温岭", "", "", "", "", "", ""],
]


def written(folder: Path, content: str | bytes, name: str = "题.jsonl") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def as_csv(rows: list[list[str]]) -> str:
    return "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)


def test_a_line_as_published(tmp_path: Path) -> None:
    (item,) = read_gold(written(tmp_path, json.dumps(PUBLISHED, ensure_ascii=False) + "\n\n"))
    history = (Turn("user", "学了什么?"), Turn("assistant", "宪法。"))
    assert (item.id, item.type, item.question) == ("D044", "cross", Question("各学了几回法?", history))
    assert (item.gold, item.needs_all, item.answerable) == (("5次", "泰顺"), True, True)
    assert item.places == (
        Place("a.txt", ("学法5次",), (("三、责任", "(二)带头"), ("一、举措",))),
        Place("b.txt", ("专题学法5次",), (("一、成效",),)),
    )


def test_a_question_that_the_reports_do_not_answer(tmp_path: Path) -> None:
    line = {
        "id": 7,
        "question": "怎么煎蛋?",
        "report": [],
        "section": [],
        "gold": [],
        "evidence": "",
        "answerable": False,
    }
    (item,) = read_gold(written(tmp_path, json.dumps(line)))
    assert (item.id, item.type, item.answerable, item.gold, item.places) == ("7", "other", False, (), ())


def test_every_line_of_the_development_set_is_read() -> None:
    path = Path(__file__).parents[2] / "gold" / "dev.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for item, line in zip(read_gold(path), lines, strict=True):
        assert (item.id, item.question.text, list(item.gold)) == (line["id"], line["question"], line["gold"])
        assert (item.answerable, item.needs_all) == (line["answerable"], line.get("gold_mode") == "all")
        reports = line["report"] if isinstance(line["report"], list) else [line["report"]]
        assert [p.report for p in item.places] == reports


@pytest.mark.parametrize("form", ["utf-8-sig", "utf-8", "gb18030", "xlsx"])
def test_a_spreadsheet(tmp_path: Path, form: str) -> None:
    if form == "xlsx":
        book = Workbook()
        for row in SHEET:
            book.worksheets[0].append([cell or None for cell in row])
        path = tmp_path / "题.xlsx"
        book.save(path)
    else:
        path = written(tmp_path, as_csv(SHEET).encode(form), "题.CSV")
    one, two, three = read_gold(path)
    assert (one.id, one.type, one.gold, one.needs_all) == ("甲1", "number", ("59项", "六十项"), False)
    assert one.places == (Place("温岭", ("秒办59项", "秒办事项59项"), (("一、成效", "(一)改革"),)),)
    assert (two.id, two.needs_all, two.places) == ("第3行", True, ())
    assert two.question == Question("哪些?", (Turn("user", "办什么?"), Turn("assistant", "办证。")))
    # without an answer the right reply is a refusal, and no report proves it
    assert (three.id, three.type, three.answerable, three.places) == ("第5行", "other", False, ())


def test_the_question_alone_is_enough_and_its_head_may_be_english(tmp_path: Path) -> None:
    (item,) = read_gold(written(tmp_path, "question\n几项?\n", "q.csv"))
    assert (item.id, item.question.text, item.answerable) == ("第2行", "几项?", False)


GOOD = '{"id": "a", "question": "b"}'


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (f"{GOOD}\n\n{{\n", "a.jsonl", "第 3 行"),
        (f'{GOOD}\n{{"id": "a"}}\n', "a.jsonl", "第 2 行"),
        ("[]", "a.jsonl", "第 1 行"),
        ('{"id": "a", "question": "b", "history": [{"role": "nobody", "content": ""}]}', "a.jsonl", "第 1 行"),
        ("答案\n59项\n", "a.csv", "第 1 行没有“问题”"),
        ("", "a.csv", "第 1 行没有“问题”"),
        ("问题\n\n", "a.csv", "空的"),
        ("\n", "a.jsonl", "空的"),
        (b"\xff\xfe", "a.jsonl", "读不出来"),
        (b"\xff\xff", "a.csv", "读不出来"),
        (b"PK\x03\x04", "a.xlsx", "读不出来"),
    ],
)
def test_what_is_no_question_set_is_refused_by_name(tmp_path: Path, content: str | bytes, name: str, said: str) -> None:
    path = written(tmp_path, content, name)
    with pytest.raises(GoldError, match=said) as raised:
        read_gold(path)
    assert str(path) in str(raised.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="读不出来"):
        read_gold(tmp_path / "没有.csv")


def test_the_columns_that_can_be_used_are_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="、".join(COLUMNS)):
        read_gold(written(tmp_path, "甲,乙\n1,2\n", "a.csv"))


@pytest.mark.parametrize("history", [{}, "a", [{"role": "user"}], [{"role": "user", "content": 1}], [1]])
def test_what_is_no_conversation(history: object) -> None:
    with pytest.raises((TypeError, KeyError, ValueError)):
        turns(history)


def test_one_gold_word_may_stand_alone_and_be_a_number(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    lines = ('{"id": "a", "question": "b\u2028c", "gold": "59项"}', '{"id": "d", "question": "e", "gold": [1]}')
    path.write_text("\n".join(lines), "utf-8")
    assert [g.gold for g in read_gold(path)] == [("59项",), ("1",)]


def test_an_empty_question_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "question": "  "}', "utf-8")
    with pytest.raises(GoldError, match="第 1 行"):
        read_gold(path)


def test_cells_are_read_as_they_are_seen(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["问题", "答案"])
    sheet.append(["哪天发布?", datetime(2021, 2, 1)])
    sheet.append(["成功率?", 0.9978])
    sheet["B3"].number_format = "0.00%"
    book.save(tmp_path / "gold.xlsx")
    assert [g.gold for g in read_gold(tmp_path / "gold.xlsx")] == [("2021-02-01",), ("99.78%",)]


def test_a_damaged_workbook_is_one_line(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "gold.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<broken")
    with pytest.raises(GoldError):
        read_gold(tmp_path / "gold.xlsx")
