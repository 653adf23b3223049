"""A level that is said to be a multiple of another: both levels and the multiple must hold together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from newsmine.checking.amounts import Amount
from newsmine.checking.figures import ArticleFigures, Figure
from newsmine.checking.findings import FITS, MISMATCH, Finding
from newsmine.checking.knowledge import Knowledge
from newsmine.checking.periods import base_period
from newsmine.checking.relation import close

MULTIPLE = "multiple"


def check(article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    for figures in article.sentences():
        for level, times in pairwise(figures):
            if not _says_multiple(level, times, knowledge):
                continue
            base = _base(article, level, times, knowledge)
            if base is not None:
                ratio = level.bounds.over(base.bounds)
                severity = FITS if ratio.overlaps(times.bounds) else MISMATCH
                values = {"before": base.text, "after": level.text}
                expected = Amount(level.point.over(base.point).middle, times.unit)
                yield Finding(MULTIPLE, severity, (base, level, times), times.text, expected, values=values)


def _says_multiple(level: Figure, times: Figure, knowledge: Knowledge) -> bool:
    return (
        times.kind == "multiple"
        and times.role == "level"
        and times.basis is not None
        and level.level
        and level.unit not in ("%", "pp")
        and level.kind != "multiple"
        and level.value > 0
        and times.metric in ("", level.metric)
        and close(level, times, knowledge)
    )


def _base(article: ArticleFigures, level: Figure, times: Figure, knowledge: Knowledge) -> Figure | None:
    """The level that is multiplied: that of the base period, told before."""
    period = base_period(level, times, knowledge)
    for figure in reversed(article.figures):
        same = (figure.unit, figure.per, figure.metric) == (level.unit, level.per, level.metric)
        owned = figure.owner == level.owner or not figure.owner or not level.owner
        if (
            same
            and owned
            and figure.start < level.start
            and figure.value > 0
            and figure.role in ("level", "from", "to")
        ):
            if period is not None and figure.period == period:
                return figure
            if period is None and figure.role == "from" and figure.sentence_start == level.sentence_start:
                return figure
    return None
