"""Which column of a table or key of an object holds what: as the user says, else by what such columns are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from newsmine.packs import Patterns

_IGNORED = regex.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says of tables: the dotted key of JSON objects, the column of CSV and XLSX that hold the text."""

    text_key: str | None = None
    text_column: str | None = None


class Columns:
    """Finds the column of each field by the `column` entries of the packs."""

    def __init__(self, patterns: Patterns, fold: Callable[[str], str]) -> None:
        self._fold = fold
        self._forms: dict[str, list[str]] = {}
        for entry in patterns.stage("column"):
            self._forms.setdefault(entry.get("field"), []).extend(map(self._bare, entry.forms))

    def fields(self, names: Sequence[str]) -> dict[str, str]:
        """The column of every field that the names tell; of several the one whose name stands first in the entry."""
        bare: dict[str, str] = {}
        for name in names:
            bare.setdefault(self._bare(name), name)
        found = {}
        for field, forms in self._forms.items():
            named = next((bare[form] for form in forms if form in bare), None)
            if named is not None:
                found[field] = named
        return found

    def _bare(self, name: str) -> str:
        return self._fold(_IGNORED.sub("", name).lower())


def at(value: Any, key: str) -> Any:
    """What stands in an object under a dotted key; None where there is nothing."""
    if isinstance(value, Mapping) and key in value:
        return value[key]
    for part in key.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value


def plain_text(value: Any) -> str | None:
    """A value as text: lines of a list under each other; None where it is no text."""
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return "\n".join(value)
    if value is None or isinstance(value, Mapping | list):
        return None
    return value if isinstance(value, str) else str(value)


def listed(names: Iterable[str], most: int = 20) -> str:
    """Names for a message."""
    shown = [str(n) for n in names]
    more = f" and {len(shown) - most} more" if len(shown) > most else ""
    return ", ".join(shown[:most]) + more if shown else "none"
