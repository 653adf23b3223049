"""Rows into files. Every file is written under a temporary name and then renamed: it is there whole, or not at all."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol

import regex

from newsmine.schema import Table
from newsmine.tables import Row, plain

LIST_SEPARATOR = ";"

# Characters that JSON allows in a string and some readers take for the end of a line.
_LINE_ENDS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}
# What a spreadsheet takes for a formula; a plain figure with a sign is none.
_FORMULA = regex.compile(r"[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
_SIGNED_NUMBER = regex.compile(r"[-+][\d.,]+%?")


class Writer(Protocol):
    """Takes the rows of one table; `close` puts the file in place, `discard` leaves nothing behind."""

    def write(self, rows: Iterable[Row]) -> None: ...
    def close(self) -> None: ...
    def discard(self) -> None: ...


class WholeFile:
    """A text file that appears under its name when all of it is written."""

    def __init__(self, path: Path, encoding: str = "utf-8") -> None:
        self._path = path
        self._temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
        self.handle: IO[str] = self._temporary.open("w", encoding=encoding, newline="")

    def close(self) -> None:
        self.handle.flush()
        os.fsync(self.handle.fileno())
        self.handle.close()
        os.replace(self._temporary, self._path)

    def discard(self) -> None:
        with suppress(OSError):
            self.handle.close()
        self._temporary.unlink(missing_ok=True)

    def __enter__(self) -> IO[str]:
        return self.handle

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()


class JsonlWriter:
    """One JSON object a line; lists stay lists, numbers have their shortest exact form."""

    def __init__(self, path: Path, table: Table) -> None:
        self._names = table.names
        self._file = WholeFile(path)

    def write(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._file.handle.write(json_object(row, self._names) + "\n")

    def close(self) -> None:
        self._file.close()

    def discard(self) -> None:
        self._file.discard()


class CsvWriter:
    """UTF-8 with a byte order mark, so that Excel reads it; lists joined by `;`; no cell that is run as a formula."""

    def __init__(self, path: Path, table: Table) -> None:
        self._names = table.names
        self._file = WholeFile(path, "utf-8-sig")
        self._csv = csv.writer(self._file.handle, lineterminator="\n")
        self._csv.writerow(self._names)

    def write(self, rows: Iterable[Row]) -> None:
        self._csv.writerows([cell(row[n]) for n in self._names if n in row] for row in rows)

    def close(self) -> None:
        self._file.close()

    def discard(self) -> None:
        self._file.discard()


FORMATS: dict[str, Callable[[Path, Table], Writer]] = {"jsonl": JsonlWriter, "csv": CsvWriter}


def json_object(row: Row, names: Iterable[str]) -> str:
    """A row as one line of JSON, its columns in order."""
    return "{" + ", ".join(f"{json.dumps(n)}: {json_value(row[n])}" for n in names if n in row) + "}"


def json_value(value: Any) -> str:
    """A value as JSON; json refuses decimals, and floats would change them."""
    if isinstance(value, Decimal):
        return plain(value)
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS)


def cell(value: Any) -> str | int:
    """A value as a CSV cell; null is empty."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, list):
        return defused(LIST_SEPARATOR.join("-".join(map(str, v)) if isinstance(v, list) else str(v) for v in value))
    return defused(value) if isinstance(value, str) else int(value)


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before what looks like one."""
    if _FORMULA.match(text) and not _SIGNED_NUMBER.fullmatch(text):
        return "'" + text
    return text
