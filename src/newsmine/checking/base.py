"""A level and its change against the level of the base period, stated elsewhere: the three must hold together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from newsmine.checking.amounts import Amount
from newsmine.checking.figures import ArticleFigures, Figure
from newsmine.checking.findings import FITS, IMPLIED, MISMATCH, Finding
from newsmine.checking.knowledge import Knowledge
from newsmine.checking.periods import base_period
from newsmine.checking.relation import base_of, change_of, close, suits
from newsmine.checking.topics import same_topic

BASE = "base"


def check(article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    levels = [f for f in article.figures if f.role in ("level", "from", "to") and f.period and f.value > 0]
    for level, change in pairs(article, knowledge):
        period = base_period(level, change, knowledge)
        bases = [f for f in levels if f.period == period and _comparable(f, level)] if period else []
        if bases:
            yield held(bases, level, change)
        elif period and change.basis == "vs" and level.unit != "%":
            yield from _implied(level, change)


def pairs(article: ArticleFigures, knowledge: Knowledge) -> Iterator[tuple[Figure, Figure]]:
    """A level with the change that stands right behind it."""
    for figures in article.sentences():
        for level, change in pairwise(figures):
            if (
                level.level
                and change.role == "change"
                and change.basis is not None
                and level.value > 0
                and level.metric == change.metric
                and (level.per, level.actual) == (change.per, change.actual)
                and level.unit not in knowledge.words("passing_unit")
                and suits(level, change)
                and close(level, change, knowledge)
                and not knowledge.ends(level.metric, "real")
            ):
                yield level, change


def _comparable(base: Figure, level: Figure) -> bool:
    return (base.unit, base.per, base.actual) == (level.unit, level.per, level.actual) and same_topic(base, level)


def held(bases: Iterable[Figure], level: Figure, change: Figure) -> Finding:
    """Whether the change fits one of the levels told for the base period."""
    tried = [(base, change_of(base.bounds, level.bounds, change)) for base in bases]
    fitting = [base for base, worked_out in tried if worked_out.overlaps(change.bounds)]
    base = fitting[0] if fitting else tried[0][0]
    worked_out = change_of(base.point, level.point, change)
    expected = Amount(worked_out.middle, change.unit)
    values = {"before": base.text, "after": level.text}
    severity = FITS if fitting else MISMATCH
    return Finding(BASE, severity, (base, level, change), change.text, expected, values=values)


def _implied(level: Figure, change: Figure) -> Iterator[Finding]:
    base = base_of(level, change)
    if base is not None:
        yield Finding(
            BASE,
            IMPLIED,
            (level, change),
            "",
            Amount(base.middle, level.unit),
            values={"basis": str(change.row["basis_text"])},
        )
