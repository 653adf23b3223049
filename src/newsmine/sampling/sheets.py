"""Sheets for people: .xlsx for a spreadsheet (with the extra newsmine[xlsx]), .csv without."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile

from newsmine.errors import UsageError
from newsmine.tables import Row
from newsmine.writers import WholeFile, cell

T = TypeVar("T")
Rows = Sequence[Mapping[str, Any]]

_LONGEST_CELL = 32_767
_WIDTHS = {"sentence": 80, "text": 14, "metric": 18, "subject": 24, "article_id": 20}
_WIDTH = 11
_SHEET = "sample"


def write_sheet(path: Path, columns: Sequence[str], rows: Rows, ticks: Sequence[str] = ()) -> None:
    """Write rows under a header; in .xlsx the columns `ticks` offer right and wrong."""
    try:
        _pick(path, _write_xlsx, _write_csv)(path, columns, rows, ticks)
    except OSError as reason:
        raise UsageError(f"{path}: cannot be written: {reason.strerror}") from None


def read_sheet(path: Path) -> list[Row]:
    """The rows of a sheet by the names in its first line."""
    try:
        return _pick(path, _read_xlsx, _read_csv)(path)
    except OSError as reason:
        raise UsageError(f"{path}: cannot be read: {reason.strerror}") from None


def _pick(path: Path, xlsx: T, csv: T) -> T:
    """What goes with the file's suffix."""
    chosen = {".xlsx": xlsx, ".csv": csv}.get(path.suffix.lower())
    if chosen is None:
        raise UsageError(f"{path}: a sample is an .xlsx or a .csv file")
    return chosen


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise UsageError(
            "spreadsheets need the extra newsmine[xlsx]: pip install 'newsmine[xlsx]'; or name a .csv file"
        ) from None
    return openpyxl


def _write_csv(path: Path, columns: Sequence[str], rows: Rows, ticks: Sequence[str]) -> None:
    with WholeFile(path, "utf-8-sig") as handle:
        table = csv.writer(handle, lineterminator="\n")
        table.writerow(columns)
        table.writerows([cell(row.get(c)) for c in columns] for row in rows)


def _read_csv(path: Path) -> list[Row]:
    """The rows of a CSV file, also as a spreadsheet may have saved it: in a Chinese system's encoding, with `;`."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            separator = max(",;\t", key=text.partition("\n")[0].count)
            return [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)]
    raise UsageError(f"{path}: neither UTF-8 nor GB 18030; save it as CSV in UTF-8")


def _write_xlsx(path: Path, columns: Sequence[str], rows: Rows, ticks: Sequence[str]) -> None:
    book = _openpyxl().Workbook()
    sheet = book.active
    sheet.title = _SHEET
    sheet.append(list(columns))
    for line, row in enumerate(rows, 2):
        for number, column in enumerate(columns, 1):
            _set(sheet.cell(line, number), row.get(column))
    _dress(sheet, columns)
    _offer_ticks(sheet, [columns.index(t) + 1 for t in ticks])
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        book.save(temporary)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _set(target: Any, value: Any) -> None:
    """Fill a cell. Text stays text, also where it looks like a formula or holds what a sheet cannot."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, list):
        value = cell(value)
    if not isinstance(value, str):
        target.value = float(value) if isinstance(value, Decimal) else value
        return
    target.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:_LONGEST_CELL]
    target.data_type = "s"


def _dress(sheet: Any, columns: Sequence[str]) -> None:
    """A bold header that stays in sight, columns of a readable width, long sentences wrapped."""
    from openpyxl.styles import Alignment, Font

    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        head = sheet.cell(1, number)
        head.font = Font(bold=True)
        sheet.column_dimensions[head.column_letter].width = _WIDTHS.get(column, _WIDTH)
    for line in sheet.iter_rows(min_row=2):
        for target in line:
            target.alignment = Alignment(wrap_text=True, vertical="top")


def _offer_ticks(sheet: Any, numbers: Sequence[int]) -> None:
    """Offer right and wrong in these columns; other ticks may be typed."""
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1='"right,wrong"', allow_blank=True, showErrorMessage=False)
    sheet.add_data_validation(choice)
    for number in numbers if sheet.max_row > 1 else ():
        letter = sheet.cell(1, number).column_letter
        choice.add(f"{letter}2:{letter}{sheet.max_row}")


def _read_xlsx(path: Path) -> list[Row]:
    load = _openpyxl().load_workbook
    try:
        book = load(path, read_only=True, data_only=True)
    except (ValueError, KeyError, BadZipFile) as reason:
        raise UsageError(f"{path}: no spreadsheet that can be read: {reason}") from None
    try:
        lines = book.worksheets[0].iter_rows(values_only=True)
        header = next(lines, ())
        return [dict(zip(map(str, header), line, strict=False)) for line in lines]
    finally:
        book.close()
