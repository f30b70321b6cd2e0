import html
import re

from rag.types import Answer, AnswerStatus, Question
from tests.fakes import REPORT_TEXT, FakeAssistant
from ui.render import NO_SOURCES, Source, answer_markdown, escape, partial_markdown, sources_markdown


def shown(markdown: str) -> str:
    """What a reader sees of escaped text."""
    return html.unescape(re.sub(r"<[^>]*>", "", markdown))


def answered() -> tuple[Answer, Source]:
    assistant = FakeAssistant()
    answer = assistant.ask(Question("办结多少件?"))
    return answer, Source(answer.citations[0], *assistant.paragraph(answer.citations[0]))


def test_escaped_text_holds_nothing_that_markdown_or_html_reads() -> None:
    escaped = escape(REPORT_TEXT)
    assert not re.search(r"[<>*_`\[\]()!$\"'\\|~{}]", re.sub(r"&#\d+;|<br>", "", escaped))
    assert shown(escaped) == REPORT_TEXT
    assert escape("甲\n乙\r\n丙") == "甲<br>乙<br>丙"


def test_the_short_answer_stands_on_top_once() -> None:
    markdown = answer_markdown(answered()[0], 3)
    assert markdown.startswith('<div class="yanju-short">55件</div>')
    assert shown(markdown).count("55件") == 2  # on top, and in the quote


def test_markers_lead_to_the_cards_of_their_turn() -> None:
    answer, source = answered()
    assert "[[1]](#src-3-1)" in answer_markdown(answer, 3)
    assert 'id="src-3-1"' in sources_markdown([(3, [source])])


def test_a_label_without_a_citation_is_no_link() -> None:
    answer = Answer("问", AnswerStatus.ANSWERED, "见[7]和[1]", None, answered()[0].citations, 1.0)
    markdown = answer_markdown(answer, 1)
    assert "[[7]]" not in markdown
    assert shown(markdown).startswith("见[7]和")


def test_a_card_shows_path_and_highlighted_quote() -> None:
    card = sources_markdown([(1, [answered()[1]])])
    assert "<mark>" in card
    assert "甲县2022年<b>报告</b> › 一、成效 › (一)*复议*" in shown(card)
    assert "<b>" not in card
    assert "\n\n" not in card  # a blank line would end the HTML block


def test_newest_turn_first_and_none_at_all() -> None:
    source = answered()[1]
    cards = sources_markdown([(1, [source]), (2, []), (3, [source])])
    assert cards.index("src-3-1") < cards.index("src-1-1")
    assert sources_markdown([]) == NO_SOURCES


def test_a_refusal_looks_different() -> None:
    markdown = answer_markdown(FakeAssistant().ask(Question("火星?")), 1)
    assert markdown.startswith('<div class="yanju-refused"')
    assert "<i>" not in markdown


def test_a_part_of_an_answer_is_safe() -> None:
    assert "<script>" not in partial_markdown("<script>\n\n[1]")
