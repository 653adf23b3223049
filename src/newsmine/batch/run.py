"""A run from its inputs to the tables in OUT: plan, shards, merge."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from newsmine import manifest
from newsmine.batch.job import Report, Settings, Shard
from newsmine.batch.merge import Merged, Picks, merge
from newsmine.batch.plan import Plan, Request, order, shards
from newsmine.batch.processes import Processes
from newsmine.batch.store import Store, spool
from newsmine.errors import NewsmineError, OutputError
from newsmine.extraction import Options, describe
from newsmine.output import Summary, TableFiles
from newsmine.progress import Progress
from newsmine.reading import STDIN
from newsmine.reading.survey import FILE as FOLDER_STATS
from newsmine.schema import tables


class Workers(Protocol):
    """Whoever does the shards; see `processes` and `executors`."""

    def plan(self, request: Request, begin: Callable[[int], None]) -> Plan: ...
    def run(self, shards: Iterator[Shard]) -> Iterator[int | Report]: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Job:
    """What a run is to do."""

    inputs: Sequence[str | os.PathLike[str]]
    out: Path
    options: Options = field(default_factory=Options)
    formats: tuple[str, ...] = ("csv", "jsonl")
    listed: Path | None = None
    limit: int | None = None
    text: bool = True
    force: bool = False
    resume: bool = False
    # Whether to read all inputs once before, for what they have in common.
    folder_stats: bool = True

    @property
    def shown(self) -> dict[str, Any]:
        """The options as run.json shows them."""
        own = {"folder_stats": self.folder_stats, "formats": list(self.formats)}
        return {**describe(self.options), **own, "limit": self.limit, "text": self.text}

    @property
    def request(self) -> Request:
        inputs = tuple(os.fspath(i) for i in self.inputs)
        metadata = self.options.metadata
        return Request(inputs, self.listed, (self.out, *([metadata] if metadata else [])), self.limit, self.resume)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a run; `fresh` is how many sources it had to do, None where the tables were already there."""

    summary: Summary
    fresh: int | None


def run(job: Job, workers: Any, progress: Progress) -> Done:
    """Do a job. `workers` makes a `Workers` out of the settings.

    UsageError, PatternError: the job does not do, and OUT is as it was. OutputError: OUT cannot be written; what was
    done is kept. An interruption keeps the parts that are finished as well.
    """
    started = time.time()
    store = Store(job.out)
    store.open(force=job.force, resume=job.resume)
    settings = _settings(job, store)
    with _undone(store):
        team: Workers = workers(settings)
    try:
        with _undone(store):
            plan = _planned(team, job, progress)
        mark = {"inputs": plan.inputs, "shown": job.shown, "patterns": plan.patterns}
        if job.resume and plan.inputs and store.finished(mark):
            return Done(_summary(job.out), None)
        with _undone(store):
            made = _do(team, settings, plan, progress)
        team.close()
        with _output_errors(job.out):
            return Done(_write(job, store, plan, made, started), plan.todo)
    finally:
        team.close()
        store.close()


def processes(count: int) -> Any:
    """Workers that are processes on this machine."""
    return lambda settings: Processes(settings, count)


def _settings(job: Job, store: Store) -> Settings:
    """Paths are absolute: a worker may stand in another folder."""
    spooled = spool(sys.stdin.buffer.read(), store.scratch) if STDIN in job.request.inputs else None
    return Settings(
        replace(job.options, folder_stats=store.scratch / FOLDER_STATS if job.folder_stats else None),
        store.parts,
        store.scratch,
        job.formats,
        job.text,
        spooled=spooled,
        token=time.time_ns(),
    )


def _planned(team: Workers, job: Job, progress: Progress) -> Plan:
    if not job.folder_stats:
        return team.plan(job.request, lambda position: None)
    with progress.over(None, "reading"):
        return team.plan(job.request, lambda position: progress.advance(1))


def _do(team: Workers, settings: Settings, plan: Plan, progress: Progress) -> dict[int, tuple[str, ...]]:
    made: dict[int, tuple[str, ...]] = {}
    with progress.over(plan.todo):
        for event in team.run(shards(settings.scratch)):
            if isinstance(event, Report):
                made[event.number] = event.parts
            else:
                progress.advance(event)
    return made


def _write(job: Job, store: Store, plan: Plan, made: Mapping[int, Sequence[str]], started: float) -> Summary:
    """The tables and manifests, from parts. run.json is the last to get its name."""
    chosen = tables(text=job.text, kept=plan.kept)
    merged, picks = Merged(manifest.InputList(store.scratch)), Picks(store.parts)
    with TableFiles(store.scratch, job.formats, chosen) as files, closing(picks), closing(merged.inputs):
        merge(picks(order(store.scratch), made), files, merged, chosen)
        files.close()
    summary = merged.summary
    manifest.write_package(store.scratch, job.formats, chosen)
    manifest.write_times(store.scratch, _times(started, merged.chars))
    manifest.write_run(
        store.scratch, options=job.shown, patterns=plan.patterns, inputs=merged.inputs, counts=asdict(summary)
    )
    manifests = (manifest.PACKAGE, manifest.TIMES, manifest.RUN)
    files.place(job.out, (*([FOLDER_STATS] if job.folder_stats else []), *manifests))
    mark = {"inputs": merged.tally.digest, "shown": job.shown, "patterns": plan.patterns}
    # Without the package: `check` adds its findings to that.
    store.finish(mark, (*files.files, manifest.TIMES, manifest.RUN), merged.parts)
    return summary


def _times(started: float, chars: int) -> dict[str, Any]:
    return {"started": round(started, 3), "seconds": round(time.time() - started, 3), "chars": chars}


def _summary(out: Path) -> Summary:
    return Summary(**manifest.read_counts(out))


@contextmanager
def _undone(store: Store) -> Iterator[None]:
    """Leave no folder behind where the job does not do."""
    try:
        yield
    except OutputError:
        raise
    except NewsmineError:
        store.undo()
        raise


@contextmanager
def _output_errors(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as reason:
        raise OutputError(
            f"{out}: cannot be written: {reason.strerror or reason}; the tables are as they were, and --resume goes on"
        ) from None
