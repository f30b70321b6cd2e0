"""Question in, `Query` out: form of answer, reports, years, comparison, and what a follow-up leaves unsaid."""

from rag.query.understanding import MAX_CHARACTERS, Query, Surroundings, encodable, understand

__all__ = ["MAX_CHARACTERS", "Query", "Surroundings", "encodable", "understand"]
