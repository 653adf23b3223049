"""Parts against their whole: what is said to be among a number cannot add up to more than it."""

from __future__ import annotations

from collections.abc import Iterator

from newsmine.checking.amounts import Amount
from newsmine.checking.bounds import total
from newsmine.checking.figures import ArticleFigures, Figure, gap
from newsmine.checking.findings import FITS, MISMATCH, Finding
from newsmine.checking.knowledge import Knowledge
from newsmine.checking.relation import close

PARTS = "parts"


def check(article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    for figures in article.sentences():
        for index, whole in enumerate(figures[:-1]):
            if _opens_parts(whole, figures[index + 1], knowledge):
                parts = _parts(whole, figures[index + 1 :], knowledge)
                if len(parts) > 1:
                    yield from _summed(whole, parts)


def _opens_parts(whole: Figure, part: Figure, knowledge: Knowledge) -> bool:
    return (
        whole.level
        and whole.unit not in ("", "%", "pp")
        and whole.value > 0
        and knowledge.holds(gap(whole, part), "among")
        and not knowledge.holds(whole.before, "among")
        and close(whole, part, knowledge)
    )


def _parts(whole: Figure, behind: list[Figure], knowledge: Knowledge) -> list[Figure]:
    """The parts that stand in a row behind the whole: the same unit, short stretches between them, none inside
    brackets or of another division."""
    parts: list[Figure] = []
    for figure in behind:
        between = gap(parts[-1], figure) if parts else gap(whole, figure)
        same = (figure.unit, figure.per, figure.actual) == (whole.unit, whole.per, whole.actual)
        if not same or not figure.level or not close(parts[-1] if parts else whole, figure, knowledge):
            break
        if parts and knowledge.holds(between, "nested"):
            break
        parts.append(figure)
    return parts


def _summed(whole: Figure, parts: list[Figure]) -> Iterator[Finding]:
    """The parts, or the first of them, add up to the whole; or all add up to more."""
    for count in range(len(parts), 1, -1):
        summed = total(p.bounds for p in parts[:count])
        if summed.overlaps(whole.bounds):
            yield _finding(FITS, whole, parts[:count])
            return
    summed = total(p.bounds for p in parts)
    if summed.low is not None and whole.bounds.high is not None and summed.low > whole.bounds.high:
        yield _finding(MISMATCH, whole, parts)


def _finding(severity: str, whole: Figure, parts: list[Figure]) -> Finding:
    added = Amount(sum((p.value for p in parts[1:]), parts[0].value), whole.unit)
    values = {"parts": " + ".join(p.text for p in parts)}
    return Finding(PARTS, severity, (whole, *parts), whole.text, added, values=values)
