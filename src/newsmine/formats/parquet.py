"""Tables as Parquet: lists are lists, decimals are exact, dates are dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation, localcontext
from pathlib import Path
from typing import Any

from newsmine.formats.files import sync
from newsmine.formats.model import missing
from newsmine.schema import Column, Table
from newsmine.tables import Row

# Rows a row group.
_GROUP = 20_000
# 26 digits before the point, 12 behind it: what duckdb, polars and pandas read as it is.
_DIGITS, _PLACES = 38, 12
OUT_OF_RANGE = "number_out_of_range"


class ParquetWriter:
    """Gathers rows into row groups."""

    def __init__(self, folder: Path, tables: Mapping[str, Table]) -> None:
        self._arrow, self._parquet = _library()
        self._tables = tables
        self._paths = {name: folder / f"{name}.parquet" for name in tables}
        self._schemas = {name: self._schema(table) for name, table in tables.items()}
        self._open = {
            name: self._parquet.ParquetWriter(path, self._schemas[name], compression="zstd")
            for name, path in self._paths.items()
        }
        self._rows: dict[str, list[Row]] = {name: [] for name in tables}

    def write(self, table: str, rows: Iterable[Row]) -> None:
        self._rows[table] += rows
        if len(self._rows[table]) >= _GROUP:
            self._flush(table)

    def close(self) -> None:
        for name, writer in self._open.items():
            self._flush(name)
            writer.close()
            sync(self._paths[name])

    def discard(self) -> None:
        for writer in self._open.values():
            with suppress(OSError):
                writer.close()

    def _flush(self, name: str) -> None:
        rows = [_fitting(row) for row in self._rows[name]]
        self._rows[name] = []
        if not rows:
            return
        columns = [[_stored(row.get(c.name), c) for row in rows] for c in self._tables[name].columns]
        arrays = [
            self._arrow.array(values, field.type) for values, field in zip(columns, self._schemas[name], strict=True)
        ]
        self._open[name].write_table(self._arrow.Table.from_arrays(arrays, schema=self._schemas[name]))

    def _schema(self, table: Table) -> Any:
        return self._arrow.schema([(c.name, self._type(c)) for c in table.columns])

    def _type(self, column: Column) -> Any:
        arrow = self._arrow
        match column.type:
            case "integer":
                return arrow.int64()
            case "number":
                return arrow.decimal128(_DIGITS, _PLACES)
            case "date":
                return arrow.date32()
            case "list":
                return arrow.list_(arrow.string())
            case "spans":
                return arrow.list_(arrow.list_(arrow.int64()))
        return arrow.string()


def open_writer(folder: Path, tables: Mapping[str, Table]) -> ParquetWriter:
    return ParquetWriter(folder, tables)


def read(path: Path, table: Table) -> Iterator[Row]:
    """The rows of a Parquet file."""
    _, parquet = _library()
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches():
            for row in batch.to_pylist():
                yield {name: _read(value) for name, value in row.items()}


def _read(value: Any) -> Any:
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return whole if whole == value else value.normalize()
    return value.isoformat() if isinstance(value, date) else value


def _library() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError:
        raise missing("parquet", "parquet") from None
    return pyarrow, parquet


def _fitting(row: Row) -> Row:
    """The row without the numbers that are too large or too fine for the column; the flags say so."""
    large = [n for n, v in row.items() if isinstance(v, Decimal) and not _fits(v)]
    if not large:
        return row
    return {**row, **dict.fromkeys(large), "flags": sorted({*row["flags"], OUT_OF_RANGE})}


def _fits(number: Decimal) -> bool:
    with localcontext(prec=_DIGITS) as context:
        try:
            return number.quantize(Decimal(1).scaleb(-_PLACES), context=context) == number
        except InvalidOperation:
            return False


def _stored(value: Any, column: Column) -> Any:
    return date.fromisoformat(value) if column.type == "date" and value is not None else value
