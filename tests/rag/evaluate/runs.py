"""Questions and runs made by hand, in the published format: right ones, and each way to lose a point."""

from collections.abc import Sequence
from typing import Any

Line = dict[str, Any]

TEXTS = {
    "a.txt": "甲县报告\n一、成效\n梳理秒办事项59项、好办事项347项。办结率百分之75。\n二、不足\n共59项。人手少。",
    "b.txt": "乙县报告\n一、做法\n秒办事项60项,“e办”平台上线。" + "很长的一句话。" * 40,
}
SECTION, OTHER = ["一、成效"], ["二、不足"]
NUMBER = {
    "id": "N", "type": "number", "question": "几项?", "report": "a.txt", "section": SECTION, "gold": ["59项", "59个"],
    "evidence": "秒办事项59项", "answerable": True, "gold_mode": "any",
    "section_alt": [{"report": "a.txt", "section": ["三、附录"]}],
}  # fmt: skip
ITEMS: tuple[Line, ...] = (
    NUMBER,
    {**NUMBER, "type": "name", "gold": ["e办", "平台"], "gold_mode": "all", "report": "b.txt", "section": ["一、做法"],
     "evidence": "“e办”平台上线", "section_alt": []},
    {**NUMBER, "type": "descriptive", "gold": ["人手", "59项"], "gold_mode": "all", "evidence": ["人手少", "共59项"]},
    {**NUMBER, "type": "metadata", "gold": ["甲县"], "evidence": "甲县报告"},
    {**NUMBER, "type": "followup", "history": [{"role": "user", "content": "347项是什么?"}]},
    {**NUMBER, "type": "cross", "report": ["a.txt", "b.txt"], "section": [SECTION, ["一、做法"]], "gold_mode": "all",
     "gold": ["59项", "60项"], "evidence": ["秒办事项59项", "秒办事项60项"]},
    {"id": "U", "type": "unanswerable", "question": "多少钱?", "report": [], "section": [], "gold": [], "evidence": "",
     "answerable": False},
)  # fmt: skip


def cited(quote: str, file: str = "a.txt", section: Sequence[str] = SECTION) -> Line:
    return {"n": 1, "file": file, "section": list(section), "quote": quote}


def line(text: str, short: str | None, *citations: Line, status: str = "answered") -> Line:
    return {"status": status, "answer": text, "short": short, "citations": list(citations), "ms": 1.0}


ON, ON_B = cited("梳理秒办事项59项、好办事项347项。"), cited("秒办事项60项,“e办”平台上线。", "b.txt", ["一、做法"])
RUNS = {
    "right": line("甲县59项，乙县60项，“e办”平台，人手少[1][2]", "59项", ON, ON_B),
    "short": line("**59项**\n- e办平台，人手[1]", "e办平台", ON),
    "wrong": line("58项和61项[1]", "58项", ON),
    "refused": line("报告未提及", None, status="refused"),
    "refused with quotes": line("报告未提及59项", "59项", ON, status="refused"),
    "wrong short": line("59项[1]", "59项和347项", ON),
    "long short": line("59项[1]", "59项" + "，这是本年度梳理完成的秒办事项", ON),
    "a short as long as may be": line("59项[1]", "59项" + "话" * 12, ON),
    "a short longer by one": line("59项[1]", "59项" + "话" * 13, ON),
    "no short": line("59项[1]", None, ON),
    "too late": line("很长的一句话。" * 20 + "59项[1]", "59项", ON),
    "far too late": line("很长的一句话。" * 45 + "59项[1]", "59项", ON),
    "markers aside": line("【来源1】［1、2］[1](#c1)1. 59项", "59项", ON),
    "too long a quote": line("59项[1]", "59项", cited("秒办事项59项" + TEXTS["b.txt"])),
    "not verbatim": line("59项[1]", "59项", cited("秒办的事项有59项")),
    "the same twice": line("59项[1][2]", "59项", ON, cited("梳理秒办事项59项、 好办事项347项。", section=OTHER)),
    "the wrong section": line("59项[1]", "59项", cited("秒办事项59项", section=OTHER)),
    "no section": line("59项[1]", "59项", cited("秒办事项59项", section=())),
    "the other section": line("59项[1]", "59项", cited("秒办事项59项", section=["三、附录"])),
    "gold beside the evidence": line("59项[1]", "59项", cited("共59项")),
    "the wrong report": line("59项[1]", "59项", cited("秒办事项59项", "b.txt", ["一、做法"])),
    "without proof": line("59项", "59项"),
    "an empty quote": line("59项[1]", "59项", cited("")),
}  # fmt: skip
