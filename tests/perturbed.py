"""The gold questions as people also type them: full-width, traditional, without punctuation, mistyped, dated in words.

What is asked for stays the same, so the gold answers do too: only the question changes, and what the user said before.
"""

import logging
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

import jieba
import opencc

from index.regions import find_mentions
from tests.lookalikes import YEARS, Question, with_year

KINDS = ("full_width", "traditional", "no_punctuation", "typo", "year_words")
TO_TRADITIONAL = opencc.OpenCC("s2t")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
# Pairs that sound or look alike, as an input method or a tired eye confuses them
CONFUSED = (
    "的得 做作 账帐 候侯 密蜜 型形 建健 历厉 份分 报抱 法发 整正 在再 那哪 己已 他她 象像 以已 需须 度渡 "
    "决绝 即既 复覆 练炼 查察 辨辩 辆俩 座坐 带戴 进近 公工 事式 是事 定订 证政 执职 律率 位为 项像 名明 "
    "条调 件见 理里 务物 行形 点店 数树 章张 局据 开凯 审申 议意 仲种 裁栽 比笔 例列 企起 业叶 话活 末未 "
    "人入 士土 拔拨 监临 督都 服符 占站 信新 公供 案按 权全 期其"
)
PERCENT = "%％‰"  # units
CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
YEAR = re.compile(r"((?:19|20)\d\d)年度?")
ITSELF = re.compile(r"报告|年报|总结")  # the report is named already
# How a year is written. Both kinds of 去年 need `today`
SUFFIXED, CHINESE, LAST_REPORT, LAST = "年度", "〇", "去年的报告里", "去年"
FORMS = (SUFFIXED, LAST, CHINESE, LAST_REPORT)


def perturbed_set(gold: Sequence[Question], kind: str | None) -> list[Question]:
    """Return all gold questions, changed in one way; with None each in one way, the kinds taking turns."""
    changed = []
    for n, question in enumerate(gold):
        chosen = kind or KINDS[n % len(KINDS)]
        changed.append(perturb(question, chosen, random.Random(f"{question['id']} {chosen}")))
    return changed


def perturb(question: Question, kind: str, rng: random.Random) -> Question:
    """Return a gold question changed in the way named; its gold fields are the same. Raises ValueError: no such kind.

    A slip of the hand happens in the question alone, how one writes shows in the user's earlier turns too.
    """
    if kind == "typo":
        return {**question, "question": mistyped(question["question"], rng)}
    if kind == "year_words":
        return _with_year_words(question, _form(question, rng))
    if kind == "full_width":
        return _rewritten(question, lambda words: words.translate(FULL_WIDTH))
    if kind == "traditional":
        return _rewritten(question, TO_TRADITIONAL.convert)
    if kind == "no_punctuation":
        return _rewritten(question, without_punctuation)
    raise ValueError(kind)


def _rewritten(question: Question, rewrite: Callable[[str], str]) -> Question:
    """Return the question with its words, and the user's before it, rewritten."""
    changed = {**question, "question": rewrite(question["question"])}
    if "history" in question:
        changed["history"] = [
            {**turn, "content": rewrite(turn["content"])} if turn["role"] == "user" else dict(turn)
            for turn in question["history"]
        ]
    return changed


def without_punctuation(text: str) -> str:
    """Remove punctuation and quotes; signs of percent and those inside numbers and dates stay.

    >>> without_punctuation("“浙闽通办”的占比是98.5%吗?")
    '浙闽通办的占比是98.5%吗'
    """

    def stays(at: int, char: str) -> bool:
        inside = text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
        return inside or char in PERCENT or not unicodedata.category(char).startswith("P")

    return "".join(char for at, char in enumerate(text) if stays(at, char))


def mistyped(text: str, rng: random.Random) -> str:
    """Return the text with one character confused with its like, or else two neighbours swapped; names of regions stay.

    Unchanged only where there is nothing to swap.
    """
    free = _free(text)
    confused = [(at, other) for at in free for other in _like(text[at])]
    if confused:
        at, other = rng.choice(confused)
        return text[:at] + other + text[at + 1 :]
    swaps = list(_swaps(text, set(free)))
    if not swaps:
        return text
    at = rng.choice(swaps)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _free(text: str) -> list[int]:
    """Return the places of Chinese characters outside the names of regions."""
    named = {at for mention in find_mentions(text) for at in range(mention.start, mention.end)}
    return [at for at, char in enumerate(text) if at not in named and "\u4e00" <= char <= "\u9fff"]


def _like(char: str) -> str:
    return "".join(pair.replace(char, "") for pair in CONFUSED.split() if char in pair)


def _swaps(text: str, free: set[int]) -> Iterator[int]:
    """Yield where two different neighbours stand inside a word; anywhere, where no word has two."""
    jieba.setLogLevel(logging.ERROR)
    possible = [at for at in sorted(free) if at + 1 in free and text[at] != text[at + 1]]
    ends, at = set(), 0
    for word in jieba.lcut(text, HMM=False):
        at += len(word)
        ends.add(at)
    inside = [at for at in possible if at + 1 not in ends]
    yield from inside or possible


def _form(question: Question, rng: random.Random) -> str:
    """Return how this question writes its year: by its number, so that the forms take turns over a set."""
    number = re.sub(r"\D", "", str(question.get("id", "")))
    return FORMS[int(number) % len(FORMS)] if number else rng.choice(FORMS)


def _with_year_words(question: Question, form: str) -> Question:
    """Return the question with its report's year, or the year it names, in words; unchanged where there is no year.

    去年 is said of one year alone: 泰顺2023年和临平2022年 are written out.
    """
    report = question["report"]
    year = YEARS.get(report) if isinstance(report, str) else 0
    dated = question if year is None else with_year(question, year)
    words = [dated["question"], *(t["content"] for t in dated.get("history", []) if t["role"] == "user")]
    years = {int(found[1]) for text in words for found in YEAR.finditer(text)}
    if not years:
        return dict(question)
    if form in (LAST, LAST_REPORT) and len(years) > 1:
        form = CHINESE
    if form == LAST_REPORT and (dated == question or any(ITSELF.search(text) for text in words)):
        form = LAST
    changed = _rewritten(dated, lambda text: YEAR.sub(lambda found: _written(int(found[1]), form), text))
    return {**changed, "today": f"{max(years) + 1}-06-30"} if form in (LAST, LAST_REPORT) else changed


def _written(year: int, form: str) -> str:
    """Return a year in one of the forms.

    >>> [_written(2021, form) for form in FORMS]
    ['2021年度', '去年', '二〇二一年', '去年的报告里']
    """
    if form == CHINESE:
        return f"{year}年".translate(CHINESE_DIGITS)
    return f"{year}年度" if form == SUFFIXED else form
