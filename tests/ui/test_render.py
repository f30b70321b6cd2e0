import html
import re
from dataclasses import replace

import pytest

from rag.types import Answer, AnswerStatus, Question, Table
from tests.fakes import CHOICES, OPEN_QUESTION, REPORT_TEXT, FakeAssistant, fake_table
from ui.chat import message
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
    assert '<a href="#src-3-1">&#91;1&#93;</a>' in answer_markdown(answer, 3)
    assert 'id="src-3-1"' in sources_markdown([(3, [source])])


def test_a_label_without_a_citation_is_no_link() -> None:
    answer = Answer("问", AnswerStatus.ANSWERED, "见[7]和[1]", None, answered()[0].citations, 1.0)
    markdown = answer_markdown(answer, 1)
    assert markdown.count("<a ") == 1
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


TABLE = "| 报告 | 数字 |\n| - | - |\n| 甲 | 5件[1] |\n| 乙 | 报告未提及 |"


def with_text(text: str, table: Table | None = None) -> str:
    """The text shown, of an answer with one citation."""
    return answer_markdown(replace(answered()[0], answer=text, short=None, table=table), 3)


def rows(markdown: str) -> list[list[str]]:
    """What stands in the cells of a table."""
    found = re.findall(r"<tr>(.*?)</tr>", markdown)
    return [[shown(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)] for row in found]


def test_lines_that_start_with_a_bar_are_a_table() -> None:
    markdown = with_text(f"{TABLE}\n\n甲：共5件。[1]")
    assert rows(markdown) == [["报告", "数字"], ["甲", "5件[1]"], ["乙", "报告未提及"]]
    assert '<td>5件<a href="#src-3-1">' in markdown
    assert '<td class="yanju-blank">报告未提及</td>' in markdown
    assert "|" not in shown(markdown)
    assert "甲：共5件。" in shown(markdown)
    assert "<table" not in with_text("甲 | 乙\n| 丙 |")


def test_the_table_of_the_answer_is_shown_instead_of_that_of_its_text() -> None:
    table = Table(("报告", "年份", "数字"), (("甲", "2022", "5件[1]"), ("丙", "", "报告未提及（没有报告）")))
    markdown = with_text(f"甲多\n\n{TABLE}", table)
    assert rows(markdown) == [["报告", "年份", "数字"], ["甲", "2022", "5件[1]"], ["丙", "—", "报告未提及（没有报告）"]]
    assert markdown.count("<table") == 1
    assert markdown.count('class="yanju-blank"') == 2


def test_a_column_without_a_word_is_left_out() -> None:
    table = Table(("报告", "年份", "数字"), (("甲", "", "5件"), ("乙", "", "6件")))
    assert rows(with_text(TABLE, table)) == [["报告", "数字"], ["甲", "5件"], ["乙", "6件"]]


@pytest.mark.parametrize(
    "hostile", [REPORT_TEXT, "</td></table><script>x</script>", "a\n\nb\r\n\r\n# c", "[1](http://e.example)"]
)
def test_a_cell_is_inert(hostile: str) -> None:
    markdown = with_text(TABLE, Table((hostile, "数字"), ((hostile, f"{hostile}[1]"),)))
    assert set(re.findall(r"</?([a-z0-9]+)", markdown)) <= {
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "br",
    }
    assert set(re.findall(r"<[^>]* ([a-z]+)=", markdown)) <= {"class", "scope", "href"}
    assert set(re.findall(r'href="([^"]*)"', markdown)) == {"#src-3-1"}
    assert "\n" not in markdown.strip()  # a blank line would end the HTML block
    assert not re.search(r"[*_`\[\]()!$\\|~{}]", re.sub(r"&#\d+;", "", markdown))


def test_the_result_stands_out_and_a_note_stands_back() -> None:
    markdown = with_text(
        f"甲比乙多：266件[1] − 55件 = 211件\n\n（从多到少）\n\n{TABLE}\n\n（甲的计划，不是<b>结果</b>）\n\n甲：5件。[1]"
    )
    assert [shown(m) for m in re.findall(r'<div class="yanju-result">.*?</div>', markdown)] == [
        "甲比乙多：266件[1] − 55件 = 211件"
    ]
    assert [shown(m) for m in re.findall(r'<div class="yanju-note">.*?</div>', markdown)] == [
        "（从多到少）",
        "（甲的计划，不是<b>结果</b>）",
    ]
    assert "<b>" not in markdown
    assert "yanju-result" not in with_text("甲：5件。[1]")


def test_an_outline_is_indented() -> None:
    assert '<div class="yanju-item">&#40;一&#41;甲' in with_text("一、总[1]\n\n　(一)甲[1]")


def test_how_the_question_was_understood_stands_on_top() -> None:
    markdown = answer_markdown(fake_table(OPEN_QUESTION), 1)
    assert shown(markdown).startswith("理解为：各县2022年<i>公开了</i>多少条?")
    assert markdown.startswith('<div class="yanju-understood">')
    assert "<i>" not in markdown
    refused = Answer("问", AnswerStatus.REFUSED, "报告未提及。", None, (), 1.0, understood="2025年的问")
    assert shown(answer_markdown(refused, 1)).startswith("理解为：2025年的问")
    assert "理解为" not in answer_markdown(answered()[0], 1)


def test_an_answer_with_choices_offers_them_as_they_are() -> None:
    shown_message = message(fake_table(OPEN_QUESTION), 1)
    assert shown_message["options"] == [{"label": q, "value": q} for q in CHOICES]
    assert "options" not in message(answered()[0], 1)
    many = replace(fake_table(OPEN_QUESTION), choices=tuple(f"{n}?" for n in range(20)))
    assert len(message(many, 1)["options"]) == 8


def test_the_parts_of_a_refusal_stand_apart() -> None:
    text = "报告未提及：没有。\n\n最接近的一句（不是回答）：<b>甲</b>\n乙——报告 › 一\n\n现有报告：甲、乙。"
    markdown = answer_markdown(Answer("问", AnswerStatus.REFUSED, text, None, (), 1.0), 1)
    parts = re.findall(r'<p class="yanju-(\w+)">(.*?)</p>', markdown)
    assert [name for name, _ in parts] == ["reason", "nearest", "covered"]
    assert "\n\n".join(shown(words.replace("<br>", "\n")) for _, words in parts) == text
    assert "\n" not in markdown
    assert "<b>" not in markdown


def test_a_refusal_looks_different() -> None:
    markdown = answer_markdown(FakeAssistant().ask(Question("火星?")), 1)
    assert markdown.startswith('<div class="yanju-refused"')
    assert "<i>" not in markdown


def test_a_part_of_an_answer_is_safe() -> None:
    assert "<script>" not in partial_markdown("<script>\n\n[1]")


@pytest.mark.parametrize("end", range(3, len(TABLE) + 1))
def test_a_table_is_one_from_its_first_words_on(end: int) -> None:
    markdown = partial_markdown(f"甲多\n\n{TABLE[:end]}")
    assert markdown.count("<table") == markdown.count("</table>") == 1
    assert "- |" not in shown(markdown)
    assert "<a" not in markdown
