"""The values of one metric over time, one dot a source: which metrics are worth a plot, and where the dots stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from newsmine.reporting.amounts import drawable, short, with_unit
from newsmine.reporting.messages import said, word
from newsmine.reporting.scales import Scale, day_ticks, ticks, value_scale
from newsmine.tables import Row

WIDTH, HEIGHT = 360, 216
LEFT, RIGHT, TOP, BOTTOM = 50, 14, 14, 26
SHAPES = 4  # subjects that get a shape and colour of their own; the rest share one

_LEVELS = ("level", "from", "to")
_FEWEST = 3  # dots, most of them dated by the text, where no subject is followed through time


@dataclass(frozen=True, slots=True)
class Dot:
    """One statement: day number, value, bounds, who it is about, and whether the text itself dates it."""

    claim: Row
    day: float
    value: float
    low: float
    high: float
    subject: str
    dated: bool


@dataclass(frozen=True, slots=True)
class Series:
    """The statements about one metric in one unit."""

    metric: str
    unit: str
    dots: tuple[Dot, ...]

    @property
    def followed(self) -> int:
        """How many times there are of subjects that are seen more than once, dated in the same way."""
        days: dict[tuple[str, bool], set[float]] = defaultdict(set)
        for dot in self.dots:
            days[dot.subject, dot.dated].add(dot.day)
        return sum(len(d) for (subject, _), d in days.items() if subject and len(d) > 1)

    @property
    def worth_a_plot(self) -> bool:
        """Values at several times that can be compared; the ages of three people on three front pages cannot."""
        several = len({d.day for d in self.dots}) > 1 and len({d.value for d in self.dots}) > 1
        dated = sum(d.dated for d in self.dots)
        return several and (2 * self.followed >= len(self.dots) or 2 * dated > len(self.dots) >= _FEWEST)

    @property
    def rank(self) -> tuple[int, int, str, str]:
        """First what follows its subjects longest, then what has most dots."""
        return -self.followed, -len(self.dots), self.metric, self.unit


@dataclass(slots=True)
class Plot:
    """A series with everything placed, in pixels; texts in every language."""

    series: Series
    unit: Mapping[str, str]
    log: bool
    dots: list[dict[str, Any]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    y_ticks: list[tuple[float, Mapping[str, str]]] = field(default_factory=list)
    x_ticks: list[tuple[float, str]] = field(default_factory=list)
    legend: list[tuple[int, Mapping[str, str]]] = field(default_factory=list)


def series_of(claims: Iterable[Row], reposts: frozenset[str] = frozenset()) -> list[Series]:
    """The metrics with comparable values at several times, those that say most first. Reposts count once."""
    grouped: dict[tuple[str, str], dict[tuple[Any, ...], Dot]] = defaultdict(dict)
    for claim in claims:
        dot = None if claim["article_id"] in reposts else _dot(claim)
        if dot is not None:
            source = claim["publisher"] or claim["article_id"]
            key = (source, dot.subject, dot.day, dot.value)
            grouped[claim["metric_key"], claim["unit"] or ""].setdefault(key, dot)
    found = [Series(metric, unit, tuple(dots.values())) for (metric, unit), dots in grouped.items()]
    return sorted((s for s in found if s.worth_a_plot), key=lambda s: s.rank)


def plot(series: Series) -> Plot:
    """The series placed on its two axes."""
    dots = series.dots
    values = [v for d in dots for v in (d.low, d.value, d.high)]
    days = [d.day for d in dots]
    room = max(20.0, (max(days) - min(days)) * 0.06)
    x = Scale(min(days) - room, max(days) + room, LEFT, WIDTH - RIGHT)
    y = value_scale(values, HEIGHT - BOTTOM, TOP)
    made = Plot(series, word("unit", series.unit), y.log)
    made.y_ticks = [(y(v), short(v)) for v in ticks(y)]
    made.x_ticks = day_ticks(x)
    shapes = _shapes(dots)
    made.dots = [_placed(d, x, y, shapes.get(d.subject, SHAPES)) for d in sorted(dots, key=lambda d: (d.day, d.value))]
    made.lines = [
        _line([d for d in dots if d.subject == s and d.dated is dated], x, y)
        for s in shapes
        for dated in (True, False)
        if s
    ]
    made.legend = [(n, dict.fromkeys(("zh", "en"), s) if s else said("chart.no_subject")) for s, n in shapes.items()]
    if len({d.subject for d in dots}) > SHAPES:
        made.legend.append((SHAPES, said("chart.others")))
    return made


def _dot(claim: Row) -> Dot | None:
    value = drawable(claim)
    if claim["role"] not in _LEVELS or not claim["metric_key"] or value is None:
        return None
    days = [date.fromisoformat(d).toordinal() for d in (claim["time_start"], claim["time_end"]) if d]
    dated = bool(days)
    if not days and claim["published"]:
        days = [date.fromisoformat(claim["published"]).toordinal()]
    if not days:
        return None
    low, high = (value if claim[n] is None else float(claim[n]) for n in ("low", "high"))
    return Dot(claim, sum(days) / len(days), value, low, high, claim["subject"] or "", dated)


def _shapes(dots: Sequence[Dot]) -> dict[str, int]:
    """The subjects that are told apart, by how many dots they have."""
    counted = Counter(d.subject for d in dots)
    ordered = sorted(counted, key=lambda s: (-counted[s], s))
    return {subject: number for number, subject in enumerate(ordered[:SHAPES])}


def _placed(dot: Dot, x: Scale, y: Scale, shape: int) -> dict[str, Any]:
    claim = dot.claim
    words = [dot.subject, claim["metric"], claim["time_text"] or claim["published"], claim["publisher"]]
    return {
        "id": claim["claim_id"],
        "x": x(dot.day),
        "y": y(dot.value),
        "low": y(dot.low),
        "high": y(dot.high),
        "shape": shape,
        "dated": dot.dated,
        "title": " · ".join([with_unit(claim)["zh"], *filter(None, words)]),
    }


def _line(dots: Sequence[Dot], x: Scale, y: Scale) -> str:
    """The points of the line through one subject's dots: nothing where two values stand at one time."""
    days = [d.day for d in dots]
    if len(days) < 2 or len(set(days)) < len(days):
        return ""
    return " ".join(f"{x(d.day)},{y(d.value)}" for d in sorted(dots, key=lambda d: d.day))
