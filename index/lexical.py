"""Lexical search: BM25 (tantivy, k1 = 1.2, b = 0.75) over the terms of `index.tokens`.

Texts come in as terms already, joined by blanks; tantivy only counts them. A filter is part of the query, so it
restricts before ranking.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from index.tokens import tokenise

ANALYSER = "terms"
HEAP_BYTES = 32_000_000  # of the writer; tantivy refuses less than 15 MB a thread


class LexicalIndex:
    """Terms by chunk id, in a folder of its own. Raises ValueError when the folder holds something else."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("chunk", indexed=True, fast=True)
        builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("terms", tokenizer_name=ANALYSER, index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer(ANALYSER, analyser)
        self._index.reload()
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def change(self, added: Iterable[tuple[int, str, str]] = (), removed: Sequence[str] = ()) -> None:
        """Remove whole documents, then add (chunk id, document id, text), in one commit."""
        writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=1)
        for document in removed:
            writer.delete_documents_by_term("document", document)
        for chunk, document, text in added:
            entry = tantivy.Document(document=document, terms=" ".join(tokenise(text)))
            entry.add_unsigned("chunk", chunk)
            writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, question: str, k: int, documents: Iterable[str] | None = None) -> list[tuple[int, float]]:
        """Return up to k (chunk id, BM25 score), best first, of these documents or of all."""
        terms = dict.fromkeys(tokenise(question))
        if not terms or not len(self):
            return []
        query = Query.boolean_query([(Occur.Should, self._term("terms", term)) for term in terms])
        if documents is not None:
            allowed = Query.boolean_query([(Occur.Should, self._term("document", d)) for d in documents])
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(allowed, 0.0))])
        hits = self._searcher.search(query, limit=k, count=False).hits
        ids = self._searcher.fast_field_values("chunk", [address for _, address in hits])
        return [(int(i), float(score)) for i, (score, _) in zip(ids, hits, strict=True) if i is not None]

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value)
