"""The commands as a person types them: output, exit code, one clear line, never a traceback."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rag.cli import main
from rag.evaluate.gold import read_gold

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
FIELDS = [
    "question", "status", "answer", "short", "citations", "ms", "understood", "table", "choices", "nearest", "checks",
]  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    try:
        code = main([str(w) for w in words])
    except SystemExit as stop:
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


def test_index_twice_then_replace_then_remove(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "reports"
    folder.mkdir()
    (folder / "甲.txt").write_bytes(next(SEEDS.glob("002*")).read_bytes())
    (folder / "坏.txt").write_bytes(b"\x89PNG\x00\x00")
    (folder / ".隐藏").write_bytes(b"x")
    code, out, err = run(capsys, "index", folder, "--data", data)
    assert code == 3
    assert "新增" in out
    assert "坏.txt" in err
    assert "隐藏" not in out + err
    code, out, err = run(capsys, "--data", data, "index", folder / "甲.txt")
    assert (code, "未变" in out, err) == (0, True, "")
    with (folder / "甲.txt").open("ab") as file:
        file.write("\n补充:全年办结999件。\n".encode())
    code, out, _ = run(capsys, "index", folder / "甲.txt", "--data", data)
    assert (code, "替换" in out) == (0, True)
    code, out, _ = run(capsys, "list", "--json", "--data", data)
    listed = json.loads(out)
    assert [(d["file"], d["year"], d["region"]) for d in listed] == [("甲.txt", 2023, "330329")]
    assert run(capsys, "remove", "泰顺", "--data", data)[0] == 0
    assert json.loads(run(capsys, "list", "--json", "--data", data)[1]) == []


def test_ask_in_json(capsys: pytest.CaptureFixture[str], seed_index: Path) -> None:
    code, out, _ = run(capsys, "ask", "温岭有几项业务可以秒办?", "--json", "--data", seed_index)
    answer = json.loads(out)
    assert code == 0
    assert list(answer) == FIELDS
    citation = answer["citations"][0]
    assert list(citation) == ["n", "file", "title", "section", "quote", "start", "end"]
    text = (SEEDS / citation["file"]).read_bytes().decode()
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_for_people(capsys: pytest.CaptureFixture[str], seed_index: Path) -> None:
    code, out, _ = run(capsys, "ask", "温岭有几项业务可以秒办?", "--data", seed_index)
    assert code == 0
    assert out.startswith("59项\n")
    assert "› 二是深化“互联网+政务服务”改革" in out
    code, out, err = run(capsys, "ask", "余杭区收了几件复议?", "--explain", "--data", seed_index)
    assert code == 1
    assert out.startswith("报告未提及")
    assert "不检索" in err


def test_ask_from_standard_input_with_filters_and_history(
    capsys: pytest.CaptureFixture[str], seed_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("结了几件?\n".encode())))
    history = tmp_path / "h.json"
    turns = [{"role": "user", "content": "海门2020年仲裁收了多少案子"}, {"role": "assistant", "content": "15件。"}]
    history.write_text(json.dumps(turns, ensure_ascii=False), encoding="utf-8")
    code, out, _ = run(
        capsys, "ask", "--history", history, "--region", "海门", "--year", 2020, "--report", "001_e3c7257371e14c22.txt",
        "--json", "--data", seed_index,
    )  # fmt: skip
    assert code == 0
    assert json.loads(out)["short"] == "11件"


def test_show(capsys: pytest.CaptureFixture[str], seed_index: Path) -> None:
    code, out, _ = run(capsys, "show", "温岭", "--json", "--data", seed_index)
    sections = json.loads(out)
    assert code == 0
    assert list(sections[0]) == ["level", "heading", "start", "end"]
    assert sections[0]["heading"] == "一、主要举措和成效"
    assert "(一)持续做好统领文章" in run(capsys, "show", "温岭", "--data", seed_index)[1]


def test_eval_writes_a_run(capsys: pytest.CaptureFixture[str], seed_index: Path, tmp_path: Path) -> None:
    gold, out = tmp_path / "gold.jsonl", tmp_path / "run.jsonl"
    lines = (ROOT / "tests" / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    gold.write_text("\n".join([lines[0], lines[49], lines[56]]) + "\n", encoding="utf-8")
    assert run(capsys, "eval", gold, "--out", out, "--data", seed_index)[0] == 0
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [a["id"] for a in answers] == ["D001", "D050", "D057"]
    assert [list(a) for a in answers] == [["id", *FIELDS]] * 3
    assert [a["status"] for a in answers] == ["answered", "answered", "refused"]


def test_eval_shows_figures_and_holds_them_against_bars(
    capsys: pytest.CaptureFixture[str], seed_index: Path, tmp_path: Path
) -> None:
    gold, expect, html = tmp_path / "题.csv", tmp_path / "bars.json", tmp_path / "page.html"
    gold.write_text(
        "问题,答案\n温岭有几项业务可以秒办?,59项\n温岭有几项业务可以秒办?,60项\n余杭收了几件?,\n", encoding="gb18030"
    )
    code, out, _ = run(capsys, "eval", gold, "--html", html, "--data", seed_index)
    assert code == 0
    assert "50.0%" in out
    assert "失分的 1 题" in out
    assert "60项" in html.read_text(encoding="utf-8")
    expect.write_text('{"answer_correct": 0.4}', encoding="utf-8")
    assert run(capsys, "eval", gold, "--expect", expect, "--data", seed_index)[0] == 0
    expect.write_text('{"answer_correct": 0.6}', encoding="utf-8")
    code, _, err = run(capsys, "eval", gold, "--expect", expect, "--data", seed_index)
    assert (code, "没有达到要求：答对" in err) == (1, True)
    expect.write_text('{"answer": 0.6}', encoding="utf-8")
    assert run(capsys, "eval", gold, "--expect", expect, "--data", seed_index)[0] == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], 2),
        (["frob"], 2),
        (["ask", "--frob", "x"], 2),
        (["ask", "x", "--year", "many"], 2),
        (["ask", "x", "--region", "火星", "--data", "SEED"], 2),
        (["ask", "x", "--report", "没有", "--data", "SEED"], 2),
        (["ask", "x", "--history", "/nowhere", "--data", "SEED"], 2),
        (["ask", "  ", "--data", "SEED"], 2),
        (["ask", "x", "--data", "NONE"], 4),
        (["list", "--data", "NONE"], 4),
        (["show", "没有", "--data", "SEED"], 2),
        (["remove", "没有", "--data", "SEED"], 2),
        (["eval", "/nowhere", "--out", "/nowhere", "--data", "SEED"], 2),
        (["index", "/nowhere", "--data", "NONE"], 3),
        (["list", "--data", "DAMAGED"], 4),
        (["serve", "--port", "99999", "--data", "SEED"], 2),
    ],
)
def test_wrong_use_has_one_line_and_its_code(
    capsys: pytest.CaptureFixture[str], seed_index: Path, tmp_path: Path, words: list[str], code: int
) -> None:
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "catalog.sqlite").write_bytes(b"no database" * 200)
    folders = {"SEED": seed_index, "NONE": tmp_path / "none", "DAMAGED": tmp_path / "damaged"}
    got, out, err = run(capsys, *(folders.get(w, w) for w in words))
    assert got == code
    assert out in ("", "索引中共有 0 份报告\n")
    assert 1 <= len(err.strip().splitlines()) <= 2


@pytest.mark.parametrize(
    "content", ["", "\n\n", "{", "[]", '{"id": "a"}', '{"id": "a", "question": "b", "history": 1}']
)
def test_a_question_set_that_is_none(capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(content, encoding="utf-8")
    code, _, err = run(capsys, "eval", gold, "--out", tmp_path / "o", "--data", tmp_path)
    assert code == 2
    assert "问题集" in err


@pytest.mark.parametrize("command", ["", "index", "ask", "eval", "list", "show", "remove", "serve"])
def test_help_speaks_chinese(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, out, _ = run(capsys, *filter(None, [command]), "--help")
    assert code == 0
    assert "用法：yanju" in out
    assert not [w for w in ("usage", "optional", "positional", "show this") if w in out]


def test_gold_questions_keep_their_history() -> None:
    gold = {g.id: g for g in read_gold(ROOT / "tests" / "gold" / "dev.jsonl")}
    assert len(gold) == 60
    assert gold["D050"].question.history[0].content == "海门2020年仲裁收了多少案子"


def test_the_first_question_of_the_readme(seed_index: Path) -> None:
    """The README shows a command and what it prints; both have to stay true."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split('```console\n$ .venv/bin/yanju ask "')[1].split("```")[0]
    question, _, printed = shown.partition('"\n')
    environment = {**os.environ, "YANJU_DATA": str(seed_index)}
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "rag", "ask", question],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        check=True,
    )
    assert done.stdout.startswith(printed.strip())


def test_another_model_is_refused_with_what_to_do(
    capsys: pytest.CaptureFixture[str], seed_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YANJU_ENCODER", str(tmp_path / "nowhere"))
    code, _, err = run(capsys, "ask", "温岭办结几件?", "--data", seed_index)
    assert (code, "YANJU_ENCODER" in err) == (2, True)
    assert run(capsys, "list", "--data", seed_index)[0] == 0  # needs no model


def test_names_of_files_that_are_no_text(seed_index: Path, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + "/甲\n乙".encode() + b"\xff.txt"
    Path(os.fsdecode(name)).write_bytes(next(SEEDS.glob("002*")).read_bytes())
    command = [sys.executable, "-m", "rag", "index", tmp_path, "--data", tmp_path / "data"]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    listed = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "rag", "list", "--data", tmp_path / "data"], capture_output=True, cwd=ROOT, check=True
    )
    (line,) = listed.stdout.decode().splitlines()
    assert "泰顺县人民政府" in line
