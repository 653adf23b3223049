"""Workers as processes of our own: each does one shard at a time; one that dies costs the article that it was at."""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from newsmine.batch.job import Report, Settings, Shard
from newsmine.batch.plan import Plan, Request
from newsmine.errors import WorkerError
from newsmine.limits import out_of_time

_WAIT = 0.5
_LOAD_TRIES = 2


class Processes:
    """Runs shards in processes; `plan` starts the first of them, the others start when there is work for them."""

    def __init__(self, settings: Settings, workers: int) -> None:
        self._settings = replace(settings, enforced=True)
        self._count = workers
        self._idle: list[_Worker] = []
        self._all: list[_Worker] = []
        self._lock = threading.Lock()
        self._closed = False

    def plan(self, request: Request, begin: Callable[[int], None] = lambda position: None) -> Plan:
        """Have the plan made; `begin` is told the position of every source that is read for it."""
        while True:
            worker = self._worker()
            kind, value = worker.ask(request, begin)
            if kind == "error":
                raise value
            if kind == "plan":
                self._idle.append(worker)
                made: Plan = value
                return made
            if worker.position < 0:
                raise WorkerError(f"the worker that looks for the inputs ended (status {worker.status()})")
            # The input that ended it is passed over here; its shard will say why.
            request = replace(request, passed=request.passed | {worker.position})
            worker.kill()
            self._all.remove(worker)

    def run(self, shards: Iterator[Shard]) -> Iterator[int | Report]:
        """Do the shards: a number for articles that are done, a report for every shard, in no order."""
        feed = _Feed(shards)
        told: queue.Queue[int | Report | BaseException | None] = queue.Queue()
        threads = [threading.Thread(target=self._serve, args=(feed, told), daemon=True) for _ in range(self._count)]
        for thread in threads:
            thread.start()
        open_threads = len(threads)
        while open_threads:
            try:
                event = told.get(timeout=_WAIT)
            except queue.Empty:
                continue
            if event is None:
                open_threads -= 1
            elif isinstance(event, BaseException):
                raise event
            else:
                yield event

    def close(self) -> None:
        """End all workers at once; what they were doing is done again some other time."""
        with self._lock:
            self._closed = True
            left = list(self._all)
        for worker in left:
            worker.kill()

    def _worker(self) -> _Worker:
        with self._lock:
            if self._closed:
                # A thread whose worker was just ended must not start another one.
                raise WorkerError("the workers were ended")
            worker = self._idle.pop() if self._idle else _Worker(self._settings)
            if worker not in self._all:
                self._all.append(worker)
            return worker

    def _serve(self, feed: _Feed, told: queue.Queue[Any]) -> None:
        """One thread a worker: takes shard after shard to it, and to another one where it dies."""
        try:
            worker = None
            while (shard := feed.next()) is not None:
                worker = self._do(shard, worker or self._worker(), told)
        except BaseException as reason:
            told.put(reason)
        else:
            told.put(None)

    def _do(self, shard: Shard, worker: _Worker, told: queue.Queue[Any]) -> _Worker:
        tries = 0
        while True:
            kind, value = worker.ask(shard, lambda position: told.put(1) if position else None)
            if kind == "report":
                told.put(len(shard.sources) - max(0, worker.position))
                told.put(value)
                return worker
            if kind == "error":
                raise value
            tries += 1
            if worker.position < 0 and tries >= _LOAD_TRIES:
                raise WorkerError(f"a worker ended before it could begin (status {worker.status()})")
            if worker.position >= 0:
                told.put(-worker.position)
                shard = replace(shard, lost={**shard.lost, worker.position: self._reason(worker)})
            worker.kill()
            self._all.remove(worker)
            worker = self._worker()

    def _reason(self, worker: _Worker) -> BaseException:
        status, seconds = worker.status(), time.monotonic() - worker.began
        if status == 1 and seconds >= self._settings.options.max_seconds:
            return out_of_time(self._settings.options.max_seconds)
        return WorkerError(f"the worker process ended while it read this input (status {status})")


class _Feed:
    """Shards for several threads."""

    def __init__(self, shards: Iterator[Shard]) -> None:
        self._shards = shards
        self._lock = threading.Lock()

    def next(self) -> Shard | None:
        with self._lock:
            return next(self._shards, None)


@dataclass(eq=False, slots=True)
class _Worker:
    """A worker process. `position` is the source of the shard that it is at, -1 before the first."""

    settings: Settings
    position: int = -1
    began: float = 0.0
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        # A session of its own keeps Ctrl-C of the terminal away; -P keeps the user's folder out of the import path.
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "newsmine.batch.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,
        )
        self._send(self.settings)

    def ask(self, request: Request | Shard, begin: Callable[[int], None]) -> tuple[str, Any]:
        """The answer to a request, or ("gone", None) where the process ends before it comes. `begin` is told the
        position of every source that the process begins with."""
        self.position, self.began = -1, time.monotonic()
        self._send(request)
        while True:
            try:
                kind, value = pickle.load(_pipe(self.process.stdout))
            except (EOFError, OSError, pickle.UnpicklingError):
                return "gone", None
            if kind != "begin":
                return kind, value
            begin(value)
            self.position, self.began = value, time.monotonic()

    def status(self) -> int:
        """The exit status, once the process is gone."""
        return self.process.wait()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                _pipe(pipe).close()
            except OSError:
                continue

    def _send(self, request: Any) -> None:
        try:
            pickle.dump(request, _pipe(self.process.stdin))
            _pipe(self.process.stdin).flush()
        except OSError:
            return  # `ask` sees that nobody answers


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def _environment() -> dict[str, str]:
    """The environment of a worker: it imports the very newsmine that started it."""
    root = str(Path(__file__).resolve().parents[2])
    before = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, before)))}


def default_workers() -> int:
    """As many workers as this process may use cores."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
