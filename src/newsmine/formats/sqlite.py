"""Tables as one SQLite database: keys, indexes, and a full-text index of the sentences, ready for Datasette."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from newsmine.formats.files import sync
from newsmine.formats.model import columns_of, exact, shared_file
from newsmine.schema import Column, Table
from newsmine.tables import Row, plain

_LISTS = ("list", "spans")
# A number column has no declared type: SQLite would round what it may convert.
_TYPES = {"integer": "INTEGER", "number": "", "date": "TEXT"}
_INDEXES = {
    "articles": (("published",),),
    "claims": (("article_id", "start"), ("metric_key",), ("subject",), ("unit", "value"), ("time_start",)),
    "entities": (("article_id", "start"), ("label", "name")),
    "errors": (("path",),),
}
_REFERENCES = {"claims": ("article_id",), "entities": ("article_id",)}
_SENTENCES = (
    "CREATE TABLE sentences (sentence_id INTEGER PRIMARY KEY, article_id TEXT REFERENCES articles(article_id), "
    "sentence_start INTEGER, sentence TEXT)"
)
_SEARCH = "CREATE VIRTUAL TABLE sentences_fts USING fts5(sentence, content='sentences', content_rowid='sentence_id'{})"
_LARGEST = 2**63


class SqliteWriter:
    """Inserts rows as they come; indexes are made at the end."""

    def __init__(self, folder: Path, tables: Mapping[str, Table]) -> None:
        self._path = folder / shared_file("sqlite", tables)
        self._tables = tables
        self._open = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        # The file has its name only when it is whole, so that nothing need be written twice.
        self._open.execute("PRAGMA journal_mode = OFF")
        self._open.execute("PRAGMA synchronous = OFF")
        self._open.execute("BEGIN")
        for table in tables.values():
            self._open.execute(_create(table))
        if "claims" in tables:
            self._open.execute(_SENTENCES)
        self._last_sentence: tuple[str, int] | None = None

    def write(self, table: str, rows: Iterable[Row]) -> None:
        rows, columns = list(rows), self._tables[table].columns
        marks = ", ".join("?" * len(columns))
        values = [[_stored(row.get(c.name), c) for c in columns] for row in rows]
        self._open.executemany(f'INSERT INTO "{table}" VALUES ({marks})', values)
        if table == "claims":
            insert = "INSERT INTO sentences (article_id, sentence_start, sentence) VALUES (?, ?, ?)"
            self._open.executemany(insert, self._sentences(rows))

    def close(self) -> None:
        for name in self._tables:
            for columns in _INDEXES.get(name, ()):
                self._open.execute(f"CREATE INDEX {'_'.join((name, *columns))} ON {name} ({', '.join(columns)})")
        if "claims" in self._tables:
            self._search()
        self._open.execute("COMMIT")
        self._open.close()
        sync(self._path)

    def discard(self) -> None:
        self._open.close()

    def _sentences(self, rows: list[Row]) -> Iterator[tuple[str, int, str]]:
        """Each sentence once: the claims of a sentence follow each other."""
        for row in rows:
            place = row["article_id"], row["sentence_start"]
            if place != self._last_sentence:
                self._last_sentence = place
                yield *place, row["sentence"]

    def _search(self) -> None:
        """An index of the sentences' places, and a full-text index over pieces of three characters, as Chinese needs
        it; over words where SQLite is too old for that."""
        self._open.execute("CREATE INDEX sentences_article ON sentences (article_id, sentence_start)")
        try:
            self._open.execute(_SEARCH.format(", tokenize='trigram'"))
        except sqlite3.OperationalError:
            self._open.execute(_SEARCH.format(""))
        self._open.execute("INSERT INTO sentences_fts (sentences_fts) VALUES ('rebuild')")


def open_writer(folder: Path, tables: Mapping[str, Table]) -> SqliteWriter:
    return SqliteWriter(folder, tables)


def read(path: Path, table: Table) -> Iterator[Row]:
    """The rows of a table of the database."""
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        found = database.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid')
        names = [d[0] for d in found.description]
        columns = columns_of(table, names)
        for values in found:
            yield {n: _read(v, columns[n]) for n, v in zip(names, values, strict=True)}
    finally:
        database.close()


def _create(table: Table) -> str:
    names = _names(table)
    parts = [f"{n} {_TYPES.get(c.type, 'TEXT')}".strip() for n, c in zip(names, table.columns, strict=True)]
    if table.name != "errors":  # one input may fail more than once
        parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    parts += [f"FOREIGN KEY ({column}) REFERENCES articles ({column})" for column in _REFERENCES.get(table.name, ())]
    return f'CREATE TABLE "{table.name}" ({", ".join(parts)})'


def _names(table: Table) -> list[str]:
    """The columns' names, quoted. To SQLite small and capital letters are the same: the later of two gets a number."""
    names: dict[str, str] = {}
    for column in table.columns:
        name, number = column.name, 1
        while name.lower() in names:
            number += 1
            name = f"{column.name}_{number}"
        names[name.lower()] = '"' + name.replace('"', '""') + '"'
    return list(names.values())


def _stored(value: Any, column: Column) -> Any:
    if value is None:
        return None
    if column.type in _LISTS:
        return json.dumps(value, ensure_ascii=False)
    return _number(value) if isinstance(value, Decimal) else value


def _number(value: Decimal) -> int | float | str:
    """An integer or a float where it is the same number when it is read back, else text."""
    if value == value.to_integral_value() and abs(value) < _LARGEST:
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else plain(value)


def _read(value: Any, column: Column) -> Any:
    if column.type in _LISTS:
        return json.loads(value)
    return exact(value) if column.type == "number" else value
