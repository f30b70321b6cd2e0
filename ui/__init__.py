"""Web pages and HTTP API. Imports `rag` and the types of `index`."""
