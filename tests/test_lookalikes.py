"""The lookalikes differ from their seeds where they must, and are read as the reports they pretend to be."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from index.metadata import FILE_YEAR
from index.parsing import parse
from tests.lookalikes import REGIONS, VARIANTS, YEARS, Variant, altered, lookalike, make_lookalikes, with_year

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
GOLD: list[dict[str, Any]] = [json.loads(line) for line in (ROOT / "tests/gold/dev.jsonl").open(encoding="utf-8")]
NAMES = dict(zip(YEARS, ("温岭", "海门", "泰顺", "定海", "临平"), strict=True))
MADE = make_lookalikes(SEEDS)
PAIRS = [pytest.param(v, file, text, id=file[:3]) for v, (file, text) in zip(VARIANTS, MADE.items(), strict=True)]


def seed_text(variant: Variant) -> str:
    return (SEEDS / variant.seed).read_text(encoding="utf-8")


def question(id: str) -> dict[str, Any]:
    return next(q for q in GOLD if q["id"] == id)


def test_twenty_different_texts() -> None:
    texts = [*MADE.values(), *(p.read_text(encoding="utf-8") for p in SEEDS.glob("*.txt"))]
    assert len(set(texts)) == len(texts) == 25
    kinds = [(bool(v.issuer), bool(v.shift), v.region != REGIONS[v.seed]) for v in VARIANTS]
    assert [kinds.count(k) for k in ((False, False, True), (False, True, False), (True, False, False))] == [6, 8, 6]
    assert make_lookalikes(SEEDS) == MADE
    assert all(re.fullmatch(r"L\d\d_[0-9a-f]{16}\.txt", file) and not FILE_YEAR.search(file) for file in MADE)


@pytest.mark.parametrize(("variant", "file", "text"), PAIRS)
def test_read_as_what_it_pretends_to_be(variant: Variant, file: str, text: str) -> None:
    report = parse(text.encode(), file, file)
    metadata = report.document.metadata
    assert (metadata.region, metadata.year) == (variant.region, variant.year)
    assert not variant.issuer or metadata.issuer == variant.issuer
    original = parse(seed_text(variant).encode(), variant.seed, variant.seed)
    assert len(report.sections) == len(original.sections)


@pytest.mark.parametrize(("variant", "file", "text"), PAIRS)
def test_another_region_leaves_no_old_name(variant: Variant, file: str, text: str) -> None:
    assert (NAMES[variant.seed] in text) == (variant.region == REGIONS[variant.seed])


@pytest.mark.parametrize(("variant", "file", "text"), PAIRS)
def test_no_answer_with_a_figure_stays(variant: Variant, file: str, text: str) -> None:
    asked = [
        q for q in GOLD if q["answerable"] and variant.seed in q["report"] and re.search(r"\d", "".join(q["gold"]))
    ]
    assert {"number", "metadata"} & {q["type"] for q in asked}
    for q in asked:
        alternatives = (
            zip(q["report"], q["evidence"], strict=True) if q["type"] == "cross" else [(q["report"], q["evidence"])]
        )
        assert not [e for report, e in alternatives if report == variant.seed and re.search(r"\d", e) and e in text]


@pytest.mark.parametrize(("variant", "file", "text"), PAIRS)
def test_every_figure_differs_in_its_place(variant: Variant, file: str, text: str) -> None:
    def counted(words: str) -> list[tuple[str, str]]:
        plain = re.sub(r"《[^》]*》|“[^”]*”|第\d+", "", words)
        return re.findall(r"(?<![\dA-Z])(\d+(?:\.\d+)?)([%余多件个项次家名条份人])", plain)

    old, new = counted(seed_text(variant)), counted(text)
    assert len(old) == len(new) > 40
    for (was, unit), (now, same_unit) in zip(old, new, strict=True):
        assert was != now and unit == same_unit
        assert unit != "%" or float(now) <= 100 or float(was) > 100
        assert len(now) <= len(was) + 1 and (now == "0" or now[0] != "0" or now[1] == ".")


def test_another_year_moves_near_years_and_no_plans() -> None:
    variant = next(v for v in VARIANTS if NAMES[v.seed] == "海门" and v.shift == 1)
    text = lookalike(seed_text(variant), variant, random.Random(1))
    assert "关于2021年度法治政府建设情况的报告" in text
    assert "三、2022年打算" in text
    assert "2020年" not in re.sub(r"20\d\d-20\d\d年", "", text)
    for kept in ("(2015-2020年)", "(2016-2020年)", "(2021-2025年)", "第九次", "“1+3+4”", "“3550”", "(一)"):
        assert kept in text
    assert re.search(r"\n2022年1月\d+日", text) and not re.search(r"\n2022年1月26日", text)


@pytest.mark.parametrize(
    ("number", "unit", "factor", "expected"),
    [
        ("29179", "", 0.8, "23343"),
        ("1", "", 0.8, "2"),
        ("5000", "余", 1.3, "6000"),
        ("100", "%", 0.73, "97.3"),
        ("99.9", "%", 0.8, "99.8"),
        ("165.26", "%", 1.2, "198.31"),
        ("00657", "", 1.2, "00788"),
        ("0.902", "", 0.8, "0.722"),
    ],
)
def test_altered(number: str, unit: str, factor: float, expected: str) -> None:
    assert altered(number, unit, factor) == expected


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("D001", "温岭2021年有几项业务可以秒办?"),
        ("D004", "温岭2021年主动晒出来的政务信息大概多少条?"),
        ("D005", "海门区里2020年有多少家单位有资格发规范性文件?"),
        ("D015", "定海执法局2022年从档案、民政等新领域接过来的处罚权有多少项?"),
        ("D034", "2023年福建的泰顺人能用“浙闽通办”办哪些事,举几个例子"),
        ("D044", "泰顺2023年和临平2022年政府常务会一年各学了几回法?"),
        ("D048", "哪些报告里讲到自己有“枫桥式”的基层单位?"),
        ("D057", "余杭区2022年收了几件行政复议?"),
        ("D059", "定海执法局2022年一年的办公经费是多少?"),
        ("D060", "身份证丢了怎么补办?"),
    ],
)
def test_with_year(id: str, expected: str) -> None:
    asked = question(id)
    year = YEARS.get(asked["report"], 0) if isinstance(asked["report"], str) else 0
    assert with_year(asked, year) == {**asked, "question": expected}


def test_with_year_of_a_followup() -> None:
    asked = question("D051")
    before = json.dumps(asked)
    dated = with_year(asked, 2023)
    assert dated["question"] == asked["question"]
    assert [turn["content"] for turn in dated["history"]] == [
        "泰顺2023年“浙闽通办”包括多少事项?",
        "泰顺将82项高频政务服务事项纳入“浙闽通办”服务范畴。",
    ]
    assert json.dumps(asked) == before
    assert with_year(question("D050"), 2020) == question("D050")  # 海门2020年仲裁收了多少案子
