"""How exact a figure is: the interval that its digits and its qualifier leave open, and sums over such intervals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import regex

from newsmine.tables import plain

_DIGITS = regex.compile(r"\d[\d,]*(?:\.(\d+))?")
_FRACTION = regex.compile(r"\d/\d")
_SHOWN_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Bounds:
    """A closed interval of positive or negative decimals; None is no bound."""

    low: Decimal | None
    high: Decimal | None

    def overlaps(self, other: Bounds) -> bool:
        return not (_above(self.low, other.high) or _above(other.low, self.high))

    def plus(self, other: Bounds) -> Bounds:
        return Bounds(_sum(self.low, other.low), _sum(self.high, other.high))

    def minus(self, other: Bounds) -> Bounds:
        return self.plus(Bounds(_negated(other.high), _negated(other.low)))

    def times(self, other: Bounds) -> Bounds:
        """The product of two intervals that hold no negative number."""
        return Bounds(_product(self.low, other.low), _product(self.high, other.high))

    def over(self, other: Bounds) -> Bounds:
        """The quotient of two intervals that hold no negative number."""
        return Bounds(_quotient(self.low, other.high), _quotient(self.high, other.low))

    def scaled(self, factor: Decimal) -> Bounds:
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Bounds(low, high) if factor >= 0 else Bounds(high, low)

    def shifted(self, by: Decimal) -> Bounds:
        return self.plus(exactly(by))

    @property
    def middle(self) -> Decimal | None:
        """What to show for the interval: its middle, or the bound that it has."""
        if self.low is None or self.high is None:
            return self.low if self.high is None else self.high
        return (self.low + self.high) / 2


def exactly(value: Decimal) -> Bounds:
    return Bounds(value, value)


def total(parts: Iterable[Bounds]) -> Bounds:
    result = exactly(Decimal(0))
    for part in parts:
        result = result.plus(part)
    return result


def step(text: str, value: Decimal, percent: bool) -> Decimal:
    """What one more in the last written digit would add: 58.3 (in ten thousands) has 1000.

    A numeral without digits (five hundred) is as coarse as its last place that is no zero; a part of a whole without
    digits (three tenths, a half), or as a fraction, as coarse as five points.
    """
    written = None if _FRACTION.search(text) else _DIGITS.search(text)
    if written is None:
        return Decimal(5) if percent else Decimal(10) ** _zeros(value)
    number = Decimal(written.group().replace(",", ""))
    decimals = len(written.group(1) or "")
    scale = abs(value / number) if number else Decimal(1)
    return Decimal(1).scaleb(-decimals) * scale


def bounds_of(
    text: str, value: Decimal, low: Decimal | None, high: Decimal | None, qualifier: str, kind: str, about: Decimal
) -> Bounds:
    """The interval that a figure leaves open. `about` is how far "about" reaches, as a part of the value.

    `kind`: as in the claims table, or "rate" for what is per year, head and so on. A count down to the last one (126
    people) is exact; any other figure is rounded at its last digit.
    """
    last = step(text, value, kind == "percent")
    half = Decimal(0) if kind == "count" and last == 1 and value == value.to_integral_value() else last / 2
    if qualifier in ("over", "at_least") and high is None:
        return Bounds(value - half, None)
    if qualifier in ("nearly", "under", "at_most") and low is None:
        return Bounds(None, value + half)
    if qualifier == "about":
        half = max(half, abs(value) * about)
    return Bounds((value if low is None else low) - half, (value if high is None else high) + half)


def shown(value: Decimal | None) -> str:
    """A worked-out number, to four digits, with commas between thousands."""
    if value is None:
        return ""
    places = value.adjusted() - _SHOWN_DIGITS + 1
    if not value:
        return "0"
    whole, point, decimals = plain(value.quantize(Decimal(1).scaleb(places), ROUND_HALF_UP)).partition(".")
    return f"{int(whole):,}" + point + decimals if abs(value) >= 1 else whole + point + decimals


def _above(low: Decimal | None, high: Decimal | None) -> bool:
    return low is not None and high is not None and low > high


def _sum(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a + b


def _negated(a: Decimal | None) -> Decimal | None:
    return None if a is None else -a


def _product(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a * b


def _quotient(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None or b <= 0 else a / b


def _zeros(value: Decimal) -> int:
    """How many zeros a whole number ends with."""
    digits = f"{abs(value):f}".split(".", 1)[0]
    return len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0
