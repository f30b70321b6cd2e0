from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.layout import read_segments
from index.metadata import read_metadata
from index.types import FactKind, Metadata

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def read(text: str, file: str = "报告.txt") -> Metadata:
    return read_metadata(text, read_segments(text), file)


def values(metadata: Metadata, kind: FactKind) -> list[str]:
    return [f.value for f in metadata.facts if f.kind is kind]


@pytest.mark.parametrize(
    ("number", "title", "issuer", "region", "year"),
    [
        (0, "温岭市人民政府2021年法治政府建设年度报告", "温岭市人民政府", "331081", 2021),
        (1, "南通市海门区人民政府关于2020年度法治政府建设情况的报告", "南通市海门区人民政府", "320614", 2020),
        (2, "泰顺县人民政府关于2023年法治政府建设年度报告", "泰顺县人民政府", "330329", 2023),
        (3, "舟山市定海区综合行政执法局法治政府建设工作总结", "舟山市定海区综合行政执法局", "330902", 2022),
        (4, "杭州市临平区人民政府关于临平区2022年法治政府建设年度报告", "杭州市临平区人民政府", "330113", 2022),
    ],
)
def test_the_five_reports(number: int, title: str, issuer: str, region: str, year: int) -> None:
    text = SEEDS[number].read_bytes().decode()
    m = read(text, SEEDS[number].name)
    assert (m.title, m.issuer, m.region, m.year) == (title, issuer, region, year)


def test_a_report_that_contradicts_itself_keeps_both_dates_and_their_places() -> None:
    text = SEEDS[1].read_bytes().decode()
    m = read(text)
    published = [f for f in m.facts if f.label == "发布日期"]
    assert [f.value for f in published] == ["2021-02-01", "2021-01-26"]
    assert [text[f.start : f.end] for f in published] == ["发布日期: 2021-02-01", "发布日期: 2021-01-26"]
    assert values(m, FactKind.DOCUMENT_NUMBER) == ["海政发〔2021〕3号"]
    assert values(m, FactKind.WRITTEN) == ["2021-01-26"]
    assert values(m, FactKind.SIGNED) == ["2021-01-26"]


def test_a_table_without_colons() -> None:
    text = SEEDS[4].read_bytes().decode()
    m = read(text)
    assert values(m, FactKind.INDEX_NUMBER) == ["001008001003010/2023-03233"]
    assert values(m, FactKind.DOCUMENT_NUMBER) == []  # the label stands there without a value
    assert "成文日期 2023-02-16" in [text[f.start : f.end] for f in m.facts]


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.name[:3])
def test_every_fact_stands_where_it_says(path: Path) -> None:
    text = path.read_bytes().decode()
    for fact in read(text).facts:
        quote = text[fact.start : fact.end]
        assert quote.strip() == quote != ""
        assert fact.value in quote or fact.value[:4] in quote


@pytest.mark.parametrize(
    ("signed", "year"), [("2023年2月1日", 2022), ("二〇二三年十二月二十一日", 2023), ("2022年6月30日", 2021)]
)
def test_without_a_year_the_signature_tells(signed: str, year: int) -> None:
    text = f"甲局法治政府建设工作总结\n\n我局坚持依法行政，取得成效。\n一、做法\n办结，满意。\n\n甲局\n{signed}\n"
    m = read(text)
    assert m.year == year
    assert values(m, FactKind.SIGNED)[0].startswith(signed[:4] if signed[0] == "2" else "2023-12-21")


def test_chinese_years_and_file_names() -> None:
    assert read("温岭市二〇二一年法治政府建设年度报告\n\n我市坚持，推进。\n").year == 2021
    assert read("政府工作报告\n\n各位代表，现在报告工作。\n", "襄阳_2024_政府工作报告.txt").year == 2024
    assert read("政府工作报告\n\n各位代表，现在报告工作。\n", "襄阳_2024_政府工作报告.txt").region == "4206"


@pytest.mark.parametrize(
    ("file", "region"),
    [("长沙_2024_政府工作报告.txt", "4301"), ("恩施_2024_政府工作报告.txt", "4228"), ("2024平安建设.txt", "")],
)
def test_names_that_several_regions_share(file: str, region: str) -> None:
    assert read("政府工作报告\n\n各位代表，现在报告工作。\n", file).region == region


def test_the_surroundings_tell_which_region_of_a_name() -> None:
    text = "鼓楼区人民政府2022年法治政府建设年度报告\n\n徐州市人民政府：\n2022年，我区坚持依法行政，取得成效。\n"
    assert read(text).region == "320302"


def test_a_year_is_not_read_from_a_hash_or_a_date() -> None:
    text = "甲局法治政府建设工作总结\n\n我局坚持依法行政，取得成效。\n"
    assert read(text, "004_51db2016d61d.txt").year is None
    assert read(text, "2023-02-16.txt").year is None


@given(st.text(alphabet="甲县人民政府年度报告2021月日:：|〔〕号索引发布成文期 \n一、。，", max_size=200))
def test_any_text_has_metadata(text: str) -> None:
    for fact in read(text).facts:
        assert 0 <= fact.start < fact.end <= len(text)
