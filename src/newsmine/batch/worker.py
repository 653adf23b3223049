"""The process that does the work: `python -m newsmine.batch.worker`, spoken to through its standard streams.

It is a program of its own rather than a fork or a re-import of the caller's main module: it starts the same way on
every platform and from any script, and ends when the conductor is gone.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import threading
import traceback
from contextlib import suppress
from typing import Any, BinaryIO

from newsmine.batch.job import Settings, Shard
from newsmine.batch.plan import Request, make_plan
from newsmine.batch.shard import run_shard
from newsmine.errors import NewsmineError, WorkerError


def main() -> None:
    """Answer requests until standard input closes. Anything that a library prints goes to stderr."""
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(os.fdopen(os.dup(0), "rb"), requests), daemon=True).start()
    settings: Settings = requests.get()
    while True:
        _answer(answers, *_done(settings, requests.get(), answers))


def _listen(incoming: BinaryIO, requests: queue.SimpleQueue[Any]) -> None:
    """Take requests; when there can be no more of them the conductor is gone, and so is the reason to work on."""
    with suppress(EOFError, OSError, pickle.UnpicklingError):
        while True:
            requests.put(pickle.load(incoming))
    os._exit(0)


def _done(settings: Settings, request: Request | Shard, answers: BinaryIO) -> tuple[str, Any]:
    try:
        if isinstance(request, Request):
            return "plan", make_plan(settings, request, lambda position: _answer(answers, "begin", position))
        return "report", run_shard(settings, request, lambda position: _answer(answers, "begin", position))
    except NewsmineError as reason:
        return "error", reason
    except Exception as reason:
        traceback.print_exc()
        return "error", WorkerError(f"a worker failed: {type(reason).__name__}: {reason}")


def _answer(answers: BinaryIO, kind: str, value: Any) -> None:
    try:
        pickle.dump((kind, value), answers)
        answers.flush()
    except OSError:
        os._exit(0)


if __name__ == "__main__":
    main()
