"""Percentage points where the thing that changes is no percentage."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from newsmine.checking.figures import ArticleFigures, Figure
from newsmine.checking.findings import DOUBT, Finding
from newsmine.checking.knowledge import Knowledge
from newsmine.checking.relation import close

POINTS = "points"


def check(article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    for figures in article.sentences():
        for level, change in pairwise(figures):
            if _amount(level, knowledge) and _points_of(level, change, knowledge):
                yield Finding(POINTS, DOUBT, (level, change), change.text, "%", "points_of_amount")


def _amount(level: Figure, knowledge: Knowledge) -> bool:
    return level.level and level.kind in ("count", "money") and not knowledge.ends(level.metric, "rate")


def _points_of(level: Figure, change: Figure, knowledge: Knowledge) -> bool:
    return (
        (change.role, change.unit) == ("change", "pp")
        and change.basis is not None
        and change.metric == level.metric
        and close(level, change, knowledge)
        and not knowledge.holds(
            level.sentence[level.end - level.sentence_start : change.end - level.sentence_start], "rate"
        )
    )
