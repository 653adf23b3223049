"""What stands at the end of a number changes it: a bit more behind the unit, the other end of a range without its
mark."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal

from newsmine.types import Number


def next_whole(value: Decimal) -> Decimal:
    """The next whole number above: a bit more than one year is under two."""
    return value.to_integral_value(ROUND_FLOOR) + 1


def unglued(number: Number, digits: int) -> Number | None:
    """The range that two numbers of so many digits make which stand together, the smaller one first; else None."""
    if not digits or len(number.text) != 2 * digits or not number.text.isdecimal():
        return None
    low, high = Decimal(number.text[:digits]), Decimal(number.text[digits:])
    return replace(number, value=(low + high) / 2, low=low, high=high, qualifier="range") if low < high else None
