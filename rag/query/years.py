"""The years a question names, in figures, in Chinese numerals, as a span, or from today (去年)."""

import re
from datetime import date

from index.numerals import DIGITS, whole_number
from rag.query.kinds import CLASSIFIERS

COUNTED = f"[{CLASSIFIERS.replace('年', '')}余多]"  # 2000条 is no year
YEAR = re.compile(rf"(?<!\d)(?:19|20)\d\d(?=年|度|$|[^\d年度-])(?!{COUNTED})")
CHINESE_YEAR = re.compile(rf"([一二][{DIGITS}]{{3}})年")
QUOTED = re.compile(r"“[^”]*”|《[^》]*》|\"[^\"]*\"")
SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)年?[到至~\-—–]+((?:19|20)\d\d)年?度?")
AIMED_AT = re.compile(
    r"(?<![\d年])[到至](?:19|20)\d\d年?(?:[底末]|为止)?"
)  # a plan until 2025 says nothing of a report
LONGEST_SPAN = 20  # years
# 比去年多 compares with what the report calls last year, and 去年同期 too: they name no year to search
RELATIVE = re.compile(r"(?<![比较按])(大前年|前年|去年|上一?年|今年|本年)度?(?![末底]|同期|相比|比)")
AGO = {"大前年": 3, "前年": 2, "去年": 1, "上年": 1, "上一年": 1, "今年": 0, "本年": 0}


def years_in(text: str) -> list[int]:
    """Return the years named, those inside quoted titles left out; a span stands for all its years.

    >>> years_in("二〇二一年和2023年《规划(2021-2025年)》"), years_in("2021年到2023年")
    ([2023, 2021], [2021, 2022, 2023])
    """
    text = AIMED_AT.sub("", QUOTED.sub("", text))
    found = [year for m in SPAN.finditer(text) for year in _between(int(m[1]), int(m[2]))]
    found += [int(m[0]) for m in YEAR.finditer(text)]
    found += [whole_number(m[1]) for m in CHINESE_YEAR.finditer(text)]
    return list(dict.fromkeys(found))


def _between(first: int, last: int) -> list[int]:
    return list(range(first, last + 1)) if 0 <= last - first < LONGEST_SPAN else [first, last]


def without_years(text: str) -> str:
    """Leave the years out of a text, with the 年 or 年度 behind them; those inside quotation marks stay.

    >>> without_years("温岭2021年度办了几件")
    '温岭办了几件'
    """
    kept = [m.span() for m in QUOTED.finditer(text)]

    def left_out(match: re.Match[str]) -> str:
        inside = any(a <= match.start() < b for a, b in kept)
        return match[0] if inside else ""

    return re.sub(
        rf"{SPAN.pattern}|(?<!\d)(?:19|20)\d\d(?!{COUNTED})年?度?|[一二][{DIGITS}]{{3}}年度?",
        left_out,
        text,
    )


def dated(text: str, today: date) -> str:
    """Write 去年, 今年, 前年 as the years they are today; a question that names a year keeps its words.

    >>> dated("温岭去年办了几件?比去年多吗?", date(2022, 6, 1))
    '温岭2021年办了几件?比去年多吗?'
    """
    if years_in(text):
        return text
    return RELATIVE.sub(lambda m: f"{today.year - AGO[m[1]]}年", text)
