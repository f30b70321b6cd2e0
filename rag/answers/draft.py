"""An answer before it is verified and timed."""

from dataclasses import dataclass

from rag.types import Citation, Table


@dataclass(frozen=True, slots=True)
class Draft:
    """Text with markers, short answer, citations. Without a citation it is a refusal, and the text says why.

    `choices` are questions that would narrow this one; `nearest` is what came closest to an answer and is none.
    """

    text: str
    short: str | None = None
    citations: tuple[Citation, ...] = ()
    table: Table | None = None
    choices: tuple[str, ...] = ()
    nearest: Citation | None = None
