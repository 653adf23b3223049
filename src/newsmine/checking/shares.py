"""Shares of one whole in a row: they cannot add up to more than all of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from newsmine.checking.bounds import exactly, shown, total
from newsmine.checking.figures import ArticleFigures, Figure, gap
from newsmine.checking.findings import FITS, MISMATCH, Finding
from newsmine.checking.knowledge import Knowledge
from newsmine.checking.relation import close

SHARES = "shares"

_ALL = Decimal(100)
_FEWEST = 3


def check(article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    for figures in article.sentences():
        for row in _rows(figures, knowledge):
            if len(row) >= _FEWEST and not knowledge.holds(row[0].sentence, "several_answers"):
                yield from _summed(row, knowledge)


def _rows(figures: list[Figure], knowledge: Knowledge) -> Iterator[list[Figure]]:
    """Runs of shares that are told the same way, one right behind the other."""
    row: list[Figure] = []
    for figure in figures:
        if row and not (_share(figure) and close(row[-1], figure, knowledge) and _alike(row, figure, knowledge)):
            yield row
            row = []
        if _share(figure):
            row.append(figure)
    yield row


def _share(figure: Figure) -> bool:
    return figure.unit == "%" and figure.role == "level" and figure.basis is None and 0 < figure.value < _ALL


def _alike(row: list[Figure], figure: Figure, knowledge: Knowledge) -> bool:
    """Whether the figure is told as a share with the same word as the row (accounts for, of people choose)."""
    same = (row[0].per, row[0].actual) == (figure.per, figure.actual)
    words = [w for w in knowledge.words("share") if w in _around(row[0])]
    return same and any(w in gap(row[-1], figure) or w in _around(figure) for w in words)


def _around(figure: Figure) -> str:
    """The clause before a figure, and the words right behind it."""
    end = figure.end - figure.sentence_start
    return figure.before + figure.sentence[end : end + 3]


def _summed(row: list[Figure], knowledge: Knowledge) -> Iterator[Finding]:
    added = total(f.bounds for f in row)
    texts = " + ".join(f.text for f in row)
    told = sum((f.value for f in row), Decimal(0))
    if added.overlaps(exactly(_ALL)):
        yield Finding(SHARES, FITS, tuple(row), texts, "100%", values={"sum": shown(told)})
    elif added.low is not None and added.low > _ALL and told <= knowledge.tolerance("shares"):
        yield Finding(SHARES, MISMATCH, tuple(row), texts, "100%", values={"sum": shown(told)})
