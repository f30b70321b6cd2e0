"""The direct answer inside an evidence sentence, by rules: the figure with its unit, the date, the name.

A figure or name is chosen by what is asked for (its unit, its suffix) and by how much of the question stands around
it. What no rule finds is left out: the sentence itself is the answer then.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.tokens import normalise
from rag.kinds import CLASSIFIERS, Asked, Kind

# Units that count the same things: "几宗案子" is answered by 55件
SAME_UNIT = (
    *map(frozenset, ("件起宗单例案个次", "次回趟遍场期", "家个户所", "人名个位", "项个条件种类", "份件部本个册")),
    *map(frozenset, ("元钱块", "台辆个套", "支个", "个座处", "天日", "里米")),
)
SCALE = "[十百千万亿]*"
UNIT = (
    r"个百分点|[%％‰]|(?:平方|立方)?(?:公里|千米|米)|公顷|公斤|[吨斤]|千瓦时?|小时|分钟|秒|工作日|个(?:月|工作日)|美?元(?:/[月年人])?|"
    rf"人次|场次|批次|件次|户次|家次|标准?箱|微克/立方米|年|[{CLASSIFIERS}]"
)
TIME_UNITS = ("天", "日", "小时", "分钟", "秒", "年", "个月", "工作日", "个工作日")
BOUND = "以上|以下|以内|左右|上下"
NUMBER = re.compile(
    rf"(?<![\d.A-Za-z+])(?:第|近|超|约)?(\d[\d,]*(?:\.\d+)?)({SCALE})([余多几]?)({SCALE})({UNIT})?(?:{BOUND})?"
)
CHINESE_NUMBER = re.compile(rf"(?<![\u4e00-\u9fff]第)([一二两三四五六七八九十百]+)({UNIT})")
DATE = re.compile(
    r"(?:(?:\d{4}|今|去|明|当|次|同|上)年)?(?:\d{1,2}月(?:份)?(?:\d{1,2}[日号]|[初底末]|[上中下]旬)?|年[初中底末])(?:前|起)?|\d{4}年(?:[初中底末])?"
    r"|\d{4}-\d{1,2}-\d{1,2}"
)
QUOTED = re.compile(r"“([^”]{2,30})”|《([^》]{2,60})》|\"([^\"]{2,30})\"|「([^」]{2,30})」")
CHANGED = re.compile(
    r"[升降增减缩提压扩涨跌并合加][高低少短加到至为大缩成]*$"
)  # 由 14 支压减至 8 支: the second figure holds now
DIFFERENCE = re.compile(r"(?:同比|环比|比上年|较上年|比去年|较去年|比\d{4}年|净增|新增)[^,，、;；]{0,6}$")
ASKS_DIFFERENCE = re.compile(r"涨|增|降|升|减|多了|少了|提高|同比|变化|幅|新")
RANK = re.compile(r"第(?:\d+|[一二三四五六七八九十]+)[名位]?|首位|榜首|前(?:\d+|[一二三四五六七八九十]+)[名位]?")
TOTAL = re.compile(r"总|一共|共|合计|累计")
FORMERLY = re.compile(r"原来|之前|以前|原先|改革前|起初|从前|原本|过去")
WHO = re.compile(r"谁|哪[一]?位|姓名|[长员人记任师]叫[什啥]")
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温霍"
)
ROLE = (
    "(?:长|书记|主任|教授|律师|教师|职工|队员|干部|委员|负责人|承办人|传承人|记者|法官|检察官|同志|成员|调解员|志愿者)"
)
PERSON = re.compile(rf"{ROLE}([{SURNAMES}][\u4e00-\u9fff]{{1,2}})")
NO_GIVEN_NAME = "等在被主担任先就将为获以与和批作到带出亲率及任的对"
FILLER = re.compile(
    r"多少|几|哪些|哪个|哪|什么|啥|吗|呢|的|了|是|在|有|一共|总共|全年|去年|今年|怎么|如何|[?？,，。!！、]"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the sentence that may be the direct answer."""

    start: int
    end: int
    score: float


def short_answer(question: str, sentence: str, wanted: Asked, told: str = "") -> str | None:
    """Return the direct answer in the sentence's own words, None when no rule finds one.

    What was `told` in the turn before is not what a follow-up asks for.
    """
    if wanted.kind is Kind.NUMBER and wanted.unit == "第":
        spans = [Span(*m.span(), 0.0) for m in RANK.finditer(sentence)]
    elif wanted.kind is Kind.NUMBER:
        spans = list(_numbers(question, sentence, wanted.unit))
    elif wanted.kind is Kind.DATE:
        spans = list(_dates(question, sentence))
    elif wanted.kind is Kind.NAME:
        spans = list(_names(question, sentence))
    else:
        return None
    spans = [s for s in spans if not told or sentence[s.start : s.end] not in told] or spans
    best = max(spans, key=lambda s: s.score, default=None)
    return sentence[best.start : best.end] if best else None


def _numbers(question: str, sentence: str, unit: str) -> Iterator[Span]:
    """Figures with their units; years and ordinals are not counts."""
    asked_for = _grams(question)
    places = [m for m in NUMBER.finditer(sentence) if not _is_label(sentence, m)]
    for i, match in enumerate(places):
        found = match[5] or ""
        before = _context_before(sentence, match.start(), places[i - 1].end() if i else 0)
        after = _context_after(sentence, match.end(), places[i + 1].start() if i + 1 < len(places) else len(sentence))
        score = _unit_score(unit, found, match) + 1.0 * _share(asked_for, before) + 0.6 * _share(asked_for, after)
        if DIFFERENCE.search(before[-12:]) and not ASKS_DIFFERENCE.search(question):
            score -= 1.0
        if TOTAL.search(question) and TOTAL.search(before[-6:]):
            score += 0.7
        if CHANGED.search(before[-6:]) and not FORMERLY.search(question):
            score += 1.0 + _share(asked_for, _context_before(sentence, places[i - 1].start(), 0)) if i else 0.0
        yield Span(match.start() + len(match[0]) - len(match[0].lstrip("第近超约")), match.end(), score)


def _is_label(sentence: str, match: re.Match[str]) -> bool:
    """Is this number a year, a date, an ordinal, or part of a name such as “1+8” or “12345”?"""
    text, unit = match[0], match[5] or ""
    if unit == "" and sentence[match.end() : match.end() + 1] in ("、", ".", "．") and match.start() == 0:
        return True  # the number of a heading
    if text.startswith("第") or sentence[match.end() : match.end() + 1] in ("+", "-"):
        return True
    if unit == "年" and len(match[1]) == 4:
        return True
    return unit in ("月", "日", "号") or (unit == "" and sentence[match.end() : match.end() + 1] in ("”", '"', "月"))


def _unit_score(asked: str, found: str, match: re.Match[str]) -> float:
    if asked == "%":
        return 1.5 if found in ("%", "％", "‰") else 0.5 if found == "个百分点" else -1.0
    if not asked:
        return 0.2 if found else 0.0
    if asked == "元":
        return 1.5 if "元" in found else -0.5
    if asked == "时":
        return 1.5 if found in TIME_UNITS else -0.5
    if found.endswith(asked) or asked in (match[2] + match[4]):
        return 1.5
    if any(asked in group and found[:1] in group for group in SAME_UNIT if found):
        return 0.7
    return -0.5 if found in ("%", "％", "个百分点") else 0.0


def _dates(question: str, sentence: str) -> Iterator[Span]:
    asked_for = _grams(question)
    places = list(DATE.finditer(sentence))
    for i, match in enumerate(places):
        if match[0] in question:
            continue
        end = places[i + 1].start() if i + 1 < len(places) else len(sentence)
        around = sentence[places[i - 1].end() if i else 0 : end]
        yield Span(match.start(), match.end(), 0.1 * len(match[0]) + _share(asked_for, around[:60]))


def _names(question: str, sentence: str) -> Iterator[Span]:
    """Quoted names and titles that the question does not hold; places and bodies by the suffix asked for."""
    asked_for = _grams(question)
    for match in QUOTED.finditer(sentence):
        start, end = next(match.span(g) for g in range(1, 5) if match[g])
        if normalise(sentence[start:end]) not in normalise(question):
            around = sentence[max(0, match.start() - 16) : match.start()] + sentence[match.end() : match.end() + 16]
            yield Span(start, end, 1.0 + _share(asked_for, around))
    if WHO.search(question):
        for start, end in _people(sentence):
            around = sentence[max(0, start - 16) : end + 16]
            yield Span(start, end, 1.3 + _share(asked_for, around))
    for suffix in _asked_suffixes(question):
        pattern = re.compile(rf"[\u4e00-\u9fff]{{1,12}}?{suffix}")
        for match in pattern.finditer(sentence):
            start = match.start() + _leading_words(match[0])
            if match.end() - start > len(suffix):
                around = sentence[max(0, start - 16) : match.end() + 16]
                yield Span(start, match.end(), 1.3 + _share(asked_for, around))


def _people(sentence: str) -> Iterator[tuple[int, int]]:
    """Names of people, found behind an office or a role: 副市长刘志明, 由退休职工杨桂芳."""
    for match in PERSON.finditer(sentence):
        start, end = match.span(1)
        if end - start == 3 and sentence[end - 1] in NO_GIVEN_NAME:
            end -= 1
        yield start, end


def _asked_suffixes(question: str) -> list[str]:
    """What the name must end with: 哪个镇 → 镇."""
    found = re.findall(
        r"哪[一]?(?:个|家|座|所|条|支|位|处)?(街道|镇|乡|部门|单位|局|城市|市|县|区|村|学校|大学|公司|企业|法院|委|中心|平台|系统)",
        question,
    )
    wider = {
        "部门": ["部门", "局", "委", "办"],
        "单位": ["局", "委", "办", "中心", "公司"],
        "城市": ["市"],
        "委": ["委员会", "委"],
    }
    return [s for word in found for s in wider.get(word, [word])]


LEADING = re.compile(r".*(?:由|在|对|与|和|跟|将|向|把|为|于|是|及|到|被|从|以|给|让|的|了|、)")


def _leading_words(text: str) -> int:
    match = LEADING.match(text[:-1])
    return match.end() if match else 0


def _context_before(sentence: str, at: int, previous: int) -> str:
    """The words that say what a figure counts: back to the clause's start, or past a bare "共计" to the one before."""
    clause = sentence[max(previous, at - 40) : at]
    cut = max(clause.rfind(c) for c in ",，;；:：、。(（")
    own = clause[cut + 1 :]
    return own if len(own) > 4 else clause[-24:]


def _context_after(sentence: str, at: int, following: int) -> str:
    clause = sentence[at : min(following, at + 20)]
    cut = re.search(r"[,，;；。、:：)）]", clause)
    return clause[: cut.start()] if cut else clause


def _grams(text: str) -> set[str]:
    """Characters and bigrams of what the question is about."""
    plain = FILLER.sub(" ", normalise(text))
    grams = {plain[i : i + 2] for i in range(len(plain) - 1) if " " not in plain[i : i + 2]}
    return grams | {c for c in plain if c != " "}


def _share(asked_for: set[str], around: str) -> float:
    """How much of the question stands in these words: bigrams count 1, single characters 0.25."""
    text = normalise(around)
    found = {g for g in asked_for if g in text}
    return min(3.0, sum(0.5 if len(g) > 1 else 0.2 for g in found))


def fits(wanted: Asked, sentence: str) -> float:
    """Return how well a sentence holds the form of answer asked for: 0 not at all, 1 with the very unit."""
    if wanted.kind is Kind.DATE:
        return 0.5 if DATE.search(sentence) else 0.0
    if wanted.kind is not Kind.NUMBER:
        return 0.0
    if wanted.unit == "第":
        return 1.0 if RANK.search(sentence) else 0.0
    figures = [m for m in NUMBER.finditer(sentence) if not _is_label(sentence, m)]
    best = max((_unit_score(wanted.unit, m[5] or "", m) for m in figures), default=-1.0)
    return (0.5 if figures else 0.0) + (0.5 if best >= 0.7 else 0.0)
