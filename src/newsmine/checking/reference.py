"""A desk's own figures (`--against FILE`) against those of the articles."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from newsmine.api import find_quantities, parse_number
from newsmine.checking.bounds import Bounds, bounds_of
from newsmine.checking.figures import ArticleFigures, Figure, Period, normal
from newsmine.checking.findings import FITS, MISMATCH, Finding
from newsmine.checking.knowledge import Knowledge
from newsmine.checking.periods import named_period
from newsmine.errors import UsageError
from newsmine.fold import fold

REFERENCE = "reference"

_NEEDED = ("subject", "metric", "period", "value")


@dataclass(frozen=True, slots=True)
class Reference:
    """One row of the fact base."""

    about: str
    metric: str
    period: Period | None
    written: str
    value: Decimal
    bounds: Bounds
    unit: str | None
    source: str


class References:
    """The rows of a fact base: `subject`, `metric`, `period`, `value`, `source`, and `unit` where the value has none.

    A figure meets a row where owner and metric are the same after normalisation (simplified, no spaces, no punctuation,
    the metric's tail words as in `metric_key`), the period is the same, and so is the unit, where the row says one.
    """

    def __init__(self, path: Path, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._rows: dict[str, list[Reference]] = {}
        for reference in read_references(path, knowledge):
            self._rows.setdefault(reference.about, []).append(reference)

    def check(self, article: ArticleFigures) -> Iterator[Finding]:
        for figure in article.figures:
            for reference in self._meeting(figure) if figure.role != "change" and figure.actual else ():
                severity = FITS if figure.bounds.overlaps(reference.bounds) else MISMATCH
                values = {"source": reference.source}
                yield Finding(REFERENCE, severity, (figure,), figure.text, reference.written, values=values)

    def _meeting(self, figure: Figure) -> Iterator[Reference]:
        metrics = {figure.metric, normal(str(figure.row["metric"] or "")).removeprefix(figure.owner or "")}
        for metric in sorted(metrics):
            for reference in self._rows.get((figure.owner or "") + metric, ()):
                if reference.period == figure.period and reference.unit in (None, figure.unit) and figure.per is None:
                    yield reference
                    return


def read_references(path: Path, knowledge: Knowledge) -> Iterator[Reference]:
    """The rows of a CSV file; UsageError names the line and what is wrong with it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            missing = [n for n in _NEEDED if n not in (reader.fieldnames or ())]
            if missing:
                raise UsageError(f"{path}: the column {missing[0]!r} is missing; --against reads {', '.join(_NEEDED)}")
            for row in reader:
                yield _reference(row, f"{path}:{reader.line_num}", knowledge)
    except (OSError, UnicodeDecodeError, csv.Error) as reason:
        raise UsageError(f"{path}: cannot be read as a CSV file in UTF-8: {reason}") from None


def _reference(row: dict[str, str | None], where: str, knowledge: Knowledge) -> Reference:
    subject, metric, period, written = ((row[n] or "").strip() for n in _NEEDED)
    if not subject or not metric:
        raise UsageError(f"{where}: subject and metric must be filled")
    value, unit, qualifier = _amount(written, where)
    days = named_period(fold(period)) if period else None
    if period and days is None:
        raise UsageError(
            f"{where}: {period!r} is no period that can be read; write 2024, 2024-06 or 2024-01-01/2024-06-30"
        )
    bounds = bounds_of(
        written, value, None, None, qualifier, "percent" if unit == "%" else "count", knowledge.tolerance("about")
    )
    unit = fold((row.get("unit") or "").strip()) or unit
    about = normal(fold(subject)) + normal(fold(metric)).removeprefix(normal(fold(subject)))
    return Reference(about, metric, days, written, value, bounds, unit, (row.get("source") or "").strip())


def _amount(written: str, where: str) -> tuple[Decimal, str | None, str]:
    """Value, unit (None where it says none) and qualifier of a written amount."""
    try:
        return parse_number(written), None, "exact"
    except ValueError:
        found = find_quantities(written)
        if len(found) != 1 or found[0].value is None:
            raise UsageError(f"{where}: the value {written!r} is no amount") from None
        return found[0].value, found[0].unit, found[0].qualifier
