from datetime import date

import pytest

from rag.query.years import dated, without_years, years_in


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2021年和2022年度", [2021, 2022]),
        ("二〇二一年", [2021]),
        ("2021年到2023年", [2021, 2022, 2023]),
        ("2021-2023年", [2021, 2022, 2023]),
        ("《纲要(2021-2025年)》和“2023年计划”", []),
        ("管到2025年的文件", []),
        ("电话12021年", []),
        ("没有", []),
    ],
)
def test_years(text: str, years: list[int]) -> None:
    assert years_in(text) == years


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("去年办了几件?", "2021年办了几件?"),
        ("今年和前年各几件", "2022年和2020年各几件"),
        ("上一年度的报告", "2021年的报告"),
        ("比去年多几件?", "比去年多几件?"),
        ("去年同期是多少?", "去年同期是多少?"),
        ("2020年比去年多吗", "2020年比去年多吗"),
    ],
)
def test_years_counted_from_today(text: str, meant: str) -> None:
    assert dated(text, date(2022, 6, 1)) == meant


def test_years_are_left_out_but_for_those_in_quotation_marks() -> None:
    assert without_years("温岭2021年度“2022年计划”办了二〇二〇年的几件") == "温岭“2022年计划”办了的几件"
