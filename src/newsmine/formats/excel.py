"""Tables as one Excel workbook: a sheet each, a header that stays in sight, filters, dates and shares as such.

Text is text, never a formula. What a sheet cannot hold is said: too many rows stop the run, a text that is too long for
a cell is cut and flagged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from newsmine.errors import OutputError, UsageError
from newsmine.formats.files import sync
from newsmine.formats.model import exact, missing
from newsmine.schema import Column, Table
from newsmine.tables import Row, plain
from newsmine.writers import LIST_SEPARATOR, cell

FILE = "tables.xlsx"
MOST_ROWS = 1_048_576 - 1
CUT = "text_cut"

_LONGEST_CELL = 32_767
_FIRST_DAY = date(1900, 3, 1)  # before it, Excel and the calendar do not agree
_DAY, _SHARE = "yyyy-mm-dd", 'General"%"'
_WIDTHS = {"sentence": 80, "text": 30, "metric": 18, "subject": 24, "title": 40, "message": 60, "path": 30}
_WIDTH = 12


class ExcelWriter:
    """Streams rows into sheets: openpyxl keeps them in temporary files."""

    def __init__(self, folder: Path, tables: Mapping[str, Table]) -> None:
        self._library = _library()
        self._path = folder / FILE
        self._tables = tables
        self._book = self._library.Workbook(write_only=True)
        # A fixed day: the same rows are the same bytes.
        self._book.properties.created = self._book.properties.modified = datetime(1980, 1, 1)
        self._counts = dict.fromkeys(tables, 0)
        self._sheets = {name: self._sheet(table) for name, table in tables.items()}

    def write(self, table: str, rows: Iterable[Row]) -> None:
        sheet, columns = self._sheets[table], self._tables[table].columns
        for row in rows:
            self._counts[table] += 1
            if self._counts[table] > MOST_ROWS:
                raise OutputError(
                    f"an Excel sheet holds {MOST_ROWS:,} rows, and {table} has more: use --format parquet, sqlite or csv "
                    "(with --resume, nothing is analysed again)"
                )
            sheet.append(self._cells(sheet, _fitting(row), columns))

    def close(self) -> None:
        from openpyxl.utils import get_column_letter

        for name, sheet in self._sheets.items():
            last = get_column_letter(len(self._tables[name].columns))
            sheet.auto_filter.ref = f"A1:{last}{self._counts[name] + 1}"
        _save(self._book, self._path)
        sync(self._path)

    def _sheet(self, table: Table) -> Any:
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        sheet = self._book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        for number, column in enumerate(table.columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column.name, _WIDTH)
        header = [self._text(sheet, name) for name in table.names]
        for head in header:
            head.font = Font(bold=True)
        sheet.append(header)
        return sheet

    def _cells(self, sheet: Any, row: Row, columns: Iterable[Column]) -> list[Any]:
        return [self._cell(sheet, row.get(c.name), c, row) for c in columns]

    def _cell(self, sheet: Any, value: Any, column: Column, row: Row) -> Any:
        if value is None or isinstance(value, int):
            return value
        if isinstance(value, Decimal):
            return self._number(sheet, value, row)
        if column.type == "date" and (day := date.fromisoformat(value)) >= _FIRST_DAY:
            return self._styled(sheet, day, _DAY)
        return self._text(sheet, _listed(value))

    def _number(self, sheet: Any, value: Decimal, row: Row) -> Any:
        """A number where Excel keeps it to the digit, else text."""
        shown: int | float = int(value) if value == value.to_integral_value() else float(value)
        if len(value.normalize().as_tuple().digits) > 15 or Decimal(repr(float(shown))) != value:
            return self._text(sheet, plain(value))
        return self._styled(sheet, shown, _SHARE) if row.get("kind") == "percent" and row.get("unit") == "%" else shown

    def _styled(self, sheet: Any, value: Any, number_format: str) -> Any:
        from openpyxl.cell import WriteOnlyCell

        made = WriteOnlyCell(sheet, value)
        made.number_format = number_format
        return made

    def _text(self, sheet: Any, text: str) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))
        made.data_type = "s"
        return made


def open_writer(folder: Path, tables: Mapping[str, Table]) -> ExcelWriter:
    return ExcelWriter(folder, tables)


def read(path: Path, table: Table) -> Iterator[Row]:
    """The rows of a sheet of the workbook."""
    book = _library().load_workbook(path, read_only=True)
    try:
        lines = book[table.name].iter_rows(values_only=True)
        columns = {c.name: c for c in table.columns}
        names = [str(n) for n in next(lines)]
        for line in lines:
            values = zip(names, line, strict=False)
            yield dict.fromkeys(names) | {n: _read(v, columns[n]) for n, v in values if n in columns}
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
    if column.type in ("list", "spans"):
        parts = [p for p in str(value or "").split(LIST_SEPARATOR) if p]
        return [list(map(int, p.split("-"))) for p in parts] if column.type == "spans" else parts
    if isinstance(value, datetime):
        return value.date().isoformat()
    return exact(value) if column.type == "number" else value


def _save(book: Any, path: Path) -> None:
    book.save(path)


def _library() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise missing("xlsx", "xlsx") from None
    return openpyxl
