"""What numbers are made of: their items, and the amount that items say."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, DivisionByZero, InvalidOperation
from typing import NamedTuple

# Sums and products are exact, however long. Quotients set a precision of their own.
EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[InvalidOperation, DivisionByZero])
Pair = tuple[Decimal, Decimal]


class Item(NamedTuple):
    """One item of a number: a role of numeral.tsv, `arabic` for digits, or `slash` for a fraction of digits."""

    role: str
    value: Decimal
    text: str
    start: int = 0
    end: int = 0
    # A digit that is never a place of a longer number (the colloquial two).
    lone: bool = False
    # A character that is mostly another word: alone it is no number.
    shy: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """What items say: `value` is None where they name none (several tens). `end` is the index behind the last item."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    qualifier: str
    end: int


def step(value: Decimal) -> Decimal:
    """The place of the last non-zero digit: 990 -> 10, 1200 -> 100, 30000 -> 10000."""
    digits, exponent = value.as_tuple().digits, int(value.as_tuple().exponent)
    zeros = 0
    while zeros < len(digits) - 1 and digits[-1 - zeros] == 0:
        zeros += 1
    return Decimal(1).scaleb(exponent + zeros, EXACT)


def multiplied(pair: Pair, factor: Decimal) -> Pair:
    return pair[0] * factor, pair[1] * factor


def added(one: Pair, other: Pair) -> Pair:
    return one[0] + other[0], one[1] + other[1]


def is_pair(group: list[Item]) -> bool:
    """Two neighbouring digits mean 'two or three' (two-three tens, seven-eight), not places of a number."""
    if len(group) != 2:
        return False
    apart = (group[0].value, group[1].value)
    return apart[0] > 0 and (apart[1] - apart[0] == 1 or apart == (Decimal(3), Decimal(5)))


def places(group: list[Item]) -> list[Item]:
    """The digits up to a lone one, which begins a number of its own unless the two are a pair."""
    if is_pair(group):
        return group
    lone = next((n for n, item in enumerate(group) if item.lone), len(group))
    return group[: max(lone, 1)]
