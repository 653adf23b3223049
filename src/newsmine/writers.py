"""Rows as text: JSON lines and CSV. Files are written under a temporary name and then renamed: they are there whole, or
not at all."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from decimal import Decimal
from json.encoder import encode_basestring
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import regex

from newsmine.schema import Table
from newsmine.tables import Row, plain

LIST_SEPARATOR = ";"

# Characters that JSON allows in a string and some readers take for the end of a line.
_LINE_ENDS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}
_LINE_END = regex.compile("[\x85\u2028\u2029]")
# What a spreadsheet takes for a formula; a plain figure with a sign is none.
_FORMULA = regex.compile(r"[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
_SIGNED_NUMBER = regex.compile(r"[-+][\d.,]+%?")


# Rows of a table as text, whole lines of it.
Encoder = Callable[[Iterable[Row]], str]


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


def put_bytes(path: Path, data: bytes | memoryview, scratch: Path) -> None:
    """A whole file at once, by way of a temporary one in `scratch` (a folder of the same disk)."""
    temporary = scratch / f"{path.name}.{os.getpid()}.part"
    try:
        with temporary.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def jsonl(table: Table) -> Encoder:
    """JSON objects, one a line; lists stay lists, numbers have their shortest exact form."""
    heads = [(name, f"{encode_basestring(name)}: ") for name in table.names]

    def encode(rows: Iterable[Row]) -> str:
        return "".join(f"{_object(row, heads)}\n" for row in rows)

    return encode


def csv_lines(table: Table) -> Encoder:
    """Lines of CSV for Excel: lists joined by `;`, no cell that is run as a formula."""
    names = table.names

    def encode(rows: Iterable[Row]) -> str:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows([cell(row.get(n)) for n in names] for row in rows)
        return text.getvalue()

    return encode


# The formats that are lines of text: what workers write of them can be joined as it is.
TEXT_FORMATS: dict[str, Callable[[Table], Encoder]] = {"jsonl": jsonl, "csv": csv_lines}


def json_object(row: Row, names: Iterable[str]) -> str:
    """A row as one line of JSON, its columns in order."""
    return _object(row, [(name, f"{encode_basestring(name)}: ") for name in names])


def json_value(value: Any) -> str:
    """A value as JSON; json refuses decimals, and floats would change them."""
    return _escaped(_value(value))


def _object(row: Row, heads: Iterable[tuple[str, str]]) -> str:
    line = "{" + ", ".join([head + _value(row[name]) for name, head in heads if name in row]) + "}"
    return _escaped(line)


def _value(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, Decimal):
        return plain(value)
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _escaped(line: str) -> str:
    """JSON without the characters that some readers take for the end of a line."""
    return line.translate(_LINE_ENDS) if _LINE_END.search(line) else line


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
