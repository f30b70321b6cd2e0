"""Reports in, a searchable index out. Imports nothing of `rag` or `ui`."""
