"""The figures of the long checks, kept in the repository beside what makes them."""

import json
from pathlib import Path

FIGURES = Path(__file__).parent / "FIGURES.md"
HEAD = "# 长检查的成绩\n\n由 `make verify` 写成；各项的意思见写它的测试。\n\n"


def record(name: str, figures: dict[str, float]) -> None:
    """Keep the figures of one check."""
    kept = (
        json.loads(FIGURES.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0])
        if FIGURES.exists()
        else {}
    )
    kept[name] = figures
    text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True)
    FIGURES.write_text(f"{HEAD}```json\n{text}\n```\n", encoding="utf-8")
