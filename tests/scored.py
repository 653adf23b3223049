"""Gold and predicted rows for the tests of scoring."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from newsmine.cli import app
from newsmine.scoring import Score, read_gold, read_output, score

Row = dict[str, Any]

CLAIM: Row = {
    "start": 10, "end": 14, "text": "200人", "kind": "count", "value": 200, "low": None, "high": None,
    "qualifier": "exact", "unit": "人", "role": "level", "direction": None, "basis": None, "metric": ["门诊量"],
    "subject": ["滨海市第一医院", "滨海一院"], "time_text": "2022年", "time": ["2022-01-01", "2022-12-31"],
    "status": "actual", "source": None,
}  # fmt: skip
SAID: Row = {
    **CLAIM, "metric": "门诊量", "subject": "滨海市第一医院", "time_start": "2022-01-01", "time_end": "2022-12-31",
}  # fmt: skip
DOCTOR: Row = {
    "start": 0, "end": 2, "text": "周波", "label": "DOCTOR", "name": "周波", "title": ["主任医师", "院长"],
    "hospital": "滨海市第一医院",
}  # fmt: skip


def at(row: Row, start: int, end: int, **changes: Any) -> Row:
    return {**row, "start": start, "end": end, **changes}


def write_gold(folder: Path, articles: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in articles.items():
        gold = {"article_id": name, "claims": [], "entities": [], **content}
        (folder / f"{name}.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return folder


def write_rows(folder: Path, articles: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for table in ("claims", "entities"):
        lines = [
            json.dumps({"article_id": name, **row}, ensure_ascii=False) + "\n"
            for name, content in articles.items()
            for row in content.get(table, [])
        ]
        (folder / f"{table}.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def scored(folder: Path, gold: list[Row], said: list[Row], table: str = "claims") -> Score:
    """The score of predicted claims or entities of one article against gold ones."""
    gold_folder = write_gold(folder / "gold", {"a": {table: gold}})
    return score(read_gold(gold_folder), read_output(write_rows(folder / "out", {"a": {table: said}})))


def counts(result: Score, measure: str) -> tuple[int, int, int]:
    c = result.counts[measure]
    return c.right, c.gold, c.predicted


def run(*arguments: str | Path) -> Any:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result
