"""Questions over several reports: what is compared, and the question that each report is asked."""

import re
from enum import StrEnum

_PLACES = r"(?:报告|地方|地区|区县|县市|单位的报告)"
EACH_REPORT = re.compile(
    rf"哪[些几两三四五]?一?[份个家]?{_PLACES}|各份?报告|每份报告|每个(?:地方|地区)"
    rf"|[这那]?[几五四三两]份报告(?:里面?|中)?|[这那]?[几五四三两]个{_PLACES}|各地|各自|分别|所有报告|全部报告"
)
WHICH_REPORTS = re.compile(rf"哪[些几两三四五]?一?[份个家]?{_PLACES}|谁")
YEARS_TOGETHER = re.compile(r"近[两二三四五几]年|这[两二三四五几]年|历年|每年|逐年|各年|历次")


class Comparison(StrEnum):
    """What is made of the figures of several reports."""

    MOST = "most"
    LEAST = "least"
    RANK = "rank"
    DIFFERENCE = "difference"
    SUM = "sum"
    SHARE = "share"


_BIG, _SMALL = "多高大长快", "少低小短慢"
_ANY = _BIG + _SMALL
_SLIGHTLY = r"(?:一?些|一点|$|[?？])"
_ORDER = rf"从[{_ANY}]到[{_ANY}]|由[{_ANY}]到[{_ANY}]|排个?[名序]|排一?下"
_TOGETHER = "加起来|加在一起|加一起|合起来|总和|合计|总共|一共|共计"
_SHARE = r"占?(?:总数|两地|几地)?的?(?:多大|多少|什么)?(?:比例|比重)(?:是多少)?|占.{0,8}(?:几成|多少|百分之几)"
_MORE_BY = rf"(?:[{_ANY}]了?出?|差了?)(?:多少|几)"
# The first that fits decides
SAID = (
    (Comparison.SHARE, re.compile(r"占.{0,8}(?:几成|多少|比例|比重|百分之几)")),
    (Comparison.DIFFERENCE, re.compile(rf"比.{{1,12}}?{_MORE_BY}|差了?(?:多少|几)|相差|差距|差额|多出")),
    (Comparison.RANK, re.compile(_ORDER)),
    (Comparison.SUM, re.compile(f"{_TOGETHER}|加总|求和")),
    (Comparison.LEAST, re.compile(rf"(?:最|更|比较)[{_SMALL}]|[谁哪].{{0,12}}[{_SMALL}]{_SLIGHTLY}")),
    (Comparison.MOST, re.compile(rf"(?:最|更|比较)[{_BIG}早强好]|[谁哪].{{0,12}}[{_BIG}]{_SLIGHTLY}")),
)


def comparison(question: str, several: bool) -> Comparison | None:
    """Return what a question compares; nothing where it is not of `several` reports: 一共多少 of one is its own total.

    >>> comparison("泰顺比临平多几个民主法治村?", True), comparison("温岭一共几个?", False)
    (<Comparison.DIFFERENCE: 'difference'>, None)
    """
    return next((kind for kind, pattern in SAID if several and pattern.search(question)), None)


# What joined the names of regions, which are out already: 调解成功率和各是多少
JOINING = re.compile(r"[和与跟、,，及同]+(?=各|分别|都|两|[?？]?$)|^[和与跟、,，及同]+")
LEFT_OUT = re.compile(
    rf"{EACH_REPORT.pattern}|{YEARS_TOGETHER.pattern}|{_TOGETHER}|放在?一起|各有?是?|相比|相差|差距|对比|比较一?下|{_ORDER}"
)
WHOSE = re.compile(r"(?:[里当其]?[中头里][,，]?)?(?:谁|哪一?[个家份])的?")
SUPERLATIVE = re.compile(rf"(?:最|更|比较)?[{_ANY}](?:一?些|一点)?[?？。]?$|最(?=[{_ANY}])")
SAYS = r"(?:放一起|里[头面]?)?[,，]?(?:都|各自?)?(?:[说讲写提](?:到|了|的)*(?:自己)?)?"
_JOINT = r"[和与跟、,，及]|比(?![例率重])"
ORPHANS = re.compile(rf"^{SAYS}|^(?:{_JOINT}|[的里中])+|(?<=[、,，])(?:{_JOINT})+|(?:{_JOINT})+(?=[?？]?$)")
ASKS = re.compile(r"多少|几|哪|什么|怎")


def for_each(question: str, compared: Comparison | None) -> str:
    """Return the question as each report by itself is asked it; names of regions and years are out already.

    >>> for_each("比多几个国家级的民主法治村?", Comparison.DIFFERENCE)
    '有多少个国家级的民主法治村?'
    >>> for_each("哪些地方聘了执法监督员?", None)
    '有没有聘了执法监督员?'
    """
    which = WHICH_REPORTS.search(question) is not None and compared is None
    text = LEFT_OUT.sub("", JOINING.sub("", question))
    if compared is Comparison.DIFFERENCE:
        text = re.sub(rf"最[{_ANY}]的?和?|比(?=[{_ANY}])", "", text)
        text = re.sub(rf"(?:{_MORE_BY}|有几)个(?:百分)?点", "是多少", text)
        text = re.sub(_MORE_BY, "有多少", text)
    if compared is Comparison.SHARE:
        text = re.sub(rf"[,，]?(?:{_SHARE})", "有多少", text)
    if compared in (Comparison.MOST, Comparison.LEAST, Comparison.RANK):
        text = re.sub(r"数量?[,，?？。]*$", "", SUPERLATIVE.sub("", WHOSE.sub("", text)))
        text = text if re.search(r"多少|几", text) else text.rstrip("?？。，, 的得") + "有多少?"
    text = ORPHANS.sub("", text)
    if which and not ASKS.search(text):
        text = "有没有" + text.removeprefix("有")
    return text if re.search(r"\w\w", text) else question
