"""Tables as one Excel workbook: a sheet each, a header that stays in sight, filters, dates and shares as such.

Text is text, never a formula. What a sheet cannot hold is said: too many rows stop the run, a text that is too long for
a cell is cut and flagged.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import regex

from newsmine.errors import OutputError, UsageError
from newsmine.formats.files import sync
from newsmine.formats.model import columns_of, exact, missing, shared_file
from newsmine.schema import Column, Table
from newsmine.tables import Row, plain
from newsmine.writers import LIST_SEPARATOR, cell

MOST_ROWS = 1_048_576 - 1
CUT = "text_cut"

_LONGEST_CELL = 32_767
_FIRST_DAY = date(1900, 3, 1)  # before it, Excel and the calendar do not agree
_DAY, _SHARE = "yyyy-mm-dd", 'General"%"'
_DIGITS = 15
_WIDTHS = {"sentence": 80, "text": 30, "metric": 18, "subject": 24, "title": 40, "message": 60, "path": 30}
_WIDTH = 12
_ILLEGAL = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class ExcelWriter:
    """Streams rows into sheets: they lie in temporary files of the folder until the end."""

    def __init__(self, folder: Path, tables: Mapping[str, Table]) -> None:
        library = _library("xlsxwriter")
        self._path = folder / shared_file("xlsx", tables)
        self._tables = tables
        self._book = library.Workbook(self._path, {"constant_memory": True, "tmpdir": str(folder)})
        # A fixed day: the same rows are the same bytes.
        self._book.set_properties({"created": datetime(1980, 1, 1)})
        self._bold, self._day, self._share = (
            self._book.add_format(f) for f in ({"bold": True}, {"num_format": _DAY}, {"num_format": _SHARE})
        )
        self._counts = dict.fromkeys(tables, 0)
        self._sheets = {name: self._sheet(table) for name, table in tables.items()}

    def write(self, table: str, rows: Iterable[Row]) -> None:
        sheet, columns = self._sheets[table], self._tables[table].columns
        for row in rows:
            self._counts[table] += 1
            if self._counts[table] > MOST_ROWS:
                raise OutputError(
                    f"an Excel sheet holds {MOST_ROWS:,} rows, and {table} has more: use --format parquet, sqlite or "
                    "csv (with --resume, nothing is analysed again)"
                )
            fitting = _fitting(row)
            for number, column in enumerate(columns):
                self._cell(sheet, self._counts[table], number, fitting.get(column.name), column, row)

    def close(self) -> None:
        for name, sheet in self._sheets.items():
            sheet.autofilter(0, 0, self._counts[name], len(self._tables[name].columns) - 1)
        self._book.close()
        sync(self._path)

    def discard(self) -> None:
        for sheet in self._sheets.values():
            with suppress(OSError):
                sheet.row_data_fh.close()
        self._book.fileclosed = True

    def _sheet(self, table: Table) -> Any:
        sheet = self._book.add_worksheet(table.name)
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, _WIDTHS.get(column.name, _WIDTH))
        for number, name in enumerate(table.names):
            sheet.write_string(0, number, name, self._bold)
        return sheet

    def _cell(self, sheet: Any, line: int, number: int, value: Any, column: Column, row: Row) -> None:
        if value is None:
            return
        if isinstance(value, int):
            sheet.write_number(line, number, value)
        elif isinstance(value, Decimal):
            self._number(sheet, line, number, value, row)
        elif column.type == "date" and (day := date.fromisoformat(value)) >= _FIRST_DAY:
            sheet.write_datetime(line, number, datetime(day.year, day.month, day.day), self._day)
        else:
            sheet.write_string(line, number, _ILLEGAL.sub("\ufffd", _listed(value)))

    def _number(self, sheet: Any, line: int, number: int, value: Decimal, row: Row) -> None:
        """A number where Excel keeps it to the digit, else text."""
        shown: int | float = int(value) if value == value.to_integral_value() else float(value)
        if len(value.normalize().as_tuple().digits) > _DIGITS or Decimal(repr(shown)) != value:
            sheet.write_string(line, number, plain(value))
        else:
            share = row.get("kind") == "percent" and row.get("unit") == "%"
            sheet.write_number(line, number, shown, self._share if share else None)


def open_writer(folder: Path, tables: Mapping[str, Table]) -> ExcelWriter:
    return ExcelWriter(folder, tables)


def read(path: Path, table: Table) -> Iterator[Row]:
    """The rows of a sheet of the workbook."""
    book = _library("openpyxl").load_workbook(path, read_only=True)
    try:
        lines = book[table.name].iter_rows(values_only=True)
        names = [str(n) for n in next(lines)]
        columns = columns_of(table, names)
        for line in lines:
            values = zip(names, line, strict=False)
            yield dict.fromkeys(names) | {n: _read(v, columns[n]) for n, v in values}
    except KeyError:
        raise UsageError(f"{path}: holds no sheet {table.name!r}") from None
    finally:
        book.close()


def _listed(value: Any) -> str:
    """Text as it is, a list joined as in CSV (but nothing defused: a text cell is never run)."""
    if isinstance(value, str):
        return value
    return str(cell(value)).removeprefix("'")


def _fitting(row: Row) -> Row:
    """The row with texts cut to what a cell holds; the flags say so."""
    long = [n for n, v in row.items() if isinstance(v, str) and len(v) > _LONGEST_CELL]
    if not long:
        return row
    cut = {n: row[n][:_LONGEST_CELL] for n in long}
    return {**row, **cut, **({"flags": sorted({*row["flags"], CUT})} if "flags" in row else {})}


def _read(value: Any, column: Column) -> Any:
    from openpyxl.utils.escape import unescape

    if column.type in ("list", "spans"):
        parts = [p for p in str(value or "").split(LIST_SEPARATOR) if p]
        return [list(map(int, p.split("-"))) for p in parts] if column.type == "spans" else parts
    if isinstance(value, datetime):
        return value.date().isoformat()
    if column.type == "number":
        return exact(value)
    return unescape(value) if isinstance(value, str) else value


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise missing("xlsx", "xlsx") from None
