"""Passages that look right and are not: another region, another year, the clause with the answer left out.

An office's reports repeat each other from year to year and county to county; such passages are what the models have
to tell apart, and few of them can be found in any set of questions.
"""

import random
import re
from collections.abc import Sequence

from index import regions
from training.passages import Located

CLAUSE = re.compile(r"[^，,；;。、]*[，,；;。、]?")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|_|\D)")
KEPT_SHARE = 0.35  # of a passage that has to be left when the answer's clause is taken out


def names_scope(located: Located) -> bool:
    """Does the question name its report's region or year, so that another region's passage is wrong?"""
    region = regions.get(located.passages.document.metadata.region)
    year = located.passages.document.metadata.year
    question = located.question.question
    return (region is not None and region.short in question) or (year is not None and str(year) in question)


def other_scope(located: Located, text: str, elsewhere: Sequence[str], chance: random.Random) -> str | None:
    """Return the text as another region or another year would have written it; None when it names neither.

    `elsewhere` are the short names of other regions. What the question names is what is changed.
    """
    region = regions.get(located.passages.document.metadata.region)
    question = located.question.question
    changed = text
    if region is not None and region.short in question:
        changed = changed.replace(region.short, chance.choice([e for e in elsewhere if e != region.short]))
    year = YEAR.search(question)
    if year is not None and (changed == text or chance.random() < 0.5):
        other = str(int(year[0]) + chance.choice([-3, -2, -1, 1, 2, 3]))
        changed = changed.replace(year[0], other)
    return changed if changed != text else None


def without_answer(text: str, answer: tuple[int, int]) -> str | None:
    """Return the text without the clauses that hold the answer; None when too little is left.

    >>> without_answer("新建学校16所，新增学位1.3万个。", (4, 7))
    '新增学位1.3万个。'
    """
    kept = [m for m in CLAUSE.finditer(text) if m[0] and (m.end() <= answer[0] or m.start() >= answer[1])]
    left = "".join(m[0] for m in kept)
    return left if len(left) >= KEPT_SHARE * len(text) else None
