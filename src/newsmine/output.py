"""The tables of a run in every format asked for: written in a scratch folder, put in place together at the end."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from newsmine.errors import UsageError
from newsmine.formats import FORMATS, files_of, open_writer, table_file
from newsmine.formats.text import TextWriter
from newsmine.reading.survey import FILE as FOLDER_STATS
from newsmine.schema import FINDINGS, TABLES, Table
from newsmine.tables import Row


@dataclass(frozen=True, slots=True)
class Summary:
    """How many rows there are of each table."""

    articles: int
    claims: int
    entities: int
    errors: int

    @property
    def exit_code(self) -> int:
        """0 all well; 1 nothing could be processed; 3 some inputs failed."""
        return 1 if not self.articles else 3 if self.errors else 0


def formats_of(names: str) -> tuple[str, ...]:
    """The formats of a comma-separated list; UsageError says which there are."""
    wanted = tuple(dict.fromkeys(n.strip().lower() for n in names.split(",") if n.strip()))
    unknown = [n for n in wanted if n not in FORMATS]
    if unknown or not wanted:
        raise UsageError(
            f"--format {','.join(unknown) or names!r}: no such format; there are {', '.join(sorted(FORMATS))}"
        )
    return wanted


class TableFiles:
    """A writer for every format. Nothing that it writes is in OUT before `place`."""

    def __init__(self, scratch: Path, formats: Sequence[str], chosen: Mapping[str, Table]) -> None:
        self._scratch = scratch
        self._writers = {form: open_writer(form, scratch, chosen) for form in formats}
        self.files = [name for form in formats for name in files_of(form, chosen)]

    def forms(self) -> Iterable[str]:
        return self._writers

    def add(self, table: str, rows: Sequence[Row], forms: Iterable[str] | None = None) -> None:
        """Rows of a table, for every format or for some."""
        for form in (self._writers if forms is None else forms) if rows else ():
            self._writers[form].write(table, rows)

    def add_lines(self, table: str, lines: bytes, form: str) -> None:
        """Lines of a text format as they stand in a part."""
        writer = self._writers[form]
        assert isinstance(writer, TextWriter)
        writer.write_lines(table, lines)

    def close(self) -> None:
        """Complete the files."""
        for writer in self._writers.values():
            writer.close()

    def __enter__(self) -> TableFiles:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._writers.values() if kind else ():
            writer.discard()

    def place(self, out: Path, more: Iterable[str] = ()) -> None:
        """Give the files their names in OUT, `more` files of the scratch folder after them, and remove what an earlier
        run left there and these would contradict: tables in other formats, findings, what its folder had in common."""
        placed = [*self.files, *more]
        for name in placed:
            os.replace(self._scratch / name, out / name)
        tables = [name for form in FORMATS for name in (*files_of(form, TABLES), table_file(form, FINDINGS.name))]
        for name in {*tables, FOLDER_STATS}.difference(placed):
            (out / name).unlink(missing_ok=True)
        _sync_folder(out)


def _sync_folder(folder: Path) -> None:
    """Have the disk confirm the new names, where the system lets a folder be opened."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
