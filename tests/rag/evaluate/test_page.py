import re
from html.parser import HTMLParser

from rag.evaluate.gold import GoldQuestion, Place
from rag.evaluate.page import page
from rag.evaluate.scoring import Score
from rag.types import Answer, AnswerStatus, Citation, Question, Turn
from tests.rag.evaluate.examples import answer, gold, scored

HOSTILE = "<script>alert(1)</script><img src=x onerror='alert(2)'>\"&amp;"
LOST = Score(
    GoldQuestion(
        HOSTILE,
        Question(HOSTILE, (Turn("user", HOSTILE),)),
        HOSTILE,
        gold=(HOSTILE,),
        places=(Place(HOSTILE, (HOSTILE,), ((HOSTILE, HOSTILE),)), Place(HOSTILE, (HOSTILE,))),
    ),
    Answer("", AnswerStatus.ANSWERED, HOSTILE, HOSTILE, (Citation(1, "a", HOSTILE, (HOSTILE,), HOSTILE, 0, 1),), 2.0),
    correct=0.0,
    refused=False,
    short=0.0,
    cited=0.5,
    section=0.0,
)
GOOD = scored("A", "number", 1.0, short=1.0, cited=1.0)


class Tags(HTMLParser):
    """Collects the tags, their attributes and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_nothing_is_loaded_and_nothing_runs() -> None:
    html = page([LOST, GOOD], HOSTILE, {"answer_correct": 0.9})
    read = Tags(html)
    assert not {"script", "img", "link", "iframe", "object", "a", "form"} & set(read.tags)
    assert not [name for name, _ in read.attributes if name.startswith("on") or name in ("src", "href")]
    assert "http://" not in html
    assert "https://" not in html
    assert "url(" not in html
    assert "@import" not in html
    assert "Content-Security-Policy\" content=\"default-src 'none'" in html


def test_everything_that_came_from_elsewhere_is_escaped_and_shown() -> None:
    html = page([LOST], HOSTILE)
    assert "<script" not in html
    assert "<img" not in html
    # title and heading, type, id, question and history, wanted, path of 2 and evidence, report and evidence,
    # answer, quote, title, section
    assert Tags(html).text.count(HOSTILE) == 16


def test_a_page_by_hand() -> None:
    read = Tags(page([GOOD, scored("B", "list", 0.5)], "题.csv", {"answer_correct": 0.9}))
    text = re.sub(r"\s+", " ", read.text)
    assert "言据 · 题.csv 的成绩" in text
    assert "2 题 · 每题用时中位数 2 毫秒" in text  # 1.5
    assert "答对75.0%要求 90.0%" in text
    assert "数量100.0%1 题" in text
    assert "列举50.0%1 题" in text
    assert "失分的 1 题" in text
    assert "B · 有几项?" in text
    assert "秒办事项59项 （一、成效）" in text
    assert "失分答案 50%" in text
    assert ("class", "number bad") in read.attributes
    assert ("style", "width:75.0%") in read.attributes


def test_without_losses_and_without_bars() -> None:
    html = page([GOOD], "题.csv")
    assert "没有失分的题" in html
    assert "要求" not in html
    assert 'class="number bad"' not in html


def test_a_refusal_that_was_wanted_is_shown_as_such() -> None:
    tempted = Score(gold("U", "unanswerable", (), places=()), answer(), 0.0, refused=False)
    assert "<dt>要的</dt><dd>报告未提及</dd>" in page([tempted], "题.csv")
