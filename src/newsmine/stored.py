"""Rows out of a folder that `newsmine extract` wrote."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from newsmine.errors import UsageError
from newsmine.schema import FINDINGS, TABLES, Column
from newsmine.tables import Row
from newsmine.writers import FORMATS, LIST_SEPARATOR, defused


def is_output(folder: Path) -> bool:
    """Whether a folder holds tables of a run."""
    return has_table(folder, "claims")


def has_table(folder: Path, name: str) -> bool:
    """Whether a folder holds this table, in a format that can be read."""
    return any((folder / f"{name}.{form}").is_file() for form in ("jsonl", "csv"))


def read_table(folder: Path, name: str) -> Iterator[Row]:
    """The rows of one table, from its JSONL file or else its CSV file."""
    for form, read in (("jsonl", _jsonl), ("csv", _csv)):
        path = folder / f"{name}.{form}"
        if path.is_file():
            return read(path, name)
    raise UsageError(f"{folder}: holds no table {name!r}; name a folder that newsmine extract wrote")


def stored_formats(folder: Path) -> tuple[str, ...]:
    """The formats in which a folder holds its claims."""
    formats = tuple(form for form in FORMATS if (folder / f"claims.{form}").is_file())
    if not formats:
        raise UsageError(f"{folder}: holds no table 'claims'; name a folder that newsmine extract wrote")
    return formats


def _jsonl(path: Path, name: str) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="\n") as handle:
        for number, line in enumerate(handle, 1):
            try:
                yield json.loads(line, parse_float=Decimal)
            except ValueError as reason:
                raise UsageError(f"{path}:{number}: damaged: {reason}") from None


def _csv(path: Path, name: str) -> Iterator[Row]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    columns = {c.name: c for c in (FINDINGS if name == FINDINGS.name else TABLES[name]).columns}
    with path.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            yield {key: _value(text, columns[key]) for key, text in row.items() if key in columns}


def _value(text: str, column: Column) -> Any:
    text = text[1:] if text.startswith("'") and defused(text[1:]) == text else text
    if column.type == "list":
        return [part for part in text.split(LIST_SEPARATOR) if part]
    if column.type == "spans":
        return [list(map(int, part.split("-"))) for part in text.split(LIST_SEPARATOR) if part]
    if not text:
        return None
    return {"integer": int, "number": Decimal}.get(column.type, str)(text)
