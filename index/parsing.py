"""Bytes of a file → everything the catalog keeps of it: the straight path of a report, up to its chunks."""

import hashlib

from index.catalog import Report
from index.chunking import chunk
from index.layout import read_segments
from index.loaders import decode
from index.metadata import read_metadata
from index.outline import read_outline
from index.types import Document, Section, Segment, SegmentKind

ID_CHARACTERS = 12  # 48 bits of SHA-256: no collision to be expected below a million reports


def report_id(data: bytes) -> str:
    """Return the short id of a report, made from its bytes alone."""
    return hashlib.sha256(data).hexdigest()[:ID_CHARACTERS]


def parse(data: bytes, file: str, source: str) -> Report:
    """Read a report. `file` is the name shown, `source` where it was read from.

    Raises:
        ReportRefused: the bytes are not a report; the message names the file.
    """
    text = decode(data, file)
    segments = read_segments(text)
    metadata = read_metadata(text, segments, file)
    sections = _outline(text, segments)
    document = Document(report_id(data), file, source, metadata, len(text))
    return Report(document, text, segments, sections, tuple(chunk(text, metadata, segments, sections)))


def _outline(text: str, segments: tuple[Segment, ...]) -> tuple[Section, ...]:
    body = [s for s in segments if s.kind is SegmentKind.BODY]
    if not body:
        return ()
    return read_outline(text, body[0].start, body[-1].end)
