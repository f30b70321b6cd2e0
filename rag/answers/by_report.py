"""Several reports side by side: a row a report, a blank where it does not say, and what the figures come to."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answers.draft import Draft
from rag.answers.figures_together import together
from rag.answers.plans import notes
from rag.extract import fits, short_answer
from rag.proof.citations import cite
from rag.query import Query
from rag.query.kinds import Kind
from rag.query.scope import Part
from rag.query.years import years_in
from rag.types import NOT_MENTIONED, Citation, Evidence, Table

SHORT_FORMS = (Kind.NUMBER, Kind.NAME, Kind.DATE)
HEADS = {Kind.NUMBER: "数字", Kind.NAME: "名称", Kind.DATE: "时间"}
NO_REPORT = f"{NOT_MENTIONED}（没有报告）"


@dataclass(frozen=True, slots=True)
class Row:
    """One part of the question: its report's best evidence and direct answer, or nothing."""

    part: Part
    evidence: Evidence | None = None
    short: str | None = None
    citation: Citation | None = None

    @property
    def place(self) -> str:
        return self.part.label

    @property
    def year(self) -> str:
        years = [str(d.metadata.year) for d in self.part.documents if d.metadata.year]
        return years[0] if len(years) == 1 else ""

    @property
    def marker(self) -> str:
        return f"[{self.citation.n}]" if self.citation else ""


def compose_by_report(query: Query, found: Sequence[tuple[Part, Evidence | None]], question: str) -> Draft:
    """Return the answer of all parts, in the order they were asked for or, for a ranking, by their figures."""
    rows = rows_of(query, found, question)
    citations = tuple(r.citation for r in rows if r.citation)
    if not citations:
        return Draft("")
    if query.asked.kind not in SHORT_FORMS or not any(r.short for r in rows):
        return Draft("\n\n".join(_lines(query, rows)), None, citations)
    result, rows = together(query.compared, rows)
    table = _table(query, rows)
    text = "\n\n".join([*result, _in_words(query, table), *_notes(query, rows), *_quotes(rows)])
    found_all = all(r.short for r in rows)
    short = "、".join(f"{r.place}{r.short}" for r in rows) if found_all and query.compared is None else None
    return Draft(text, short, citations, table)


def rows_of(query: Query, found: Sequence[tuple[Part, Evidence | None]], question: str) -> list[Row]:
    """Return one row a part, its citation numbered in this order."""
    citations = iter(cite([e for _, e in found if e is not None]))
    rows = []
    for part, e in found:
        if e is None:
            rows.append(Row(part))
        else:
            short = short_answer(question, e.hit.text, query.asked, reading=e.reading)
            if short is not None and query.asked.unit and fits(query.asked, short) < 1.0:
                short = None  # 350名 is no share: the sentence is shown instead
            rows.append(Row(part, e, short, next(citations)))
    return rows


def _table(query: Query, rows: Sequence[Row]) -> Table:
    columns = ("报告", "年份", HEADS[query.asked.kind])
    return Table(columns, tuple((r.place, r.year, _cell(r)) for r in rows))


def _in_words(query: Query, table: Table) -> str:
    """The table as text. The years of the reports, which no quote proves, are in it where they were asked for or differ
    for one place; elsewhere they stand in the citations and in `Answer.table`."""
    places = [row[0] for row in table.rows]
    if years_in(query.text) or len(set(places)) < len(places):
        return markdown(table)
    return markdown(Table((table.columns[0], *table.columns[2:]), tuple((r[0], *r[2:]) for r in table.rows)))


def _cell(row: Row) -> str:
    if row.evidence is None:
        return NOT_MENTIONED if row.part.documents else NO_REPORT
    return f"{row.short or '见原文'}{row.marker}"


def _lines(query: Query, rows: Sequence[Row]) -> list[str]:
    """A line a report, for answers that no cell can hold; those that do not say are named in one line at the end."""
    lines = _quotes(rows)
    if query.asked.kind is Kind.YES_NO and len(lines) > 1:  # 哪些地方…: these, before what each of them says
        lines.insert(0, "、".join(f"{r.place}{r.marker}" for r in rows if r.citation))
    silent = [r.place for r in rows if not r.citation]
    return [*lines, *_notes(query, rows), *([f"（{NOT_MENTIONED}：{'、'.join(silent)}）"] if silent else [])]


def _notes(query: Query, rows: Sequence[Row]) -> list[str]:
    return notes(query, [r.evidence for r in rows if r.evidence])


def _quotes(rows: Sequence[Row]) -> list[str]:
    return [f"{r.place}：{r.citation.quote}{r.marker}" for r in rows if r.citation]


def markdown(table: Table) -> str:
    """Write a table as markdown."""
    rule = tuple("-" for _ in table.columns)
    return "\n".join(f"| {' | '.join(row)} |" for row in (table.columns, rule, *table.rows))
