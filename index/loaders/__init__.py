"""Bytes of a file → the text that is stored. One module a format; today: plain text."""

from index.loaders.text import decode

__all__ = ["decode"]
