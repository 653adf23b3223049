"""Shares of more than all there is, and falls of more than there was."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from newsmine.checking.figures import ArticleFigures, Figure
from newsmine.checking.findings import DOUBT, Finding
from newsmine.checking.knowledge import Knowledge

LIMITS = "limits"

_ALL = Decimal(100)


def check(article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    for figure in article.figures:
        if figure.unit != "%" or figure.value <= _ALL:
            continue
        if figure.role != "change" and _closed(figure, knowledge):
            yield Finding(LIMITS, DOUBT, (figure,), figure.text, "0-100%", "limits_share")
        elif _falls(figure) and not knowledge.holds(figure.metric, "signed"):
            yield Finding(LIMITS, DOUBT, (figure,), figure.text, "0-100%", "limits_fall")


def _closed(figure: Figure, knowledge: Knowledge) -> bool:
    """Whether it is a share of a whole; a ratio of two amounts (debt to output) may be more than one."""
    return knowledge.ends(figure.metric, "closed") and not knowledge.holds(figure.clause, "open_ratio")


def _falls(figure: Figure) -> bool:
    return figure.role == "change" and figure.down
