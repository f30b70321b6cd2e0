"""What form of answer a question asks for, read from its question words."""

import re
from dataclasses import dataclass
from enum import StrEnum

# Units that a count can be asked for in: "几件", "多少家". Also what a figure's unit is read with.
CLASSIFIERS = (
    "个件次条项家人名起场期份台例处篇宗户亩吨部所支种门批艘辆间座栋套本卷册岁年月天日号届位组类级辈"
    "回趟单遍轮根棵头只元米里倍分笔站点村镇县市区国校队对步环道句字页张幅枚块片面班课堂度股网线万亿"
)


class Kind(StrEnum):
    """The form of the answer."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    LIST = "list"
    METADATA = "metadata"  # of the report as a document: dates, issuer, document number
    YES_NO = "yes_no"
    OVERVIEW = "overview"  # of a whole report
    DESCRIPTIVE = "descriptive"


@dataclass(frozen=True, slots=True)
class Asked:
    """The form of the answer; for a number its unit: a classifier, or one of the four below, or "" when it is open.

    "%" a share, "元" a sum of money, "时" a length of time, "第" a rank.
    """

    kind: Kind
    unit: str = ""


_DOCUMENT = r"(?:报告|年报|总结|文件|材料|通报|公报)"
_WHEN = r"(?:哪[一]?[天日年]|几[月号日]|什么时候|啥时候|何时|什么日期|日期|时间|多会儿)"
METADATA = re.compile(
    r"文号|发文字号|索引号|文件编号|成文日期|发布日期|发文机关|发布机构|信息来源|落款|署名|署的|主送|抬头"
    rf"|{_DOCUMENT}.{{0,8}}(?:哪一?类|分类|类别|科室|公开.{{0,6}}(?:多久|期限|时限|形式|方式|范围)|还?有效|失效|作废)"
    rf"|{_DOCUMENT}.{{0,8}}哪一?个?年度?的|{_DOCUMENT}.{{0,10}}(?:写|报|呈|发|送)给(?:谁|哪)"
    rf"|{_DOCUMENT}.{{0,6}}(?:{_WHEN}.{{0,4}}(?:发布|公布|发|成文|印发|公开|挂|写|出|上网|落款)|(?:发布|公布|成文|印发|公开|上网).{{0,4}}{_WHEN})"
    rf"|{_DOCUMENT}.{{0,4}}(?:是|由)?(?:谁|哪[个家一]?(?:单位|部门|机关|政府|局))(?:写|发|印|出|起草|制|公布|发布|公开)"
    rf"|(?:谁|哪[个家一]?(?:单位|部门|机关|政府|局))(?:写|发|印|出|起草|公布|发布|公开)的?.{{0,8}}{_DOCUMENT}"
)
ORDINAL = re.compile(r"第几|老几|排多少|名次|排名")
MONEY = re.compile(
    r"多少(?:钱|款|贷款|费|奖金|补[贴助])|[贷退垫欠赔罚亏花补批省]了?.{0,4}多少(?:款|$|[?？])"
    r"|[费钱款](?:有|是|花|罚|退|减|补|批)?了?多少|多少[万亿]?元|几[万亿]|花[了掉]?多少|贷款.{0,6}多少|赔.{0,6}多少"
    r"|金额|经费|资金|罚款|[奖补]金|工资|费用|损失|标的"
)
PEOPLE = re.compile(r"多少(?:[^,，?？]{0,3}(?:人|老板|群众|职工|渔民|农民工?|干部|学生|老人|律师|粉丝))")
DURATION = re.compile(r"多久|多长时间|几天|多少天|几个?小时|几分钟|时长|多少个?工作日|几个?工作日")
SHARE = re.compile(
    r"比例|比率|占比|几成|百分之几|百分比|百分点|[^频效速]率(?!先)(?=$|[^的])|率是|率有|率达|多大比重|占多[少大]"
)
COUNT = re.compile(
    r"(?:多少|几(?![乎个]?例子))(?:[余多万千百]?)([\u4e00-\u9fff]?)|多[高大长远快久重宽深]"
    r"|总[量数额]|数量|人数|次数|件数|户数|面积|金额|规模"
)
DATE = re.compile(r"什么时候|啥时候|何时|哪[一]?[天年月日]|几月|几号|多会儿|哪个月|什么时间|截至?止?到?哪")
LIST = re.compile(
    r"哪些|哪[几两二三四五六七八九十]|分别|都有(?:谁|什么|啥)|有(?:什么|啥)(?:措施|举措|问题|不足)|举.{0,2}例|各是|包括(?:什么|啥)"
)
NAME = re.compile(
    r"谁|哪[一]?[个家位条座支所处种项张本名份件部股场艘块片国款套起间门版]|叫什么|叫啥|叫它什么|全名|名字|名称"
    r"|[啥么]名|哪里|哪儿|[在是到去给]哪"
    r"|(?:什么|啥)(?:牌子|招牌|名堂|平台|系统|应用|称号|荣誉|奖|品牌|文件|方案|办法|制度|机制|模式|机构|部门|单位|仪式|机器|项目"
    r"|活动|地方|法|条例|职务)"
)


YES_NO = re.compile(
    r"有没有|有无|是否|是不是|能不能|能否|可否|会不会|可不可以|[有到过了]没有?[?？。]?$|(?:吗|么|没有|与否)[?？。!！]?$"
)
ASKS_MORE = re.compile(r"多少|几|哪|什么|啥|谁|怎么|怎样|如何|何时|为何|多[高大长久]")
OVERVIEW = re.compile(
    rf"{_DOCUMENT}(?:里|中)?(?:主要|大概|大致|都|到底|一共|总共)?(?:讲|说|写|谈|汇报|介绍|分|包括)了?(?:些|点|成)?"
    r"(?:什么|啥|哪些|哪[几两三四五])(?:内容|东西|个?部分|方面|块|章)?[?？。]?$"
    rf"|{_DOCUMENT}.{{0,4}}(?:主要|大致|大概|核心|啥|什么)?(?:内容|概况|概要|摘要|大意|提纲|的目录|结构|框架)(?:是|有|讲)?.{{0,10}}[?？。]?$"
    rf"|(?:概括|总结|归纳|介绍|梳理|说说|讲讲|浓缩).{{0,16}}{_DOCUMENT}(?:的?(?:主要|大致)?内容)?[?？。]?$"
)


def asked(question: str) -> Asked:
    """Return the form of answer that a question asks for.

    >>> asked("温岭有几项业务可以秒办?")
    Asked(kind=<Kind.NUMBER: 'number'>, unit='项')
    """
    if METADATA.search(question):
        return Asked(Kind.METADATA)
    if OVERVIEW.search(question):
        return Asked(Kind.OVERVIEW)
    if YES_NO.search(question) and not ASKS_MORE.search(question):
        return Asked(Kind.YES_NO)
    if DATE.search(question):
        return Asked(Kind.DATE)
    if LIST.search(question):
        return Asked(Kind.LIST)
    count = COUNT.search(question)
    if count or any(pattern.search(question) for pattern in (SHARE, DURATION, ORDINAL)):
        return Asked(Kind.NUMBER, _unit(question, (count and count[1]) or ""))
    if NAME.search(question):
        return Asked(Kind.NAME)
    return Asked(Kind.DESCRIPTIVE)


def _unit(question: str, classifier: str) -> str:
    if ORDINAL.search(question):
        return "第"
    if DURATION.search(question) and not re.search(r"(?:日子|天气).*多少天", question):
        return "时"
    if classifier in tuple(CLASSIFIERS):
        return classifier
    if SHARE.search(question):
        return "%"
    if MONEY.search(question):
        return "元"
    return "人" if PEOPLE.search(question) else ""
