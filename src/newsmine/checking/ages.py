"""An age against the year of birth."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from newsmine.checking.amounts import Amount
from newsmine.checking.bounds import Bounds
from newsmine.checking.figures import ArticleFigures, Figure
from newsmine.checking.findings import FITS, MISMATCH, Finding
from newsmine.checking.knowledge import Knowledge

AGES = "ages"


def check(article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    for figures in article.sentences():
        births = list(knowledge.regex("birth").finditer(figures[0].sentence))
        ages = [f for f in figures if f.unit in knowledge.words("age_unit") and f.level]
        if len(births) == 1 and ages:
            at = births[0].start() + figures[0].sentence_start
            nearest = min(ages, key=lambda f: abs(f.start - at))
            if abs(nearest.start - at) <= knowledge.tolerance("age_reach"):
                yield from _held(nearest, int(births[0].group("year")), article, knowledge)


def _held(age: Figure, birth: int, article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    """The age in one of the years that the sentence may mean: a year before the birthday, or counted the old way."""
    named = {int(m.group("year")) for m in knowledge.regex("year").finditer(age.sentence)}
    years = {y for y in named if y > birth} | ({article.published.year} if article.published else set())
    if not years:
        return
    slack = knowledge.tolerance("age")
    fits = [y for y in years if Bounds(y - birth - slack, y - birth + slack).overlaps(age.bounds)]
    year = min(fits or years, key=lambda y: abs(y - birth - age.value))
    values = {"birth": str(birth), "year": str(year)}
    expected = Amount(Decimal(year - birth), "")
    yield Finding(AGES, FITS if fits else MISMATCH, (age,), age.text, expected, values=values)
