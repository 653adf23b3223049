"""Parts into tables, in the order of the plan: text is copied as it is, other formats are made from the rows."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from newsmine.batch.parts import ROW_TABLES, Entry, Part
from newsmine.batch.plan import Origin, Tally
from newsmine.formats.text import json_row, numbers_of
from newsmine.manifest import InputList
from newsmine.output import Summary, TableFiles
from newsmine.schema import Table
from newsmine.tables import Result, Row

# Parts that are kept open: after some resumed runs, neighbours come from a few parts in turn.
_OPEN = 4


@dataclass(slots=True)
class Merged:
    """What the manifests need to know of everything that was merged."""

    inputs: InputList
    tally: Tally = field(default_factory=Tally)
    errors: list[Row] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    chars: int = 0
    parts: set[str] = field(default_factory=set)

    def add(self, entry: Entry) -> None:
        self.inputs.add(entry.article_id, entry.path, entry.sha256)
        self.tally.add(entry.article_id, entry.path, entry.key)
        self.errors += entry.errors
        self.counts.update(entry.counts)
        self.chars += entry.chars

    @property
    def summary(self) -> Summary:
        return Summary(**{name: self.counts[name] for name in ROW_TABLES}, errors=len(self.errors))


class Picks:
    """The entries that the tables are made of, in order: a part and positions in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: OrderedDict[str, Part] = OrderedDict()

    def __call__(
        self, order: Iterable[tuple[Origin, list[str]]], made: Mapping[int, Sequence[str]]
    ) -> Iterator[tuple[str, Part, list[int]]]:
        """`made` names the parts of every shard."""
        for origin, wanted in order:
            names = [origin] if isinstance(origin, str) else made[origin]
            left = set(wanted)
            for name in names:
                part = self._part(name)
                found = [n for n, e in enumerate(part.entries) if e.article_id in left]
                if found:
                    left.difference_update(part.entries[n].article_id for n in found)
                    yield name, part, found

    def close(self) -> None:
        while self._parts:
            self._parts.popitem()[1].close()

    def _part(self, name: str) -> Part:
        if name not in self._parts:
            self._parts[name] = Part(self._folder / name)
            if len(self._parts) > _OPEN:
                self._parts.popitem(last=False)[1].close()
        self._parts.move_to_end(name)
        return self._parts[name]


def merge(
    picks: Iterable[tuple[str, Part, list[int]]], files: TableFiles, merged: Merged, chosen: Mapping[str, Table]
) -> None:
    """Write the tables; `merged` learns what they hold."""
    for name, part, positions in picks:
        merged.parts.add(name)
        for position in positions:
            merged.add(part.entries[position])
        for table in ROW_TABLES:
            copied = [form for form in files.forms() if part.has(f"{table}.{form}")]
            for form in copied:
                for lines in part.text(f"{table}.{form}", positions):
                    files.add_lines(table, lines, form)
            made = [form for form in files.forms() if form not in copied]
            if made:
                files.add(table, rows(part, chosen[table], positions), made)
    files.add("errors", sorted(merged.errors, key=lambda e: (e["path"], e["stage"])))


def rows(part: Part, table: Table, positions: Sequence[int]) -> list[Row]:
    """The rows that some entries of a part have in a table."""
    numbers = numbers_of(table)
    text = b"".join(part.text(f"{table.name}.jsonl", positions)).decode("utf-8")
    return [json_row(line, numbers) for line in text.split("\n") if line]


def results(part: Part, positions: Sequence[int], chosen: Mapping[str, Table]) -> Iterator[Result]:
    """The entries of a part, one result each."""
    for position in positions:
        article, claims, entities = (rows(part, chosen[name], [position]) for name in ROW_TABLES)
        yield Result(article[0] if article else None, claims, entities, part.entries[position].errors)
