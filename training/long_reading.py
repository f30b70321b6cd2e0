"""Passages longer than the reader's window: read in windows that overlap, as CMRC 2018 asks for."""

from pathlib import Path

from rag.reader import EmbeddedReader, Reading

STRIDE = 96  # tokens that two windows share


class WindowReader(EmbeddedReader):
    """The embedded reader over whole passages in windows of its 256 tokens."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.graph.tokenizer.enable_truncation(self.graph.config["max_tokens"], stride=STRIDE, strategy="only_second")

    def answer(self, question: str, passage: str) -> str:
        """Return the likeliest answer: by the window's relevance and the span's likelihood in it."""
        encoding = self.graph.tokenizer.encode(question, passage)
        windows = [encoding, *encoding.overflowing]
        (judged, spans), _ = self.graph.run([w.ids for w in windows])
        readings = [self.reading(w, judged[i], spans[i], 0) for i, w in enumerate(windows)]
        best = max(readings, key=_score)
        return passage[slice(*best.answer)] if best.answer else ""


def _score(reading: Reading) -> float:
    return reading.relevance + (reading.likelihood(*reading.answer) if reading.answer else 0.0)
