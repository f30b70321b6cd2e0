"""Answers and sources → markdown that is safe to show.

Report text, questions and names are data: every character that markdown or HTML could read is written as `&#NN;`, so
scripts, images, links, templates and formulas in a report show as the characters they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.types import Answer, AnswerStatus, Citation

SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")  # all ASCII punctuation
MARKER = re.compile(r"\[(\d{1,3})\]")
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
    if answer.status is AnswerStatus.REFUSED:
        return f'<div class="yanju-refused" role="note">{escape(answer.answer)}</div>'
    known = {c.n for c in answer.citations}
    text, short = answer.answer, ""
    if answer.short and text.startswith(answer.short + "\n"):
        text = text[len(answer.short) :].lstrip("\n")
        short = f'<div class="yanju-short">{escape(answer.short)}</div>\n\n'
    return short + "\n\n".join(_with_links(part, known, turn) for part in text.split("\n\n"))


def partial_markdown(text: str) -> str:
    """Return the part of an answer that has arrived; its markers become links when it is whole."""
    return "\n\n".join(escape(part) for part in text.split("\n\n"))


def _with_links(text: str, known: set[int], turn: int) -> str:
    pieces, at = [], 0
    for match in MARKER.finditer(text):
        if int(match[1]) in known:
            pieces += [escape(text[at : match.start()]), f"[[{match[1]}]](#{card_id(turn, int(match[1]))})"]
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
