"""The chat window: Gradio blocks and their handlers. What is shown is made safe in `ui.render`."""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import gradio as gr
from fastapi import FastAPI

from index.errors import YanjuError
from rag.answers.choice import MOST as MOST_CHOICES
from rag.assistant import Assistant
from rag.types import Answer, Delta, Question, Stage, Turn
from ui.api import INTERNAL
from ui.render import NO_SOURCES, Source, answer_markdown, escape, partial_markdown, refusal_markdown, sources_markdown

HERE = Path(__file__).parent
ALL_REPORTS, ALL_YEARS = "", 0
PLACEHOLDER = "### 问报告一个问题\n\n数量、名单、做法、日期，用平时说话的方式问就行。"
TICK = 0.06  # seconds between two updates of an answer that is being written
AT_ONCE = 8  # conversations answered at the same time; the others wait their turn
TURNS_KEPT = 20  # turns whose sources stay on the page and whose words the next question may refer to
FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
TITLE = (
    '<div class="yanju-head"><h1>言据</h1>'
    "<p>向政府报告提问，每个回答都指向报告、章节和原文；报告没写的，就说“报告未提及”。</p></div>"
)
WORDS = {
    "chatbot.copy_message": "复制",
    "chatbot.copied_message": "已复制",
    "chatbot.clear": "清空",
    "chat_interface.message_placeholder": "请输入问题",
    "common.submit": "提问",
    "common.stop": "停止",
}

Message = dict[str, Any]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question that was answered, with the sources of its answer."""

    question: str
    answer: Answer
    sources: tuple[Source, ...]


def mount_chat(app: FastAPI, assistant: Assistant) -> FastAPI:
    """Mount the window at / of an application."""
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build(assistant),
        path="/",
        theme=gr.themes.Base(
            primary_hue=gr.themes.colors.blue, neutral_hue=gr.themes.colors.slate, font=FONTS, font_mono=("monospace",)
        ),
        css_paths=HERE / "theme.css",
        head=f"<script>{(HERE / 'chat.js').read_text(encoding='utf-8')}</script>",
        i18n=gr.I18n(**{"zh-CN": WORDS, "zh": WORDS, "en": WORDS}),
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        enable_monitoring=False,
    )
    return mounted


def build(assistant: Assistant) -> gr.Blocks:
    """Return the window."""
    window = Window(assistant)
    with gr.Blocks(title="言据", analytics_enabled=False, fill_width=True) as blocks:
        conversation = gr.State([])
        gr.Markdown(TITLE, elem_id="yanju-title", sanitize_html=True)
        with gr.Row(elem_id="yanju-main"):
            with gr.Column(scale=3, min_width=340):
                chatbot = gr.Chatbot(
                    elem_id="yanju-chat", show_label=False, label="对话", height="62vh", buttons=["copy"],
                    autoscroll=False, feedback_options=None, sanitize_html=True, allow_tags=False, latex_delimiters=[],
                    placeholder=PLACEHOLDER, examples=[{"text": q} for q in assistant.suggestions()],
                )  # fmt: skip
                box = gr.Textbox(
                    elem_id="yanju-box", show_label=False, label="问题", placeholder="例如：温岭有几项业务可以秒办？",
                    submit_btn="提问", max_length=2000, lines=1, max_lines=5, autofocus=True,
                )  # fmt: skip
                with gr.Row(elem_id="yanju-filters"):
                    report = gr.Dropdown(label="报告", elem_id="yanju-report", scale=3, **window.reports())
                    year = gr.Dropdown(label="年份", elem_id="yanju-year", scale=1, min_width=160, **window.years())
                    clear = gr.Button("清空对话", elem_id="yanju-clear", scale=1, min_width=110, size="md")
            with gr.Column(scale=2, min_width=320):
                gr.Markdown("## 出处", elem_id="yanju-sources-title")
                sources = gr.Markdown(
                    NO_SOURCES, elem_id="yanju-sources", sanitize_html=True, latex_delimiters=[], height="72vh"
                )
        inputs, outputs = [box, report, year, chatbot, conversation], [box, chatbot, sources, conversation]
        runs = [
            # "multiple": a question sent while a stopped answer winds up is not lost; an emptied box sends nothing.
            box.submit(
                window.respond,
                inputs,
                outputs,
                show_progress="hidden",
                concurrency_limit=AT_ONCE,
                trigger_mode="multiple",
            ),
            gr.on([chatbot.example_select, chatbot.option_select], window.pick, None, box, show_progress="hidden").then(
                window.respond, inputs, outputs, show_progress="hidden", concurrency_limit=AT_ONCE
            ),
        ]
        box.stop(window.stopped, [chatbot], [box, chatbot], cancels=runs, show_progress="hidden")
        for cleared in (clear.click, chatbot.clear):
            cleared(window.cleared, None, outputs, cancels=runs, show_progress="hidden")
        blocks.load(window.refreshed, None, [report, year], show_progress="hidden")
    return cast(gr.Blocks, blocks)


class Window:
    """The handlers. All state of a conversation comes in and goes out through their arguments."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    def reports(self) -> dict[str, Any]:
        """Choices of the report filter."""
        choices = [("全部报告", ALL_REPORTS)] + [(d.metadata.title, d.id) for d in self.assistant.documents()]
        return {"choices": choices, "value": ALL_REPORTS}

    def years(self) -> dict[str, Any]:
        """Choices of the year filter."""
        years = sorted({d.metadata.year for d in self.assistant.documents() if d.metadata.year}, reverse=True)
        return {"choices": [("全部年份", ALL_YEARS)] + [(f"{y} 年", y) for y in years], "value": ALL_YEARS}

    def refreshed(self) -> tuple[Any, Any]:
        """The filters as the index is now, for a page that is opened."""
        return gr.Dropdown(**self.reports()), gr.Dropdown(**self.years())

    def pick(self, event: gr.SelectData) -> str:
        """An example or a choice was clicked: it becomes the question."""
        return str(event.value["text"] if isinstance(event.value, dict) else event.value)

    def respond(
        self, text: str, report: str, year: int, messages: list[Message], conversation: list[Exchange]
    ) -> Iterator[tuple[Any, ...]]:
        """Answer a question: stages, words as they come, then the whole with its sources."""
        text = (text or "").strip()
        if not text:
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        shown = [*messages, {"role": "user", "content": escape(text)}, {"role": "assistant", "content": "检索…"}]
        running = gr.Textbox(value="", submit_btn=False, stop_btn="停止")
        yield running, shown, gr.skip(), gr.skip()
        try:
            question = Question(text, history(conversation), None, year or None, report or None)
            written, ticked = "", 0.0
            for step in self.assistant.stream(question):
                if isinstance(step, Answer):
                    conversation = [*conversation, self._exchange(text, step)][-TURNS_KEPT:]
                    shown[-1] = message(step, turn_of(conversation))
                    break
                if isinstance(step, Delta):
                    written += step.text
                if time.monotonic() - ticked > TICK:
                    ticked = time.monotonic()
                    words = f"{step.name}…" if isinstance(step, Stage) and not written else partial_markdown(written)
                    shown[-1] = {"role": "assistant", "content": words}
                    yield gr.skip(), shown, gr.skip(), gr.skip()
        except YanjuError as error:
            shown[-1] = failure(str(error))
        except Exception:
            _log.exception("question failed")
            shown[-1] = failure(INTERNAL)
        yield ready(), shown, cards(conversation), conversation

    def _exchange(self, text: str, answer: Answer) -> Exchange:
        sources = tuple(Source(c, *self.assistant.paragraph(c)) for c in answer.citations)
        return Exchange(text, answer, sources)

    def stopped(self, messages: list[Message]) -> tuple[Any, Any]:
        """The person stopped the answer: say so under what had come."""
        return ready(), [*messages, {"role": "assistant", "content": "(已停止)"}]

    def cleared(self) -> tuple[Any, ...]:
        """Begin anew."""
        return ready(), [], NO_SOURCES, []


def turn_of(conversation: list[Exchange]) -> int:
    """Return the number of the newest turn."""
    return len(conversation)


def message(answer: Answer, turn: int) -> Message:
    """Return an answer as a message. Its choices are buttons under it, until the next question is asked."""
    shown: Message = {"role": "assistant", "content": answer_markdown(answer, turn)}
    if answer.choices:
        shown["options"] = [{"label": q, "value": q} for q in answer.choices[:MOST_CHOICES]]
    return shown


def failure(words: str) -> Message:
    """Tell the person what went wrong, and return it as a message."""
    gr.Warning(words, title="没有成功")
    return {"role": "assistant", "content": refusal_markdown(words)}


def cards(conversation: list[Exchange]) -> str:
    """Return the source cards of a conversation."""
    return sources_markdown([(n, e.sources) for n, e in enumerate(conversation, 1)])


def history(conversation: list[Exchange]) -> tuple[Turn, ...]:
    """Return the conversation as the engine reads it: plain words, no links."""
    turns: list[Turn] = []
    for exchange in conversation:
        turns += [Turn("user", exchange.question), Turn("assistant", exchange.answer.answer)]
    return tuple(turns)


def ready() -> Any:
    """The question box, waiting for a question."""
    return gr.Textbox(submit_btn="提问", stop_btn=False)
