"""The one tokeniser, for documents and for questions: jieba words and character bigrams.

Bigrams find what a dictionary cuts wrongly (new names, 浙闽安); words of three characters and more add weight to whole
terms. Words of two characters are bigrams already and are not counted twice.
"""

import logging
import re
import threading
import unicodedata
from functools import cache
from typing import Any

RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z]+|\d+(?:\.\d+)?%?")
_lock = threading.Lock()


def normalise(text: str) -> str:
    """Fold what does not change the meaning: width, letter case. Used for comparison only, never stored."""
    return unicodedata.normalize("NFKC", text).lower()


def tokenise(text: str) -> list[str]:
    """Return the terms of a text, in order, repeats kept.

    >>> tokenise("泰顺“e鹿顺”办结782件")
    ['泰顺', 'e', '鹿顺', '办结', '782', '件']
    """
    terms: list[str] = []
    for run in RUN.findall(normalise(text)):
        terms += _chinese_terms(run) if run[0] > "\u3000" else [run]
    return terms


def _chinese_terms(run: str) -> list[str]:
    if len(run) == 1:
        return [run]
    bigrams = [run[i : i + 2] for i in range(len(run) - 1)]
    return bigrams + [word for word in words(run) if len(word) > 2]


def words(text: str) -> list[str]:
    """Cut Chinese text into dictionary words, long words also into the shorter ones inside them."""
    return list(_jieba().lcut_for_search(text))


@cache
def _jieba() -> Any:
    """Load jieba's dictionary once (half a second), silently."""
    with _lock:
        import jieba  # here and not above: `yanju list` needs no dictionary

        jieba.setLogLevel(logging.ERROR)
        jieba.initialize()
    return jieba
