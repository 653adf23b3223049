"""Draw claims at random, each with the columns that a judge needs and empty ones to tick."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from newsmine.errors import UsageError
from newsmine.sampling.judged import TICK, TICK_FIELD
from newsmine.sampling.sheets import write_sheet
from newsmine.stored import read_table
from newsmine.tables import Row

CONTEXT = ("sentence", "text")
FIELDS = (
    *("kind", "value", "low", "high", "qualifier", "unit", "role", "direction", "basis", "metric", "subject"),
    *("time_text", "time_start", "time_end", "status", "source"),
)
ORIGIN = ("article_id", "claim_id", "rule")
# One tick for the whole row; who has time ticks its parts too.
TICKS = (TICK, *(TICK_FIELD + part for part in ("quantity", "role", "metric", "subject", "time", "status", "source")))

COLUMNS = ("row", *CONTEXT, TICK, *FIELDS, *TICKS[1:], *ORIGIN)


@dataclass(frozen=True, slots=True)
class Sample:
    """Some rows of a table, in random order, and how many there were to draw from."""

    rows: list[Row]
    population: int


def draw(folder: Path, size: int, seed: int) -> Sample:
    """Claims of a folder that `newsmine extract` wrote, every one as likely; the same seed draws the same rows.

    They stand in random order, so that the first ones alone are a random sample too.
    """
    chosen, population = reservoir(read_table(folder, "claims"), size, random.Random(seed))
    if not population:
        raise UsageError(f"{folder}: its claims table is empty; there is nothing to draw from")
    rows = [{"row": number, **{c: row.get(c) for c in COLUMNS[1:]}} for number, row in enumerate(chosen, 1)]
    return Sample(rows, population)


def write_sample(folder: Path, path: Path | None, size: int, seed: int, *, force: bool = False) -> Sample:
    """Draw from a folder of tables and write the sheet to tick; a sheet that is there may hold somebody's ticks."""
    if path is None:
        raise UsageError(f"say where the sample goes: newsmine sample {folder} -o sample.xlsx")
    if path.exists() and not force:
        raise UsageError(f"{path}: exists, maybe with ticks; name another file, or add --force to overwrite it")
    sample = draw(folder, size, seed)
    write_sheet(path, COLUMNS, sample.rows, TICKS)
    return sample


def reservoir(rows: Iterable[Row], size: int, chance: random.Random) -> tuple[list[Row], int]:
    """`size` rows of a stream in random order, every one as likely, and the length of the stream.

    Algorithm R (Waterman; Knuth, The Art of Computer Programming 2, 3.4.2): memory for the sample alone.
    """
    kept: list[Row] = []
    seen = 0
    for seen, row in enumerate(rows, 1):
        if len(kept) < size:
            kept.append(row)
        elif (place := chance.randrange(seen)) < size:
            kept[place] = row
    chance.shuffle(kept)
    return kept, seen
