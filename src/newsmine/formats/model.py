"""What a format's writer and reader are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from newsmine.errors import UsageError
from newsmine.schema import TABLES, Column, Table
from newsmine.tables import Row


class Writer(Protocol):
    """Takes the rows of all tables, in order within each; `close` completes the files, which lie in its folder;
    `discard` lets go of them as they are."""

    def write(self, table: str, rows: Iterable[Row]) -> None: ...
    def close(self) -> None: ...
    def discard(self) -> None: ...


class Module(Protocol):
    """A module of `newsmine.formats`."""

    def open_writer(self, folder: Path, tables: Mapping[str, Table]) -> Writer: ...
    def read(self, path: Path, table: Table) -> Iterator[Row]: ...


def missing(extra: str, form: str) -> UsageError:
    """The error for a library that is not there."""
    return UsageError(f"--format {form} needs the extra newsmine[{extra}]: pip install 'newsmine[{extra}]'")


def shared_file(form: str, tables: Iterable[str]) -> str:
    """The one file of a format that holds all tables of a run; what comes to them later has files of its own."""
    names = list(tables)
    return f"tables.{form}" if all(n in TABLES for n in names) else f"{names[0]}.{form}"


def columns_of(table: Table, names: Iterable[str]) -> dict[str, Column]:
    """What a file's columns hold; those that an input brought along are strings."""
    own = {c.name: c for c in table.columns}
    return {n: own.get(n) or Column(n, "string", "") for n in names}


def exact(value: Any) -> Any:
    """A float or integer of a file as the decimal that it was written from."""
    from decimal import Decimal

    return None if value is None else Decimal(str(value))
