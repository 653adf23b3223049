"""Which formats there are, where their files lie, and which module writes and reads them."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

from newsmine.formats.model import Module, Writer, shared_file
from newsmine.schema import Table
from newsmine.tables import Row

# In the order in which `newsmine` reads them back: exact and quick ones first.
FORMATS = ("jsonl", "csv", "parquet", "sqlite", "xlsx")

_MODULES = {"jsonl": "text", "csv": "text", "parquet": "parquet", "sqlite": "sqlite", "xlsx": "excel"}
_ONE_FILE = ("sqlite", "xlsx")


def table_file(form: str, table: str) -> str:
    """The name of the file that holds a table."""
    return shared_file(form, [table]) if form in _ONE_FILE else f"{table}.{form}"


def files_of(form: str, tables: Iterable[str]) -> list[str]:
    """The names of all files of a format."""
    return list(dict.fromkeys(table_file(form, t) for t in tables))


def open_writer(form: str, folder: Path, tables: Mapping[str, Table]) -> Writer:
    """A writer for files in a folder; UsageError where the library for it is missing."""
    if _MODULES[form] == "text":
        from newsmine.formats.text import TextWriter

        return TextWriter(folder, tables, form)
    return _module(form).open_writer(folder, tables)


def read_rows(form: str, folder: Path, table: Table) -> Iterator[Row]:
    """The rows of a table from its file of this format."""
    return _module(form).read(folder / table_file(form, table.name), table)


def _module(form: str) -> Module:
    return cast(Module, importlib.import_module(f"newsmine.formats.{_MODULES[form]}"))
