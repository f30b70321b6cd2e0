import json
from pathlib import Path

import pytest

from training.measure import main

SEEDS = Path(__file__).parents[2] / "seeds"


def test_figures_of_a_handful_of_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = next(SEEDS.glob("000*")).name
    items = [
        {
            "q": "主动公开了多少条政府信息?",
            "file": file,
            "type": "number",
            "evidence": "29.91万条",
            "answer": ["29.91万条"],
        },
        {"q": "余杭区收了几件?", "file": file, "type": "unanswerable", "evidence": "", "answer": []},
        {"q": "没有这份报告", "file": "none.txt", "type": "name", "evidence": "", "answer": []},
    ]
    questions = tmp_path / "q.jsonl"
    questions.write_text("\n".join(json.dumps(i, ensure_ascii=False) for i in items), encoding="utf-8")
    main([str(questions), str(SEEDS)])
    figures = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert figures["right passage first, lexical weight 0.3"] == "1.000"
    assert figures["answer correct"] == figures["refused when unanswerable"] == "1.000"
