"""A progress bar on stderr, for runs that take long and only on a terminal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from newsmine.messages import say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

T = TypeVar("T")

_LONG = 2.0


class Progress:
    """Counts what is done; with a console that is a terminal it shows a bar from the second second on."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console if console is not None and console.is_terminal else None
        self._label = ""
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._total: int | None = None
        self._done = 0
        self._started = 0.0

    @contextmanager
    def over(self, total: int | None, label: str = "articles") -> Iterator[None]:
        """While so many articles are done; `total` is None where nobody knows it."""
        self._total, self._label, self._done = total, say(label), 0
        self._started = time.monotonic()
        try:
            yield
        finally:
            if self._bar is not None:
                self._bar.stop()
            self._bar = None

    def advance(self, count: int) -> None:
        """So many more are done; fewer, where a shard must be done again."""
        self._done += count
        if self._console is None:
            return
        if self._bar is None and time.monotonic() - self._started > _LONG:
            self._show(self._console)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done)

    def _show(self, console: Console) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn(self._label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=console, transient=True)
        self._task = self._bar.add_task(self._label, total=self._total)
        self._bar.start()


def shown_when_long(items: Iterator[T], total: int | None, progress: Progress) -> Iterator[T]:
    """The items as they come, counted by `progress`."""
    with progress.over(total):
        for item in items:
            progress.advance(1)
            yield item
