"""Errors of the index.

YanjuError                     anything we raise on purpose; caught once at each edge
├── ReportRefused              a file cannot become a report; the rest of a batch goes on
├── ReportNotFound             no report, or more than one, has that id, file or title
├── EncoderMismatch            the index was built with another encoder
├── EncoderUnavailable         the encoder asked for cannot be loaded
├── IndexMissing               there is no index in that folder
├── IndexDamaged               the catalog cannot be read
└── IndexBusy                  another process is writing

Each message is one Chinese line for the person who reads it; `exit_code` is the command line's.
"""


class YanjuError(Exception):
    """Root of all errors raised on purpose."""

    exit_code = 2


class ReportRefused(YanjuError):
    """A file that cannot be indexed. The message names the file and the reason."""

    exit_code = 3


class ReportNotFound(YanjuError):
    """A report was named that is not there, or several fit the name."""


class EncoderMismatch(YanjuError):
    """The index holds vectors of another model."""

    exit_code = 4


class EncoderUnavailable(YanjuError):
    """The model named in the settings cannot be loaded."""


class IndexMissing(YanjuError):
    """Nothing was indexed yet."""

    exit_code = 4


class IndexDamaged(YanjuError):
    """The catalog is unreadable; derived files never raise this, they are rebuilt."""

    exit_code = 4


class IndexBusy(YanjuError):
    """A second writer waited and gave up."""

    exit_code = 4
