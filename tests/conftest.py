"""The five reports, indexed once a test run with the embedded models."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.encoder import load_encoder
from index.index import Index
from rag.assistant import Assistant
from rag.reader import EmbeddedReader

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def seed_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of an index of the five reports."""
    folder = tmp_path_factory.mktemp("seeds") / "data"
    index = Index(folder, lambda: load_encoder(None), create=True)
    with index.writing():
        for path in sorted(SEEDS.glob("*.txt")):
            index.add(path, path.read_bytes())
    index.close()
    return folder


@pytest.fixture(scope="session")
def assistant(seed_index: Path) -> Iterator[Assistant]:
    """An assistant over the five reports."""
    index = Index(seed_index, lambda: load_encoder(None))
    yield Assistant(index, EmbeddedReader)
    index.close()
