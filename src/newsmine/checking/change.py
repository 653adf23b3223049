"""From one level to another, and by how much: the three must hold together."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from newsmine.checking.amounts import Amount
from newsmine.checking.figures import ArticleFigures, Figure
from newsmine.checking.findings import DOUBT, FITS, IMPLIED, MISMATCH, Finding
from newsmine.checking.knowledge import Knowledge
from newsmine.checking.relation import change_of, close, suits

CHANGE, MULTIPLE, POINTS = "change", "multiple", "points"

_ONE, _HUNDRED = Decimal(1), Decimal(100)


def check(article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    for figures in article.sentences():
        for index, (before, after) in enumerate(pairwise(figures)):
            if not _pair(before, after, knowledge):
                continue
            change = _change(figures, index, knowledge)
            if change is not None:
                yield from _held(before, after, change)
            elif before.period and after.period and before.period != after.period:
                yield from _implied(before, after)


def _pair(before: Figure, after: Figure, knowledge: Knowledge) -> bool:
    return (
        (before.role, after.role) == ("from", "to")
        and (before.unit, before.metric, before.per) == (after.unit, after.metric, after.per)
        and min(before.value, after.value) > 0
        and close(before, after, knowledge)
    )


def _change(figures: list[Figure], index: int, knowledge: Knowledge) -> Figure | None:
    """The change stated right behind the pair, or right before it."""
    before, after = figures[index], figures[index + 1]
    behind = figures[index + 2] if index + 2 < len(figures) else None
    ahead = figures[index - 1] if index else None
    for first, second, change in ((after, behind, behind), (ahead, before, ahead)):
        if first is None or second is None or change is None or not _says_change(change, knowledge):
            continue
        same = (
            change.metric in (before.metric, "", *knowledge.words("added"))
            and change.basis in (None, "vs")
            and change.per == before.per
        )
        if same and suits(before, change) and close(first, second, knowledge):
            return change
    return None


def _says_change(figure: Figure, knowledge: Knowledge) -> bool:
    """Whether a figure tells a change; one that is newly added is told as a level of its own."""
    return figure.role == "change" or (figure.level and knowledge.ends(figure.before, "added"))


def _held(before: Figure, after: Figure, change: Figure) -> Iterator[Finding]:
    worked_out = change_of(before.bounds, after.bounds, change)
    pointed = change_of(before.point, after.point, change)
    figures, expected = (before, after, change), Amount(pointed.middle, change.unit)
    name = MULTIPLE if change.kind == "multiple" else CHANGE
    values = {"before": before.text, "after": after.text}
    if worked_out.overlaps(change.bounds):
        yield Finding(name, FITS, figures, change.text, expected, "change_fits", values)
    elif before.unit == change.unit == "%" and _difference(before, after, change):
        yield Finding(POINTS, DOUBT, figures, change.text, Amount(change.value, "pp"), "points_doubt", values)
    else:
        yield Finding(name, MISMATCH, figures, change.text, expected, "change_mismatch", values)


def _difference(before: Figure, after: Figure, change: Figure) -> bool:
    rise = before.bounds.minus(after.bounds) if change.down else after.bounds.minus(before.bounds)
    return rise.overlaps(change.bounds)


def _implied(before: Figure, after: Figure) -> Iterator[Finding]:
    if before.unit == "%":
        rise, unit = after.point.minus(before.point), "pp"
    else:
        rise, unit = after.point.over(before.point).shifted(-_ONE).scaled(_HUNDRED), "%"
    yield Finding(CHANGE, IMPLIED, (before, after), "", Amount(rise.middle, unit), "change_implied")
