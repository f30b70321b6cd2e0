"""Questions over reports as the reader meets them: the right chunk among those that retrieval puts beside it.

Beside neighbours of the same report stand passages made for the purpose: the right one of another region or year, and
the right one without the clause that answers.
"""

import random
from collections.abc import Iterator, Sequence

from index import regions
from training.groups import Group
from training.lookalikes import names_scope, other_scope, without_answer
from training.mining import Miner
from training.passages import Located, search_words

SIZE = 8  # passages of a question
DEPTH = 14  # neighbours that the wrong passages are drawn from
STRANGERS = 2  # at most, from other reports, where the question says whose report is asked about
STRIPPED = 0.3  # share of the questions asked without region and year, as the search sees them


def report_groups(found: Sequence[Located], miner: Miner, chance: random.Random) -> Iterator[Group]:
    """Yield one group a question, the passages drawn anew each time."""
    places = (regions.get(f.passages.document.metadata.region) for f in found)
    elsewhere = sorted({place.short for place in places if place is not None})
    for f in found:
        question = f.question.question
        if chance.random() < STRIPPED:
            question = search_words(question, f.passages.document)
        scoped = question == f.question.question and names_scope(f)
        neighbours = miner.own(f, question, DEPTH)
        wrong = made_up(f, elsewhere, scoped, chance)
        if scoped:
            wrong += miner.elsewhere(f, question, STRANGERS)
        wrong += chance.sample(neighbours, min(len(neighbours), SIZE))
        if f.right:
            passages = (f.passages.texts[f.right[0]], *wrong)[:SIZE]
            answer = f.answer_in_text
        else:
            passages = (*(f.passages.texts[i] for i in f.near[:1]), *wrong)[:SIZE]
            answer = None
        if len(passages) == SIZE:
            yield Group(question, passages, bool(f.right), answer)


def made_up(located: Located, elsewhere: Sequence[str], scoped: bool, chance: random.Random) -> list[str]:
    """Return the right passage of another region or year, and without its answer, where that can be written."""
    if not located.right:
        return []
    text, answer = located.passages.texts[located.right[0]], located.answer_in_text
    made = []
    if scoped and (alike := other_scope(located, text, elsewhere, chance)) is not None:
        made.append(alike)
    if answer is not None and chance.random() < 0.5 and (cut := without_answer(text, answer)) is not None:
        made.append(cut)
    return made
