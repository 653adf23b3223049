"""Workers that somebody else runs: this process, any `concurrent.futures.Executor`, a dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import replace
from typing import Any

from newsmine.batch.job import Report, Settings, Shard
from newsmine.batch.plan import Plan, Request, make_plan
from newsmine.batch.shard import run_shard
from newsmine.errors import NewsmineError, UsageError, WorkerError

# Shards that wait in the executor for every one that is done: enough to keep its workers busy, few enough to hold.
_AHEAD = 64
_CONNECT_SECONDS = 10


class InThisProcess:
    """No workers: for a debugger, and where no process can be started. Nothing is protected from what an input does."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def plan(self, request: Request, begin: Callable[[int], None] = lambda position: None) -> Plan:
        return make_plan(self._settings, request, begin)

    def run(self, shards: Iterator[Shard]) -> Iterator[int | Report]:
        for shard in shards:
            yield run_shard(self._settings, shard)
            yield len(shard.sources)

    def close(self) -> None:
        """There is nothing to end."""


def in_this_process(settings: Settings) -> InThisProcess:
    return InThisProcess(settings)


class Futures(InThisProcess):
    """Shards as tasks of an executor, which belongs to the caller: it is neither started nor ended here.

    A task that fails is done again article by article, and an article whose task fails is a row of `errors`.
    """

    def __init__(self, settings: Settings, executor: Executor, close: Callable[[], object] = lambda: None) -> None:
        super().__init__(settings)
        self._executor = executor
        self._close = close

    def run(self, shards: Iterator[Shard]) -> Iterator[int | Report]:
        open_tasks: dict[Future[Report], Shard] = {}
        more = True
        while more or open_tasks:
            while more and len(open_tasks) < _AHEAD:
                shard = next(shards, None)
                more = shard is not None
                if shard is not None:
                    open_tasks[self._submit(shard)] = shard
            for future in wait(open_tasks, return_when=FIRST_COMPLETED).done:
                shard = open_tasks.pop(future)
                yield self._report(future, shard)
                yield len(shard.sources)

    def close(self) -> None:
        self._close()

    def _submit(self, shard: Shard) -> Future[Report]:
        return self._executor.submit(run_shard, self._settings, shard)

    def _report(self, future: Future[Report], shard: Shard) -> Report:
        try:
            return future.result()
        except NewsmineError:
            raise
        except Exception:
            lost = {
                n: e for n, source in enumerate(shard.sources) if (e := self._failure(Shard(0, (source,), shard.kept)))
            }
            return run_shard(self._settings, replace(shard, lost=lost)) if lost else self._submit(shard).result()

    def _failure(self, shard: Shard) -> BaseException | None:
        """What a shard of one article brings down, if it does."""
        try:
            self._submit(shard).result()
        except NewsmineError:
            raise
        except Exception as reason:
            return WorkerError(f"the worker that read this input failed: {type(reason).__name__}")
        return None


def over(executor: Executor) -> Callable[[Settings], Any]:
    """Workers that are those of an executor."""
    return lambda settings: Futures(settings, executor)


def dask(address: str, workers: int) -> Callable[[Settings], Any]:
    """Workers of a dask cluster at an address, which must see the inputs and OUT at the same paths; `local` starts a
    cluster of processes on this machine. UsageError where dask is missing or nobody answers."""
    try:
        import distributed
    except ImportError:
        raise UsageError("--dask needs the extra newsmine[dask]: pip install 'newsmine[dask]'") from None

    library: Any = distributed

    def team(settings: Settings) -> Futures:
        if address == "local":
            cluster = library.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
            client = library.Client(cluster)
            settings = replace(settings, enforced=True)
        else:
            cluster, client = None, _connected(library.Client, address)
        return Futures(settings, client.get_executor(pure=False), lambda: _close(client, cluster))

    return team


def _connected(client: Any, address: str) -> Any:
    try:
        return client(address, timeout=_CONNECT_SECONDS)
    except (OSError, ValueError) as reason:
        raise UsageError(f"--dask {address}: no scheduler answers there: {reason}") from None


def _close(client: Any, cluster: Any) -> None:
    client.close()
    if cluster is not None:
        cluster.close()
