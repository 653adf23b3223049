"""The same figure in several articles: who reports it differently, and which target is told later as a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from newsmine.checking import base
from newsmine.checking.figures import ArticleFigures, Figure, Period
from newsmine.checking.findings import DOUBT, FITS, MISMATCH, Finding
from newsmine.checking.knowledge import Knowledge
from newsmine.checking.periods import base_period
from newsmine.checking.repetition import SCALE, power_of_ten
from newsmine.checking.topics import whole

ACROSS, TARGET = "across", "target"

_LATE = date.max

# What two figures must share to be the same one: whose and what in one string, unit, rate, use, period.
Key = tuple[object, ...]


class Index:
    """Figures of all articles by what they are about. Reposts are left out, so that each story counts once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._figures: dict[Key, list[Figure]] = {}
        # Levels with a change, and the period whose level the change starts from.
        self._changes: list[tuple[Figure, Figure, Period]] = []

    def add(self, article: ArticleFigures) -> None:
        if article.duplicate_of is None:
            for figure in article.figures:
                if _findable(figure, self._knowledge):
                    self._figures.setdefault(_key(figure, figure.period), []).append(figure)
            for level, change in base.pairs(article, self._knowledge):
                period = base_period(level, change, self._knowledge)
                if period is not None and _findable(level, self._knowledge):
                    self._changes.append((level, change, period))

    def findings(self) -> Iterator[Finding]:
        for figures in self._figures.values():
            oldest_first = sorted(figures, key=_age)
            actual = [f for f in oldest_first if f.actual]
            yield from _reported(_one_per_value(actual), self._knowledge)
            yield from _told_as_fact(oldest_first)
        yield from self._bases()

    def _bases(self) -> Iterator[Finding]:
        """Changes held against the levels that other articles tell for their base period."""
        for level, change, period in self._changes:
            told = [f for f in self._figures.get(_key(level, period), ()) if f.actual and f.value > 0]
            elsewhere = [f for f in told if f.article_id != level.article_id]
            if elsewhere and len(elsewhere) == len(told):
                yield base.held(sorted(elsewhere, key=_age), level, change)


def _findable(figure: Figure, knowledge: Knowledge) -> bool:
    """Whether a figure says enough to be found again in another article: a named owner, a metric, a period."""
    if not figure.named or not figure.metric or figure.period is None or figure.kind == "multiple":
        return False
    if figure.unit in knowledge.words("passing_unit") or knowledge.holds(figure.metric, "loose"):
        return False
    return figure.level or (figure.role == "change" and figure.basis == "yoy")


def _key(figure: Figure, period: Period | None) -> Key:
    """The key of a figure of this owner, metric and use, for a period."""
    use = (figure.basis, figure.down) if figure.role == "change" else None
    return whole(figure), figure.unit, figure.per, use, period


def _age(figure: Figure) -> tuple[date, str, int]:
    return figure.published or _LATE, figure.article_id, figure.start


def _one_per_value(figures: Iterable[Figure]) -> list[Figure]:
    """Each article's figures once for every value."""
    return list({(f.article_id, f.value): f for f in reversed(list(figures))}.values())[::-1]


def _reported(figures: list[Figure], knowledge: Knowledge) -> Iterator[Finding]:
    """One value in several articles, or values that cannot all hold."""
    first, values = figures[0] if figures else None, {"articles": str(len({f.article_id for f in figures}))}
    if first is None or values["articles"] == "1":
        return
    apart = [f for f in figures if f.article_id != first.article_id and not f.bounds.overlaps(first.bounds)]
    if not apart:
        yield Finding(ACROSS, FITS, tuple(figures), first.text, first.text, values=values)
        return
    high, low = max(f.value for f in figures), min(f.value for f in figures)
    if any(power_of_ten(first, f) for f in apart):
        yield Finding(SCALE, DOUBT, tuple(figures), apart[0].text, first.text)
    elif low > 0 and high / low <= knowledge.tolerance("same_fact"):
        values["told"] = "; ".join(f"{f.published or f.article_id} {f.text}" for f in figures)
        yield Finding(ACROSS, MISMATCH, tuple(figures), apart[0].text, first.text, values=values)


def _told_as_fact(oldest_first: list[Figure]) -> Iterator[Finding]:
    """A target of one article that a later one tells, to the digit, as reached."""
    for target in oldest_first:
        later = next((f for f in oldest_first if _reaches(f, target)), None)
        if later is not None:
            yield Finding(TARGET, DOUBT, (target, later), later.text, target.text)
            return


def _reaches(later: Figure, target: Figure) -> bool:
    if target.actual or not later.actual or later.value != target.value:
        return False
    return later.published is not None and target.published is not None and later.published > target.published
