"""Names: quoted names and titles, people behind their office, places and bodies by the suffix asked for."""

import re
from collections.abc import Iterator

from index.tokens import normalise
from rag.extract.overlap import Span, grams, share

AROUND = 16  # characters on either side that tell what a name is of
QUOTED_SCORE, ASKED_SCORE = 1.0, 1.3  # a person or a 镇 that was asked for comes before what merely stands in quotes
QUOTED = re.compile(r"“([^”]{2,30})”|《([^》]{2,60})》|\"([^\"]{2,30})\"|「([^」]{2,30})」")
WHO = re.compile(r"谁|哪[一]?位|姓名|[长员人记任师]叫[什啥]")
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温霍"
)
ROLE = (
    "(?:长|书记|主任|教授|律师|教师|职工|队员|干部|委员|负责人|承办人|传承人|记者|法官|检察官|同志|成员|调解员|志愿者)"
)
PERSON = re.compile(rf"{ROLE}([{SURNAMES}][\u4e00-\u9fff]{{1,2}})")
NO_GIVEN_NAME = "等在被主担任先就将为获以与和批作到带出亲率及任的对"  # a third character that begins the next word
ASKED_SUFFIX = re.compile(
    r"哪[一]?[个家座所条支位处]?(街道|镇|乡|部门|单位|局|城市|市|县|区|村|学校|大学|公司|企业|法院|委|中心|平台|系统)"
)
WIDER = {  # what a word of the question stands for in names
    "部门": ("部门", "局", "委", "办"),
    "单位": ("局", "委", "办", "中心", "公司"),
    "城市": ("市",),
    "委": ("委员会", "委"),
}
SEVERAL_PEOPLE = re.compile(
    r"哪[两几三四五些][位个]?(?:.{0,4}(?:人|领导|专家|律师|干部|同志|书记))|哪[两几三四五]位|都?有谁"
)
COUNTING = "个各多余等几"  # 16个部门 names none
LEADING = re.compile(r".*[由在对与和跟将向把为于是及到被从以给让的了、]")


def names(question: str, sentence: str) -> Iterator[Span]:
    """Yield the names in a sentence that the question does not hold itself."""
    asked_for = grams(question)
    for start, end, score in (*_quoted(question, sentence), *_people(question, sentence), *_bodies(question, sentence)):
        around = sentence[max(0, start - AROUND) : start] + sentence[end : end + AROUND]
        yield Span(start, end, score + share(asked_for, around))


def people(question: str, sentence: str) -> str | None:
    """Return all people of a sentence, joined by 、, where a question asks for several: 哪两位领导."""
    if not SEVERAL_PEOPLE.search(question):
        return None
    found = [sentence[start:end] for start, end, _ in _named_people(sentence)]
    return "、".join(dict.fromkeys(found)) or None


def _quoted(question: str, sentence: str) -> Iterator[tuple[int, int, float]]:
    known = normalise(question)
    for match in QUOTED.finditer(sentence):
        start, end = next(match.span(g) for g in range(1, 5) if match[g])
        if normalise(sentence[start:end]) not in known:
            yield start, end, QUOTED_SCORE


def _people(question: str, sentence: str) -> Iterator[tuple[int, int, float]]:
    """People, where one is asked for, found behind an office or a role: 副市长刘志明, 由退休职工杨桂芳."""
    if WHO.search(question):
        yield from _named_people(sentence)


def _named_people(sentence: str) -> Iterator[tuple[int, int, float]]:
    for match in PERSON.finditer(sentence):
        start, end = match.span(1)
        if end - start == 3 and sentence[end - 1] in NO_GIVEN_NAME:
            end -= 1
        yield start, end, ASKED_SCORE


def _bodies(question: str, sentence: str) -> Iterator[tuple[int, int, float]]:
    """Places and bodies that end as asked for: 哪个镇 → 悦来镇."""
    for word in ASKED_SUFFIX.findall(question):
        for suffix in WIDER.get(word, (word,)):
            for match in re.finditer(rf"[\u4e00-\u9fff]{{1,12}}?{suffix}", sentence):
                lead = LEADING.match(match[0][:-1])
                start = match.start() + (lead.end() if lead else 0)
                if match.end() - start > len(suffix) and sentence[start] not in COUNTING:
                    yield start, match.end(), ASKED_SCORE
