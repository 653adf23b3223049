"""Axes: where a value or a day stands on a line, and which round ones are written beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_STEPS = (1, 2, 2.5, 5, 10)
_WIDE = 200  # a largest value this many times the smallest needs a logarithmic scale to be read


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` onto pixels from `first` to `last`."""

    low: float
    high: float
    first: float
    last: float
    log: bool = False

    def __call__(self, value: float) -> float:
        low, high, value = map(_lg, (self.low, self.high, value)) if self.log else (self.low, self.high, value)
        return round(self.first + (value - low) / (high - low) * (self.last - self.first), 1)


def value_scale(values: Sequence[float], first: float, last: float) -> Scale:
    """A scale that holds the values with a little room; it starts at nought where that wastes little."""
    low, high = min(values), max(values)
    if low > 0 and high / low > _WIDE:
        return Scale(low / 1.5, high * 1.5, first, last, log=True)
    if 0 <= low < high / 2 or low == high == 0:
        return Scale(0, high * 1.08 or 1, first, last)
    room = (high - low) * 0.15 or abs(high) * 0.1 or 1.0
    return Scale(low - room, high + room, first, last)


def ticks(scale: Scale, wanted: int = 4) -> list[float]:
    """Round values along a scale, about as many as wanted."""
    if scale.log:
        powers = range(math.ceil(_lg(scale.low)), math.floor(_lg(scale.high)) + 1)
        return [10.0**p for p in powers][:: max(1, len(powers) // wanted)]
    span = scale.high - scale.low
    power = 10 ** math.floor(math.log10(span / wanted))
    step = next(s * power for s in _STEPS if s * power * wanted >= span * 0.999)
    first, last = math.ceil(scale.low / step), math.floor(scale.high / step)
    return [float(f"{n * step:.10g}") for n in range(first, last + 1)]


def day_ticks(scale: Scale, wanted: int = 5) -> list[tuple[float, str]]:
    """Places and names along a scale of day numbers: years, or months where it spans less than two years."""
    first, last = date.fromordinal(math.floor(scale.low)), date.fromordinal(math.ceil(scale.high))
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    by_year = [m for m in months if m % 12 == 0]
    shown, name = (by_year, "{y}") if len(by_year) >= 2 else (list(months), "{y}-{m:02}")
    step = max(1, math.ceil(len(shown) / wanted))
    starts = [(date(m // 12, m % 12 + 1, 1), name.format(y=m // 12, m=m % 12 + 1)) for m in shown[::step]]
    inside = [(day, text) for day, text in starts if scale.low <= day.toordinal() <= scale.high]
    return [(scale(day.toordinal()), text) for day, text in inside] or [(scale(scale.low), first.isoformat())]


def _lg(value: float) -> float:
    return math.log10(value)
