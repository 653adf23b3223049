"""How levels and changes hang together, and which figures of a sentence belong to one another."""

from __future__ import annotations

from decimal import Decimal

from newsmine.checking.bounds import Bounds
from newsmine.checking.figures import Figure, gap
from newsmine.checking.knowledge import Knowledge

_HUNDRED, _ONE = Decimal(100), Decimal(1)
_STOPS = frozenset((0x3002, 0xFF1B, 0x3B))  # a full stop and the semicolons part clauses


def change_of(before: Bounds, after: Bounds, change: Figure) -> Bounds:
    """The change between two levels in the unit in which `change` states one (see `suits`)."""
    rise = before.minus(after) if change.down else after.minus(before)
    if change.unit == "%":
        return _relative(before, after, change.down).scaled(_HUNDRED)
    if change.kind == "multiple":
        return _relative(before, after, change.down)
    return rise


def base_of(level: Figure, change: Figure) -> Bounds | None:
    """The level that a stated change starts from, given where it ends; None where the change is more than there was."""
    if change.unit != "%" and change.kind != "multiple":
        return level.point.plus(change.point) if change.down else level.point.minus(change.point)
    part = change.point.scaled(_ONE / _HUNDRED) if change.unit == "%" else change.point
    factor = part.scaled(-_ONE).shifted(_ONE) if change.down else part.shifted(_ONE)
    return None if factor.low is None or factor.low <= 0 else level.point.over(factor)


def range_of_base(level: Figure, amount: Figure) -> Bounds:
    """Where the level lies that a change by an amount starts from."""
    return level.bounds.plus(amount.bounds) if amount.down else level.bounds.minus(amount.bounds)


def suits(level: Figure, change: Figure) -> bool:
    """Whether a change can be worked out from levels of this unit: points from percent, % and times from any, else the
    same unit."""
    if change.unit == "pp":
        return level.unit == "%"
    return change.unit == "%" or change.kind == "multiple" or change.unit == level.unit


def close(before: Figure, after: Figure, knowledge: Knowledge) -> bool:
    """Whether two figures of a sentence stand so near that the second is about the same thing as the first."""
    between = gap(before, after)
    return len(between) <= knowledge.tolerance("gap") and not any(ord(c) in _STOPS for c in between)


def _relative(before: Bounds, after: Bounds, down: bool) -> Bounds:
    ratio = after.over(before)
    return ratio.scaled(-_ONE).shifted(_ONE) if down else ratio.shifted(-_ONE)
