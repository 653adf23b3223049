"""Tables as lines of text: JSONL and CSV (with a byte order mark, so that Excel reads it)."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from newsmine.errors import UsageError
from newsmine.formats.files import OpenFiles
from newsmine.formats.model import columns_of
from newsmine.schema import Column, Table
from newsmine.tables import Row
from newsmine.writers import LIST_SEPARATOR, TEXT_FORMATS, csv_lines, defused

_MARK = b"\xef\xbb\xbf"


class TextWriter:
    """Writes rows, or lines that somebody has made of them."""

    def __init__(self, folder: Path, tables: Mapping[str, Table], form: str) -> None:
        self._files = OpenFiles(folder / f"{name}.{form}" for name in tables)
        self._by_table = dict(zip(tables, self._files.handles, strict=True))
        self._encode = {name: TEXT_FORMATS[form](table) for name, table in tables.items()}
        if form == "csv":
            for name, table in tables.items():
                header = csv_lines(table)([dict(zip(table.names, table.names, strict=True))])
                self.write_lines(name, _MARK + header.encode("utf-8"))

    def write(self, table: str, rows: Iterable[Row]) -> None:
        self.write_lines(table, self._encode[table](rows).encode("utf-8"))

    def write_lines(self, table: str, lines: bytes) -> None:
        """Lines as they stand in a part."""
        self._by_table[table].write(lines)

    def close(self) -> None:
        self._files.close()

    def discard(self) -> None:
        self._files.discard()


def read(path: Path, table: Table) -> Iterator[Row]:
    """The rows of a JSONL or CSV file."""
    return _csv_rows(path, table) if path.suffix == ".csv" else _jsonl_rows(path, table)


def json_row(line: str, numbers: frozenset[str]) -> Row:
    """The row of a JSON line; the columns `numbers` are decimals."""
    row: Row = json.loads(line, parse_float=Decimal)
    for name in numbers & row.keys():
        if type(row[name]) is int:
            row[name] = Decimal(row[name])
    return row


def numbers_of(table: Table) -> frozenset[str]:
    return frozenset(c.name for c in table.columns if c.type == "number")


def _jsonl_rows(path: Path, table: Table) -> Iterator[Row]:
    numbers = numbers_of(table)
    with path.open(encoding="utf-8", newline="\n") as handle:
        for number, line in enumerate(handle, 1):
            try:
                yield json_row(line, numbers)
            except ValueError as reason:
                raise UsageError(f"{path}:{number}: damaged: {reason}") from None


def _csv_rows(path: Path, table: Table) -> Iterator[Row]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with path.open(encoding="utf-8-sig", newline="") as handle:
        lines = csv.DictReader(handle)
        columns = columns_of(table, lines.fieldnames or ())
        for row in lines:
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
