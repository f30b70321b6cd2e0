"""Every answer, whoever wrote it, held against what it cites. No model is asked.

An answer is read line by line, and each line up to each marker or group of markers:

    泰顺：处理1011件。[1]其中……[2]            two statements, proved by [1] and by [2]
    1011件                                   the direct answer: its words stand in some quote
    泰顺比临平多：53件[1] − 41件[2] = 12件      an equation: its figures stand beside their markers, it is done again

A statement is proved when it repeats what it cites, or, where it need not be verbatim, when every value and name in it
stands there. What is known of a cited report (region, year, title) proves what its label says.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from rag.proof import arithmetic
from rag.proof.claims import Claim, Proof, claims, flat
from rag.proof.statements import MARKERS, SEPARATORS, Statement, parts, statements
from rag.types import Checks, Citation, Unproved

FORM = re.compile(r"^(?:有|是|能|可以|没有)[。]?$")  # a yes: proved by the sentence that follows
LEAD = re.compile(r"^([^：\n]{1,60})：")
OWN_WORDS = re.compile(r"最[多少高低早晚]的是|一样[多高]?|和|、")


class Source:
    """What one citation proves: by its quote, and by what is known of its report and section."""

    def __init__(self, citation: Citation, about: str) -> None:
        self.quote = Proof([citation.quote])
        self.names = Proof([citation.title, about])
        self.is_field = citation.section == (citation.title,)  # of the page: 成文日期：…, 责任科室 …
        self.all = Proof([citation.quote, citation.title, *citation.section, about])

    def labels(self, words: str) -> bool:
        """Do these words name the report, or the field of it that the quote begins with?"""
        return self.names.repeats(words) or (self.is_field and self.quote.words.startswith(flat(words)))


def verify(
    text: str, citations: Sequence[Citation], about: Mapping[str, str] | None = None, verbatim: bool = True
) -> Checks:
    """Return how many claims an answer makes, and which of them its citations do not prove.

    `about` holds what is known of each report in question, cited or not: its region and year in words. With `verbatim`,
    as for answers made of excerpts, the words have to be the report's; without, their values and names have to.
    """
    about = about or {}
    sources = {c.n: Source(c, about.get(c.file, "")) for c in citations}
    reports = Proof([*about.values()])
    made, unproved = 0, []
    for statement in statements(text):
        found = list(claims(_without_markers(statement.words)))
        made += max(1, len(found))
        if statement.own:
            known = [reports, *(s.all for s in sources.values())]
            unproved += [_at(statement, c) for c in found if not _stands(c, known)]
        elif any(n not in sources for n in statement.cited):
            unproved.append(Unproved(statement.start, statement.end, statement.words))
        elif statement.is_equation:
            unproved += _equation(statement, sources)
        else:
            cited = [sources[n] for n in statement.cited] or list(sources.values())
            unproved += _statement(statement, found, cited, verbatim)
    return Checks(made, tuple(unproved))


def _statement(statement: Statement, made: Sequence[Claim], cited: Sequence[Source], verbatim: bool) -> list[Unproved]:
    """What is not proved of a statement: its claims one by one, or all of it where the words are not the report's."""
    if FORM.match(statement.words):
        return []
    wrong = [_at(statement, c) for c in made if not _stands(c, [s.all for s in cited])]
    if verbatim and not wrong and not statement.is_row and not _repeated(statement.words, made, cited):
        return [Unproved(statement.start, statement.end, statement.words)]
    return wrong


def _equation(statement: Statement, sources: Mapping[int, Source]) -> list[Unproved]:
    """Each figure stands in the quote beside it, each place named is that of its figure, and the result is right."""
    left = statement.words.split(" = ")[0]
    lead = LEAD.match(left)
    begin = lead.end() if lead else 0
    operands = [o for o in parts(left[begin:], statement.start + begin) if o.cited]
    wrong = []
    for operand in operands:
        cited = [sources[n].quote for n in operand.cited]
        wrong += [_at(operand, c) for c in claims(operand.words) if c.value and not _stands(c, cited)]
    places = [c for c in claims(left[:begin]) if c.value is None]
    for place, operand in zip(places, operands, strict=False):
        if not _stands(place, [sources[n].all for n in operand.cited]):
            wrong.append(_at(statement, place))
    if not operands or len(places) > len(operands) or not arithmetic.holds(statement.words):
        wrong.append(Unproved(statement.start, statement.end, statement.words))
    return wrong


def _stands(claim: Claim, proofs: Sequence[Proof]) -> bool:
    return any(p.holds(claim) for p in proofs)


def _at(statement: Statement, claim: Claim) -> Unproved:
    return Unproved(statement.start + claim.start, statement.start + claim.end, claim.words)


def _without_markers(words: str) -> str:
    """Blank out the markers, so that [1] is no figure and places stay."""
    return MARKERS.sub(lambda m: " " * len(m[0]), words)


def _repeated(words: str, made: Sequence[Claim], cited: Sequence[Source]) -> bool:
    """Are these the words of a quote, or of several joined by 、, or values alone, behind a known label?"""
    if _labels(words, 0, len(words), made, cited):
        return True  # the name of a report alone: 泰顺[1]、定海[2]
    for start in _starts(words, made, cited):
        if not _without_claims(words, made, start, len(words)).strip(SEPARATORS):
            return True
        for pieces in ([words[start:]], re.split(r"[、。]", words[start:])):
            if all(any(s.quote.repeats(piece.strip(SEPARATORS)) for s in cited) for piece in pieces):
                return True
    return False


def _starts(words: str, made: Sequence[Claim], cited: Sequence[Source]) -> Iterator[int]:
    """Yield where the report's words may begin: at once, and behind each label."""
    start = 0
    yield start
    while (lead := LEAD.match(words[start:])) and _labels(words, start, start + len(lead[1]), made, cited):
        start += lead.end()
        yield start


def _labels(words: str, start: int, end: int, made: Sequence[Claim], cited: Sequence[Source]) -> bool:
    """Are these words a name the report is known by, or words of a comparison with such names?"""
    rest = OWN_WORDS.sub("", _without_claims(words, [c for c in made if c.value is None], start, end)).strip(SEPARATORS)
    return not rest or any(s.labels(part) for s in cited for part in (words[start:end], rest))


def _without_claims(words: str, made: Sequence[Claim], start: int, end: int) -> str:
    """Leave out what claims cover: they have been proved by themselves."""
    covered = {i for c in made for i in range(c.start, c.end)}
    return "".join(words[i] for i in range(start, end) if i not in covered)
