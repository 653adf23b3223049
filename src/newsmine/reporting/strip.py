"""Percentages of change on one line each basis: what rose or fell, by how much, against what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from newsmine.reporting.amounts import drawable, with_unit
from newsmine.reporting.messages import said, word
from newsmine.reporting.scales import Scale, ticks
from newsmine.tables import Row

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 1000, 120, 24, 10, 28
RADIUS, WIDE = 4.0, 9.0  # of a dot, and of the column that it stands in

_BASES = ("yoy", "mom", "vs", None)
_TALLEST = 120.0  # pixels; where more dots fall on one place they are drawn closer
_INSIDE = 0.97  # the share of the dots that the scale holds; the rest stand at its edge


@dataclass(slots=True)
class Band:
    """One basis: its name, the line that its dots stand on, and the dots."""

    name: Mapping[str, str]
    base: float
    dots: list[dict[str, Any]]


@dataclass(slots=True)
class Strip:
    """All bands on one scale, in pixels."""

    height: float
    zero: float
    beyond: int
    bands: list[Band] = field(default_factory=list)
    x_ticks: list[tuple[float, str]] = field(default_factory=list)


def strip(claims: Iterable[Row], reposts: frozenset[str] = frozenset()) -> Strip | None:
    """The plot; None where no change is stated as a percentage."""
    changes = [(c, signed) for c in claims if c["article_id"] not in reposts and (signed := _signed(c)) is not None]
    if not changes:
        return None
    scale = _scale([signed for _, signed in changes])
    made = Strip(0, scale(0), sum(not scale.low <= s <= scale.high for _, s in changes))
    bottom = float(TOP)
    for basis in _BASES:
        own = sorted(((c, s) for c, s in changes if c["basis"] == basis), key=lambda p: (p[1], p[0]["claim_id"]))
        if own:
            dots, height = _stacked(own, scale)
            bottom += height
            made.bands.append(Band(word("basis", basis) if basis else said("basis.none"), bottom, dots))
            bottom += 14
    made.height = bottom + BOTTOM
    made.x_ticks = [(scale(v), f"{v:+,.6g}%".replace("-", "−") if v else "0") for v in ticks(scale, 8)]
    return made


def _signed(claim: Row) -> float | None:
    if claim["role"] != "change" or claim["unit"] != "%" or claim["direction"] not in ("up", "down"):
        return None
    value = drawable(claim)
    return None if value is None else value * (1 if claim["direction"] == "up" else -1)


def _scale(values: Sequence[float]) -> Scale:
    ordered = sorted(map(abs, values))
    far = ordered[min(len(ordered) - 1, int(len(ordered) * _INSIDE))]
    low, high = (-far if min(values) < 0 else 0.0), (far if max(values) > 0 else 0.0)
    room = (high - low) * 0.04 or 1.0
    return Scale(low - room, high + room, LEFT, WIDTH - RIGHT)


def _stacked(changes: Sequence[tuple[Row, float]], scale: Scale) -> tuple[list[dict[str, Any]], float]:
    """The dots in columns as wide as a dot, each on top of the one before; and how high the highest column is."""
    columns: dict[int, list[tuple[Row, float]]] = {}
    for claim, signed in changes:
        inside = min(max(signed, scale.low), scale.high)
        columns.setdefault(int((scale(inside) - scale(0)) // WIDE), []).append((claim, signed))
    most = max(map(len, columns.values()))
    step = min(WIDE, _TALLEST / most)
    dots = [
        {
            "id": claim["claim_id"],
            "x": round(scale(0) + (column + 0.5) * WIDE, 1),
            "up": round(RADIUS + 2 + level * step, 1),
            "rise": signed >= 0,
            "beyond": not scale.low <= signed <= scale.high,
            "title": " · ".join(filter(None, [_told(claim, signed), claim["subject"], claim["metric"]])),
        }
        for column, stack in sorted(columns.items())
        for level, (claim, signed) in enumerate(stack)
    ]
    return dots, max(24.0, most * step + 2 * RADIUS + 4)


def _told(claim: Row, signed: float) -> str:
    return f"{'+' if signed >= 0 else '−'}{with_unit(claim)['zh']}"
