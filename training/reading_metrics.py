"""Exact match and F1 of answers as CMRC 2018 defines them (Cui et al. 2019, `cmrc2018_evaluate.py`).

Chinese characters count one by one, runs of Latin letters and digits as one; punctuation and blanks do not count. F1
is over the longest common stretch, not over bags.
"""

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher


def units(text: str) -> list[str]:
    """Return the units that are compared.

    >>> units("《战国无双3》 2009年")
    ['战', '国', '无', '双', '3', '2009', '年']
    """
    found: list[str] = []
    run = ""
    for char in text.lower().strip():
        if _is_chinese(char) or char.isspace() or _is_sign(char):
            if run:
                found.append(run)
            run = ""
            if _is_chinese(char):
                found.append(char)
        else:
            run += char
    return [*found, run] if run else found


def exact(predicted: str, answers: Sequence[str]) -> float:
    """1 when the prediction is one of the answers, punctuation aside."""
    return float(any("".join(units(predicted)) == "".join(units(a)) for a in answers))


def f1(predicted: str, answers: Sequence[str]) -> float:
    """The best F1 with any answer: harmonic mean of the longest common stretch over both lengths."""
    return max(_f1(units(predicted), units(a)) for a in answers)


def _f1(predicted: list[str], answer: list[str]) -> float:
    common = SequenceMatcher(None, predicted, answer, autojunk=False).find_longest_match().size
    return 2 * common / (len(predicted) + len(answer)) if common else 0.0


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
