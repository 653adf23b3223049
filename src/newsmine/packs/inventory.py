"""What packs hold, in figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from newsmine.packs.load import read_packs
from newsmine.packs.model import Entry


@dataclass(frozen=True, slots=True)
class PackCount:
    """A pack with the numbers of its stages, entries, forms (a regex counts as one), examples and rejects."""

    name: str
    folder: Path
    stages: int
    entries: int
    forms: int
    examples: int
    rejects: int


def count_packs(folders: Iterable[Path]) -> list[PackCount]:
    """A row a pack, in the order in which they are read; entries that a later pack replaces are counted."""
    return [_count(folder, list(read_packs([folder]).entries.values())) for folder in folders]


def _count(folder: Path, entries: list[Entry]) -> PackCount:
    return PackCount(
        folder.name,
        folder,
        len({e.stage for e in entries}),
        len(entries),
        sum(len(e.forms) + (e.regex is not None) for e in entries),
        sum(len(e.examples) for e in entries),
        sum(len(e.rejects) for e in entries),
    )
