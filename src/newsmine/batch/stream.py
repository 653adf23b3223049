"""One result at a time, for folders that do not fit in memory: `newsmine.stream`."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from newsmine.batch.job import DEFAULT_TIME_LIMIT, Report, Settings
from newsmine.batch.merge import Picks, results
from newsmine.batch.plan import Request, order, shards
from newsmine.batch.processes import Processes
from newsmine.errors import UsageError
from newsmine.extraction import Inputs, Options, many, options_of, serial
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
) -> Iterator[Result]:
    """The rows of one input after the other, sorted by article_id.

    With more than one worker, processes do the work ahead of the caller; an input that kills one or takes longer than a
    minute is a row of `errors`.
    """
    options = options_of(patterns, domains, encoding, host, metadata)
    if workers < 1:
        raise UsageError(f"workers={workers}: give 1 or more")
    return serial(inputs, options) if workers == 1 else _parallel(many(inputs), options, workers)


def _parallel(inputs: Sequence[str | os.PathLike[str]], options: Options, workers: int) -> Iterator[Result]:
    with tempfile.TemporaryDirectory(prefix="newsmine-") as folder:
        settings = Settings(options, Path(folder), Path(folder), token=time.time_ns(), time_limit=DEFAULT_TIME_LIMIT)
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
