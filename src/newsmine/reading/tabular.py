"""Tables of articles: every row of a CSV, TSV, XLSX, JSON or JSONL file is an article with what is known about it."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from newsmine.errors import InputError
from newsmine.reading import kinds
from newsmine.reading.archives import checked_package
from newsmine.reading.columns import Asked, Columns, at, listed, plain_text
from newsmine.reading.decode import Decoded
from newsmine.reading.extras import optional

_DELIMITERS = ",\t;|"
_SAID = ("title", "publisher", "published", "authors", "host")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds an article, or the reason why it holds none."""

    values: Mapping[str, Any]
    problem: str | None = None


@dataclass(frozen=True)
class Table:
    """The rows of a file and which of their columns hold what. `single` is a file that is one object."""

    rows: Sequence[Row]
    text: str
    fields: Mapping[str, str]
    encoding: str = ""
    flags: tuple[str, ...] = ()
    single: bool = False

    @cached_property
    def names(self) -> list[str]:
        """What every row is called: what stands in the id column, else its number; no name stands twice."""
        column = self.fields.get("id")
        told = [plain_text(r.values.get(column)) if column else None for r in self.rows]
        counts = Counter(told)
        return [
            name.strip() if name and name.strip() and counts[name] == 1 else str(number)
            for number, name in enumerate(told, 1)
        ]

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """The columns that are neither text nor told otherwise."""
        told = {c for f, c in self.fields.items() if f != "published"} | {self.text.split(".", 1)[0]}
        return tuple(dict.fromkeys(str(name) for row in self.rows for name in row.values if name not in told))

    def read(self, number: int) -> bytes:
        """A row as JSON: text, said (title, publisher ...), kept (the other columns), encoding, flags."""
        row = self.rows[number]
        text = plain_text(at(row.values, self.text))
        if row.problem or text is None:
            raise InputError(row.problem or f"no text under {self.text!r}; the row has {listed(row.values)}")
        said = {f: _listed_or_shown(row.values.get(c)) for f, c in self.fields.items() if f in _SAID}
        kept = {name: shown for name in self.kept if (shown := _shown(row.values.get(name))) is not None}
        value = {"text": text, "said": said, "kept": kept, "encoding": self.encoding, "flags": self.flags}
        return json.dumps(value, ensure_ascii=True).encode("ascii")


class Tables:
    """Reads files into tables."""

    def __init__(self, columns: Columns, decode: Callable[[bytes], Decoded], asked: Asked) -> None:
        self._columns = columns
        self._decode = decode
        self._asked = asked

    def __call__(self, kind: str, data: bytes) -> Table:
        """The table of a file; InputError where it is none, or has no column of text."""
        if kind == kinds.XLSX:
            return self._workbook(data)
        decoded = self._decode(data)
        if kind in (kinds.JSON, kinds.JSONL):
            rows, single = _json_rows(decoded.text, whole=kind == kinds.JSON)
            names = list(dict.fromkeys(n for r in rows for n in r.values))
            return self._table(rows, names, self._asked.text_key, "--text-key", decoded, single)
        rows, names = _csv_rows(decoded.text, "\t" if kind == kinds.TSV else None)
        return self._table(rows, names, self._asked.text_column, "--text-column", decoded)

    def _workbook(self, data: bytes) -> Table:
        """The first sheet with a column of text."""
        problem = InputError("a workbook without rows")
        for rows, names in _sheets(data):
            try:
                return self._table(rows, names, self._asked.text_column, "--text-column", Decoded("", ""))
            except InputError as reason:
                problem = reason
        raise problem

    def _table(
        self,
        rows: Sequence[Row],
        names: Sequence[str],
        text: str | None,
        option: str,
        read: Decoded,
        single: bool = False,
    ) -> Table:
        if not rows:
            raise InputError("a table without rows")
        fields = self._columns.fields(names)
        column = text or fields.get("text")
        if column is None or not any(r.problem or at(r.values, column) is not None for r in rows):
            which = f"nothing is called {column!r}" if column else "none is known to hold the text"
            raise InputError(f"{which}; say with {option} NAME which of these does: {listed(names)}")
        known = {f: c for f, c in fields.items() if f != "text" and c != column}
        return Table(rows, column, known, read.encoding, read.flags, single)


def _csv_rows(text: str, delimiter: str | None) -> tuple[list[Row], list[str]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    head = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    delimiter = delimiter or max(_DELIMITERS, key=head.count)
    try:
        lines = [cells for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(cells)]
    except csv.Error as reason:
        raise InputError(f"a damaged table: {reason}") from None
    names = [n.strip().lstrip("\ufeff") for n in lines[0]] if lines else []
    return [_cells(cells, names) for cells in lines[1:]], names


def _cells(cells: Sequence[Any], names: Sequence[str]) -> Row:
    values = {n: c for n, c in zip(names, cells, strict=False) if n}
    extra = [c for c in cells[len(names) :] if c not in ("", None)]
    problem = f"{len(cells)} cells, but the table has {len(names)} columns; put the text in quotes" if extra else None
    return Row(values, problem)


def _sheets(data: bytes) -> Iterator[tuple[list[Row], list[str]]]:
    openpyxl = optional("openpyxl")
    try:
        book = openpyxl.load_workbook(io.BytesIO(checked_package(data)), read_only=True, data_only=True)
        for sheet in book.worksheets:
            lines = [line for line in sheet.iter_rows(values_only=True) if any(c is not None for c in line)]
            names = [str(n).strip() if n is not None else "" for n in lines[0]] if lines else []
            yield [_cells(line, names) for line in lines[1:]], names
    except InputError:
        raise
    except Exception as reason:  # openpyxl raises what the parsers below it raise
        raise InputError(f"a damaged workbook: {reason}") from None


def _json_rows(text: str, *, whole: bool) -> tuple[list[Row], bool]:
    """The objects of a JSON file: one, a list, the list that is the object's one value, or one a line."""
    if whole:
        try:
            value = json.loads(text)
        except ValueError as reason:
            if not text.lstrip().startswith("{") or "\n" not in text.strip():
                raise InputError(f"no JSON: {reason}") from None
        else:
            return _objects(value)
    rows = [_json_line(line) for line in text.split("\n") if line.strip()]
    if all(r.problem for r in rows):
        raise InputError(rows[0].problem or "" if rows else "a table without rows")
    return rows, False


def _objects(value: Any) -> tuple[list[Row], bool]:
    if isinstance(value, Mapping):
        inside = [v for v in value.values() if isinstance(v, list) and v and all(isinstance(o, Mapping) for o in v)]
        if len(inside) != 1:
            return [Row(value)], True
        value = inside[0]
    if not isinstance(value, list):
        raise InputError("no JSON object, and no list of them")
    return [Row(v) if isinstance(v, Mapping) else Row({}, "no JSON object") for v in value], False


def _json_line(line: str) -> Row:
    try:
        value = json.loads(line)
    except ValueError as reason:
        return Row({}, f"no JSON: {reason}")
    return Row(value) if isinstance(value, Mapping) else Row({}, "no JSON object")


def _listed_or_shown(value: Any) -> list[str] | str | None:
    return [str(v) for v in value] if isinstance(value, list) else _shown(value)


def _shown(value: Any) -> str | None:
    """A cell as text; None where it is empty."""
    if isinstance(value, Mapping | list):
        return json.dumps(value, ensure_ascii=False) if value else None
    if isinstance(value, datetime | date):
        return value.isoformat()
    return None if value is None or value == "" else str(value)
