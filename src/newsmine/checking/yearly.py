"""So much a year (a month, a day) over so many years, against the total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from newsmine.api import parse_number
from newsmine.checking.amounts import Amount
from newsmine.checking.bounds import Bounds, exactly, shown
from newsmine.checking.figures import ArticleFigures, Figure
from newsmine.checking.findings import FITS, MISMATCH, Finding
from newsmine.checking.knowledge import Knowledge
from newsmine.checking.periods import length_of, rounded

YEARLY = "yearly"

_UNITS = {"year": "a", "month": "month", "day": "d"}


def check(article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    for figures in article.sentences():
        for rate in figures:
            if rate.per in _UNITS and rate.level and rate.value > 0 and _averaged(rate, knowledge):
                yield from _held(rate, figures, knowledge)


def _averaged(rate: Figure, knowledge: Knowledge) -> bool:
    """Whether an average word stands right before the rate: a yearly total has the same `per` and is none."""
    at = rate.start - rate.sentence_start
    return knowledge.holds(rate.sentence[max(0, at - int(knowledge.tolerance("average_reach"))) : at], "average")


def _held(rate: Figure, figures: list[Figure], knowledge: Knowledge) -> Iterator[Finding]:
    totals = [f for f in figures if f.per is None and f.level and f.unit == rate.unit and f.metric == rate.metric]
    if len(totals) != 1 or totals[0].actual != rate.actual or totals[0].value <= rate.value:
        return
    length = _length(rate, totals[0], figures, knowledge)
    if length is None:
        return
    worked_out = rate.bounds.times(length)
    severity = FITS if worked_out.overlaps(totals[0].bounds) else MISMATCH
    values = {"total": totals[0].text, "length": shown(length.middle)}
    expected = Amount(None if length.middle is None else rate.value * length.middle, rate.unit)
    yield Finding(YEARLY, severity, (rate, totals[0]), totals[0].text, expected, values=values)


def _length(rate: Figure, total: Figure, figures: list[Figure], knowledge: Knowledge) -> Bounds | None:
    """How many years (months, days) the total covers: a duration of the sentence, its period, or the phrase for it."""
    unit = _UNITS[str(rate.per)]
    durations = [f for f in figures if f.unit == unit and f.role == "level" and f.end <= total.start]
    if durations:
        return rounded(durations[-1].value)
    for figure in (total, rate):
        count = length_of(figure.period, unit)
        if count is not None and count > 1:
            return exactly(Decimal(count))
        told = knowledge.regex("duration").search(str(figure.row["time_text"] or ""))
        if told is not None and told.lastgroup == unit:
            return rounded(parse_number(told.group("count")))
    return None
