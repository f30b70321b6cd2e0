"""Examples of the reader: a question with several passages, the right one first; and how they become tensors.

From encyclopaedia questions come windows of their passage with another window beside them (`window_groups`), and
single sentences among their neighbours (`sentence_groups`); from legal questions an article among its look-alikes.
"""

import random
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Encoding, Tokenizer

from index.chunking import sentences
from index.lexical import LexicalIndex
from training.data import ReadingQuestion
from training.reader_model import Batch

MAX_TOKENS = 256  # of question and passage together
WINDOW = (80, 240)  # characters of a window, at random between these
PASSAGE_LIMIT = 160  # characters of an article that are read
BUCKET = 40  # batches among which groups are sorted by length: little padding, still a random order


@dataclass(frozen=True, slots=True)
class Group:
    """A question and its passages. `right`: the first passage answers it; `answer` are its characters there."""

    question: str
    passages: tuple[str, ...]
    right: bool
    answer: tuple[int, int] | None


def window_groups(questions: Sequence[ReadingQuestion], chance: random.Random) -> Iterator[Group]:
    """Yield a window round the answer, beside a window of the same passage or of a like one that does not hold it."""
    like = nearest_passages(sorted({q.passage for q in questions}))
    for q in questions:
        if q.answer is None:
            continue
        size = chance.randint(*WINDOW)
        start, end = q.answer
        earliest = min(start, max(0, end - size))
        first = chance.randint(earliest, max(earliest, min(start, len(q.passage) - size)))
        window = q.passage[first : max(end, first + size)]
        words = q.passage[start:end]
        others = [p[at : at + size] for p in (q.passage, *like(q.question, 4)) for at in range(0, len(p), size)]
        others = [o for o in others if words not in o and len(o) > size // 3][:6]
        if others:
            yield Group(q.question, (window, chance.choice(others)), True, (start - first, end - first))


def sentence_groups(questions: Iterable[ReadingQuestion], size: int, chance: random.Random) -> Iterator[Group]:
    """Yield the sentence that holds the answer among `size` - 1 others of its passage."""
    for q in questions:
        if q.answer is None:
            continue
        spans = list(sentences(q.passage, 0, len(q.passage)))
        holding = [s for s in spans if s[0] <= q.answer[0] and q.answer[1] <= s[1]]
        others = [s for s in spans if s not in holding]
        if holding and len(others) >= size - 1:
            (a, b), rest = holding[0], chance.sample(others, size - 1)
            passages = tuple(q.passage[c:d] for c, d in ((a, b), *rest))
            yield Group(q.question, passages, True, (q.answer[0] - a, q.answer[1] - a))


def law_groups(questions: Sequence[ReadingQuestion], size: int) -> Iterator[Group]:
    """Yield an article among those whose words are nearest to the question."""
    for q, others in with_neighbours(questions, questions, size - 1):
        yield Group(q.question, tuple(p[:PASSAGE_LIMIT] for p in (q.passage, *others)), True, None)


def with_neighbours(
    asked: Iterable[ReadingQuestion], questions: Sequence[ReadingQuestion], k: int
) -> Iterator[tuple[ReadingQuestion, list[str]]]:
    """Yield each question asked with the k wrong passages, of those of all questions, whose words are nearest to it."""
    like = nearest_passages(sorted({q.passage for q in questions}))
    right: dict[str, set[str]] = {}
    for q in questions:
        right.setdefault(q.question, set()).add(q.passage)
    for q in asked:
        others = [p for p in like(q.question, 2 * k + 4) if p not in right[q.question]][:k]
        if len(others) == k:
            yield q, others


def nearest_passages(passages: Sequence[str]) -> Callable[[str, int], list[str]]:
    """Return a function that gives the passages whose words are nearest to a question, by the product's own BM25."""
    folder = tempfile.TemporaryDirectory()
    index = LexicalIndex(Path(folder.name) / "lexical")
    index.change(added=((i, "", p) for i, p in enumerate(passages)))

    def nearest(question: str, k: int, _keep: object = folder) -> list[str]:
        return [passages[i] for i, _ in index.search(question, k)]

    return nearest


def batches_of(groups: Iterable[Group], rows: int, chance: random.Random) -> list[list[Group]]:
    """Return the groups in batches of about `rows` passages, all groups of a batch of one size and like length."""
    by_size: dict[int, list[Group]] = {}
    for group in groups:
        by_size.setdefault(len(group.passages), []).append(group)
    batches: list[list[Group]] = []
    for size, alike in sorted(by_size.items()):
        chance.shuffle(alike)
        each = max(1, rows // size)
        for at in range(0, len(alike), each * BUCKET):
            bucket = sorted(alike[at : at + each * BUCKET], key=lambda g: sum(map(len, g.passages)))
            batches += [bucket[i : i + each] for i in range(0, len(bucket), each)]
    chance.shuffle(batches)
    return batches


def collate(groups: Sequence[Group], tokenizer: Tokenizer) -> Batch:
    """Return the tensors of a batch. The tokenizer pads, and truncates to MAX_TOKENS."""
    encoded = tokenizer.encode_batch([(g.question, p) for g in groups for p in g.passages])
    size = len(groups[0].passages)
    starts = [-1] * len(encoded)
    ends = [-1] * len(encoded)
    for number, group in enumerate(groups):
        if group.answer is not None:
            tokens = answer_tokens(encoded[number * size], group.answer)
            if tokens is not None:
                starts[number * size], ends[number * size] = tokens
    return Batch(
        ids=torch.tensor([e.ids for e in encoded]),
        mask=torch.tensor([e.attention_mask for e in encoded]),
        passage=torch.tensor([passage_mask(e) for e in encoded]),
        starts=torch.tensor(starts),
        ends=torch.tensor(ends),
        right=torch.tensor([int(g.right) for g in groups]),
        size=size,
    )


def passage_mask(encoding: Encoding) -> list[int]:
    """1 for the tokens of the second text, 0 for everything else."""
    return [int(s == 1) for s in encoding.sequence_ids]


def answer_tokens(encoding: Encoding, answer: tuple[int, int]) -> tuple[int, int] | None:
    """Return the first and last token of the passage that overlap these characters; None when they were cut off."""
    inside = [
        at
        for at, (sequence, (start, end)) in enumerate(zip(encoding.sequence_ids, encoding.offsets, strict=True))
        if sequence == 1 and start < answer[1] and end > answer[0] and end > start
    ]
    return (inside[0], inside[-1]) if inside else None


def load_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer in a model's folder, set to truncate and to pad."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding(pad_id=tokenizer.token_to_id("<pad>"), pad_token="<pad>")  # noqa: S106 - no password
    return tokenizer
