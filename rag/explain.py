"""`ask --explain`: how a question was understood, candidates with their scores, what was verified, times by stage."""

from rag.query import Query
from rag.trace import Trace
from rag.types import Answer, Evidence

SHOWN = 8  # candidates
WIDTH = 60  # characters of a candidate


def explanation(trace: Trace, answer: Answer) -> str:
    """Return lines for a person to read."""
    lines: list[str] = []
    for n, query in enumerate(trace.queries, 1):
        lines += _understood(query, f"第 {n} 种理解" if len(trace.queries) > 1 else "理解为")
    if trace.evidence:
        lines.append("候选（综合分 / 语义 / 字词 / 是回答的可能）：")
        lines += [_candidate(e) for e in sorted(trace.evidence, key=lambda e: -e.score)[:SHOWN]]
    lines.append(f"核对：{answer.checks.claims} 处数字、日期、名称和引文，{len(answer.checks.unproved)} 处没有出处")
    lines += [f"  没有出处：{u.words}" for u in answer.checks.unproved]
    times = "，".join(f"{name} {ms:.0f}" for name, ms in trace.laps.items())
    lines.append(f"用时（毫秒）：{times}，共 {answer.ms:.0f}")
    return "\n".join(lines)


def _understood(query: Query, title: str) -> list[str]:
    asked = query.asked.kind.value + (f"，单位：{query.asked.unit}" if query.asked.unit else "")
    lines = [
        f"{title}：{query.text}",
        f"  检索的话：{query.search}",
        f"  答案形式：{asked}" + (f"，比较：{query.compared.value}" if query.compared else ""),
        f"  报告范围：{'、'.join(d.file for d in query.documents) or '无'}" + ("，逐份回答" if query.parts else ""),
    ]
    if query.year is not None:
        lines.append(f"  要找的是 {query.year} 年的事，报告是别的年份的")
    return [*lines, *([f"  不检索：{query.refusal}"] if query.refusal else [])]


def _candidate(e: Evidence) -> str:
    likely = f"{e.reading.probability:5.0%}" if e.reading is not None else "    -"
    return f"  {e.score:6.2f} {e.hit.dense:.3f} {e.hit.lexical:6.2f} {likely}  {e.hit.text[:WIDTH]}"
