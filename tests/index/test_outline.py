"""The outline against outlines written by hand, and against texts made to break it."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.outline import read_outline
from index.parsing import parse
from index.types import Section

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold" / "outlines"
INVENTED = ROOT / "tests" / "gold" / "outlines_invented"
DEV = ROOT / "tests" / "gold" / "dev.jsonl"

Row = tuple[int, str, int]


def gold_rows(file: Path) -> list[Row]:
    return [(row["level"], row["heading"], row["start"]) for row in json.loads(file.read_text(encoding="utf-8"))]


def rows(sections: tuple[Section, ...]) -> list[Row]:
    return [(section.level, section.heading, section.start) for section in sections]


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def product_rows(path: Path) -> list[Row]:
    """The outline as the product reads a file: chrome, metadata and second copies told apart first."""
    return rows(parse(path.read_bytes(), path.name, str(path)).sections)


def paths(sections: list[Row]) -> list[list[str]]:
    found: list[list[str]] = []
    stack: list[str] = []
    for level, heading, _ in sections:
        stack[level - 1 :] = [heading]
        found.append(list(stack))
    return found


def outline(text: str) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in read_outline(text)]


@pytest.mark.parametrize("file", sorted(GOLD.glob("*.json")), ids=lambda file: file.stem[:3])
def test_seed_outlines_are_exact(file: Path) -> None:
    assert product_rows(SEEDS / f"{file.stem}.txt") == gold_rows(file)


def test_invented_outlines() -> None:
    wanted = found = extra = named = 0
    for file in sorted(INVENTED.glob("*.json")):
        gold, got = gold_rows(file), product_rows(file.with_suffix(".txt"))
        gold_places, got_places = ({(level, start) for level, _, start in x} for x in (gold, got))
        wanted += len(gold)
        found += len(gold_places & got_places)
        extra += len(got_places - gold_places)
        named += len(set(gold) & set(got))
        print(f"{file.stem}: {len(gold_places & got_places)}/{len(gold)}, extra {len(got_places - gold_places)}")
    print(f"found {found / wanted:.3f}, with exact name {named / wanted:.3f}, extra {extra / wanted:.3f}")
    assert found / wanted >= 0.97
    assert named / wanted >= 0.97
    assert extra / wanted <= 0.03


def test_hand_written_outlines_hold_the_sections_of_the_questions() -> None:
    plain = re.compile(r"[\s\"“”‘’]|[。.,;:、]+$")
    known = {f"{file.stem}.txt": paths(gold_rows(file)) for file in GOLD.glob("*.json")}
    for line in read(DEV).splitlines():
        item = json.loads(line)
        if not item["section"]:
            continue
        single = isinstance(item["report"], str)
        reports, wanted = ([item["report"]], [item["section"]]) if single else (item["report"], item["section"])
        for report, path in zip(reports, wanted, strict=True):
            if len(path) == 1 and path[0][1] not in "、（(":
                continue  # the title of the report: text before the first heading
            alike = [[plain.sub("", heading) for heading in row] for row in known[report]]
            assert [plain.sub("", heading) for heading in path] in alike, (item["id"], path)


def test_worked_example() -> None:
    text = (
        "甲市2023年法治政府建设报告\n乙市人民政府:\n2023年,我市扎实推进依法行政,成效明显。现报告如下:\n"
        "一、主要成效\n(一)优化环境,服务提速。一是减环节。全年减少10. 5万件。二是减时间。平均2.5天。\n"
        "(二)严格执法。落实“一是公示;二是记录”要求。\n二、不足和打算\n主要是:1、人少;2.案多。\n"
    )
    sections = read_outline(text)
    assert [(s.level, s.heading, s.parent) for s in sections] == [
        (1, "一、主要成效", None),
        (2, "(一)优化环境,服务提速", 0),
        (3, "一是减环节", 1),
        (3, "二是减时间", 1),
        (2, "(二)严格执法", 0),
        (1, "二、不足和打算", None),
        (2, "1、人少", 5),
        (2, "2.案多", 5),
    ]
    assert text[sections[2].start : sections[2].end] == "一是减环节。全年减少10. 5万件。"
    assert sections[0].end == sections[4].end == text.index("二、不足")
    assert sections[5].end == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一章 总体\n第一节 成效\n甲事已成。\n第二节 经验\n乙事也成。\n第二章 打算\n丙事将成。", [1, 2, 2, 1]),
        (
            "1、抓责任\n（1）领导。开会三次。\n（2）考核。评了两次。\n2、转职能\n首先,简政。成。其次,放权。成。",
            [1, 2, 2, 1, 2, 2],
        ),
        ("1 政治引领\n1.1 会议。开会三次。\n1.2 学习。学了两次。\n2 职能转变\n2.1 审批。快了。", [1, 2, 2, 1, 2]),
        ("一、优化\n①减事项：少了。②减时间：快了。\n二、规范\n——公示；——记录。", [1, 2, 2, 1, 2, 2]),
        (
            "一、工作\n【组织】书记带头抓这件事,开会三次。\n【执法】大队办案八件。\n二、打算\n一要快；二要好。",
            [1, 2, 2, 1, 2, 2],
        ),
        (
            "一、工作\n㈠快。办件三天。\n㈡省。少跑一次。\n⑴证照。\n⑵印章。\n二、打算\n❶学习。❷实践。",
            [1, 2, 2, 3, 3, 1, 2, 2],
        ),
        ("报告如下。计划一：招人八名。计划二：建站三处。其一，人少；其二，案多。", [1, 1, 2, 2]),
    ],
)
def test_levels_follow_the_report(text: str, expected: list[int]) -> None:
    assert [level for level, _ in outline(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "全年办件10. 5万件，同比增长3.5%。12.4宪法日当天，3、4月份两次开展活动。",
        "落实《关于一是公示、二是记录的规定》，做到“一是快；二是好”。",
        "【打印】【收藏】【关闭窗口】\n【打印本页】 【返回顶部】\n甲市人民政府:\n2023年1月26日\n",
        "一审案件3件。一、二审均胜诉。一是一，二是二。",
        "1.1万件办结。\n2.5亿元到位。\n3.15晚会当天,5.1%的投诉在现场办结。",
        "第三条规定的事项已办结。首先感谢大家。最后，祝各位顺利。",
    ],
)
def test_no_headings(text: str) -> None:
    assert outline(text) == []


def test_long_run_in_item_is_called_by_its_lead_clause() -> None:
    long = "一是整治历史旧账,摸排遗留项目一百一十二个,办结其中九十七个,涉及房屋两万八千七百套,其余正在办理"
    assert outline(f"一、工作\n{long}。二是补短板,强弱项。") == [
        (1, "一、工作"),
        (2, "一是整治历史旧账"),
        (2, "二是补短板,强弱项"),
    ]


def test_one_line_report_without_stops_after_headings() -> None:
    text = (
        "甲市报告 2023年工作有序。报告如下: 一、主要做法 (一)提高站位 1.压实责任.开会三次.2.健全体系.写了办法. "
        "(二)转变职能。事项减少。 二、下步打算 2024年,全市上下将继续实施五大行动,抓好每一项任务的落实,不断取得新成效。"
    )
    assert outline(text) == [
        (1, "一、主要做法"),
        (2, "(一)提高站位"),
        (3, "1.压实责任"),
        (3, "2.健全体系"),
        (2, "(二)转变职能"),
        (1, "二、下步打算"),
    ]


HOSTILE = [
    "一是",
    "(",
    "一、",
    "“",
    '"',
    "（一）",
    "一、。",
    "1.1",
    "——",
    "【甲】",
    "计划一：",
    "\n",
    " ",
    "。 ",
    "...",
    "甲",
    "\n一、甲\n",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear(unit: str) -> None:
    text = "一、" + unit * (1_000_000 // len(unit))
    started = time.perf_counter()
    sections = read_outline(text)
    assert time.perf_counter() - started < 20
    check(text, 0, len(text), sections)


def test_time_is_linear_in_the_number_of_styles() -> None:
    text = "".join(f"。{chr(0x4E00 + i // 400)}{chr(0x5E00 + i % 400)}一：甲" for i in range(150_000))
    started = time.perf_counter()
    read_outline(text)
    assert time.perf_counter() - started < 20


def check(text: str, start: int, end: int, sections: tuple[Section, ...]) -> None:
    """What holds of every outline."""
    last = start - 1
    for i, section in enumerate(sections):
        assert section.heading
        assert text.startswith(section.heading, section.start)
        assert last < section.start < section.start + len(section.heading) <= section.end <= end
        last = section.start
        if section.parent is None:
            assert section.level == 1
        else:
            parent = sections[section.parent]
            assert section.parent < i
            assert section.level == parent.level + 1
            assert parent.start + len(parent.heading) <= section.start
            assert section.end <= parent.end
        following = [s.start for s in sections[i + 1 : i + 200] if s.level <= section.level]
        assert section.end == (following[0] if following else section.end)


LEAD = "健全领导体制。调整充实领导小组由市长任组长办公室设在司法局下设三个专项小组"
MARKS = (
    "一、 二、 (一) （二） 1. 2、 1.1 ① ② 一是 二是 首先, 最后, 第一， 第一部分 —— 【甲】 计划一： 存在的不足："
    ' 2023年 甲乙丙 10. 5万 。 ； ： , . “ ” " 《 》 （ ）'
)
PIECES = st.sampled_from([*re.split(" (?!5)", MARKS), LEAD, "\n", " "])


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200), st.integers(-3, 80), st.integers(-3, 200))
def test_any_text(text: str, start: int, end: int) -> None:
    check(text, 0, len(text), read_outline(text))
    check(text, max(start, 0), min(max(end, 0), len(text)), read_outline(text, start, end))


@pytest.mark.parametrize("file", sorted(INVENTED.glob("*.txt")), ids=lambda file: file.stem)
def test_invariants_on_reports(file: Path) -> None:
    text = read(file)
    check(text, 0, len(text), read_outline(text))
