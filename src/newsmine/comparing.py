"""What changed between two runs (`newsmine diff`): rows gained, lost and changed, article by article."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from newsmine.schema import TABLES, Table
from newsmine.stored import read_table
from newsmine.tables import Row
from newsmine.writers import json_value

GAINED, LOST, CHANGED = "+", "-", "~"

# What both tables are sorted by, and what tells rows of one article apart.
_ORDER = {"errors": "path"}
_KEYS = {"errors": ("path", "stage", "message")}
# What a reader needs to recognise a row.
_SHOWN = {
    "articles": ("article_id", "title"),
    "claims": ("article_id", "start", "text", "metric", "subject"),
    "entities": ("article_id", "start", "text", "label", "name"),
    "errors": ("path", "stage", "message"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that one run has and the other lacks, or that differs in the columns `changes` (before, after)."""

    table: str
    sign: str
    row: Row
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)


def differences(one: Path, other: Path) -> Iterator[Difference]:
    """What the tables of `other` have otherwise than those of `one`; UsageError where a folder holds none.

    Both folders are read side by side; only the rows of one article are in memory.
    """
    for table in TABLES.values():
        pairs = _side_by_side(read_table(one, table.name), read_table(other, table.name), _order(table))
        for before, after in pairs:
            yield from _compared(table, before, after)


def as_json(difference: Difference) -> str:
    """A difference as one JSON object."""
    keys = {n: difference.row.get(n) for n in dict.fromkeys((*_key(TABLES[difference.table]), *_identity(difference)))}
    changes = {n: {"before": old, "after": new} for n, (old, new) in difference.changes.items()}
    said: dict[str, Any] = {"table": difference.table, "change": difference.sign, **keys}
    head = ", ".join(f"{json.dumps(n)}: {json_value(v)}" for n, v in said.items())
    body = ", ".join(
        f"{json.dumps(n)}: {{" + ", ".join(f"{json.dumps(w)}: {json_value(v)}" for w, v in c.items()) + "}"
        for n, c in changes.items()
    )
    return f'{{{head}, "changes": {{{body}}}}}'


def summary_lines(found: Iterable[Difference], most: int) -> Iterator[str]:
    """For every table how many rows came, went and changed, in which columns; below it the first `most` of them."""
    signs, columns, shown = Counter[tuple[str, str]](), Counter[tuple[str, str]](), dict[str, list[str]]()
    for difference in found:
        signs[difference.table, difference.sign] += 1
        columns.update((difference.table, name) for name in difference.changes)
        lines = shown.setdefault(difference.table, [])
        if len(lines) < most:
            lines.append(_line(difference))
    for name in TABLES:
        yield _counts(name, signs, columns)
        yield from shown.get(name, ())


def _counts(name: str, signs: Counter[tuple[str, str]], columns: Counter[tuple[str, str]]) -> str:
    said = f"{name}: {signs[name, GAINED]} gained, {signs[name, LOST]} lost, {signs[name, CHANGED]} changed"
    most = [(c, n) for (table, c), n in columns.most_common() if table == name]
    return f"{said} ({', '.join(f'{c} {n}' for c, n in most)})" if most else said


def _line(difference: Difference) -> str:
    where = "  ".join(str(v) for n in _identity(difference) if (v := difference.row.get(n)) not in (None, ""))
    changes = "; ".join(f"{n}: {json_value(a)} -> {json_value(b)}" for n, (a, b) in difference.changes.items())
    return f"{difference.sign} {where}" + (f"  [{changes}]" if changes else "")


def _identity(difference: Difference) -> Sequence[str]:
    return [n for n in _SHOWN[difference.table] if n not in difference.changes]


def _order(table: Table) -> str:
    return _ORDER.get(table.name, "article_id")


def _key(table: Table) -> Sequence[str]:
    return _KEYS.get(table.name, table.key)


def _side_by_side(one: Iterator[Row], other: Iterator[Row], order: str) -> Iterator[tuple[list[Row], list[Row]]]:
    """The rows of both that belong to one article, article after article."""
    name = itemgetter(order)
    left, right = (((str(k), list(rows)) for k, rows in groupby(side, name)) for side in (one, other))
    before, after = next(left, None), next(right, None)
    while before is not None or after is not None:
        if after is None or (before is not None and before[0] < after[0]):
            assert before is not None
            yield before[1], []
            before = next(left, None)
        elif before is None or after[0] < before[0]:
            yield [], after[1]
            after = next(right, None)
        else:
            yield before[1], after[1]
            before, after = next(left, None), next(right, None)


def _compared(table: Table, before: list[Row], after: list[Row]) -> Iterator[Difference]:
    names = _key(table)
    olds, news = ({tuple(row[n] for n in names): row for row in rows} for rows in (before, after))
    for key, old in olds.items():
        if key not in news:
            yield Difference(table.name, LOST, old)
            continue
        new = news[key]
        changes = {n: (old[n], new[n]) for n in table.names if n in old and n in new and old[n] != new[n]}
        if changes:
            yield Difference(table.name, CHANGED, new, changes)
    yield from (Difference(table.name, GAINED, new) for key, new in news.items() if key not in olds)
