"""A progress bar on stderr, for runs that take long and only on a terminal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

T = TypeVar("T")

_LONG = 2.0


def shown_when_long(items: Iterator[T], total: int | None, console: Console, label: str) -> Iterator[T]:
    """The items as they come, with a bar from the second second on; `total` is None where nobody knows it."""
    if not console.is_terminal:
        yield from items
        return
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    started, shown = time.monotonic(), False
    progress = Progress(*columns, console=console, transient=True)
    task = progress.add_task(label, total=total)
    try:
        for item in items:
            progress.advance(task)
            if not shown and time.monotonic() - started > _LONG:
                progress.start()
                shown = True
            yield item
    finally:
        progress.stop()
