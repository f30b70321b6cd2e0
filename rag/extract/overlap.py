"""How much of a question stands around a place in a sentence."""

import re
from dataclasses import dataclass

from index.tokens import normalise

FILLER = re.compile(
    r"多少|几|哪些|哪个|哪|什么|啥|吗|呢|的|了|是|在|有|一共|总共|全年|去年|今年|怎么|如何|[?？,，。!！、]"
)
CLAUSE_START = ",，;；:：、。(（"
CLAUSE_END = re.compile(r"[,，;；。、:：)）]")
BIGRAM, CHARACTER, MOST = 0.5, 0.2, 3.0  # what a shared bigram or character is worth, and what all of them can be


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the sentence that may be the direct answer."""

    start: int
    end: int
    score: float


def bigrams(text: str) -> set[str]:
    """Return the pairs of neighbouring characters, none across a blank."""
    return {text[i : i + 2] for i in range(len(text) - 1) if " " not in text[i : i + 2]}


def grams(question: str) -> set[str]:
    """Return the characters and bigrams of what a question is about, its question words left out."""
    plain = FILLER.sub(" ", normalise(question))
    return bigrams(plain) | {c for c in plain if c != " "}


def share(asked_for: set[str], around: str) -> float:
    """Return how much of the question stands in these words, from 0 to MOST."""
    text = normalise(around)
    return min(MOST, sum(BIGRAM if len(g) > 1 else CHARACTER for g in asked_for if g in text))


def context_before(sentence: str, at: int, previous: int) -> str:
    """Return the words that say what a figure counts: back to its clause's start, or beyond where that is bare."""
    clause = sentence[max(previous, at - 40) : at]
    own = clause[max(clause.rfind(c) for c in CLAUSE_START) + 1 :]
    return own if len(own) > 4 else clause[-24:]


def context_after(sentence: str, at: int, following: int) -> str:
    """Return the words behind a figure, up to the end of its clause or the next figure."""
    clause = sentence[at : min(following, at + 20)]
    cut = CLAUSE_END.search(clause)
    return clause[: cut.start()] if cut else clause
