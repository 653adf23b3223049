"""Rows out of a folder that `newsmine extract` wrote, in whichever format they are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsmine.errors import UsageError
from newsmine.formats import FORMATS, read_rows, table_file
from newsmine.schema import FINDINGS, TABLES
from newsmine.tables import Row

_STORED = {**TABLES, FINDINGS.name: FINDINGS}


def is_output(folder: Path) -> bool:
    """Whether a folder holds tables of a run."""
    return has_table(folder, "claims")


def has_table(folder: Path, name: str) -> bool:
    """Whether a folder holds this table, in a format that can be read."""
    return any((folder / table_file(form, name)).is_file() for form in FORMATS)


def read_table(folder: Path, name: str) -> Iterator[Row]:
    """The rows of one table, from the first format that it is there in."""
    for form in FORMATS:
        if (folder / table_file(form, name)).is_file():
            return read_rows(form, folder, _STORED[name])
    raise UsageError(f"{folder}: holds no table {name!r}; name a folder that newsmine extract wrote")


def stored_formats(folder: Path) -> tuple[str, ...]:
    """The formats in which a folder holds its claims."""
    formats = tuple(form for form in FORMATS if (folder / table_file(form, "claims")).is_file())
    if not formats:
        raise UsageError(f"{folder}: holds no table 'claims'; name a folder that newsmine extract wrote")
    return formats
