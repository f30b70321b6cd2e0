"""The grammar of the command line, in Chinese throughout: argparse speaks English, so its words are replaced here."""

import argparse
import re
import sys
from typing import NoReturn

# argparse's own messages, as far as a user can meet them
MESSAGES = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*?): invalid choice: '?(.*?)'? \(choose from (.*)\)", r"没有“\2”这个命令，可用的有：\3"),
    (r"argument (.*?): expected (?:one|at least one) argument", r"\1 后面要有值"),
    (r"argument (.*?): invalid (?:int|float) value: '(.*)'", r"\1 要是数字，不能是“\2”"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 不能和 \2 一起用"),
    (r"ambiguous option: (.*?) could match (.*)", r"\1 不明确，可能是 \2"),
)


DATA_HELP = "索引所在的目录（默认 data，也可用环境变量 YANJU_DATA）"


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def] # argparse's own signature
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and ends with exit code 2 and one line."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(formatter_class=_Help, add_help=False, allow_abbrev=False, **kwargs)  # type: ignore[arg-type] # passed on
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        for pattern, chinese in MESSAGES:
            message = re.sub(pattern, chinese, message)
        message = message.replace("', '", "、").replace("'", "")
        sys.stderr.write(f"{message}。用法见 {self.prog} --help\n")
        raise SystemExit(2)


def build_parser() -> Parser:
    """Return the parser of `yanju`; each command's name is in `command`."""
    parser = Parser(
        prog="yanju",
        description="言据：向政府报告提问，每个回答都指向报告、章节和原文。",
        epilog='例子：\n  yanju index seeds\n  yanju ask "温岭有几项业务可以秒办?"\n  yanju show 温岭\n'
        "  yanju serve\n\n"
        "返回码：0 有回答或已完成；1 报告未提及；2 用法不对；3 有文件没能收进来；4 索引缺失或损坏",
    )
    parser.add_argument("--data", metavar="目录", help=DATA_HELP)
    commands = parser.add_subparsers(dest="command", parser_class=Parser, metavar="命令", title="命令", required=True)

    def add(name: str, summary: str, epilog: str = "") -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=summary, description=summary, epilog=epilog)
        command.add_argument("--data", metavar="目录", default=argparse.SUPPRESS, help=DATA_HELP)
        return command

    index = add(
        "index",
        "把报告收进索引",
        "同一路径的新内容会替换旧的；内容一样的文件不会收两次。按 Ctrl-C 可中断，已收的都在。",
    )
    index.add_argument("paths", nargs="+", metavar="路径", help="文件或文件夹")

    ask = add("ask", "提一个问题", '不写问题时从标准输入读。\n例：yanju ask "去年办结几件?" --region 泰顺 --year 2023')
    ask.add_argument("question", nargs="?", metavar="问题", help="要问的话")
    ask.add_argument("--history", metavar="文件", help="之前的对话：JSON 列表，每项有 role 和 content")
    ask.add_argument("--region", metavar="地区", help="只看这个地区的报告，如 泰顺县、浙江")
    ask.add_argument("--year", type=int, metavar="年份", help="只看这一年的报告")
    ask.add_argument("--report", metavar="报告", help="只看这一份：编号、文件名或标题的一部分")
    ask.add_argument("--json", action="store_true", help="输出 JSON")
    ask.add_argument("--explain", action="store_true", help="说明问题是怎样理解的、候选原文和得分")

    evaluate = add(
        "eval",
        "用一套问题考一遍：成绩、失分的题",
        "问题集可以是表格（xlsx、csv：问题、答案、报告、章节、原文……各一列）或 JSONL，格式见 docs/EVAL.md。",
    )
    evaluate.add_argument("gold", metavar="问题集", help="xlsx、csv 或 JSONL 文件")
    evaluate.add_argument("--out", metavar="文件", help="每题的回答写到这里（JSONL）")
    evaluate.add_argument("--html", metavar="文件", help="成绩写成一个网页")
    evaluate.add_argument("--expect", metavar="文件", help="成绩要求（JSON），有一项不到就返回 1")

    listing = add("list", "列出全部报告")
    listing.add_argument("--json", action="store_true", help="输出 JSON")
    show = add("show", "显示一份报告的章节")
    show.add_argument("report", metavar="报告", help="编号、文件名或标题的一部分")
    show.add_argument("--json", action="store_true", help="输出 JSON：level、heading、start、end")
    remove = add("remove", "从索引中移除一份报告（原文件不动）")
    remove.add_argument("report", metavar="报告", help="编号、文件名或标题的一部分")

    serve = add("serve", "打开聊天网页")
    serve.add_argument("--host", metavar="地址", help="监听地址（默认 127.0.0.1）")
    serve.add_argument("--port", type=int, metavar="端口", help="端口（默认 7860）")
    return parser
