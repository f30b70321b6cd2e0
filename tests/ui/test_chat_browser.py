"""The chat in a real browser. Skipped, with the reason, only where Chromium is not installed."""

import re
import shutil
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from rag.settings import Settings
from tests.fakes import CHOICES, OPEN_QUESTION, QUOTE, FakeAssistant
from ui.app import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass
class Watched:
    """A page, and what went wrong on it."""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        box = self.page.locator("#yanju-box textarea")
        box.fill(question)
        box.press("Enter")

    def strangers(self) -> list[str]:
        """Requests that left the machine."""
        return [u for u in self.requests if not u.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))]


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture(scope="module")
def address(assistant: FakeAssistant) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(assistant, Settings())  # type: ignore[arg-type] # a fake of the same shape
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=1)  # noqa: S310 - our own server
            break
        except OSError:
            time.sleep(0.1)
    yield url
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def chat(browser: Browser, address: str, assistant: FakeAssistant) -> Iterator[Watched]:
    assistant.pause, assistant.error = 0.0, None
    yield from opened(browser, address, 1280, 800)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Watched]:
    yield from opened(browser, address, 390, 844)


def opened(browser: Browser, address: str, width: int, height: int) -> Iterator[Watched]:
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": height})
    watched = Watched(context.new_page())
    watched.page.on("pageerror", lambda error: watched.errors.append(str(error)))
    watched.page.on("console", lambda m: watched.errors.append(m.text) if m.type == "error" else None)
    watched.page.on("request", lambda request: watched.requests.append(request.url))
    watched.page.on("dialog", lambda dialog: watched.errors.append(f"dialog {dialog.message}"))
    watched.page.goto(address)
    expect(watched.page.locator("#yanju-box textarea")).to_be_visible(timeout=30_000)
    yield watched
    context.close()


def test_ask_then_see_the_proof(chat: Watched, assistant: FakeAssistant) -> None:
    assistant.pause = 0.3
    chat.ask("办结多少件?")
    answer = chat.page.locator("#yanju-chat")
    expect(answer.get_by_text("检索…")).to_be_visible()
    link = answer.locator('a[href="#src-1-1"]')
    expect(link).to_be_visible(timeout=15_000)
    expect(answer.locator(".yanju-short")).to_have_text("55件")
    link.click()
    card = chat.page.locator("#src-1-1")
    expect(card).to_be_focused()
    expect(card.locator("mark")).to_have_text(QUOTE)
    expect(card.locator("mark")).to_be_in_viewport()
    expect(card).to_contain_text("甲县2022年<b>报告</b> › 一、成效 › (一)*复议*")
    assert chat.page.evaluate("document.documentElement.lang") == "zh-CN"
    for name in ("aria-label", "title"):
        labels = chat.page.locator(f"#yanju-chat [{name}]").all()
        assert not [words for e in labels if re.search("[A-Za-z&]", words := e.get_attribute(name) or "")]
    assert chat.errors == []
    assert chat.strangers() == []


def test_the_answer_streams(chat: Watched, assistant: FakeAssistant) -> None:
    assistant.pause = 0.5
    chat.ask("办结多少件?")
    expect(chat.page.locator("#yanju-chat .bot").last).to_contain_text("55件")
    assert chat.page.locator('a[href="#src-1-1"]').count() == 0  # the end has not come yet
    expect(chat.page.locator('a[href="#src-1-1"]')).to_be_visible(timeout=15_000)


def test_the_keyboard_does_all_of_it(chat: Watched) -> None:
    chat.ask("办结多少件?")
    link = chat.page.locator('a[href="#src-1-1"]')
    expect(link).to_be_visible(timeout=15_000)
    link.focus()
    chat.page.keyboard.press("Enter")
    expect(chat.page.locator("#src-1-1")).to_be_focused()


def test_a_hostile_report_stays_inert(chat: Watched) -> None:
    chat.ask("<img src=x onerror=alert(1)> ${7*7} ![a](http://evil.example/y.png)")
    expect(chat.page.locator("#src-1-1")).to_be_visible(timeout=15_000)
    card = chat.page.locator("#src-1-1")
    expect(card).to_contain_text("<script>alert(1)</script> ${7*7} $$x$$ ![图](http://evil.example/x.png)")
    for dangerous in ("script", "img", "iframe", 'a[href*="javascript"]', ".katex"):
        assert card.locator(dangerous).count() == 0
        assert chat.page.locator(f"#yanju-chat .message {dangerous}").count() == 0
    assert chat.errors == []
    assert chat.strangers() == []


def test_a_refusal_and_an_error_are_told_in_words(chat: Watched, assistant: FakeAssistant) -> None:
    chat.ask("火星上办结多少件?")
    expect(chat.page.locator(".yanju-refused")).to_contain_text("没有<i>火星</i>的报告", timeout=15_000)
    from index.errors import IndexDamaged

    assistant.error = IndexDamaged("索引目录已损坏")
    chat.ask("办结多少件?")
    expect(chat.page.locator(".yanju-refused").last).to_contain_text("索引目录已损坏", timeout=15_000)
    assert "Traceback" not in chat.page.content()
    assistant.error = None
    chat.ask("办结多少件?")
    expect(chat.page.locator("#yanju-chat a[href*='#src-']")).to_be_visible(timeout=15_000)


def test_stop_and_clear(chat: Watched, assistant: FakeAssistant) -> None:
    assistant.pause = 3.0
    chat.ask("办结多少件?")
    chat.page.get_by_role("button", name="停止").click()
    expect(chat.page.locator("#yanju-chat")).to_contain_text("已停止", timeout=10_000)
    assistant.pause = 0.0
    chat.ask("满意率?")
    expect(chat.page.locator('a[href="#src-1-1"]')).to_be_visible(timeout=15_000)
    chat.page.locator("#yanju-clear").click()
    expect(chat.page.locator('a[href="#src-1-1"]')).to_have_count(0)
    expect(chat.page.locator("#yanju-sources")).to_contain_text("出处会显示在这里")


def test_filters_and_history_reach_the_engine(chat: Watched, assistant: FakeAssistant) -> None:
    chat.page.locator("#yanju-year input").click()
    chat.page.get_by_role("option", name="2021 年").click()
    chat.page.locator("#yanju-report input").click()
    chat.page.get_by_role("option", name="乙县2021年报告").click()
    chat.ask("办结多少件?")
    expect(chat.page.locator('a[href="#src-1-1"]')).to_be_visible(timeout=15_000)
    assert (assistant.asked[-1].year, assistant.asked[-1].report) == (2021, "r2")
    chat.ask("满意率呢?")
    expect(chat.page.locator('a[href="#src-2-1"]')).to_be_visible(timeout=15_000)
    assert [t.content for t in assistant.asked[-1].history] == ["办结多少件?", f"55件\n\n{QUOTE}[1]"]


def test_an_example_is_asked_with_one_click(chat: Watched, assistant: FakeAssistant) -> None:
    chat.page.get_by_role("button", name="满意率是多少?").click()
    expect(chat.page.locator('a[href="#src-1-1"]')).to_be_visible(timeout=15_000)
    assert assistant.asked[-1].text == "满意率是多少?"


def test_a_table_and_a_choice_under_it(chat: Watched, assistant: FakeAssistant) -> None:
    chat.ask(OPEN_QUESTION)
    table = chat.page.locator("#yanju-chat table")
    expect(table.get_by_role("columnheader")).to_have_text(["报告", "年份", "数字"], timeout=15_000)
    expect(table.get_by_role("cell")).to_have_text(
        ["甲县<img src=x onerror=alert(1)>", "2022", "55件[1]", "乙县|*", "2021", "报告未提及"]
    )
    expect(chat.page.locator("#yanju-chat .yanju-result")).to_have_text("最多的是甲县：55件[1]")
    expect(chat.page.locator("#yanju-chat .yanju-understood")).to_have_text("理解为：各县2022年<i>公开了</i>多少条?")
    table.get_by_role("link").click()
    expect(chat.page.locator("#src-1-1")).to_be_focused()
    choices = chat.page.locator("#yanju-chat .option")
    expect(choices).to_have_text(list(CHOICES))
    choices.first.focus()
    chat.page.keyboard.press("Enter")
    expect(chat.page.locator('a[href="#src-2-1"]')).to_be_visible(timeout=15_000)
    assert assistant.asked[-1].text == CHOICES[0]
    expect(chat.page.locator("#yanju-chat .user-row")).to_contain_text([OPEN_QUESTION, CHOICES[0]])
    expect(choices).to_have_count(0)
    assert chat.errors == []
    assert chat.strangers() == []


def test_a_choice_clicked_twice_is_asked_once(chat: Watched, assistant: FakeAssistant) -> None:
    chat.ask(OPEN_QUESTION)
    choice = chat.page.get_by_role("button", name=CHOICES[1])
    expect(choice).to_be_visible(timeout=15_000)
    before = len(assistant.asked)
    choice.dblclick()
    expect(chat.page.locator('a[href="#src-2-1"]')).to_be_visible(timeout=15_000)
    chat.page.wait_for_timeout(500)
    assert [q.text for q in assistant.asked[before:]] == [CHOICES[1]]


def test_what_is_copied_is_what_is_seen(chat: Watched) -> None:
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.ask(OPEN_QUESTION)
    expect(chat.page.locator("#yanju-chat .option").first).to_be_visible(timeout=15_000)
    chat.page.get_by_role("button", name="复制").last.click()
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("理解为：各县2022年<i>公开了</i>多少条?")
    assert "甲县<img src=x onerror=alert(1)>\t2022\t55件[1]" in copied
    assert f"甲县：{QUOTE}[1]" in copied


def test_a_long_answer_is_read_from_its_beginning(phone: Watched) -> None:
    for turn in (1, 2):
        phone.ask(OPEN_QUESTION)
        expect(phone.page.locator(f'td a[href="#src-{turn}-1"]')).to_be_attached(timeout=15_000)
    expect(phone.page.locator("#yanju-chat .user-row").last).to_be_in_viewport()
    expect(phone.page.locator("#yanju-chat table").last).to_be_in_viewport()
    assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_an_error_nobody_expected_leaves_a_window_that_works(chat: Watched, assistant: FakeAssistant) -> None:
    assistant.error = KeyError("secret")
    chat.ask("办结多少件?")
    expect(chat.page.locator(".yanju-refused")).to_contain_text("内部错误", timeout=15_000)
    assert "secret" not in chat.page.content()
    assistant.error = None
    chat.ask("办结多少件?")
    expect(chat.page.locator("#yanju-chat a[href*='#src-']")).to_be_visible(timeout=15_000)


def test_a_phone_needs_no_sideways_scrolling(phone: Watched) -> None:
    phone.ask("办结多少件?")
    expect(phone.page.locator("#src-1-1")).to_be_visible(timeout=15_000)
    assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert phone.errors == []
