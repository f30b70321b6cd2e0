"""One answer against one gold question. The rules are those of the published scorer that `tests/gold/score.py` is.

Only the beginning of an answer counts, and quotes of at most 200 characters, so that quoting whole reports earns
nothing. A citation proves an answer when it shares words with the gold evidence and holds what the evidence was chosen
for.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rag.evaluate.comparing import LONGEST_QUOTE, YEAR, figures, holds, overlap, plain, same_path
from rag.evaluate.gold import GoldQuestion, Place
from rag.types import Answer, AnswerStatus, Citation

ANSWER_LIMIT, FACT_LIMIT = 300, 120  # characters of an answer that are read; of an answer to a question for a fact
FACTS = ("number", "name", "metadata", "followup")
WITH_SHORT = ("number", "name")
SHORT_MARGIN = 12  # characters that a direct answer may be longer than what was asked for
MARKERS = re.compile(r"[\[［【]{1,2}(?:来源)?\d{1,2}(?:[,，、 ]+\d{1,2})*[\]］】]{1,2}(?:\(#[^)]*\))?")
ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.、)])\s+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Score:
    """One question's points, each from 0 to 1; None where it does not apply."""

    item: GoldQuestion
    answer: Answer
    correct: float
    refused: bool
    short: float | None = None
    cited: float | None = None
    section: float | None = None
    figures: float | None = None
    citations: int = 0  # different ones
    verbatim: int = 0  # of these, quotes that stand in their report
    precise: int = 0  # of these, quotes that prove the answer

    @property
    def lost(self) -> bool:
        """Was anything lost?"""
        return any(points is not None and points < 1 for points in (self.correct, self.short, self.cited, self.section))


def score(item: GoldQuestion, answer: Answer, text_of: Callable[[str], str], file_of: Callable[[str], str]) -> Score:
    """Score an answer. `text_of` gives a file's text, `file_of` the file that a gold question calls so."""
    citations = list({(c.file, plain(c.quote)): c for c in reversed(answer.citations)}.values())
    verbatim = sum(bool(plain(c.quote)) and plain(c.quote) in plain(text_of(c.file)) for c in citations)
    refused = answer.status is AnswerStatus.REFUSED
    if not item.answerable:
        return Score(item, answer, float(refused), refused, citations=len(citations), verbatim=verbatim)
    places = [(file_of(p.report), p) for p in item.places]
    text = _read_part(item, answer)
    good = [(c, p) for c in citations for f, p in places if not refused and c.file == f and _proves(c, p, item)]
    right = [(c, p) for c, p in good if any(same_path(c.section, path) for path in p.sections)]
    has_section = item.type != "metadata" and any(p.sections for p in item.places)
    return Score(
        item,
        answer,
        0.0 if refused else _share_of_gold(item, text),
        refused,
        (0.0 if refused else float(_short_holds(item, answer.short or ""))) if item.type in WITH_SHORT else None,
        _share_of_places(places, [c.file for c, _ in good]) if places else None,
        _share_of_places(places, [c.file for c, _ in right]) if has_section else None,
        None if refused else float(figures(text) <= _known_figures(item, citations)),
        len(citations),
        verbatim,
        sum(_is_on_evidence(c, places, item) for c in citations),
    )


def _read_part(item: GoldQuestion, answer: Answer) -> str:
    limit = FACT_LIMIT if item.type in FACTS else ANSWER_LIMIT
    text = ITEM.sub("", MARKERS.sub(" ", answer.answer))
    return re.sub(r"[*`|]", "", text)[:limit]


def _share_of_gold(item: GoldQuestion, text: str) -> float:
    found = [holds(text, wanted) for wanted in item.gold]
    if not found:
        return 1.0
    return sum(found) / len(found) if item.needs_all else float(any(found))


def _short_holds(item: GoldQuestion, short: str) -> bool:
    """Is the direct answer there, whole, and nothing much beside it?"""
    wanted = list(item.gold) if item.needs_all else [g for g in item.gold if holds(short, g)][:1]
    if not wanted or not all(holds(short, g) for g in wanted):
        return False
    room = sum(len(plain(g)) for g in wanted) + SHORT_MARGIN
    extra = _counts(short) - set().union(*map(_counts, wanted))
    return len(plain(short)) <= room and not extra


def _counts(text: str) -> set[str]:
    return {f for f in figures(text) if not YEAR.fullmatch(f)}


def _known_figures(item: GoldQuestion, citations: list[Citation]) -> set[str]:
    asked = item.question.text + "".join(t.content for t in item.question.history)
    return figures(asked) | figures(" ".join(c.quote for c in citations))


def _proves(citation: Citation, place: Place, item: GoldQuestion) -> bool:
    proofs = [evidence for evidence in place.evidence if plain(evidence)]
    if not proofs:  # a spreadsheet may name the report alone
        return any(holds(citation.quote, g) for g in item.gold)
    return any(_holds_what_it_was_chosen_for(citation, evidence, item) for evidence in proofs)


def _holds_what_it_was_chosen_for(citation: Citation, evidence: str, item: GoldQuestion) -> bool:
    inside = [g for g in item.gold if holds(evidence, g)]
    return overlap(citation.quote, evidence) and (not inside or any(holds(citation.quote, g) for g in inside))


def _is_on_evidence(citation: Citation, places: list[tuple[str, Place]], item: GoldQuestion) -> bool:
    """Does a quote prove the answer, or hold it in a section that is equally right?"""
    if len(plain(citation.quote)) > LONGEST_QUOTE:
        return False
    of_report = [p for f, p in places if f == citation.file]
    here = any(same_path(citation.section, path) for p in of_report for path in p.sections)
    holds_gold = any(holds(citation.quote, g) for g in item.gold)
    return any(_proves(citation, p, item) for p in of_report) or bool(of_report and here and holds_gold)


def _share_of_places(places: list[tuple[str, Place]], files: list[str]) -> float:
    return sum(file in files for file, _ in places) / len(places)
