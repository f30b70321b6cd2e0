"""Provinces, cities and counties: their names in a text, and which lies within which.

The table is `regions.tsv`, made by `training/regions.py`. Codes nest by their length (33 浙江, 3303 温州, 330329 泰顺),
so "within" is "starts with".

Short names arise by chance where two words meet: 创新|平台, 健康|县城. Whether one is a name therefore depends on where
the words of the sentence begin and end.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

HEADER = "# code, name, ambiguous short name; reduced from modood/Administrative-divisions-of-China (WTFPL)"
LEVELS: dict[int, Literal["province", "city", "area"]] = {2: "province", 4: "city", 6: "area"}
_NATIONS = (
    "蒙古族|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|"
    "东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|阿昌族|普米族|塔吉克|怒族|鄂温克族|德昂族|"
    "保安族|裕固族|独龙族|鄂伦春|各族|蒙古|回"
)
_SUFFIX = re.compile(
    rf"(?:(?:{_NATIONS})*自治[区州县旗]|特别行政区|地区|林区|特区|(?<!镇江)新区|(?<!开发)区|[省市县盟]|(?<![左右前中后])旗)$"
)
_KIND = re.compile(r"族?自治[区州县旗]$|(?<!开发)区$")  # where the longer suffix leaves too little: 内蒙古, 东乡, 金林
_COLLOQUIAL = re.compile(r"自治([州县旗])$")  # 恭城瑶族自治县 is also called 恭城县
SHORT = 3  # names up to this length arise by chance
CHANCE = {"和县", "道县", "东区", "西区"}  # 市和县, 省道县道: whole names that are words all the same
LEADS_IN = "那在问下"  # the dictionary joins these to the name behind them: 那天|水呢


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
    shorter = (suffix.sub("", name) for suffix in (_SUFFIX, _KIND))
    return next((short for short in shorter if len(short) >= 2), name)


def _names_of(name: str, short: str) -> dict[str, None]:
    """Return what a region is called, each name once."""
    kind = _COLLOQUIAL.search(name)
    return dict.fromkeys((name, short, short + kind[1]) if kind else (name, short))


@lru_cache(maxsize=1)
def _table() -> _Table:
    text = (resources.files("index") / "regions.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    codes = {row[0] for row in rows}
    regions: dict[str, Region] = {}
    names: dict[str, list[str]] = {}
    ambiguous = set(CHANCE)
    for code, name, common in rows:
        parent = next((code[:n] for n in (4, 2) if n < len(code) and code[:n] in codes), None)
        region = Region(code, name, short_name(name), LEVELS[len(code)], parent)
        regions[code] = region
        for known in _names_of(name, region.short):
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
    cuts: frozenset[int] | None = None
    at = 0
    while at < len(text):
        name = _name_at(text, at)
        if name is None:
            at += 1
            continue
        cuts = _cuts(text) if cuts is None else cuts
        end, codes = at + len(name), table.names[name]
        if found and found[-1].end == at and (inner := _inner(found[-1].codes, codes)):
            found[-1] = Mention(found[-1].start, end, inner, True)
        elif len(name) > SHORT or at in cuts or text[at - 1] in LEADS_IN:
            found.append(Mention(at, end, codes, name not in table.ambiguous and _ends(text, end, name, cuts)))
        else:
            at += 1
            continue
        at = end
    return tuple(found)


def without(text: str, mentions: Sequence[Mention]) -> str:
    """Leave these mentions out of the text that they were found in."""
    for mention in reversed(mentions):
        text = text[: mention.start] + text[mention.end :]
    return text


def _ends(text: str, end: int, name: str, cuts: frozenset[int]) -> bool:
    """Does a name end where a word does? 长治久安 and 大通道 begin like regions; provinces need no such proof."""
    if len(name) >= SHORT or end in cuts or text.startswith("和", end):
        return True
    return any(len(code) == 2 for code in _table().names[name])


def _cuts(text: str) -> frozenset[int]:
    """Return the places where the dictionary's words begin and end."""
    import jieba  # here and not above: listing reports needs no dictionary

    jieba.setLogLevel(logging.ERROR)
    places = [0]
    for word in jieba.lcut(text, HMM=False):
        places.append(places[-1] + len(word))
    return frozenset(places)


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
    """Return the codes of a name a person types: 泰顺, 泰顺县, 温州市泰顺县, 浙江 泰顺. () when it is none."""
    name = re.sub(r"\s", "", name)
    if known := _table().names.get(name):
        return known
    mentions = find_mentions(name)
    if len(mentions) == 1 and (mentions[0].start, mentions[0].end) == (0, len(name)):
        return mentions[0].codes
    return ()
