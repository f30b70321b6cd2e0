"""A follow-up completed from the conversation: region, year and subject are taken from before where they are missing.

One can be read in several ways: "结了几件?" after 收了多少案子 means the same cases, "身份证怎么补办?" does not, and
the words alone do not always tell. `readings` gives the possible ones; what the reports answer best decides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import regions
from rag.query.years import without_years, years_in
from rag.types import Turn

ONLY_WORDS_OF_REFERENCE = re.compile(r"^[那呢吗么和跟与、,，。?？!！\s的又再也还如何怎么样换成看说年度份报告里]*$")
REFERS = re.compile(
    r"^(?:那|其中|这|它|他们?|该|上述|还有|另外|为什么|为啥|为何|原因|具体|怎么(?:做|办|说)|然后|结果|后来|谁|哪|何时|什么时候)"
)
FILLER = re.compile(
    r"多少|几|哪些|哪个|哪|什么|啥|吗|呢|吧|的|了|是|在|有|没有|一共|总共|全年|那|这|其中|它|怎么|如何|请问|还|又|也|都|呀|[^\w]"
)
LEADING_YEAR = re.compile(r"(?:前|上|去|头)一?年(?:呢|的)")
NEXT_YEAR = re.compile(r"(?:后|下|次|第二)一?年(?:呢|的)")
BARE = 4  # characters of content up to which a question has no subject of its own
FULL = 10  # from which it has one
ANOTHER = re.compile(
    r"^(?:那|还有)?么?(.{2,24}?)呢[?？]?$"
)  # 那临平的呢?, 学法律出身的呢?: another subject, the same question
TAIL = re.compile(
    r"(?:一共|总共|共|各)?(?:[有是占达]|达到|公开|办[了结]?)?了?(?:多少|几|怎么|怎样|如何|哪些|什么|有没有|多[高大长]).*$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a follow-up: the whole question, and the words that tell the form of its answer."""

    text: str
    form: str


def readings(text: str, history: Sequence[Turn]) -> tuple[Reading, ...]:
    """Return the ways to complete a question, the likeliest first; the question itself where nothing is missing."""
    asked = [t.content.strip() for t in history if t.role == "user" and t.content.strip()]
    if not asked:
        return (Reading(text, text),)
    earlier = _whole(asked)
    mentions, years = regions.find_mentions(text), years_in(text)
    rest = without_years(regions.without(text, mentions))
    if (mentions or years or _other_year(text)) and ONLY_WORDS_OF_REFERENCE.match(_plain(rest)):
        return _swapped(text, earlier, mentions, years)
    scope = _scope(earlier, bool(mentions), bool(years))
    carried = Reading(scope + text, text)
    if mentions:
        subject = without_years(regions.without(earlier, regions.find_mentions(earlier)))
        joined = Reading(f"{_named(text, mentions)}{subject} {rest}", text)
    else:
        joined = Reading(f"{earlier} {text}", text)
    if (another := ANOTHER.match(text)) and (tail := TAIL.search(earlier)):
        return (Reading(f"{scope}{another[1].rstrip('的')}{re.sub('^了', '有', tail[0])}", earlier), joined)
    content = len(FILLER.sub("", rest))
    if content >= FULL or (mentions and content > BARE):
        return (carried,)
    if mentions:
        return carried, joined
    if content <= BARE:
        return (joined,)
    return (joined, carried) if REFERS.match(text) else (carried,)


def _whole(asked: Sequence[str]) -> str:
    """The question before, itself completed where it was a follow-up: region and year from as far back as needed."""
    whole = asked[0]
    for text in asked[1:]:
        whole = readings(text, (Turn("user", whole),))[0].text
    return whole


def _swapped(text: str, earlier: str, mentions: Sequence[regions.Mention], years: Sequence[int]) -> tuple[Reading, ...]:
    """那临平呢?, 2022年呢?, 前一年呢?: the question before, of another region or year.

    Another region may have no report of the year that was asked about: the second reading names none.
    """
    other = _other_year(text)
    if other and not years and (before := years_in(earlier)):
        years = [before[-1] + other]
    rest = without_years(earlier) if years else earlier
    if mentions:
        rest = regions.without(rest, regions.find_mentions(rest))
        place = _named(text, mentions)
    else:
        known = regions.find_mentions(rest)
        place, rest = _named(rest, known), regions.without(rest, known)
    year = "、".join(f"{y}年" for y in years)
    same = Reading(f"{place}{year}{rest}", earlier)
    undated = Reading(f"{place}{without_years(rest)}", earlier)
    return (same, undated) if mentions and not years and undated != same else (same,)


def _other_year(text: str) -> int:
    return -1 if LEADING_YEAR.search(text) else 1 if NEXT_YEAR.search(text) else 0


def _plain(rest: str) -> str:
    return NEXT_YEAR.sub("", LEADING_YEAR.sub("", rest))


def _scope(earlier: str, has_region: bool, has_year: bool) -> str:
    """The region and year of the question before, as far as this one names none. Another region has its own years."""
    place = "" if has_region else _named(earlier, regions.find_mentions(earlier))
    years = [] if has_year or has_region else years_in(earlier)
    return place + "、".join(f"{y}年" for y in years)


def _named(text: str, mentions: Sequence[regions.Mention]) -> str:
    return "、".join(dict.fromkeys(text[m.start : m.end] for m in mentions))
