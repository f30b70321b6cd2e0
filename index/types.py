"""The vocabulary of the index, on one page.

All spans are character offsets into a report's stored text, `end` exclusive. The stored text is the decoded file and
is never normalised, so `text[start:end]` is always the report's own words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class SegmentKind(StrEnum):
    """What a stretch of a report's text is."""

    TITLE = "title"
    METADATA = "metadata"  # index numbers, issuer, dates, document number: quotable, outside the outline
    CHROME = "chrome"  # navigation, share bars, print links, counters: never quoted
    BODY = "body"  # what the outline divides; salutation and preface included
    SIGNATURE = "signature"  # issuer and date under the text
    REPEAT = "repeat"  # a second copy of what stands before: never quoted


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of a report; the segments of a report lie end to end and together are its whole text."""

    kind: SegmentKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it.

    `heading` is verbatim: `text[start:start + len(heading)] == heading`. `end` is where the next heading of the same
    or an outer level starts, or where the body ends. `level` counts from 1, outermost. `parent` is the position of
    the enclosing section in the report's list of sections, None at level 1.
    """

    level: int
    heading: str
    start: int
    end: int
    parent: int | None


class FactKind(StrEnum):
    """What a metadata value says of the report."""

    TITLE = "title"
    ISSUER = "issuer"  # 发布机构, 发文机关, 责任部门, or the signature
    DOCUMENT_NUMBER = "document_number"  # 文号
    INDEX_NUMBER = "index_number"  # 索引号
    PUBLISHED = "published"  # 发布日期, 发布时间
    WRITTEN = "written"  # 成文日期
    SIGNED = "signed"  # the date under the text
    ADDRESSEE = "addressee"  # 主送机关: the line that ends in a colon above the text
    OTHER = "other"  # 分类, 有效性, 公开形式 …


@dataclass(frozen=True, slots=True)
class Fact:
    """A metadata value and where it stands. `text[start:end]` holds label and value, as one would quote them."""

    kind: FactKind
    label: str  # as the report names it, "" for a title or a signature
    value: str  # verbatim; dates as ISO 2022-02-25
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a report as a whole. `region` is a code of `index.regions`, "" when none was recognised."""

    title: str
    issuer: str
    region: str
    year: int | None  # the year the report tells of, not the year it was published in
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A report in the catalog. `id` is made from the file's bytes; `file` is its name, unique in the catalog."""

    id: str
    file: str
    source: str  # absolute path it was read from
    metadata: Metadata
    characters: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit of search and of quotation: about a sentence, never across a section boundary.

    `path` is the section path, outermost first; text before the first heading has the path (title,). `context` is
    what search reads in front of the words and no answer quotes: short title and last heading.
    """

    start: int
    end: int
    path: tuple[str, ...]
    context: str
    kind: SegmentKind


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found. `dense` is the cosine with the question, `lexical` the BM25 score (0.0 where not found)."""

    id: int  # of the chunk in the catalog
    document: Document
    chunk: Chunk
    text: str  # the chunk's words, verbatim
    dense: float
    lexical: float


class Encoder(Protocol):
    """Text to unit vectors. `fingerprint` names the exact weights: an index refuses vectors of another."""

    @property
    def dimension(self) -> int: ...

    @property
    def fingerprint(self) -> str: ...

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> Vectors:
        """Return an array of shape (len(texts), dimension), float32, rows of length 1."""
        ...
