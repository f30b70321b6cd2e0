"""The arrows between the packages point one way, and the path of a question stays light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = {"index", "rag", "ui", "training", "bench"}
MAY_IMPORT = {"index": set(), "rag": {"index"}, "ui": {"rag", "index"}, "training": {"index", "rag"}}
# `yanju serve` loads the chat inside its command
EXCEPTIONS = {("rag/cli.py", "ui")}
HEAVY = ("torch", "sentence_transformers", "gradio", "langchain", "langchain_core", "transformers")


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_arrows_point_one_way(package: str) -> None:
    wrong = []
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and node.level == 0 else []
            for top in {n.split(".")[0] for n in names} & PACKAGES:
                file = path.relative_to(ROOT).as_posix()
                if top != package and top not in MAY_IMPORT[package] and (file, top) not in EXCEPTIONS:
                    wrong.append(f"{file} imports {top}")
    assert not wrong


def test_no_file_is_too_long() -> None:
    long = {
        p.relative_to(ROOT).as_posix(): lines
        for package in PACKAGES
        for p in (ROOT / package).rglob("*.py")
        if (lines := len(p.read_text(encoding="utf-8").splitlines())) > 250
    }
    assert not long


def test_asking_loads_nothing_heavy(seed_index: Path) -> None:
    code = (
        "import sys; from rag.cli import main; "
        f"code = main(['ask', '温岭有几项业务可以秒办?', '--json', '--data', {str(seed_index)!r}]); "
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip().endswith("[]"), done.stderr
