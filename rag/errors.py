"""Errors of asking. The root and the tree of index errors stand in `index.errors`.

YanjuError
├── SettingsError     a setting or an environment variable is unknown or cannot be read
├── QuestionError     the question itself cannot be used: empty, too long, a filter that names nothing
├── ReaderUnavailable the reader's files are missing or damaged
└── GoldError         a question set for evaluation is not in its format
"""

from index.errors import YanjuError


class SettingsError(YanjuError):
    """Met at start-up only."""


class QuestionError(YanjuError):
    """The message says what to change."""


class ReaderUnavailable(YanjuError):
    """Met at start-up only."""


class GoldError(YanjuError):
    """The message names the line."""
