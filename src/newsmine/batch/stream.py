"""One result at a time, for folders that do not fit in memory: `newsmine.stream`."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from newsmine.batch.job import Report, Settings
from newsmine.batch.merge import Picks, results
from newsmine.batch.plan import Request, order, shards
from newsmine.batch.processes import Processes
from newsmine.errors import UsageError
from newsmine.extraction import Inputs, Options, many, options_of, serial
from newsmine.limits import DEFAULT_CHARS, DEFAULT_SECONDS
from newsmine.reading.survey import FILE
from newsmine.schema import TABLES
from newsmine.tables import Result


def stream(
    inputs: Inputs,
    *,
    workers: int = 1,
    patterns: Sequence[str | os.PathLike[str]] = (),
    domains: Sequence[str] = (),
    encoding: str | None = None,
    host: str | None = None,
    metadata: str | os.PathLike[str] | None = None,
    text_key: str | None = None,
    text_column: str | None = None,
    folder_stats: bool = True,
    max_seconds: float = DEFAULT_SECONDS,
    max_chars: int = DEFAULT_CHARS,
) -> Iterator[Result]:
    """The rows of one input after the other, sorted by article_id.

    With `folder_stats` the inputs are read once before, for the lines and stories that their articles repeat.

    An article that takes longer than `max_seconds` (long ones get more) or has more than `max_chars` characters is a
    row of `errors`, beside what was finished of it. With more than one worker, processes do the work ahead of the
    caller; an input that kills one is a row of `errors`.
    """
    options = options_of(patterns, domains, encoding, host, metadata, text_key, text_column, max_seconds, max_chars)
    if workers < 1:
        raise UsageError(f"workers={workers}: give 1 or more")
    if workers == 1:
        return serial(inputs, options, folder_stats=folder_stats)
    return _parallel(many(inputs), options, workers, folder_stats=folder_stats)


def _parallel(
    inputs: Sequence[str | os.PathLike[str]], options: Options, workers: int, *, folder_stats: bool
) -> Iterator[Result]:
    with tempfile.TemporaryDirectory(prefix="newsmine-") as folder:
        options = replace(options, folder_stats=Path(folder) / FILE if folder_stats else None)
        settings = Settings(options, Path(folder), Path(folder), token=time.time_ns())
        team = Processes(settings, workers)
        try:
            team.plan(
                Request(tuple(os.fspath(i) for i in inputs), skip=(options.metadata,) if options.metadata else ())
            )
            yield from _in_order(team, settings)
        finally:
            team.close()


def _in_order(team: Processes, settings: Settings) -> Iterator[Result]:
    """The results of shard after shard, each as soon as it and all before it are done."""
    places = order(settings.scratch)
    waiting: dict[int, tuple[str, ...]] = {}
    following = 0
    for event in team.run(shards(settings.scratch)):
        if isinstance(event, Report):
            waiting[event.number] = event.parts
        while following in waiting:
            picks = Picks(settings.parts)
            for name, part, positions in picks([next(places)], waiting):
                yield from results(part, positions, TABLES)
                (settings.parts / name).unlink()
            picks.close()
            del waiting[following]
            following += 1
