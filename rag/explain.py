"""`ask --explain`: how the question was understood, and the candidates with their scores."""

from rag.assistant import Assistant
from rag.query import understand
from rag.retriever import retrieve
from rag.types import Question

SHOWN = 5


def explanation(assistant: Assistant, question: Question) -> str:
    """Return lines for a person to read."""
    index = assistant.index
    chosen = index.find(question.report) if question.report else None
    query = understand(question, index.documents(), chosen)
    lines = [
        f"检索的话：{query.search}",
        f"答案形式：{query.asked.kind.value}" + (f"，单位：{query.asked.unit}" if query.asked.unit else ""),
        f"报告范围：{'、'.join(d.file for d in query.documents) or '无'}" + ("，逐份回答" if query.separate else ""),
    ]
    if query.refusal:
        return "\n".join([*lines, f"不检索：{query.refusal}"])
    lines.append("候选（综合分 / 语义 / 字词 / 是回答的可能）：")
    for e in retrieve(index, query, query.documents, assistant.reader)[:SHOWN]:
        likely = f"{e.reading.probability:5.0%}" if e.reading is not None else "    -"
        lines.append(f"  {e.score:6.2f} {e.hit.dense:.3f} {e.hit.lexical:6.2f} {likely}  {e.hit.text[:60]}")
    return "\n".join(lines)
