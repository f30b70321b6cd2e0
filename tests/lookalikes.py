"""Twenty reports that look like the five seeds and are not: another region, another year, another issuer.

A report of a neighbouring county, of the year before, or of an office next door says the same in the same words, with
other figures. Whoever answers from one of them is wrong, and can be seen to be, for every figure and date differs from
the one that stood in its place. Names, headings and wording stay, so that nothing but scope tells the reports apart.
"""

import hashlib
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from index.regions import find_mentions

Question = dict[str, Any]  # a line of the gold file
WENLING, HAIMEN, TAISHUN, DINGHAI, LINPING = (
    "000_8ea95155ac8a5b24.txt",
    "001_e3c7257371e14c22.txt",
    "002_04f22d79b114632b.txt",
    "003_b5bc7c9f6996f533.txt",
    "004_51db72ed76d61d44.txt",
)
YEARS = {WENLING: 2021, HAIMEN: 2020, TAISHUN: 2023, DINGHAI: 2022, LINPING: 2022}  # told of, not of issue
REGIONS = {WENLING: "331081", HAIMEN: "320614", TAISHUN: "330329", DINGHAI: "330902", LINPING: "330113"}


@dataclass(frozen=True, slots=True)
class Variant:
    """How a lookalike differs from its seed, beside its figures. Without renames it differs in its year alone."""

    seed: str
    region: str  # code
    renames: tuple[tuple[str, str], ...] = ()  # done in this order, longer names first
    shift: int = 0  # years
    issuer: str = ""  # where it is not the seed's

    @property
    def year(self) -> int:
        return YEARS[self.seed] + self.shift


def _pairs(renames: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((old, new) for old, _, new in (rename.partition("→") for rename in renames))


def _elsewhere(seed: str, code: str, *renames: str) -> Variant:
    return Variant(seed, code, _pairs(renames))


def _next_door(seed: str, issuer: str, *renames: str) -> Variant:
    return Variant(seed, REGIONS[seed], _pairs(renames), issuer=issuer)


VARIANTS = (
    _elsewhere(WENLING, "331083", "温岭→玉环"),
    _elsewhere(WENLING, "331082", "温岭→临海"),
    _elsewhere(HAIMEN, "320613", "海门市→崇川区", "海门→崇川", "海政发→崇政发", "对海开展→对崇开展"),
    _elsewhere(TAISHUN, "330327", "泰顺→苍南"),
    _elsewhere(DINGHAI, "330903", "定海→普陀"),
    _elsewhere(LINPING, "330109", "临平→萧山"),
    # No Wenling of 2022: a gold question asks for it because there is none
    *(Variant(WENLING, REGIONS[WENLING], shift=shift) for shift in (-2, -1)),
    Variant(HAIMEN, REGIONS[HAIMEN], shift=1),
    *(Variant(TAISHUN, REGIONS[TAISHUN], shift=shift) for shift in (-1, 1)),
    *(Variant(DINGHAI, REGIONS[DINGHAI], shift=shift) for shift in (-1, 1)),
    Variant(LINPING, REGIONS[LINPING], shift=2),
    _next_door(WENLING, "温岭市水利局", "温岭市人民政府→温岭市水利局", "级部门 > 市人民政府→级部门 > 市水利局"),
    _next_door(WENLING, "温岭市教育局", "温岭市人民政府→温岭市教育局", "级部门 > 市人民政府→级部门 > 市教育局"),
    _next_door(HAIMEN, "南通市海门区司法局", "海门区人民政府→海门区司法局", "海政发→海司发"),
    _next_door(TAISHUN, "泰顺县自然资源和规划局", "泰顺县人民政府→泰顺县自然资源和规划局"),
    _next_door(DINGHAI, "舟山市定海区住房和城乡建设局", "定海区综合行政执法局→定海区住房和城乡建设局"),
    _next_door(
        LINPING,
        "杭州市临平区教育局",
        "临平区人民政府→临平区教育局",
        "区人民政府办公室(外事办公室、研究室)→区教育局办公室",
        "区政府办公室→区教育局办公室",
    ),
)
# Left as they are: titles, quoted names, ordinals, headings, versions, ranges, index and clock numbers
KEPT = re.compile(
    r"《[^》\n]*》|“[^”\n]*”|第\d+|(?m:^[ \t\u3000\xa0]*\d+[.、．])|\d+\.0(?!\d)|[A-Za-z]\d+|\d+(?=专项)"
    r"|\d{9,}/(?:20\d\d)?|\d+:\d+|\d{4}-\d\d-\d\d|(?:19|20)\d\d(?:-(?:19|20)\d\d)?年|〔\d{4}〕|\d+[月日]"
)
FIGURE = re.compile(rf"{KEPT.pattern}|(?P<number>\d+(?:\.\d+)?)(?P<unit>[%余多]?)")
YEAR = re.compile(r"(?<![\d-])20\d\d(?=年|〕|-\d\d-\d\d|-\d{5})")  # no end of a range
FULL_DATE = re.compile(r"(\d{4})([-年])(?!1月1日)(\d{1,2})([-月])(\d{1,2})(?!\d)")
MONTH = re.compile(r"(?<!\d)(\d{1,2})(?=月(?!\d))")
NAMED_YEAR = re.compile(r"(?:19|20)\d\d")
STAYS_WITH_NAME = re.compile(r"(?:执法局|里)?")  # 定海执法局, 海门区里
# A seed that is no government's: beside another office's report of that place and year it is asked for by its name
OFFICES = {REGIONS[DINGHAI]: "执法局"}


def make_lookalikes(seeds: Path) -> dict[str, str]:
    """Return the texts of all lookalikes by file name, in the order of VARIANTS."""
    made: dict[str, str] = {}
    for n, variant in enumerate(VARIANTS, 1):
        text = lookalike((seeds / variant.seed).read_text(encoding="utf-8"), variant, random.Random(n))
        made[f"L{n:02}_{hashlib.sha256(text.encode()).hexdigest()[:16]}.txt"] = text
    return made


def lookalike(text: str, variant: Variant, chance: random.Random) -> str:
    """Return a seed's text as another office, region or year would have written it."""
    for old, new in variant.renames:
        text = text.replace(old, new)
    factor = chance.choice([chance.uniform(0.72, 0.88), chance.uniform(1.15, 1.45)])
    text = FIGURE.sub(lambda m: altered(m["number"], m["unit"], factor) + m["unit"] if m["number"] else m[0], text)
    text = _move_dates(text, days=chance.randint(3, 12))
    return _shift_years(text, YEARS[variant.seed], variant.shift)


def altered(number: str, unit: str, factor: float) -> str:
    """Return another figure of the same kind; the same one for the same number, so that a report agrees with itself.

    Counts are multiplied and keep their order: no more cases are closed than were taken in. Shares of a whole bend
    towards it or away from it and stay shares; 60余 and 5000余 stay round.

    >>> altered("29179", "", 0.8), altered("1", "", 0.8), altered("5000", "余", 0.8), altered("98.5", "%", 1.3)
    ('23343', '2', '4000', '98.1')
    """
    decimals = len(number.partition(".")[2])
    digits = number.replace(".", "")
    n, whole = int(digits), 100 * 10**decimals
    if unit == "%" and n == whole:
        return f"{100 - 10 * abs(factor - 1):.1f}"
    share = unit == "%" and n < whole
    target = whole * (n / whole) ** factor if share else n * factor
    step = 10 ** (len(digits) - len(digits.rstrip("0"))) if unit in ("余", "多") else 1
    new = max(round(target / step), 1) * step
    if new == n:
        new += step if n <= step or (target > n and not share) else -step
    written = str(new).zfill(decimals + 1 if decimals else len(digits) * digits.startswith("0"))
    return f"{written[:-decimals]}.{written[-decimals:]}" if decimals else written


def _move_dates(text: str, days: int) -> str:
    """Let every day come some days earlier and every month named alone one month, within the year.

    The first of January, as in 1月1日至今, begins a year and stays.
    """

    def earlier(m: re.Match[str]) -> str:
        day = date(int(m[1]), int(m[3]), int(m[5]))
        moved = max(day - timedelta(days=days), date(day.year, 1, 2))
        width = "02" if m[2] == "-" else ""
        return f"{m[1]}{m[2]}{moved.month:{width}}{m[4]}{moved.day:{width}}"

    text = MONTH.sub(lambda m: str(max(int(m[1]) - 1, 1)), text)
    return FULL_DATE.sub(earlier, text)


def _shift_years(text: str, year: int, shift: int) -> str:
    """Shift the report's year and those beside it; the years of plans and laws stay."""
    near = (year - 1, year, year + 1)
    return YEAR.sub(lambda m: str(int(m[0]) + shift) if int(m[0]) in near else m[0], text)


def with_year(question: Question, year: int) -> Question:
    """Return a gold question with its report's year in it, where it names none; a follow-up in what went before it.

    A report of an office is asked for by the office too: 定海 alone would mean either of two of its offices.

    Questions over several reports and those without an answer name the year of every seed whose region they name;
    `year` is that of the report asked about, and needed for the others only.
    """
    turns = [dict(turn) for turn in question.get("history", [])]
    asked = [turn for turn in turns if turn["role"] == "user"]
    if any(NAMED_YEAR.search(words) for words in (question["question"], *(turn["content"] for turn in asked))):
        return {**question, "question": _by_its_office(question["question"])}
    years = {REGIONS[file]: of for file, of in YEARS.items()}
    if question["type"] in ("cross", "unanswerable"):
        return {**question, "question": _behind_names(question["question"], years)}
    if not asked:
        return {**question, "question": _placed(question["question"], year)}
    asked[-1]["content"] = _placed(asked[-1]["content"], year)
    return {**question, "history": turns}


def _places(text: str) -> list[tuple[int, str]]:
    """Return where a year can stand behind each county named, with the county's code."""
    counties = [(m.end, m.codes[0]) for m in find_mentions(text) if len(m.codes[0]) == 6]
    ends = [(match.end(), code) for end, code in counties if (match := STAYS_WITH_NAME.match(text, end))]
    return [(end, code) for end, code in ends if text[end : end + 1] != "人"]  # 泰顺人 is one word


def _behind_names(text: str, years: Mapping[str, int]) -> str:
    for end, code in reversed(_places(text)):
        text = f"{text[:end]}{years[code]}年{text[end:]}" if code in years else text
    return text


def _placed(text: str, year: int) -> str:
    text = _by_its_office(text)
    end = next((end for end, _ in _places(text)), 0)
    return f"{text[:end]}{year}年{text[end:]}"


def _by_its_office(text: str) -> str:
    """Name the office whose report is asked about, where the question names its place alone."""
    for end, code in reversed(_places(text)):
        office = OFFICES.get(code, "")
        text = f"{text[:end]}{office}{text[end:]}" if office not in text else text
    return text
