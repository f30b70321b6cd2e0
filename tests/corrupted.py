"""A right answer with one thing in it made wrong: a number, a date, a name, or a citation."""

import random
import re
from collections.abc import Callable
from dataclasses import replace

from index.regions import find_mentions
from rag.types import Answer, Citation

MARKER = re.compile(r"\[(\d{1,3})\]")
NUMBER = re.compile(r"(?<![\[\d.])\d+(?:\.\d+)?(?![\d.]*\])")
DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{4}-\d\d-\d\d|\d{1,2}月(?:\d{1,2}日|[初底末])")
NAME = re.compile(r"《[^》\n]{2,40}》|“[^”\n]{2,20}”|[\u4e00-\u9fff]{2,4}(?:局|镇|街道|乡|村|法院|委员会)")
OTHERS = ("玉环", "文成", "椒江", "路桥", "崇川", "如东", "萧山", "富阳", "普陀", "岱山")
Corruption = Callable[[Answer, random.Random], Answer | None]


def other_number(answer: Answer, chance: random.Random) -> Answer | None:
    """Change a digit of a number that is no marker."""
    return _changed(answer, NUMBER, _other_digit, chance)


def other_date(answer: Answer, chance: random.Random) -> Answer | None:
    """Change the last number of a date."""
    return _changed(answer, DATE, lambda words, c: _other_digit(words, c, last=True), chance)


def other_name(answer: Answer, chance: random.Random) -> Answer | None:
    """Put another region in the place of one, or other characters into a title, a quoted name, a body's name."""
    mentions = [m for m in find_mentions(answer.answer) if m.exact]
    if mentions:
        place = chance.choice(mentions)
        other = chance.choice([o for o in OTHERS if o not in answer.answer])
        return replace(answer, answer=answer.answer[: place.start] + other + answer.answer[place.end :])
    return _changed(
        answer, NAME, lambda words, c: words[0] + "某某" + words[3:] if len(words) > 3 else "某某局", chance
    )


def other_citation(answer: Answer, chance: random.Random) -> Answer | None:
    """Let a marker name no citation, or a citation stand elsewhere than its quote, or in another section."""
    ways: list[Corruption] = [_unknown_marker, _moved_span, _other_section, _other_quote]
    return chance.choice(ways)(answer, chance)


CORRUPTIONS: dict[str, Corruption] = {
    "number": other_number,
    "date": other_date,
    "name": other_name,
    "citation": other_citation,
}


def _changed(
    answer: Answer, pattern: re.Pattern[str], change: Callable[[str, random.Random], str], chance: random.Random
) -> Answer | None:
    places = list(pattern.finditer(answer.answer))
    if not places:
        return None
    place = chance.choice(places)
    words = change(place[0], chance)
    text = answer.answer[: place.start()] + words + answer.answer[place.end() :]
    return replace(answer, answer=text) if words != place[0] else None


def _other_digit(words: str, chance: random.Random, last: bool = False) -> str:
    at = [i for i, c in enumerate(words) if c.isdecimal()]
    i = at[-1] if last else chance.choice(at)
    digit = chance.choice([d for d in "123456789" if d != words[i]])
    return words[:i] + digit + words[i + 1 :]


def _unknown_marker(answer: Answer, chance: random.Random) -> Answer | None:
    place = chance.choice(list(MARKER.finditer(answer.answer)))
    text = f"{answer.answer[: place.start()]}[{len(answer.citations) + 1}]{answer.answer[place.end() :]}"
    return replace(answer, answer=text)


def _moved_span(answer: Answer, chance: random.Random) -> Answer | None:
    return _with(answer, chance, lambda c: replace(c, start=c.start + 2, end=c.end + 2))


def _other_section(answer: Answer, chance: random.Random) -> Answer | None:
    return _with(answer, chance, lambda c: replace(c, section=(*c.section[:-1], "三、不在这里")))


def _other_quote(answer: Answer, chance: random.Random) -> Answer | None:
    return _with(answer, chance, lambda c: replace(c, quote=c.quote[:-1] + "吗"))


def _with(answer: Answer, chance: random.Random, change: Callable[[Citation], Citation]) -> Answer:
    i = chance.randrange(len(answer.citations))
    citations = list(answer.citations)
    citations[i] = change(citations[i])
    return replace(answer, citations=tuple(citations))
