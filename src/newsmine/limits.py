"""How long the work on one article may take, wherever it is done.

Two things end it. On the main thread of a POSIX system an alarm interrupts whatever runs, a regex or a library's loop
alike. Elsewhere the stages look at the clock between each other (`check`), and regexes of packs that did not come with
newsmine get what is left as their timeout (`left`).
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Seconds that one article may take, and a regex that runs outside of any article.
DEFAULT_SECONDS = 60.0
# Characters that one article may have: far more than any has.
DEFAULT_CHARS = 5_000_000
# Long inputs get more time: a second for so many bytes.
_BYTES_PER_SECOND = 10_000
# An alarm that rings in a callback whose exceptions are dropped is lost: it rings again.
_AGAIN = 0.25
_SHORTEST = 0.001

_ends: ContextVar[float | None] = ContextVar("ends", default=None)


class OutOfTime(BaseException):
    """The time is up. No Exception: parsers that take every Exception for a damaged file must let it through."""


def seconds_for(size: int, seconds: float) -> float:
    """How long an input of so many bytes or characters may take, where an article may take `seconds`."""
    return seconds * max(1.0, size / _BYTES_PER_SECOND / DEFAULT_SECONDS)


def out_of_time(seconds: float) -> TimeoutError:
    """What the `errors` table says of an article that took too long."""
    return TimeoutError(f"took longer than {seconds:g} seconds and was given up")


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """End what is inside with OutOfTime when the time is up."""
    token = _ends.set(time.monotonic() + seconds)
    rings = _alarm_is_free()
    if rings:
        signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        if rings:
            stop()
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
        _ends.reset(token)


def stop() -> None:
    """What follows is not counted: the time was up, and what is finished is put together."""
    if _rings():
        signal.setitimer(signal.ITIMER_REAL, 0)
    _ends.set(None)


def check() -> None:
    """OutOfTime if the time is up."""
    ends = _ends.get()
    if ends is not None and time.monotonic() >= ends:
        raise OutOfTime


def left() -> float:
    """The seconds that are left."""
    ends = _ends.get()
    return DEFAULT_SECONDS if ends is None else max(_SHORTEST, ends - time.monotonic())


def _ring(number: int, frame: object) -> None:
    raise OutOfTime


def _alarm_is_free() -> bool:
    """Whether the alarm can be used and nobody else uses it."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return False
    return signal.getsignal(signal.SIGALRM) is signal.SIG_DFL and signal.getitimer(signal.ITIMER_REAL)[0] == 0


def _rings() -> bool:
    main = threading.current_thread() is threading.main_thread()
    return main and hasattr(signal, "setitimer") and signal.getsignal(signal.SIGALRM) is _ring
