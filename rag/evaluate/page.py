"""The figures of a run as one HTML page: no script, nothing loaded, everything escaped."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape

from rag.evaluate.figures import NAMES, SHARES, Figures, by_type, fallen, figures, median_ms
from rag.evaluate.scoring import Score
from rag.evaluate.table import TYPES, shown, wanted

STYLE = """
:root { color-scheme: light dark; --ink: #1c2530; --faint: #5a6675; --line: #d9dfe7; --paper: #fbfaf7; --sheet: #fff;
  --blue: #1d4f91; --bad: #a33a1c; --track: #e8edf4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --faint: #a5b0be; --line: #364152; --paper: #12171f;
  --sheet: #1a212c; --blue: #8fb8f0; --bad: #f0a080; --track: #28323f; } }
body { margin: 0 auto; max-width: 960px; padding: 24px 18px 60px; background: var(--paper); color: var(--ink);
  font: 16px/1.75 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1 { color: var(--blue); font-size: 28px; border-bottom: 2px solid var(--blue); padding-bottom: 8px; }
h2 { font-size: 20px; margin-top: 36px; }
p.faint, td.faint { color: var(--faint); font-size: 14px; }
table { width: 100%; border-collapse: collapse; background: var(--sheet); }
td, th { padding: 6px 10px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.bar { height: 10px; border-radius: 5px; background: var(--track); min-width: 120px; margin-top: 9px; }
.bar i { display: block; height: 10px; border-radius: 5px; background: var(--blue); }
.bad { color: var(--bad); font-weight: 600; }
section { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; padding: 10px 16px; }
section { margin: 12px 0; }
section h3 { margin: 0 0 4px; font-size: 16px; }
dl { margin: 0; display: grid; grid-template-columns: 5em 1fr; gap: 2px 8px; }
dt { color: var(--faint); } dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
"""


def page(scores: Sequence[Score], name: str, expected: Figures | None = None) -> str:
    """Return the page of a run; `name` is that of the question set, `expected` what it is held against."""
    made = datetime.now().strftime("%Y年%m月%d日 %H:%M")
    body = "\n".join(
        [
            f"<h1>言据 · {escape(name)} 的成绩</h1>",
            f'<p class="faint">{made} · {len(scores)} 题 · 每题用时中位数 {median_ms(scores):.0f} 毫秒</p>',
            "<h2>总成绩</h2><table>",
            *_figures(figures(scores), expected or {}),
            "</table><h2>按问题类型</h2><table>",
            *_types(scores),
            "</table>",
            *_lost([s for s in scores if s.lost]),
        ]
    )
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>言据 · {escape(name)}</title><style>{STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def _figures(found: Figures, expected: Figures) -> Iterator[str]:
    worse = fallen(found, expected)
    for name, value in found.items():
        bar = _bar(value) if name in SHARES else ""
        held = f"要求 {shown(name, expected[name]).strip()}" if name in expected else ""
        mark = ' class="number bad"' if name in worse else ' class="number"'
        yield (
            f"<tr><td>{NAMES[name]}</td><td{mark}>{shown(name, value).strip()}</td><td>{bar}</td>"
            f'<td class="faint">{held}</td></tr>'
        )


def _types(scores: Sequence[Score]) -> Iterator[str]:
    for kind, (count, share) in by_type(scores).items():
        yield (
            f'<tr><td>{escape(TYPES.get(kind, kind))}</td><td class="number">{share:.1%}</td><td>{_bar(share)}</td>'
            f'<td class="faint">{count} 题</td></tr>'
        )


def _bar(share: float) -> str:
    return f'<div class="bar"><i style="width:{share:.1%}"></i></div>'


def _lost(lost: Sequence[Score]) -> Iterator[str]:
    yield f"<h2>失分的 {len(lost)} 题</h2>" if lost else "<h2>没有失分的题</h2>"
    for s in lost:
        yield f"<section><h3>{escape(s.item.id)} · {escape(s.item.question.text)}</h3><dl>"
        for term, text in _about(s):
            yield f"<dt>{term}</dt><dd>{escape(text)}</dd>"
        yield "</dl></section>"


def _about(s: Score) -> Iterator[tuple[str, str]]:
    if s.item.question.history:
        yield "之前", "\n".join(t.content for t in s.item.question.history)
    yield "要的", wanted(s)
    for place in s.item.places:
        if any(place.evidence):
            where = " › ".join(place.sections[0]) if place.sections else place.report
            yield "出处", f"{''.join(place.evidence)}\n（{where}）"
    yield "答的", s.answer.answer
    for c in s.answer.citations:
        yield "引的", f"[{c.n}] {c.quote}\n（{c.title} › {' › '.join(c.section)}）"
    yield "失分", "、".join(_points(s))


def _points(s: Score) -> Iterator[str]:
    for name, points in (("答案", s.correct), ("直接答案", s.short), ("证据", s.cited), ("章节", s.section)):
        if points is not None and points < 1:
            yield f"{name} {points:.0%}"
