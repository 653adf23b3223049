"""Days after publication told as fact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from newsmine.checking.figures import ArticleFigures, Figure
from newsmine.checking.findings import DOUBT, Finding
from newsmine.checking.knowledge import Knowledge

FUTURE = "future"


def check(article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    if article.published is None:
        return
    for figures in article.sentences():
        if _plans(figures[0].sentence, knowledge):
            continue
        told = [f for f in figures if f.actual and _ahead(f, article.published, knowledge)]
        if told:
            values = {"time": str(told[0].row["time_text"])}
            said = ", ".join(f.text for f in told)
            yield Finding(FUTURE, DOUBT, tuple(told), said, str(article.published), values=values)


def _plans(sentence: str, knowledge: Knowledge) -> bool:
    return knowledge.holds(sentence, "plan") or knowledge.regex("plan_until").search(sentence) is not None


def _ahead(figure: Figure, published: date, knowledge: Knowledge) -> bool:
    """Whether its period, named by a date, begins after publication; one that is only bounded may end with the month
    in which the article came out."""
    named = any(map(str.isdigit, str(figure.row["time_text"] or "")))
    if figure.period is None or not named or figure.unit in knowledge.words("passing_unit"):
        return False
    first, last = figure.period
    if first is not None:
        return (first - published).days > knowledge.tolerance("early_days")
    return last is not None and (last - published).days > knowledge.tolerance("open_days")
