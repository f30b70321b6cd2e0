"""A question and the reports there are → what to search, where, and for which form of answer.

The reports a question may be answered from are settled here, before anything is ranked; no later stage widens them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import regions
from index.types import Document
from rag.errors import QuestionError
from rag.kinds import Asked, asked
from rag.types import Question, Turn

MAX_CHARACTERS = 2000
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|度|$|[^\d年度-])")
CHINESE_YEAR = re.compile(r"([一二][〇○零一二三四五六七八九]{3})年")
CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
QUOTED = re.compile(r"“[^”]*”|《[^》]*》|\"[^\"]*\"")
PLANNED = re.compile(
    r"打算|计划|准备|(?<![主重需必纪概摘])要(?!求|是|不|素|点)|拟|安排|下一步|下步|明年|来年|目标|(?<!思)想|争取|力争|思路|将"
)
EACH_REPORT = re.compile(
    r"哪些(?:报告|地方|地区|区县|县市|单位的报告)|哪[几两三四五]?[份个](?:报告|地方|地区)|各份?报告|每份报告|[几五四三]份报告|各地|各自|分别"
)
ONLY_WORDS_OF_REFERENCE = re.compile(r"^[那呢吗么和跟与、,，。?？!！\s的又再也还如何怎么样]*$")


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood. With `refusal` set there is nothing to search, and it says why in Chinese."""

    text: str  # the question, completed from the conversation
    search: str  # what is searched: without the regions and years that have settled the reports
    asked: Asked
    documents: tuple[Document, ...]
    separate: tuple[tuple[Document, ...], ...] = ()  # groups of reports to be answered one by one
    scoped: bool = False  # were reports chosen, by a filter or by a region or year named?
    year: int | None = None  # a year named that is not the year of these reports: the evidence has to name it
    told: str = ""  # the assistant's turn before, for a follow-up
    refusal: str | None = None


def encodable(question: Question) -> Question:
    """Return the question without halves of characters, which JSON can carry and no text can hold."""

    def whole(text: str) -> str:
        return text.encode("utf-8", "replace").decode("utf-8")

    history = tuple(replace(turn, content=whole(turn.content)) for turn in question.history)
    return replace(question, text=whole(question.text), history=history)


def understand(question: Question, documents: Sequence[Document], chosen: Document | None = None) -> Query:
    """Read a question; `chosen` is the report that the person's filter names, already looked up.

    Raises:
        QuestionError: empty or too long, or a region filter that names no region.
    """
    text = question.text.strip()
    if not text:
        raise QuestionError("请输入问题")
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(f"问题太长：最多 {MAX_CHARACTERS} 个字")
    completion, kind_from = completed(text, question.history)
    told = next((t.content for t in reversed(question.history) if t.role == "assistant"), "")
    chosen_by_filter = chosen is not None or bool(question.region) or question.year is not None
    allowed = tuple(documents) if chosen is None else (chosen,)
    query = Query(completion, completion, asked(kind_from), allowed, scoped=chosen_by_filter)
    if completion != text and kind_from == text:
        query = replace(query, told=told)
    query = _filtered(query, question)
    for narrow in (_by_region, _by_year):
        if query.refusal is None:
            query = narrow(query)
    return replace(query, search=_without_scope(query))


def _without_scope(query: Query) -> str:
    """Leave out the regions and years that chose the reports: every passage of those shares them."""
    text = query.text
    for mention in reversed(regions.find_mentions(text)):
        if any(_within(d, mention.codes) for d in query.documents):
            text = text[: mention.start] + text[mention.end :]
    text = re.sub(r"(?:19|20)\d\d年度?", "", text)
    return text if re.search(r"\w\w", text) else query.text


def completed(text: str, history: Sequence[Turn]) -> tuple[str, str]:
    """Complete a follow-up from the conversation: (what to search, what tells the form of answer).

    "那临平呢?" takes the whole earlier question with the other region; "结了几件?" is searched together with it.
    """
    earlier = next((t.content.strip() for t in reversed(history) if t.role == "user" and t.content.strip()), "")
    if not earlier:
        return text, text
    mentions = regions.find_mentions(text)
    rest = text
    for m in reversed(mentions):
        rest = rest[: m.start] + rest[m.end :]
    if mentions and ONLY_WORDS_OF_REFERENCE.match(rest):
        swapped = earlier
        for m in reversed(regions.find_mentions(earlier)):
            swapped = swapped[: m.start] + swapped[m.end :]
        return text[mentions[0].start : mentions[-1].end] + swapped, earlier
    if mentions:
        return text, text
    return f"{earlier} {text}", text


def _filtered(query: Query, question: Question) -> Query:
    """Apply the filters a person has set. A filter that leaves nothing is a refusal, never a wider search."""
    documents = query.documents
    if question.region:
        codes = regions.resolve(question.region)
        if not codes:
            raise QuestionError(f"没有这个地区：{question.region}")
        documents = tuple(d for d in documents if _within(d, codes))
    if question.year is not None:
        documents = tuple(d for d in documents if d.metadata.year == question.year)
    if not documents:
        return replace(query, documents=(), refusal="所选的范围内没有报告")
    return replace(query, documents=documents)


def _by_region(query: Query) -> Query:
    """Restrict to the regions named. One that no report covers is refused, unless it stands beside one that is."""
    mentions = regions.find_mentions(query.text)
    groups: list[tuple[Document, ...]] = []
    foreign: list[str] = []
    for mention in mentions:
        covered = tuple(d for d in query.documents if _within(d, mention.codes))
        if covered and covered not in groups:
            groups.append(covered)
        elif not covered and mention.exact:
            foreign.append(query.text[mention.start : mention.end])
    # 浙江的泰顺: the narrower region is meant
    groups = [g for g in groups if not any(set(other) < set(g) for other in groups)]
    if not groups and foreign:
        return replace(query, documents=(), refusal=f"没有{'、'.join(dict.fromkeys(foreign))}的报告")
    if groups:
        union = {d.id: d for g in groups for d in g}
        query = replace(query, documents=tuple(union.values()), scoped=True)
    if len(groups) > 1:
        return replace(query, separate=tuple(groups))
    if EACH_REPORT.search(query.text) and len(query.documents) > 1:
        return replace(query, separate=tuple((d,) for d in query.documents))
    return query


def _by_year(query: Query) -> Query:
    """Restrict to the years named: reports of that year, plans for it in the year before, recollections in the next."""
    years = years_in(query.text)
    if not years:
        return query
    told = [d for d in query.documents if d.metadata.year in years]
    planned = [d for d in query.documents if d.metadata.year is not None and d.metadata.year + 1 in years]
    if told and not (planned and PLANNED.search(query.text)):
        return _restricted(query, told)
    if planned and PLANNED.search(query.text):
        return _restricted(query, told + planned, years[-1])
    later = [
        d for d in query.documents if d.metadata.year is not None and any(0 < d.metadata.year - y <= 1 for y in years)
    ]
    if later:
        return _restricted(query, later, years[-1])
    return replace(query, documents=(), refusal=f"没有{'、'.join(map(str, years))}年的报告")


def _restricted(query: Query, documents: Sequence[Document], year: int | None = None) -> Query:
    kept = set(documents)
    groups = tuple(g for group in query.separate if (g := tuple(d for d in group if d in kept)))
    return replace(query, documents=tuple(documents), separate=groups, year=year, scoped=True)


def years_in(text: str) -> list[int]:
    """Return the years named, those inside quoted titles left out, in order.

    >>> years_in("二〇二一年和2023年《规划(2021-2025年)》")
    [2023, 2021]
    """
    text = QUOTED.sub("", text)
    found = [int(m[0]) for m in YEAR.finditer(text)]
    found += [int(m[1].translate(CHINESE_DIGITS)) for m in CHINESE_YEAR.finditer(text)]
    return list(dict.fromkeys(found))


def _within(document: Document, codes: Sequence[str]) -> bool:
    region = document.metadata.region
    return bool(region) and any(regions.is_within(region, code) for code in codes)
