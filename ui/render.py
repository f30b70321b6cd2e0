"""Answers and sources → markdown that is safe to show.

Report text, questions and names are data: every character that markdown or HTML could read is written as `&#NN;`, so
scripts, images, links, templates and formulas in a report show as the characters they are.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from rag.types import MARKER, NOT_MENTIONED, Answer, AnswerStatus, Citation, Table

SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")  # all ASCII punctuation
NOTE = re.compile(r"（[^\n]*）")  # a paragraph that is one: what has to be known of an answer, and is no answer
RULE = re.compile(r"\|[\s|:-]*")  # the row of a table in markdown that divides its head from its rows
INDENT = "　"  # in front of the second level of an outline
NEAREST, COVERED = "最接近的", "现有报告"  # how these paragraphs of a refusal begin
Write = Callable[[str], str]  # writes the words of an answer so that they are safe to show
NO_SOURCES = '<p class="yanju-empty">回答的出处会显示在这里。</p>'


@dataclass(frozen=True, slots=True)
class Source:
    """A citation with the paragraph it stands in; the quote is paragraph[offset:offset + len(quote)]."""

    citation: Citation
    paragraph: str
    offset: int


def escape(text: str) -> str:
    """Write text so that it is shown as it is, in markdown and in HTML; line breaks become <br>."""
    text = SPECIAL.sub(lambda m: f"&#{ord(m[0])};", text)
    return re.sub(r"\r\n?|\n", "<br>", text)


def answer_markdown(answer: Answer, turn: int) -> str:
    """Return an answer with its short form large on top and its markers as links to the cards of this turn."""
    understood = f"理解为：{answer.understood}" if answer.understood else ""
    if answer.status is AnswerStatus.REFUSED:
        return _div("understood", escape(understood)) + refusal_markdown(answer.answer)
    write = partial(_with_links, known={c.n for c in answer.citations}, turn=turn)
    text, short = answer.answer, ""
    if answer.short and text.startswith(answer.short + "\n"):
        text, short = text[len(answer.short) :], answer.short
    return _div("understood", escape(understood)) + _div("short", escape(short)) + _blocks(text, answer.table, write)


def partial_markdown(text: str) -> str:
    """Return the part of an answer that has arrived; its markers become links when it is whole."""
    return "\n\n".join(_block(words, _table_in(words), False, escape) for words in _paragraphs(text))


def refusal_markdown(text: str) -> str:
    """Return what was not found and where; apart from it what came nearest, and what the reports cover."""
    paragraphs = "".join(f'<p class="yanju-{_role(words)}">{escape(words)}</p>' for words in _paragraphs(text))
    return f'<div class="yanju-refused" role="note">{paragraphs}</div>'


def _role(words: str) -> str:
    return "nearest" if words.startswith(NEAREST) else "covered" if words.startswith(COVERED) else "reason"


def _blocks(text: str, table: Table | None, write: Write) -> str:
    """The paragraphs of an answer. `table`, which knows the years, stands where the text has its own."""
    paragraphs = _paragraphs(text)
    tables = [_table_in(words) for words in paragraphs]
    at = next((i for i, t in enumerate(tables) if t is not None), -1)
    if at >= 0 and table is not None:
        tables[at] = table
    parts = zip(paragraphs, tables, strict=True)
    return "\n\n".join(_block(words, t, i < at, write) for i, (words, t) in enumerate(parts))


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; four spaces in front would make code of one."""
    return [words for part in text.split("\n\n") if (words := part.strip(" \t\n"))]


def _block(words: str, table: Table | None, result: bool, write: Write) -> str:
    if table is not None:
        return _table(table, write)
    if NOTE.fullmatch(words):
        return _div("note", write(words))
    if words.startswith(INDENT):
        return _div("item", write(words.lstrip(INDENT)))
    return _div("result", write(words)) if result else write(words)


def _div(name: str, content: str) -> str:
    return f'<div class="yanju-{name}">{content}</div>\n\n' if content else ""


def _table_in(block: str) -> Table | None:
    """Read a table in markdown: a block whose lines all start with |."""
    lines = block.split("\n")
    rows = [_cells(line) for line in lines if not RULE.fullmatch(line)]
    return Table(rows[0], tuple(rows[1:])) if rows and all(line.startswith("|") for line in lines) else None


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))


def _table(table: Table, write: Write) -> str:
    """A table without line breaks, since a blank line would end the HTML block. A column without a word is left out."""
    columns = list(zip_longest(table.columns, *table.rows, fillvalue=""))
    told = [column for column in columns if any(column[1:])] or columns
    head, *rows = zip(*told, strict=True)
    heads = "".join(f'<th scope="col">{write(words)}</th>' for words in head)
    body = "".join(f"<tr>{''.join(_cell(words, write) for words in row)}</tr>" for row in rows)
    return f'<div class="yanju-table"><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(words: str, write: Write) -> str:
    blank = ' class="yanju-blank"' if not words or words.startswith(NOT_MENTIONED) else ""
    return f"<td{blank}>{write(words) or '—'}</td>"


def _with_links(text: str, known: set[int], turn: int) -> str:
    """Escape, with the markers of known citations as links: in HTML, which tables and paragraphs both read."""
    pieces, at = [], 0
    for match in MARKER.finditer(text):
        if int(match[1]) in known:
            link = f'<a href="#{card_id(turn, int(match[1]))}">{escape(match[0])}</a>'
            pieces += [escape(text[at : match.start()]), link]
            at = match.end()
    return "".join([*pieces, escape(text[at:])])


def card_id(turn: int, n: int) -> str:
    """Return the element id of a source card."""
    return f"src-{turn}-{n}"


def sources_markdown(turns: Sequence[tuple[int, Sequence[Source]]]) -> str:
    """Return the cards of all turns, the newest turn first."""
    groups = [_group(turn, sources) for turn, sources in reversed(turns) if sources]
    return "\n".join(groups) or NO_SOURCES


def _group(turn: int, sources: Sequence[Source]) -> str:
    title = f'<div class="yanju-turn">第 {turn} 问</div>'
    return title + "".join(_card(turn, source) for source in sources)


def _card(turn: int, source: Source) -> str:
    c, end = source.citation, source.offset + len(source.citation.quote)
    path = "".join(f" › {escape(heading)}" for heading in c.section if heading != c.title)
    before, quote, after = source.paragraph[: source.offset], c.quote, source.paragraph[end:]
    return (
        f'<section class="yanju-card" id="{card_id(turn, c.n)}" role="group">'
        f'<div class="yanju-where"><span class="yanju-n">{c.n}</span><strong>{escape(c.title)}</strong>{path}</div>'
        f'<div class="yanju-text">{escape(before)}<mark>{escape(quote)}</mark>{escape(after)}</div>'
        f'<div class="yanju-file">{escape(c.file)} · 第 {c.start}–{c.end} 字</div></section>'
    )
