"""The same fact told twice in an article: agreeing, not agreeing, or another scale apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations

from newsmine.checking import headline
from newsmine.checking.figures import ArticleFigures, Figure, normal
from newsmine.checking.findings import DOUBT, FITS, MISMATCH, Finding
from newsmine.checking.knowledge import Knowledge
from newsmine.checking.periods import compatible, same_moment
from newsmine.checking.topics import alike, overlap, same_topic

REPETITION, SCALE = "repetition", "scale"

# Value and unit of all figures, sentence by sentence.
Amounts = Mapping[int, set[tuple[Decimal, str]]]

_TEN = Decimal(10)
# The last characters of a metric: its head.
_END = 2
# How many digits make it telling that two figures are the same: where their clauses share words, where they share none.
_TELLING, _TELLING_ALONE = 2, 3
# Sentences that share so many characters in a row hold a passage that is printed twice.
_PASSAGE = 30


def check(article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    told = _amounts(article)
    groups = _facts([f for f in article.figures if _repeatable(f, knowledge)], told)
    yield from _confirmed([g for g in groups if _told_anew(g)])
    for left, right in _near(groups, int(knowledge.tolerance("series"))):
        pairs = ((a, b) for a in left for b in right if _contradict(a, b, knowledge))
        pair = next(pairs, None)
        if pair is not None and not _told_together(left, right) and not _in_series(*pair, told):
            yield _apart(*pair)


def _amounts(article: ArticleFigures) -> Amounts:
    told: dict[int, set[tuple[Decimal, str]]] = {}
    for figure in article.figures:
        told.setdefault(figure.sentence_start, set()).add((figure.value, figure.unit))
    return told


def _facts(figures: list[Figure], told: Amounts) -> list[list[Figure]]:
    """The figures, those that tell the same fact together."""
    groups: list[list[Figure]] = []
    by_amount: dict[tuple[object, ...], list[list[Figure]]] = {}
    for figure in figures:
        alike_amounts = by_amount.setdefault((figure.value, figure.unit), [])
        group = next((g for g in alike_amounts if _same_fact(g[0], figure, told)), None)
        if group is None:
            group = []
            alike_amounts.append(group)
            groups.append(group)
        group.append(figure)
    return groups


def _confirmed(groups: list[list[Figure]]) -> Iterator[Finding]:
    """What is told again and agrees; the amounts that the same sentences repeat are one finding."""
    by_sentences: dict[tuple[int, ...], list[list[Figure]]] = {}
    for group in groups:
        by_sentences.setdefault(tuple(dict.fromkeys(f.sentence_start for f in group)), []).append(group)
    for sentences, told in by_sentences.items():
        said = ", ".join(g[0].text for g in told)
        figures = tuple(f for g in told for f in g)
        yield Finding(REPETITION, FITS, figures, said, said, values={"times": str(len(sentences))})


def _near(groups: list[list[Figure]], most: int) -> Iterator[tuple[list[Figure], list[Figure]]]:
    """The pairs of facts whose metrics end alike: only these can be about the same thing. Where there are more than
    `most` of them, they are the rows of a table, and no contradiction."""
    by_end: dict[tuple[object, ...], list[list[Figure]]] = {}
    for group in groups:
        first = group[0]
        by_end.setdefault((first.unit, first.per, first.actual, first.metric[-_END:]), []).append(group)
    for alike_ends in by_end.values():
        yield from combinations(alike_ends, 2) if len(alike_ends) <= most else ()


def _told_together(left: list[Figure], right: list[Figure]) -> bool:
    """Whether one sentence holds both amounts: then they are two things, and their writer knows it."""
    return bool({f.sentence_start for f in left} & {f.sentence_start for f in right})


def _in_series(a: Figure, b: Figure, told: Amounts) -> bool:
    """Whether both sentences tell more amounts of the unit, and hardly one is the same: rows of a comparison."""
    left, right = ({v for v, unit in _others(f, told) if unit == f.unit} for f in (a, b))
    return bool(left) and bool(right) and len(left & right) * 2 < min(len(left), len(right))


def _unrelated(a: Figure, b: Figure, told: Amounts) -> bool:
    """Whether both sentences tell more amounts of the same units and share none: then one may be the same by chance."""
    left, right = _others(a, told), _others(b, told)
    units = {unit for _, unit in left} & {unit for _, unit in right}
    counts = [sum(unit in units for _, unit in others) for others in (left, right)]
    return min(counts) > 1 and not left & right


def _others(figure: Figure, told: Amounts) -> set[tuple[Decimal, str]]:
    """The other amounts of a figure's sentence."""
    return told[figure.sentence_start] - {(figure.value, figure.unit)}


def _told_anew(group: list[Figure]) -> bool:
    """Whether a later sentence tells the fact in other words; a passage that is printed twice confirms nothing."""
    first = normal(group[0].sentence)
    return any(
        f.sentence_start != group[0].sentence_start and not _printed_twice(first, normal(f.sentence)) for f in group[1:]
    )


def _printed_twice(first: str, second: str) -> bool:
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return first in second or second in first or matcher.find_longest_match().size >= _PASSAGE


def _repeatable(figure: Figure, knowledge: Knowledge) -> bool:
    """Levels that name a fact of their own; ages, spans of time and distances recur for other things."""
    fraction = figure.kind == "percent" and "/" in figure.text
    passing = figure.unit in knowledge.words("passing_unit") or knowledge.holds(figure.clause, "statistic")
    return figure.level and figure.kind != "multiple" and not fraction and not passing


def _comparable(a: Figure, b: Figure) -> bool:
    same = (a.unit, a.per, a.actual) == (b.unit, b.per, b.actual)
    return same and a.sentence_start != b.sentence_start and compatible(a, b)


def _same_fact(a: Figure, b: Figure, told: Amounts) -> bool:
    """The same amount of the same thing: the more digits are the same, the less alike the words need to be."""
    if a.value != b.value or not _comparable(a, b):
        return False
    digits = min(a.digits, b.digits)
    if digits < _TELLING or not (same_topic(a, b) or alike(a, b)) or _unrelated(a, b, told):
        return False
    return digits >= _TELLING_ALONE or overlap(a, b) > 0


def _contradict(a: Figure, b: Figure, knowledge: Knowledge) -> bool:
    """Two amounts of the same thing that cannot both hold, near enough to each other to be meant as one, in clauses
    that say the same. Amounts below ten are rarely told twice; a heading is held against its text elsewhere."""
    low, high = sorted((a.value, b.value))
    if low <= 0 or high < _TEN or a.bounds.overlaps(b.bounds) or headline.contradicts(a, b, knowledge):
        return False
    if not _comparable(a, b) or a.per or not same_topic(a, b) or not same_moment(a, b, knowledge):
        return False
    if any(knowledge.holds(text, "part_of") for text in (a.before, b.before)) or knowledge.holds(a.metric, "loose"):
        return False
    near = power_of_ten(a, b) or high / low <= knowledge.tolerance("same_fact")
    return near and overlap(a, b) >= float(knowledge.tolerance("same_clause"))


def power_of_ten(a: Figure, b: Figure) -> bool:
    """Whether two figures are the same digits on different scales."""
    high, low = max(a.value, b.value), min(a.value, b.value)
    ratio = high / low if low > 0 else Decimal(0)
    return ratio >= _TEN and min(a.digits, b.digits) >= _TELLING and ratio == _TEN ** ratio.adjusted()


def _apart(a: Figure, b: Figure) -> Finding:
    if power_of_ten(a, b):
        return Finding(SCALE, DOUBT, (a, b), b.text, a.text)
    return Finding(REPETITION, MISMATCH, (a, b), b.text, a.text)
