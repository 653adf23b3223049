"""One shard: its sources read, analysed and written as a part. A module-level function, for any kind of worker."""

from __future__ import annotations

import faulthandler
import functools
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from newsmine.batch.fingerprint import Fingerprint
from newsmine.batch.job import PART_BYTES, Report, Settings, Shard
from newsmine.batch.parts import PartWriter
from newsmine.errors import OutputError
from newsmine.extraction import Extractor, Options, Outcome, failed
from newsmine.reading import Source
from newsmine.schema import tables

# Seconds after which a worker is ended that the alarm did not stop: a loop in a library's own code.
_GRACE = 2.0


def run_shard(settings: Settings, shard: Shard, begin: Callable[[int], None] = lambda position: None) -> Report:
    """Do a shard and write its parts. `begin` is told the position of every source before it is touched.

    OutputError where a part cannot be written.
    """
    extractor, fingerprint = loaded(settings.options, settings.token)
    names: list[str] = []
    part = _part(settings, shard.kept)
    for position, source in enumerate(shard.sources):
        begin(position)
        if reason := shard.lost.get(position):
            part.add(Outcome(source, None, failed(source.path, "analyze", reason)), None)
        else:
            outcome = _timed(extractor, source, settings)
            key = None if outcome.unfinished else fingerprint.of(outcome, (settings.text, shard.kept))
            part.add(outcome, key)
        if part.size > PART_BYTES:
            names.append(_written(part, settings))
            part = _part(settings, shard.kept)
    if len(part):
        names.append(_written(part, settings))
    return Report(shard.number, len(shard.sources), tuple(names))


@functools.lru_cache(maxsize=1)
def loaded(options: Options, token: int) -> tuple[Extractor, Fingerprint]:
    """What a worker loads once: dictionaries and patterns. Another token loads the user's files anew."""
    extractor = Extractor(options)
    return extractor, Fingerprint(options, extractor.digest)


def _part(settings: Settings, kept: tuple[str, ...]) -> PartWriter:
    return PartWriter(settings.parts, settings.scratch, tables(text=settings.text, kept=kept), settings.formats)


def _written(part: PartWriter, settings: Settings) -> str:
    try:
        return part.close()
    except OSError as reason:
        raise OutputError(f"{settings.parts}: cannot be written: {reason.strerror or reason}") from None


def _timed(extractor: Extractor, source: Source, settings: Settings) -> Outcome:
    """What comes of a source. Getting at it may take as long as its whole file (an archive, a table) deserves."""
    with limited(source, settings):
        data = extractor.loaded(source, settings.spooled)
    if isinstance(data, Outcome):
        return data
    with _time_limit(settings.seconds_for(len(data)) + _GRACE if settings.enforced else None):
        return extractor.outcome_of(source, data)


def limited(source: Source, settings: Settings) -> AbstractContextManager[None]:
    """As long as a source's file may take, where a process may be ended that takes longer."""
    return _time_limit(settings.seconds_for(_size(source)) + _GRACE if settings.enforced else None)


def _size(source: Source) -> int:
    try:
        return 0 if source.file is None else source.file.stat().st_size
    except OSError:
        return 0


@contextmanager
def _time_limit(seconds: float | None) -> Iterator[None]:
    """End this process if what is inside takes longer: what the alarm of `newsmine.limits` cannot interrupt holds every
    lock of the interpreter, and only a thread outside of it can stop it."""
    if seconds is None:
        yield
        return
    faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@functools.cache
def _nowhere() -> int:
    return os.open(os.devnull, os.O_WRONLY)
