"""A total and how many share it, against what each gets (a head, a visit)."""

from __future__ import annotations

from collections.abc import Iterator

from newsmine.checking.amounts import Amount
from newsmine.checking.figures import ArticleFigures, Figure
from newsmine.checking.findings import FITS, MISMATCH, Finding
from newsmine.checking.knowledge import Knowledge

AVERAGE = "average"

_KINDS = ("person", "visit")


def check(article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    for figures in article.sentences():
        for index, each in enumerate(figures):
            if each.per in _KINDS and each.level and each.value > 0 and each.unit not in ("%", "pp"):
                yield from _held(each, figures[:index], knowledge)


def _held(each: Figure, before: list[Figure], knowledge: Knowledge) -> Iterator[Finding]:
    """The total and the count stand before the average, one of each."""
    totals = [f for f in before if _summable(f, each) and f.unit == each.unit and f.value > each.value]
    counts = [f for f in before if _summable(f, each) and f.unit in knowledge.words(f"{each.per}_unit")]
    if len(totals) != 1 or len(counts) != 1:
        return
    whole, count = totals[0], counts[0]
    if (whole.period, whole.actual) != (each.period, each.actual) or count.period != each.period:
        return
    worked_out = whole.bounds.over(count.bounds)
    severity = FITS if worked_out.overlaps(each.bounds) else MISMATCH
    values = {"total": whole.text, "count": count.text}
    expected = Amount(whole.point.over(count.point).middle, each.unit)
    yield Finding(AVERAGE, severity, (whole, count, each), each.text, expected, values=values)


def _summable(figure: Figure, each: Figure) -> bool:
    return figure.level and figure.per in (None, "year") and figure.value > 0
