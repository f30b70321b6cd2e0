"""Names of files as the catalog keeps and shows them."""

import os
import re
from pathlib import Path


def unique_name(path: Path, taken: set[str]) -> str:
    """Return the file's name, led by as many of its folders as it takes to be unique."""
    parts = [readable(part) for part in path.resolve().parts]
    for count in range(1, len(parts)):
        name = "/".join(parts[-count:])
        if name not in taken:
            return name
    return readable(path.resolve().as_posix())


def readable(name: str) -> str:
    """Return a file name with control characters and what is not UTF-8 replaced, so that it can be stored and shown."""
    return re.sub(r"[\x00-\x1f\x7f]", "\ufffd", os.fsencode(name).decode("utf-8", "replace"))
