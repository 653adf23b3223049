"""A sample given back: what was ticked right or wrong, and the precision that this shows."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import sqrt
from statistics import NormalDist
from typing import Any

from newsmine.errors import UsageError

TICK = "right"
TICK_FIELD = "right_"


@dataclass(frozen=True, slots=True)
class Precision:
    """The part of the judged rows that is right, with its 95% interval."""

    column: str
    right: int
    judged: int

    @property
    def value(self) -> float:
        return self.right / self.judged

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.right, self.judged)

    def as_dict(self) -> dict[str, Any]:
        low, high = self.interval
        figures = {"p": round(self.value, 4), "low": round(low, 4), "high": round(high, 4)}
        return {**figures, "right": self.right, "judged": self.judged}


def wilson(right: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """The interval of a proportion by Wilson's score method (1927): sound for small samples and near 0 and 1."""
    if not 0 <= right <= total or not total:
        raise ValueError(f"{right} of {total} is no proportion")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    part = right / total
    middle = (part + z * z / (2 * total)) / (1 + z * z / total)
    reach = z / (1 + z * z / total) * sqrt(part * (1 - part) / total + z * z / (4 * total * total))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def judged(rows: Sequence[Mapping[str, Any]]) -> list[Precision]:
    """The precision of every column with ticks: `right` (the whole row), `right_metric` and the like.

    Empty cells are no judgement; UsageError where a cell holds something else than a tick, or nothing is ticked.
    """
    columns = [c for c in (rows[0] if rows else ()) if c == TICK or str(c).startswith(TICK_FIELD)]
    if not columns:
        raise UsageError(f"no column {TICK!r} to read: give back a file that newsmine sample wrote")
    found = [_precision(column, rows) for column in columns]
    if not any(p.judged for p in found):
        raise UsageError(f"nothing is ticked: write right or wrong into the column {TICK!r}, as many rows as you like")
    return [p for p in found if p.judged]


def as_json(found: Sequence[Precision]) -> str:
    """One object: column to p, low, high, right and judged."""
    return json.dumps({p.column: p.as_dict() for p in found})


def precision_lines(found: Sequence[Precision]) -> Iterator[str]:
    """Precisions as aligned columns."""
    width = max(len("column"), *(len(p.column) for p in found))
    yield f"{'column':{width}}  precision  95% interval      right  judged"
    for p in found:
        low, high = p.interval
        yield f"{p.column:{width}}  {p.value:9.3f}  {low:.3f} to {high:.3f}  {p.right:7}  {p.judged:6}"


def _precision(column: str, rows: Sequence[Mapping[str, Any]]) -> Precision:
    ticks = [_tick(row.get(column), column, line) for line, row in enumerate(rows, 2)]
    return Precision(column, ticks.count("right"), ticks.count("right") + ticks.count("wrong"))


def _tick(cell: Any, column: str, line: int) -> str:
    """right, wrong or open. A spreadsheet may have made a truth value or a number of what was typed."""
    written = "" if cell is None else str(cell).strip().lower().removesuffix(".0")
    meaning = _meanings().get(written)
    if meaning is None:
        raise UsageError(
            f"line {line}, column {column!r}: {cell!r} is no tick; write right or wrong, or leave it empty"
        )
    return meaning


@cache
def _meanings() -> dict[str, str]:
    text = (resources.files("newsmine") / "messages" / "ticks.toml").read_text(encoding="utf-8")
    return {word: meaning for meaning, words in tomllib.loads(text).items() for word in words}
