"""Both models from the package's weights to what ships, one stage after another.

    python -m training [--data ../shared/data] [--install]

A stage that is done (its folder holds the record of the run) is not done again; one that was interrupted goes on from
its checkpoint. On two cores the whole takes about two hours, on a GPU minutes.
"""

import argparse
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from training import calibrate, convert, train_encoder, train_reader
from training.data import DATA
from training.report import update_results

OUT = Path("training/out")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--base", type=Path, help="start from this folder instead of converting the package's weights")
    parser.add_argument("--layers", type=int, help="keep so many layers in the reader (default: all)")
    parser.add_argument("--limit", type=int, help="at most so many questions of each kind")
    parser.add_argument("--install", action="store_true", help="put the models into index/model and rag/model")
    args = parser.parse_args(arguments)
    data, out, limit = args.data, args.out, args.limit
    base = args.base or out / "e5-small-zh"
    first, encoder, general, reader = (out / n for n in ("encoder-first", "encoder", "reader-general", "reader"))
    if not base.exists():
        convert.main(["--full", str(base), "--out", str(base / "int8")])
    _stage(first, lambda: train_encoder.train_round("first", data, base, first, limit))
    _stage(encoder, lambda: train_encoder.train_round("second", data, first, encoder, limit))
    _stage(general, lambda: train_reader.train_general(data, base, general, args.layers, limit))
    _stage(reader, lambda: train_reader.train_reports(data, general, encoder, reader, limit))
    calibrate.main(["--data", str(data), "--reader", str(reader), "--encoder", str(encoder / "int8"),
                    "--out", str(reader / "int8")])  # fmt: skip
    if args.install:
        runs = {f.name: json.loads((f / "record.json").read_text()) for f in (first, encoder, general, reader)}
        update_results("runs", runs)
        shutil.copytree(encoder / "int8", "index/model", dirs_exist_ok=True)
        shutil.copytree(reader / "int8", "rag/model", dirs_exist_ok=True)


def _stage(folder: Path, run: Callable[[], object]) -> None:
    if not (folder / "record.json").exists():
        run()


if __name__ == "__main__":
    main()
