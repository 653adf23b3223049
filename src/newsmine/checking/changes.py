"""A change told twice, as an amount and as a percentage: both must fit the level that they lead to."""

from __future__ import annotations

from collections.abc import Iterator

from newsmine.checking.amounts import Amount
from newsmine.checking.figures import ArticleFigures, Figure
from newsmine.checking.findings import FITS, MISMATCH, Finding
from newsmine.checking.knowledge import Knowledge
from newsmine.checking.relation import base_of, change_of, close, range_of_base

CHANGES = "changes"


def check(article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    for figures in article.sentences():
        for level, amount, percent in zip(figures, figures[1:], figures[2:], strict=False):
            near = close(level, amount, knowledge) and close(amount, percent, knowledge)
            if near and _told_twice(level, amount, percent):
                yield from _held(level, amount, percent)


def _told_twice(level: Figure, amount: Figure, percent: Figure) -> bool:
    return (
        level.level
        and (amount.role, percent.role) == ("change", "change")
        and level.unit == amount.unit
        and level.kind in ("count", "money", "measure")
        and percent.unit == "%"
        and amount.down == percent.down
        and (level.metric, level.per) == (amount.metric, amount.per)
        and percent.metric in ("", level.metric)
        and percent.basis in (None, amount.basis)
        and min(level.value, amount.value) > 0
    )


def _held(level: Figure, amount: Figure, percent: Figure) -> Iterator[Finding]:
    base = base_of(level, amount)
    if base is None or base.middle is None or base.middle <= 0:
        return
    worked_out = change_of(range_of_base(level, amount), level.bounds, percent)
    expected = Amount(change_of(base, level.point, percent).middle, "%")
    severity = FITS if worked_out.overlaps(percent.bounds) else MISMATCH
    values = {"level": level.text, "amount": amount.text}
    yield Finding(CHANGES, severity, (level, amount, percent), percent.text, expected, values=values)
