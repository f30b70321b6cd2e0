"""`training/results.json` → `training/RESULTS.md`: the figures as tables, with the command that makes each."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RESULTS = Path("training/results.json")
REPORT = Path("training/RESULTS.md")
TITLES = {
    "articles": "Legal questions: STARD, 308 questions over 20,718 articles",
    "sentences": "Encyclopaedia: CMRC 2018 dev, the sentence that holds the answer among all sentences",
    "reports": "Questions over reports: the held-back tenth of the reports, each asked of its own report",
    "dev": "Development set: `tests/gold/dev.jsonl` over the chunks of the five reports",
    "crowd": "Development set with the 343 work reports in the same index",
}


def update_results(name: str, figures: dict[str, Any]) -> None:
    """Keep one part's figures and write the tables anew."""
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    results[name] = figures
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    REPORT.write_text("\n".join(_lines(results)) + "\n", encoding="utf-8")


def _lines(results: dict[str, Any]) -> Iterator[str]:
    yield "# Figures"
    yield ""
    yield "Written by `python -m training.evaluate`, `training.calibrate`, `training.product` and the training runs."
    yield "Nothing was trained on any of these questions, nor on the reports that they are asked of."
    if reading := results.get("reading"):
        yield from ("", "## Reading: CMRC 2018 dev, whole passages in windows of 256 tokens", "")
        yield f"Exact match {reading['exact']:.3f}, F1 {reading['f1']:.3f} over {reading['questions']} questions."
    for name, title in TITLES.items():
        if name in results:
            yield from ("", f"## {title}", "")
            yield from _table(results[name])
    if product := results.get("product"):
        yield from ("", "## Answers of the product on the development set", "")
        yield from _table(product)
    if answers := results.get("answers"):
        yield from ("", "## Answers of the product on the held-back reports", "")
        yield from _table(answers)
    if layers := results.get("layers"):
        yield from ("", "## Twelve layers or six", "")
        yield "`python -m training.evaluate --reader FOLDER reading reports dev` of either; time by turns in one run."
        yield from ("", *_table(layers))
    if calibration := results.get("calibration"):
        yield from _calibration(calibration)
    if weights := results.get("weights"):
        yield from ("", "## Weights, by the right passage first on the held-back reports (`training.choose`)", "")
        yield from ("| weights | hit@1 |", "|---|---|")
        yield from (f"| {name} | {value:.3f} |" for name, value in weights.items())
    if cost := results.get("cost"):
        yield from ("", "## Cost on two cores, milliseconds, medians", "")
        yield from (f"- {name}: {value}" for name, value in cost.items())
    if runs := results.get("runs"):
        yield from ("", "## Training runs", "", "| run | steps | rate | seconds | device | examples | loss |")
        yield "|---|---|---|---|---|---|---|"
        for run in runs.values():
            examples = ", ".join(f"{count} {kind}" for kind, count in run["data"].items())
            loss = run["losses"][-1][1] if run["losses"] else ""
            yield (
                f"| {run['name']} | {run['batches']} | {run['learning_rate']} | {run['seconds']} | {run['device']} "
                f"| {examples} | {loss} |"
            )


def _table(figures: dict[str, Any]) -> Iterator[str]:
    """One line a system; what is no system (a single figure, the chunks' lengths) stands under the table."""
    systems = {k: v for k, v in figures.items() if isinstance(v, dict) and not set(v) & {"median"}}
    columns = list(dict.fromkeys(column for row in systems.values() for column in row))
    yield "| |" + "|".join(columns) + "|"
    yield "|---|" + "---|" * len(columns)
    for name, row in systems.items():
        yield f"| {name} |" + "|".join(_figure(row.get(c)) for c in columns) + "|"
    for name, value in figures.items():
        if name not in systems:
            yield from ("", f"{name}: {json.dumps(value)}")


def _calibration(figures: dict[str, Any]) -> Iterator[str]:
    yield from ("", "## Calibration of the reader, held-back reports", "")
    yield "| probability said | true share | passages |"
    yield "|---|---|---|"
    for row in figures["reliability"]:
        yield f"| {row['said']:.2f} | {row['true']:.2f} | {row['passages']} |"
    yield from ("", "| threshold | unanswerable refused | answerable refused |", "|---|---|---|")
    for row in figures["refusal"]:
        yield f"| {row['threshold']} | {row['unanswerable refused']:.3f} | {row['answerable refused']:.3f} |"


def _figure(value: Any) -> str:
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
