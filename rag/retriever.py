"""Question → evidence: both searches over the permitted reports, fused, best first."""

from collections.abc import Sequence

from index.index import Index
from index.types import Document
from rag.fusion import fuse
from rag.types import Evidence

DEPTH = 100  # candidates a search
KEPT = 10  # hits read from the catalog


def retrieve(index: Index, text: str, documents: Sequence[Document], kept: int = KEPT) -> list[Evidence]:
    """Return the best evidence in these reports, at most `kept`."""
    vector = index.encoder.encode([text], "query")[0]
    everything = len(documents) == index.catalog.count()
    candidates = index.candidates(text, vector, DEPTH, None if everything else [d.id for d in documents])
    scores = fuse([c.dense for c in candidates], [c.lexical for c in candidates])
    ranked = sorted(zip(scores, candidates, strict=True), key=lambda pair: (-pair[0], pair[1].id))[:kept]
    hits = {h.id: h for h in index.hits([c for _, c in ranked])}
    return [Evidence(hits[c.id], score) for score, c in ranked if c.id in hits]
