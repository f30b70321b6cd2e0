"""What a sentence claims that can be checked without understanding it: values, titles, quoted names, regions, people,
bodies. Everything else (verbs, adjectives) is left to the reader.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from index import regions
from index.tokens import normalise
from rag.extract.names import PERSON
from rag.proof.values import Value, values

TITLE = re.compile(r"《([^》\n]{2,80})》")
NAMED = re.compile(r"“([^”\n]{2,40})”")
# A body's last characters: two before its kind tell 水利局 from 农业局, and what leads up to it is no part of its name
BODY = re.compile(
    r"[\u4e00-\u9fff]{2}(?:委员会|街道|法院|检察院|大学|学院|公司|协会|中心|[局厅]|[镇乡村](?![\u4e00-\u9fff]{0,3}[局委厅办]))"
)
AS_A_NAME = ("人民政府", "市", "县", "区", "的报告", "：")
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of text that has to stand in what is cited. `value` is None for a name."""

    start: int
    end: int
    words: str
    value: Value | None = None


def claims(text: str) -> Iterator[Claim]:
    """Yield what a text claims, values first; names may overlap."""
    for value in values(text):
        yield Claim(value.start, value.end, text[value.start : value.end], value)
    for pattern in (TITLE, NAMED, PERSON):
        for match in pattern.finditer(text):
            yield Claim(*match.span(1), match[1])
    for match in BODY.finditer(text):
        yield Claim(*match.span(), match[0])
    for mention in regions.find_mentions(text):
        # a name that is also a word, such as 路桥, is one where it stands as a name does
        if mention.exact or text.startswith(AS_A_NAME, mention.end):
            yield Claim(mention.start, mention.end, text[mention.start : mention.end])


class Proof:
    """The words that prove: cited quotes, with what is known of their reports and sections."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.words = flat("\n".join(texts))
        self._texts = texts

    @cached_property
    def values(self) -> list[Value]:
        """The values that stand here; read when a value is first asked for, since many a proof is of names alone."""
        return [v for text in self._texts for v in values(text, loose=True)]

    def holds(self, claim: Claim) -> bool:
        """Does a claim stand here? A value by value, a name by its letters."""
        if claim.value is not None:
            return any(v.stands_for(claim.value) for v in self.values)
        return flat(claim.words) in self.words

    def repeats(self, words: str) -> bool:
        """Do these very words stand here, width, case and blanks aside?"""
        return flat(words) in self.words


def flat(text: str) -> str:
    """Fold width, letter case and blanks, for comparison only."""
    return BLANKS.sub("", normalise(text))
