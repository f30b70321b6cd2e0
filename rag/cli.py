"""The commands of `yanju`. Results go to standard output, progress and what went wrong to standard error.

Exit codes: 0 answered or done, 1 a plain no, 2 wrong use, 3 some files refused, 4 damaged or missing index.
"""

import io
import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from tqdm import tqdm

from index import regions
from index.encoder import load_encoder
from index.errors import ReportRefused, YanjuError
from index.index import Change, Index
from index.naming import readable
from index.types import Document
from rag.assistant import Assistant
from rag.command_line import build_parser
from rag.errors import QuestionError
from rag.evaluate.command import evaluate
from rag.evaluate.gold import turns
from rag.explain import explanation
from rag.reader import load_reader
from rag.settings import Settings, load_settings
from rag.trace import Trace
from rag.types import AnswerStatus, Question, Turn

CHANGES = {Change.ADDED: "新增", Change.REPLACED: "替换", Change.UNCHANGED: "未变"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code. No traceback reaches a person."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that lacks a character still gets the rest
    args = build_parser().parse_args(arguments)
    try:
        return _run(args)
    except YanjuError as error:
        _say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        _say("已中断")
        return 130
    except BrokenPipeError:  # the reader of a pipe has left: `yanju list | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _say(f"读写失败：{error.filename or ''} {error.strerror or error}")
        return 2


def _run(args: Namespace) -> int:
    settings = load_settings()
    if args.data:
        settings = replace(settings, data=Path(args.data))
    return COMMANDS[args.command](args, settings)


def _open(settings: Settings, create: bool = False) -> Index:
    return Index(settings.data, lambda: load_encoder(settings.encoder or None), create)


def _assistant(settings: Settings) -> Assistant:
    return Assistant(
        _open(settings), lambda: load_reader(settings.reader), settings.threshold, settings.region, settings.today
    )


def _index(args: Namespace, settings: Settings) -> int:
    files = list(_files([Path(p) for p in args.paths]))
    if not files:
        raise QuestionError("没有找到文件：" + "、".join(args.paths))
    index, refused = _open(settings, create=True), 0
    _reencode(index)
    bar = tqdm(
        total=len(files), unit="份", disable=None, bar_format="{l_bar}{bar}| {n:.0f}/{total} 份 [{elapsed}<{remaining}]"
    )
    with index.writing(), bar:
        for done, path in enumerate(files, 1):
            bar.set_description(path.name[:24])
            try:
                outcome = index.add(path, path.read_bytes(), progress=bar.update)
                tqdm.write(_added_line(outcome.change, outcome.document, path), file=sys.stdout)
            except (ReportRefused, OSError) as error:
                refused += 1
                tqdm.write(f"跳过  {_reason(error, path)}", file=sys.stderr)
            bar.update(done - bar.n)
    print(f"索引中共有 {len(index.documents())} 份报告")
    if refused:
        _say(f"有 {refused} 个文件没能收进来，其余已完成")
    return ReportRefused.exit_code if refused else 0


def _reencode(index: Index) -> None:
    """Bring an index that was built with another language model up to the present one."""
    with tqdm(
        total=1.0,
        desc="语言模型换了，重新计算",
        disable=None,
        bar_format="{l_bar}{bar}| [{elapsed}<{remaining}]",
        delay=1,
    ) as bar:
        index.reencode(bar.update)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files named and those in the folders named, hidden ones left out. A path that is missing is yielded."""
    for path in paths:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if p.is_file())
            yield from (p for p in inside if not any(part.startswith(".") for part in p.relative_to(path).parts))
        else:
            yield path


def _reason(error: ReportRefused | OSError, path: Path) -> str:
    if isinstance(error, ReportRefused):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return f"{path}：没有这个文件或文件夹"
    return f"{path}：读不出来" + ("，没有权限" if isinstance(error, PermissionError) else f"（{error.strerror}）")


def _added_line(change: Change, document: Document, path: Path) -> str:
    m = document.metadata
    where = "、".join(filter(None, [regions.full_name(m.region) if m.region else "", f"{m.year}年" if m.year else ""]))
    same = f"（内容与 {document.file} 相同）" if document.source != readable(str(path.resolve())) else ""
    return f"{CHANGES[change]}  {document.id}  {m.title}" + (f"（{where}）" if where else "") + same


def _ask(args: Namespace, settings: Settings) -> int:
    text = args.question if args.question is not None else _standard_input()
    history = _history(Path(args.history)) if args.history else ()
    question = Question(text, history, args.region, args.year, args.report)
    assistant = _assistant(settings)
    trace = Trace()
    answer = assistant.ask(question, trace)
    if args.json:
        print(json.dumps(answer.to_dict(), ensure_ascii=False))
    else:
        print(answer.answer)
        for c in answer.citations:
            print(f"\n[{c.n}] {c.title} › {' › '.join(c.section)}\n    {c.file} 第 {c.start}–{c.end} 字")
        if answer.choices:
            print("\n只问其中一份：\n" + "\n".join(f"  {question}" for question in answer.choices))
    if args.explain:
        _say(explanation(trace, answer))
    return 1 if answer.status is AnswerStatus.REFUSED else 0


def _standard_input() -> str:
    if sys.stdin.isatty():
        _say("请输入问题，回车后按 Ctrl-D：")
    return sys.stdin.buffer.read().decode("utf-8", errors="replace").strip()


def _history(path: Path) -> tuple[Turn, ...]:
    try:
        return turns(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise QuestionError(f"对话文件读不出来：{path}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise QuestionError(
            f"对话文件的格式不对：{path}。应为 JSON 列表，每项有 role（user 或 assistant）和 content"
        ) from error


def _eval(args: Namespace, settings: Settings) -> int:
    names = (Path(name) if name else None for name in (args.out, args.html, args.expect))
    return evaluate(lambda: _assistant(settings), Path(args.gold), *names)


def _list(args: Namespace, settings: Settings) -> int:
    documents = _open(settings).documents()
    if args.json:
        print(json.dumps([_listed(d) for d in documents], ensure_ascii=False))
        return 0
    for d in documents:
        print(f"{d.id}  {d.metadata.year or '----'}  {d.metadata.title}  （{d.file}，{d.characters} 字）")
    if not documents:
        _say("索引是空的。请运行 yanju index 文件或文件夹")
    return 0


def _listed(document: Document) -> dict[str, object]:
    listed = asdict(document)
    about: dict[str, object] = listed.pop("metadata")
    return listed | about


def _show(args: Namespace, settings: Settings) -> int:
    index = _open(settings)
    report = index.report(index.find(args.report))
    if args.json:
        keys = ("level", "heading", "start", "end")
        print(json.dumps([{k: getattr(s, k) for k in keys} for s in report.sections], ensure_ascii=False))
        return 0
    print(report.document.metadata.title)
    for section in report.sections:
        print("  " * section.level + section.heading)
    return 0


def _remove(args: Namespace, settings: Settings) -> int:
    index = _open(settings)
    document = index.find(args.report)
    with index.writing():
        index.remove(document)
    print(f"已移除  {document.id}  {document.metadata.title}")
    return 0


def _serve(args: Namespace, settings: Settings) -> int:
    from ui.app import serve  # the one arrow from rag to ui: the chat is loaded only by the command that serves it

    serve(_assistant(settings), settings, args.host or settings.host, args.port or settings.port)
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr)


COMMANDS = {
    "index": _index,
    "ask": _ask,
    "eval": _eval,
    "list": _list,
    "show": _show,
    "remove": _remove,
    "serve": _serve,
}
