"""Quantities handed to pint, which converts units. Needs the extra `newsmine[units]`."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from newsmine.fold import fold
from newsmine.packs import pack_folders, read_packs
from newsmine.types import Quantity

if TYPE_CHECKING:
    import pint


@functools.cache
def _registry() -> pint.UnitRegistry[Any]:
    try:
        import pint
    except ImportError:
        raise ImportError("units are converted by pint: pip install 'newsmine[units]'") from None
    return pint.UnitRegistry()


@functools.cache
def _names() -> dict[str, str]:
    """What pint calls a unit, where that is not its symbol here: a name, or a factor and a name (`500*gram`)."""
    entries = read_packs(pack_folders(), fold).stage("unit")
    return {e.get("unit"): e.get("pint") for e in entries if e.get("pint")}


def to_pint(quantity: Quantity) -> pint.Quantity[Any]:
    """The value of a measure or a percentage as a pint quantity: `to_pint(q).to("km")`.

    ValueError where the quantity has no value, or where its unit is none that pint converts (counts, money, scores).
    """
    if quantity.value is None:
        raise ValueError(f"no definite value: {quantity.text!r}")
    if quantity.kind not in ("measure", "percent") or not quantity.unit or quantity.unit == "pp":
        raise ValueError(f"not a unit of measure: {quantity.text!r}")
    registry, value, names = _registry(), float(quantity.value), []
    for place, part in enumerate(quantity.unit.split("/")):
        factor, _, name = _names().get(part, part).rpartition("*")
        value = value * float(factor or 1) if not place else value / float(factor or 1)
        names.append(f"({name})")
    try:
        return registry.Quantity(value, "/".join(names) if len(names) > 1 else names[0].strip("()"))
    except Exception as reason:
        raise ValueError(f"pint does not know the unit {quantity.unit!r} of {quantity.text!r}: {reason}") from None
