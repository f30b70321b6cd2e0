import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.layout import read_segments
from index.types import SegmentKind

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
# Where a reader says that the body begins and ends, by its first and last words
BODIES = {
    "000": ("2021年,我市坚持以习近平法治思想为指导", "全流程监督。"),
    "001": ("南通市人民政府:", "解决在判决前。"),
    "002": ("2023年以来,泰顺坚持", "讲好泰顺法治故事。 |"),
    "003": ("根据《2022年法治定海建设重点工作》", "抓好落实。"),
    "004": ("一、主要成效和举措", "工作落实落地。"),
}
CHROME = ("当前位置", "浏览次数", "字体:", "分享到", "打印本页", "关闭窗口", "返回顶部", ".docx")


def words(text: str, kind: SegmentKind) -> list[str]:
    return [text[s.start : s.end].strip() for s in read_segments(text) if s.kind is kind]


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.name[:3])
def test_the_five_reports(path: Path) -> None:
    text = path.read_bytes().decode()
    segments = read_segments(text)
    assert "".join(text[s.start : s.end] for s in segments) == text
    (body,) = words(text, SegmentKind.BODY)
    first, last = BODIES[path.name[:3]]
    assert body.startswith(first)
    assert body.endswith(last)
    quotable = "".join(text[s.start : s.end] for s in segments if s.kind is not SegmentKind.CHROME)
    assert not [c for c in CHROME if c in quotable.replace("字体育", "")]
    assert len(words(text, SegmentKind.TITLE)) == 1


def test_a_second_copy_is_recognised() -> None:
    text = SEEDS[4].read_bytes().decode()
    (copy,) = words(text, SegmentKind.REPEAT)
    assert copy.startswith("杭州市临平区人民政府关于临平区2022年法治政府建设年度报告")
    assert len(copy) > 4500
    assert text.count("“一照通办”251项") == 2
    assert words(text, SegmentKind.BODY)[0].count("“一照通办”251项") == 1


def test_a_report_in_one_line() -> None:
    text = (
        "甲县人民政府2018年法治政府建设年度报告 发布日期：2019-02-25 来源：县法制办 【打印】【收藏】 "
        "2018年，甲县人民政府扎实推进依法行政，现将主要情况报告如下。第一，加强领导。" + "成立领导小组，完成任务。" * 20
    ) + " 甲县人民政府 2019年2月20日 分享到："
    assert words(text, SegmentKind.TITLE) == ["甲县人民政府2018年法治政府建设年度报告"]
    assert words(text, SegmentKind.METADATA) == ["发布日期：2019-02-25 来源：县法制办"]
    assert words(text, SegmentKind.BODY)[0].startswith("2018年，甲县人民政府扎实")
    assert words(text, SegmentKind.SIGNATURE)[0].startswith("2019年2月20日") or "甲县人民政府" in text


def test_a_title_over_two_lines_and_a_table() -> None:
    text = (
        "| 索引号 | 111423005XYYJ/2025-00018 | 主题分类 | 综合政务 |\n\n"
        "乙市应急管理局\n2024年度法治政府建设工作报告\n\n"
        "2024年，乙市应急管理局坚持依法行政，取得成效。\n一、主要工作\n办结55件，满意。\n\n"
        "乙市应急管理局\n2025年1月14日\n\n"
        "（此件公开发布）\n"
    )
    assert words(text, SegmentKind.TITLE) == ["乙市应急管理局\n2024年度法治政府建设工作报告"]
    assert words(text, SegmentKind.SIGNATURE) == ["乙市应急管理局\n2025年1月14日"]
    assert words(text, SegmentKind.CHROME)[-1] == "（此件公开发布）"


def test_plain_text_is_all_body() -> None:
    assert [s.kind for s in read_segments("今年办结55件，满意率100%。")] == [SegmentKind.BODY]
    assert read_segments("") == ()


@given(st.text(alphabet="一二、（）()。,，:： \n\r|>【】2021年月日索引号甲乙县人民政府报告", max_size=300))
def test_any_text_is_tiled(text: str) -> None:
    segments = read_segments(text)
    assert "".join(text[s.start : s.end] for s in segments) == text
    assert all(s.start < s.end for s in segments)


@pytest.mark.parametrize("piece", ["> ", "索引号:", "【", "一、", "甲,", "a\n", "2021年", "分享到:\n", "浏览次数 "])
def test_time_grows_with_length_only(piece: str) -> None:
    began = time.perf_counter()
    read_segments(piece * (300_000 // len(piece)))
    assert time.perf_counter() - began < 20  # a quadratic pattern would take minutes
