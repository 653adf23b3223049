"""How the time of a regex grows with its text: the measure of `newsmine patterns check` and `benchmarks/growth.py`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from newsmine.packs import Entry

# Time at 2n over time at n that is still called linear; what is below the floor (seconds) says nothing.
STEEPEST, FLOOR, REPEATS = 2.6, 0.005, 5
# A search that takes longer than this has failed, whatever it grows like.
_SECONDS = 1.0
_SHORTEST = 2_000
_PLAIN = ("1", "a", " ", "\n", ",", "1,", "a ", "a1", "1.", "(", "\u3000")
_MOST_CHARACTERS = 24
_HAN = regex.compile(r"\p{Han}|\p{P}")


@dataclass(frozen=True, slots=True)
class Growth:
    """Times (seconds) of a regex over a unit of text repeated to `chars` characters and to twice as many."""

    unit: str
    chars: int
    short: float
    long: float

    @property
    def fails(self) -> bool:
        return self.long >= _SECONDS or (self.short >= FLOOR and self.long > STEEPEST * self.short)

    def __str__(self) -> str:
        return (
            f"{self.chars} characters of {self.unit[:30]!r}: {self.short * 1000:.1f} ms, {2 * self.chars}: "
            f"{self.long * 1000:.1f} ms"
        )


def texts_against(entry: Entry) -> list[str]:
    """What is repeated against a regex: plain characters, those of the regex and its examples, the examples."""
    said = "".join((entry.regex or "", *entry.examples))
    own = list(dict.fromkeys(_HAN.findall(said)))[:_MOST_CHARACTERS]
    marks = str.maketrans("", "", "【】")
    return list(dict.fromkeys((*_PLAIN, *own, *(e.translate(marks) for e in entry.examples))))


def growth_of(compiled: regex.Pattern[str], units: Iterable[str], chars: int) -> list[Growth]:
    """The growth of a regex over texts of these units; the last is one that fails, if one does."""
    found: list[Growth] = []
    for unit in units:
        found += growths(compiled, unit, chars)
        if found and found[-1].fails:
            break
    return found


def growths(compiled: regex.Pattern[str], unit: str, chars: int) -> Iterator[Growth]:
    """The growth at every doubling up to so many characters, from where it takes long enough to be measured; it ends
    with the first that fails."""
    size, short = _SHORTEST, _once(compiled, unit, _SHORTEST)
    while size * 2 <= chars:
        long = _once(compiled, unit, size * 2)
        growth = Growth(unit, size, short, long)
        if growth.fails or (short < FLOOR and long > STEEPEST * FLOOR):
            # Measured well before anything is said of it.
            short, long = _median(compiled, unit, size), _median(compiled, unit, size * 2)
            growth = Growth(unit, size, short, long)
        yield growth
        if growth.fails:
            return
        size, short = size * 2, long


def _median(compiled: regex.Pattern[str], unit: str, size: int) -> float:
    times = []
    for _ in range(REPEATS):
        times.append(_once(compiled, unit, size))
        if times[-1] >= _SECONDS:
            break
    return statistics.median(times)


def _once(compiled: regex.Pattern[str], unit: str, size: int) -> float:
    text = (unit * (size // len(unit) + 1))[:size]
    start = time.process_time()
    try:
        for _ in compiled.finditer(text, timeout=_SECONDS):
            pass
    except TimeoutError:
        return max(_SECONDS, time.process_time() - start)
    return time.process_time() - start
