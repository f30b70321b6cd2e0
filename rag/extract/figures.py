"""Figures with their units, ranks and dates. Years, ordinals and numbers inside names are no counts."""

import re
from collections.abc import Iterator

from rag.extract.overlap import Span, context_after, context_before, grams, share
from rag.query.kinds import CLASSIFIERS

PERCENT = ("%", "％", "‰")
POINTS = "个百分点"
TIME_UNITS = ("天", "日", "小时", "分钟", "秒", "年", "个月", "工作日", "个工作日")
# Units that count the same things: "几宗案子" is answered by 55件
SAME_UNIT = (
    *map(frozenset, ("件起宗单例案个次", "次回趟遍场期", "家个户所", "人名个位", "项个条件种类", "份件部本个册卷")),
    *map(frozenset, ("元钱块", "台辆个套", "支个", "个座处", "天日", "里米")),
)
ANOTHER_STEP = 2.0  # what a figure loses that counts another step of a case
_SCALE = "[十百千万亿]*"
_UNIT = (
    r"个百分点|[%％‰]|(?:平方|立方)?(?:公里|千米|米)|公顷|公斤|[吨斤]|千瓦时?|小时|分钟|秒|工作日|个(?:月|工作日)"
    r"|美?元(?:/[月年人])?|人次|场次|批次|件次|户次|家次|标准?箱|微克/立方米|年"
    rf"|[{CLASSIFIERS}]"
)
# Groups: lead, number, scale, 余多几, scale, unit
NUMBER = re.compile(
    rf"(?<![\d.A-Za-z+])([第近超约])?(\d[\d,]*(?:\.\d+)?)({_SCALE})([余多几]?)({_SCALE})({_UNIT})?"
    r"(?:以上|以下|以内|左右|上下)?"
)
RANK = re.compile(r"第(?:\d+|[一二三四五六七八九十]+)[名位]?|首位|榜首|前(?:\d+|[一二三四五六七八九十]+)[名位]?")
DATE = re.compile(
    r"(?:(?:\d{4}|今|去|明|当|次|同|上)年)?"
    r"(?:\d{1,2}月(?:份)?(?:\d{1,2}[日号]|[初底末]|[上中下]旬)?|年[初中底末])(?:前|起)?"
    r"|\d{4}年(?:[初中底末])?|\d{4}-\d{1,2}-\d{1,2}"
)
# 由14支压减至8支: the second figure holds now
CHANGED = re.compile(r"[升降增减缩提压扩涨跌并合加][高低少短加到至为大缩成]*$")
FORMERLY = re.compile(r"原来|之前|以前|原先|改革前|起初|从前|原本|过去")
DIFFERENCE = re.compile(r"(?:同比|环比|比上年|较上年|比去年|较去年|比\d{4}年|净增|新增)[^,，、;；]{0,6}$")
ASKS_DIFFERENCE = re.compile(r"涨|增|降|升|减|多了|少了|提高|同比|变化|幅|新")
# What happens to a case, one after the other: 收到55件,受理53件,办结40件 are three figures
STEPS = (
    re.compile(r"收到|接收|收了|收件|提出申请"),
    re.compile(r"受理|立案"),
    re.compile(r"办结|审结|结案|结了|[办审了]完"),
)
TOTAL = re.compile(r"总|一共|共|合计|累计")


def figures(question: str, sentence: str, unit: str) -> Iterator[Span]:
    """Yield the figures of a sentence that can be counts in the unit asked for."""
    asked_for = grams(question)
    places = _counts(sentence)
    for i, match in enumerate(places):
        fit = _unit_fit(unit, match)
        if fit < 0:
            continue
        before = context_before(sentence, match.start(), places[i - 1].end() if i else 0)
        following = places[i + 1].start() if i + 1 < len(places) else len(sentence)
        after = context_after(sentence, match.end(), following)
        score = fit + share(asked_for, before) + 0.6 * share(asked_for, after)
        if DIFFERENCE.search(before[-12:]) and not ASKS_DIFFERENCE.search(question):
            score -= 1.0
        if _another_step(question, before):
            score -= ANOTHER_STEP
        if TOTAL.search(question) and TOTAL.search(before[-6:]):
            score += 0.7
        if i and CHANGED.search(before[-6:]) and not FORMERLY.search(question):
            score += 1.0 + share(asked_for, context_before(sentence, places[i - 1].start(), 0))
        yield Span(match.start(2), match.end(), score)


def _another_step(question: str, before: str) -> bool:
    """Does a figure count another step of a case than the one that was asked about?"""
    asked_for = {i for i, step in enumerate(STEPS) if step.search(question)}
    told = {i for i, step in enumerate(STEPS) if step.search(before)}
    return bool(asked_for and told and not asked_for & told)


def _counts(sentence: str) -> list[re.Match[str]]:
    return [m for m in NUMBER.finditer(sentence) if not _is_label(sentence, m)]


def _is_label(sentence: str, match: re.Match[str]) -> bool:
    """Is this number a year, a date, an ordinal, a heading's, or part of a name such as “1+8” or “12345”?"""
    unit, behind = match[6] or "", sentence[match.end() : match.end() + 1]
    if match[1] == "第" or behind in ("+", "-") or unit in ("月", "日", "号"):
        return True
    if unit == "年":
        return len(match[2]) == 4
    heading = match.start() == 0 and behind in ("、", ".", "．")
    return unit == "" and (heading or behind in ("”", '"', "月"))


def _unit_fit(asked: str, match: re.Match[str]) -> float:
    """Return how well a figure's unit is the one asked for: 1.5 the same, 0.7 of like kind, below 0 another."""
    found = match[6] or ""
    if asked == "%":
        return 1.5 if found in PERCENT else 0.5 if found == POINTS else -1.0
    if asked == "元":
        return 1.5 if "元" in found else -0.5
    if asked == "时":
        return 1.5 if found in TIME_UNITS else -0.5
    if not asked:
        return 0.2 if found else 0.0
    if found.endswith(asked) or asked in match[3] + match[5]:
        return 1.5
    if any(asked in group and {found[:1], found[-1:]} & group for group in SAME_UNIT if found):  # 场: 8批次
        return 0.7
    return -0.5 if found in (*PERCENT, POINTS) else 0.0


def holds_figure(sentence: str, unit: str) -> float:
    """Return 1 when a sentence holds a figure in this unit or one of like kind, 0.5 for any other figure, else 0."""
    if unit == "第":
        return 1.0 if RANK.search(sentence) else 0.0
    fit = max((_unit_fit(unit, m) for m in _counts(sentence)), default=None)
    if fit is None:
        return 0.0
    return 1.0 if fit >= 0.7 else 0.5


def dates(question: str, sentence: str) -> Iterator[Span]:
    """Yield the dates of a sentence that the question does not name itself, the fuller ones higher."""
    asked_for = grams(question)
    places = list(DATE.finditer(sentence))
    for i, match in enumerate(places):
        if match[0] in question:
            continue
        end = places[i + 1].start() if i + 1 < len(places) else len(sentence)
        around = sentence[places[i - 1].end() if i else 0 : end]
        yield Span(match.start(), match.end(), 0.1 * len(match[0]) + share(asked_for, around[:60]))


def holds_date(sentence: str) -> bool:
    """Does a sentence hold a date?"""
    return DATE.search(sentence) is not None
