"""What a report says of itself as a document: title, issuer, region, year, dates, numbers, each with its place."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from index import regions
from index.labels import DATE, DOCUMENT_NUMBER, LABEL, ORGAN_END, compact
from index.numerals import DIGITS, whole_number
from index.types import Fact, FactKind, Metadata, Segment, SegmentKind

KINDS = {
    "索引号": FactKind.INDEX_NUMBER,
    "信息索引号": FactKind.INDEX_NUMBER,
    "文号": FactKind.DOCUMENT_NUMBER,
    "发文字号": FactKind.DOCUMENT_NUMBER,
    "发布机构": FactKind.ISSUER,
    "发文机关": FactKind.ISSUER,
    "发文机构": FactKind.ISSUER,
    "发布单位": FactKind.ISSUER,
    "发文单位": FactKind.ISSUER,
    "责任部门": FactKind.ISSUER,
    "信息来源": FactKind.ISSUER,
    "来源": FactKind.ISSUER,
    "发布日期": FactKind.PUBLISHED,
    "发布时间": FactKind.PUBLISHED,
    "公开日期": FactKind.PUBLISHED,
    "公开时间": FactKind.PUBLISHED,
    "更新时间": FactKind.PUBLISHED,
    "更新日期": FactKind.PUBLISHED,
    "日期": FactKind.PUBLISHED,
    "时间": FactKind.PUBLISHED,
    "成文日期": FactKind.WRITTEN,
    "成文时间": FactKind.WRITTEN,
    "生成日期": FactKind.WRITTEN,
    "产生日期": FactKind.WRITTEN,
    "名称": FactKind.TITLE,
    "信息名称": FactKind.TITLE,
    "文件名称": FactKind.TITLE,
    "标题": FactKind.TITLE,
}
DATED = (FactKind.PUBLISHED, FactKind.WRITTEN, FactKind.SIGNED)
YEAR = re.compile(rf"((?:19|20)\d{{2}})\s*年|([一二][{DIGITS}]{{3}})年")
FILE_YEAR = re.compile(r"(?<![0-9A-Za-z])((?:19|20)\d{2})(?![0-9A-Za-z]|-\d)")  # neither in a hash nor a date
ADDRESSEE = re.compile(r"\s*([\u4e00-\u9fff、,，]{2,40})[:：][ \t\u3000]*(?=[\r\n])")
NEAR = 5000  # characters in which a report says where a region lies whose name others share
OPENING_LIMIT = 1200  # characters of the body in which a report may say which year it tells of
TELLS_OF = re.compile(
    r"((?:19|20)\d{2})\s*年(?:度|以来)?[^。\n]{0,40}(?:总结|情况|报告|汇报)|[、.]\s*((?:19|20)\d{2})\s*年"
)
ORGAN_IN_TITLE = re.compile(
    r"^(.{2,40}?(?:人民政府(?:办公室)?|委员会|局|厅|院|办公室|管委会|分局))(?=关于|[\d二]|20|法治|政府工作|推进|年)"
)


def read_metadata(text: str, segments: Sequence[Segment], file: str) -> Metadata:
    """Return the metadata of a report; `file` is its name, used where the text tells nothing."""
    facts = tuple(_first_of_each(_facts(text, segments)))
    title = _title(text, segments, facts, file)
    issuer = _issuer(title, facts)
    region = _region(text, title, issuer, file)
    return Metadata(title, issuer, region, _year(text, segments, title, facts, file), facts)


def _title(text: str, segments: Sequence[Segment], facts: Sequence[Fact], file: str) -> str:
    titles = [text[s.start : s.end] for s in segments if s.kind is SegmentKind.TITLE]
    title = re.sub(r"[\s|｜]+", "", titles[0]) if titles else ""
    named = next((f.value for f in facts if f.kind is FactKind.TITLE), "")
    first = text.strip().split("\n", 1)[0].strip()
    plain = 0 < len(first) <= 60 and not first.endswith(
        (":", "：", "。")
    )  # 各位代表： opens a speech, and names nothing
    return title or named or (first if plain else PurePosixPath(file).stem)


def _facts(text: str, segments: Sequence[Segment]) -> Iterator[Fact]:
    for segment in segments:
        if segment.kind is SegmentKind.TITLE:
            yield from _title_facts(text, segment)
        elif segment.kind is SegmentKind.METADATA:
            for start, end in _lines(text, segment.start, segment.end):
                yield from _labelled(text, start, end)
        elif segment.kind is SegmentKind.SIGNATURE:
            yield from _signed(text, segment)
        elif segment.kind is SegmentKind.BODY and (addressee := ADDRESSEE.match(text, segment.start, segment.end)):
            yield Fact(FactKind.ADDRESSEE, "", addressee[1], *addressee.span(1))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.compile(r"[^\r\n]+").finditer(text, start, end):
        yield match.span()


def _title_facts(text: str, segment: Segment) -> Iterator[Fact]:
    """The title itself, and the body that issued it where the title begins with its name."""
    words = text[segment.start : segment.end].strip(" \t\r\n\u3000|｜")
    at = text.index(words, segment.start) if words else segment.start
    if words:
        yield Fact(FactKind.TITLE, "", re.sub(r"\s+", "", words), at, at + len(words))
    if organ := ORGAN_IN_TITLE.match(words):
        yield Fact(FactKind.ISSUER, "", organ[1], at, at + len(organ[1]))


def _labelled(text: str, start: int, end: int) -> Iterator[Fact]:
    """Values behind labels: each ends where the next label begins."""
    line = text[start:end]
    labels = list(LABEL.finditer(line))
    if not labels and (number := DOCUMENT_NUMBER.search(line)):
        yield Fact(FactKind.DOCUMENT_NUMBER, "", number[0], start + number.start(), start + number.end())
    if not labels and (date := DATE.search(line)):
        yield Fact(FactKind.PUBLISHED, "", iso(date), start + date.start(), start + date.end())
    for i, match in enumerate(labels):
        stop = labels[i + 1].start() if i + 1 < len(labels) else len(line)
        value = line[match.end() : stop].strip(" \t\u3000\u00a0|｜【】[]")
        if not value:
            continue
        label = compact(match["label"])
        kind = KINDS.get(label, FactKind.OTHER)
        begin = start + match.start("label")
        finish = start + line.index(value, match.end()) + len(value)
        if kind in DATED and (date := DATE.search(value)):
            finish = start + line.index(value, match.end()) + date.end()
            value = iso(date)
        yield Fact(kind, label, value, begin, finish)


def _signed(text: str, segment: Segment) -> Iterator[Fact]:
    """The issuer and the date under a report."""
    for match in re.compile(r"[^\s\u3000]+").finditer(text, segment.start, segment.end):
        if date := DATE.search(match[0]):
            at = match.start() + date.start()
            yield Fact(FactKind.SIGNED, "", iso(date), at, match.start() + date.end())
        elif ORGAN_END.search(match[0]):
            yield Fact(FactKind.ISSUER, "", match[0], match.start(), match.end())


def iso(date: re.Match[str]) -> str:
    """Return a date found by DATE as 2022-02-21."""
    year, month, day = (whole_number(words) for words in (date.group(1, 2, 3) if date[1] else date.group(4, 5, 6)))
    return f"{year}-{month:02}-{day:02}"


def _first_of_each(facts: Iterator[Fact]) -> Iterator[Fact]:
    seen = set()
    for fact in facts:
        if (fact.kind, fact.label, fact.value) not in seen:
            seen.add((fact.kind, fact.label, fact.value))
            yield fact


def _issuer(title: str, facts: Sequence[Fact]) -> str:
    """Return who issued the report: its title says so, or its signature, or its metadata."""
    if organ := ORGAN_IN_TITLE.match(title):
        return organ[1]
    issuers = [f for f in facts if f.kind is FactKind.ISSUER]
    signed = [f.value for f in issuers if not f.label]
    return (signed or [f.value for f in issuers] or [""])[0]


def _region(text: str, title: str, issuer: str, file: str) -> str:
    """Return the code of the innermost region that title, issuer or file name names, the first of them that does."""
    for words in (title, issuer, file):
        # 2022年平安建设报告 names no region, 大同_2024.txt does
        mentions = [m for m in regions.find_mentions(words) if m.exact or m.start == 0]
        if mentions:
            innermost = max(mentions, key=lambda m: min(map(len, m.codes)))
            if code := _one_of(innermost.codes, text):
                return code
    return ""


def _one_of(codes: Sequence[str], text: str) -> str:
    """Choose among regions of one name: 长沙 is the city, not its county; else the surroundings named most decide."""
    codes = [c for c in codes if not any(c != other and regions.is_within(c, other) for other in codes)]
    if len(codes) > 1:
        around = Counter(m.codes[0] for m in regions.find_mentions(text[:NEAR]) if m.exact and len(m.codes) == 1)
        named = {c: sum(n for a, n in around.items() if regions.is_within(c, a)) for c in codes}
        most = max(named.values())
        codes = [c for c in codes if named[c] == most]
    largest = min(map(len, codes))
    codes = [c for c in codes if len(c) == largest]
    return codes[0] if len(codes) == 1 else ""


def _year(text: str, segments: Sequence[Segment], title: str, facts: Sequence[Fact], file: str) -> int | None:
    """Return the year a report tells of."""
    if year := YEAR.search(title):
        return whole_number(year[1] or year[2])
    if year := FILE_YEAR.search(file):
        return int(year[1])
    body = next((s for s in segments if s.kind is SegmentKind.BODY), None)
    if body is not None and (told := TELLS_OF.search(text, body.start, min(body.end, body.start + OPENING_LIMIT))):
        return int(told[1] or told[2])
    for kind in (FactKind.SIGNED, FactKind.WRITTEN, FactKind.PUBLISHED):
        for fact in facts:
            if fact.kind is kind and re.match(r"\d{4}-\d\d", fact.value):
                year_signed, month = int(fact.value[:4]), int(fact.value[5:7])
                return year_signed - 1 if month <= 6 else year_signed
    return None
