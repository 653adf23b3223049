"""What passes between the conductor and its workers: small records that can be pickled."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from newsmine.extraction import Options
from newsmine.limits import seconds_for
from newsmine.reading import Source

# Sources a shard: the piece of work that is kept whole or done again. The same for any number of workers.
SHARD_SIZE = 64
# Bytes of rows after which a shard begins another part, so that a folder of huge files fits in memory.
PART_BYTES = 32_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What every shard of a run has in common. `spooled` holds what came on standard input."""

    options: Options
    parts: Path
    scratch: Path
    formats: tuple[str, ...] = ("jsonl",)
    text: bool = True
    # Whether a process may be ended that is at one article for too long: workers that are ours may.
    enforced: bool = False
    spooled: Path | None = None
    # Differs from run to run, so that nothing loaded for one run serves another in the same process.
    token: int = 0

    def seconds_for(self, size: int) -> float:
        """How long an input of so many bytes may take."""
        return seconds_for(size, self.options.max_seconds)


@dataclass(frozen=True, slots=True)
class Shard:
    """Some sources to do. `lost` says of those that brought a worker down (by position) what happened."""

    number: int
    sources: tuple[Source, ...]
    # The columns that any input of the run brings along.
    kept: tuple[str, ...] = ()
    lost: dict[int, BaseException] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a shard: the names of its parts, in order."""

    number: int
    sources: int
    parts: tuple[str, ...]
