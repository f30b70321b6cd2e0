"""Every answer, whoever wrote it, held against what it cites. No model is asked.

An answer is read line by line, and each line up to each marker or group of markers:

    泰顺：处理1011件。[1]其中……[2]      two statements, proved by [1] and by [2]
    1011件                             the direct answer: its words stand in some quote
    53件[1] − 41件[2] = 12件            an equation: done again

A statement is proved when it repeats what it cites, or, where it need not be verbatim, when every value and name in it
stands there. What is known of a cited report (region, year, title) proves what its label says.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.proof import arithmetic
from rag.proof.claims import Claim, Proof, claims
from rag.types import NOT_MENTIONED, Checks, Citation, Unproved

MARKERS = re.compile(r"(?:\[\d{1,3}\])+")
NUMBER = re.compile(r"\d+")
FORM = re.compile(r"^(?:有|是|能|可以|没有)[。]?$")  # a yes: proved by the sentence that follows
LEAD = re.compile(r"^([^：\n]{1,60})：")
NOTE = re.compile(r"^（[^（）]*）$")
OWN_WORDS = re.compile(r"最[多少高低早晚]的是|一样[多高]?|和|、")
SEPARATORS = " \t|、，,。；;：:-（）()"
ROW = re.compile(r"^\|")


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of an answer and the citations it names; without any, all of the answer's may prove it."""

    start: int
    end: int
    words: str
    cited: tuple[int, ...]


def verify(
    text: str, citations: Sequence[Citation], about: Mapping[str, str] | None = None, verbatim: bool = True
) -> Checks:
    """Return how many claims an answer makes, and which of them its citations do not prove.

    `about` holds what is known of each cited file, its region and year in words. With `verbatim`, as for answers made
    of excerpts, the words themselves have to be the report's; without, their values and names have to.
    """
    known = {c.n: Proof([c.quote, c.title, *c.section, (about or {}).get(c.file, "")]) for c in citations}
    quoted = {c.n: Proof([c.quote]) for c in citations}
    made, unproved = 0, []
    for statement in statements(text, notes=not verbatim):
        numbers = statement.cited or tuple(known)
        if any(n not in known for n in numbers):
            unproved.append(Unproved(statement.start, statement.end, statement.words))
            made += 1
            continue
        proofs = [known[n] for n in numbers]
        made_here, wrong = _judge(statement, proofs, [quoted[n] for n in numbers], verbatim)
        made += made_here
        unproved += wrong
    return Checks(made, tuple(unproved))


def statements(text: str, notes: bool = False) -> Iterator[Statement]:
    """Yield the statements of an answer with their places; an equation is one, whatever markers stand in it.

    Blank cells say that a report does not say, and `notes` in brackets are the product's own: neither claims anything.
    """
    at = 0
    for line in text.split("\n"):
        own = NOTE.match(line.strip()) and not notes
        if line.strip() and not own and NOT_MENTIONED not in line:
            if arithmetic.is_equation(line):
                yield Statement(at, at + len(line), line, _numbers(line))
            else:
                yield from _of_line(line, at)
        at += len(line) + 1


def _of_line(line: str, offset: int) -> Iterator[Statement]:
    begin = 0
    groups = list(MARKERS.finditer(line))
    for group in groups:
        yield Statement(offset + begin, offset + group.start(), line[begin : group.start()], _numbers(group[0]))
        begin = group.end()
    if line[begin:].strip(SEPARATORS):
        # words behind the last marker belong to the line's citations
        cited = _numbers(groups[-1][0]) if groups else ()
        yield Statement(offset + begin, offset + len(line), line[begin:], cited)


def _numbers(words: str) -> tuple[int, ...]:
    return tuple(int(NUMBER.findall(m)[0]) for m in re.findall(r"\[\d{1,3}\]", words))


def _judge(
    statement: Statement, proofs: Sequence[Proof], quoted: Sequence[Proof], verbatim: bool
) -> tuple[int, list[Unproved]]:
    """Return the number of claims in a statement and those that are not proved."""
    words, at = statement.words, statement.start
    if FORM.match(words.strip()):
        return 1, []
    equation = arithmetic.is_equation(words)
    said = MARKERS.sub(lambda m: " " * len(m[0]), words)
    made = list(claims(said.split("=")[0] if equation else said))
    wrong = [Unproved(at + c.start, at + c.end, c.words) for c in made if not _stands(c, proofs)]
    whole = Unproved(at, statement.end, words.strip())
    if equation:
        return len(made) + 1, wrong + ([] if arithmetic.holds(words) else [whole])
    if verbatim and not wrong and not ROW.match(words) and not _repeated(words, made, proofs, quoted):
        wrong = [whole]
    return max(1, len(made)), wrong


def _stands(claim: Claim, proofs: Sequence[Proof]) -> bool:
    return any(p.holds(claim) for p in proofs)


def _repeated(words: str, made: Sequence[Claim], proofs: Sequence[Proof], quoted: Sequence[Proof]) -> bool:
    """Are these the words of a quote, or of several joined by 、, or values alone, behind a known label?"""
    starts = [0]
    while (lead := LEAD.match(words[starts[-1] :])) and _labels(words, starts[-1], lead, made, proofs):
        starts.append(starts[-1] + lead.end())
    for start in starts:
        if not _without_claims(words, made, start, len(words)).strip(SEPARATORS):
            return True
        for pieces in ([words[start:]], re.split(r"[、。]", words[start:])):
            if all(any(q.repeats(piece.strip(SEPARATORS)) for q in quoted) for piece in pieces):
                return True
    return False


def _labels(words: str, start: int, lead: re.Match[str], made: Sequence[Claim], proofs: Sequence[Proof]) -> bool:
    """Is a lead a name the report is known by, or words of its own, or those of a comparison with such names?"""
    rest = OWN_WORDS.sub("", _without_claims(words, made, start, start + len(lead[1])))
    return not rest.strip(SEPARATORS) or any(p.repeats(part) for p in proofs for part in (lead[1], rest))


def _without_claims(words: str, made: Sequence[Claim], start: int, end: int) -> str:
    """Leave out what claims cover: they have been proved by themselves."""
    covered = {i for c in made for i in range(c.start, c.end)}
    return "".join(words[i] for i in range(start, end) if i not in covered)
