"""When two answers say the same: texts by the characters they share, numbers within a rounding error."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

ALIKE = 0.6
"""Two texts this similar are taken for the same answer."""

_TOLERANCE = Decimal("1e-6")


def clean(text: str | None) -> str:
    """The letters, digits and Han characters of a text, without punctuation and spaces."""
    return "".join(filter(str.isalnum, text or ""))


def similar(a: str | None, b: str | None) -> float:
    """How much two texts share, 0 to 1: the F1 of their characters, repetitions counted, order and punctuation aside.

    This is the Dice coefficient of two bags of characters. A text without any is similar to nothing, itself included.
    """
    a, b = clean(a), clean(b)
    if not a or not b:
        return 0.0
    shared = (Counter(a) & Counter(b)).total()
    return 2 * shared / (len(a) + len(b))


def same_number(a: Decimal | None, b: Decimal | None) -> bool:
    """Whether two numbers are equal to a millionth (of b, or absolutely where b is small); null equals null alone."""
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= _TOLERANCE * max(Decimal(1), abs(b))
