"""What there is to do: the sources in order, those that are done already, and the rest in shards.

A plan lies on disk, so that whoever conducts a run needs no memory for its inputs. It is made by a worker.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from newsmine.batch.fingerprint import Fingerprint
from newsmine.batch.job import SHARD_SIZE, Settings, Shard
from newsmine.batch.parts import entries_of
from newsmine.batch.shard import limited, loaded
from newsmine.extraction import Extractor
from newsmine.reading import ReadError, Source, find_sources
from newsmine.reading.reader import digest

ORDER, SHARDS = "order", "shards"

# Where the rows of a source come from: a shard that is to be done, or a part that is there.
Origin = int | str


@dataclass(frozen=True, slots=True)
class Request:
    """Which inputs a run is over; `resume` takes what the parts have of them. `passed` are the positions of those that
    brought down whoever read them."""

    inputs: tuple[str, ...]
    listed: Path | None = None
    skip: tuple[Path, ...] = ()
    limit: int | None = None
    resume: bool = False
    passed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """How many sources there are, how many of them are to be done, in how many shards; `inputs` is the digest of
    `Tally`, where nothing is to be done; `kept` names the columns that the inputs bring along."""

    sources: int
    todo: int
    shards: int
    patterns: str
    inputs: str | None = None
    kept: tuple[str, ...] = ()


class Tally:
    """The hash over every source with its fingerprint, in order: equal hashes mean equal tables."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, article_id: str, path: str, key: str | None) -> None:
        self._hash.update(f"{article_id}\0{path}\0{key}\n".encode("utf-8", "surrogateescape"))

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


def make_plan(settings: Settings, request: Request, begin: Callable[[int], None] = lambda position: None) -> Plan:
    """Find the sources, read them all once for what they have in common, and write the plan. `begin` is told the
    position of every source before it is read. UsageError or PatternError where the request does not do."""
    links = settings.options.follow_links
    found = find_sources(request.inputs, listed=request.listed, skip=request.skip, follow_links=links)
    # What is learnt here decides what the extractor of the shards is.
    extractor = Extractor(replace(settings.options, folder_stats=None))
    sources = extractor.reader.expand(found)[: request.limit]
    if settings.options.folder_stats is not None:
        watched = _watched(sources, settings, request, begin) if len(sources) > 1 else ()
        extractor.reader.survey(watched, settings.options.max_seconds).write(settings.options.folder_stats)
    kept = tuple(dict.fromkeys(name for source in sources for name in source.kept))
    tally = Tally()
    done = _done(settings, sources, kept, tally) if request.resume else {}
    origins, todo = _origins(sources, done)
    with (settings.scratch / ORDER).open("wb") as order:
        for origin, run in groupby(zip(origins, sources, strict=True), key=lambda pair: pair[0]):
            pickle.dump((origin, [s.article_id for _, s in run]), order)
    shards = _write_shards(todo, kept, settings.scratch / SHARDS)
    return Plan(len(sources), len(todo), shards, extractor.digest, None if todo else tally.digest, kept)


def order(scratch: Path) -> Iterator[tuple[Origin, list[str]]]:
    """Where the rows come from, in the order of the tables: an origin and the sources that follow each other there."""
    return _records(scratch / ORDER)


def shards(scratch: Path) -> Iterator[Shard]:
    """The shards to be done."""
    return _records(scratch / SHARDS)


def _watched(
    sources: list[Source], settings: Settings, request: Request, begin: Callable[[int], None]
) -> Iterator[Source]:
    """The sources one by one; the one that is read may take as long as it may later."""
    for position, source in enumerate(sources):
        if position not in request.passed:
            begin(position)
            with limited(source, settings):
                yield source


def _done(settings: Settings, sources: list[Source], kept: tuple[str, ...], tally: Tally) -> dict[int, str]:
    """The part that has the rows of a source, by the source's position."""
    by_key: dict[str, str] = {}
    for path in sorted(settings.parts.glob("*.zip"), reverse=True):
        by_key.update((e.key, path.name) for e in entries_of(path) if e.key is not None)
    extractor, fingerprint = loaded(settings.options, settings.token)
    found = {}
    for position, source in enumerate(sources):
        key = _key(source, extractor, fingerprint, settings, kept)
        tally.add(source.article_id, source.path, key)
        if key in by_key:
            found[position] = by_key[key]
    return found


def _key(
    source: Source, extractor: Extractor, fingerprint: Fingerprint, settings: Settings, kept: tuple[str, ...]
) -> str:
    sha256, reasons = None, None
    try:
        sha256 = digest(extractor.load(source, settings.spooled))
    except ReadError as reason:
        reasons = [str(reason)]
    return fingerprint.key(source, sha256, reasons, (settings.text, kept))


def _origins(sources: list[Source], done: dict[int, str]) -> tuple[list[Origin], list[Source]]:
    todo: list[Source] = []
    origins: list[Origin] = []
    for position, source in enumerate(sources):
        if position in done:
            origins.append(done[position])
        else:
            origins.append(len(todo) // SHARD_SIZE)
            todo.append(source)
    return origins, todo


def _write_shards(todo: list[Source], kept: tuple[str, ...], path: Path) -> int:
    starts = range(0, len(todo), SHARD_SIZE)
    with path.open("wb") as out:
        for number, start in enumerate(starts):
            pickle.dump(Shard(number, tuple(todo[start : start + SHARD_SIZE]), kept), out)
    return len(starts)


def _records(path: Path) -> Iterator:  # type: ignore[type-arg]
    with path.open("rb") as handle:
        yield from _unpickled(handle)


def _unpickled(handle: BinaryIO) -> Iterator:  # type: ignore[type-arg]
    while True:
        try:
            yield pickle.load(handle)
        except EOFError:
            return
