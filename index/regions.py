"""Provinces, cities and counties: their names in a text, and which lies within which.

The table is `regions.tsv`, made by `training/regions.py`. Codes nest by their length (33 浙江, 3303 温州, 330329 泰顺),
so "within" is "starts with".
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

HEADER = "# code, name, ambiguous short name; reduced from modood/Administrative-divisions-of-China (WTFPL)"
LEVELS: dict[int, Literal["province", "city", "area"]] = {2: "province", 4: "city", 6: "area"}
MUNICIPALITIES = ("11", "12", "31", "50")  # 北京 天津 上海 重庆: their cities are no names
_NATIONS = (
    "蒙古族|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|"
    "东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|阿昌族|普米族|塔吉克|怒族|鄂温克族|德昂族|"
    "保安族|裕固族|独龙族|鄂伦春|各族|蒙古|回"
)
_SUFFIX = re.compile(rf"(?:(?:{_NATIONS})*自治[区州县旗]|特别行政区|地区|林区|特区|新区|[省市县区盟旗])$")


@dataclass(frozen=True, slots=True)
class Region:
    """One division. `short` is the name without its kind: 温岭 for 温岭市, 陵水 for 陵水黎族自治县."""

    code: str
    name: str
    short: str
    level: Literal["province", "city", "area"]
    parent: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text. Several codes: the name alone does not tell. `exact` is False for a word such as 和平."""

    start: int
    end: int
    codes: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class _Table:
    regions: dict[str, Region]
    names: dict[str, tuple[str, ...]]  # full and short names → codes
    ambiguous: frozenset[str]
    lengths: tuple[int, ...]  # of names, longest first


def short_name(name: str) -> str:
    """Return a name without its kind, if two characters or more are left.

    >>> short_name("恭城瑶族自治县"), short_name("泰顺县"), short_name("吉县")
    ('恭城', '泰顺', '吉县')
    """
    short = _SUFFIX.sub("", name)
    return short if len(short) >= 2 else name


@lru_cache(maxsize=1)
def _table() -> _Table:
    text = (resources.files("index") / "regions.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    codes = {row[0] for row in rows}
    regions: dict[str, Region] = {}
    names: dict[str, list[str]] = {}
    ambiguous: set[str] = set()
    for code, name, common in rows:
        parent = next((code[:n] for n in (4, 2) if n < len(code) and code[:n] in codes), None)
        region = Region(code, name, short_name(name), LEVELS[len(code)], parent)
        regions[code] = region
        for known in dict.fromkeys((name, region.short)):
            names.setdefault(known, []).append(code)
        if common:
            ambiguous.add(region.short)
    return _Table(
        regions,
        {name: tuple(found) for name, found in names.items()},
        frozenset(ambiguous),
        tuple(sorted({len(n) for n in names}, reverse=True)),
    )


def get(code: str) -> Region | None:
    """Return the region with this code, None when there is none."""
    return _table().regions.get(code)


def full_name(code: str) -> str:
    """Return the name with those of the divisions around it.

    >>> full_name("331081")
    '浙江省台州市温岭市'
    """
    name, region = "", get(code)
    while region is not None:
        name, region = region.name + name, get(region.parent or "")
    return name


def is_within(code: str, ancestor: str) -> bool:
    """Does a region lie within another, or is it that region?"""
    return bool(ancestor) and code.startswith(ancestor)


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Return the names of regions in a text, longest first at each place; a chain of names is one mention."""
    table = _table()
    found: list[Mention] = []
    at = 0
    while at < len(text):
        name = _name_at(text, at)
        if name is None:
            at += 1
            continue
        mention = Mention(at, at + len(name), table.names[name], name not in table.ambiguous)
        if found and found[-1].end == at and (inner := _inner(found[-1].codes, mention.codes)):
            mention = Mention(found.pop().start, mention.end, inner, True)
        found.append(mention)
        at = mention.end
    return tuple(found)


def _name_at(text: str, at: int) -> str | None:
    table = _table()
    for length in table.lengths:
        name = text[at : at + length]
        if len(name) == length and name in table.names:
            return name
    return None


def _inner(outer: tuple[str, ...], inner: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(i for i in inner if any(i != o and is_within(i, o) for o in outer))


def resolve(name: str) -> tuple[str, ...]:
    """Return the codes of a name a person types: 泰顺, 泰顺县, 温州市泰顺县. () when it is none."""
    mentions = find_mentions(name.strip())
    if len(mentions) == 1 and (mentions[0].start, mentions[0].end) == (0, len(name.strip())):
        return mentions[0].codes
    return ()
