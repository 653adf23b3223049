"""Learns the weights of both slots, and says how good they are on articles that they were not learnt from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsmine.claims.finder import ClaimFinder
from newsmine.learning.examples import SLOTS, Example, Lesson, examples, recall
from newsmine.learning.fit import fit
from newsmine.packs import Patterns

_FOLDS = 5
_ROUNDS = 1


@dataclass(frozen=True, slots=True)
class Report:
    """How a slot fared: figures, share with a right candidate, and share right on articles held out."""

    slot: str
    figures: int
    recall: float
    right: float


class Learner:
    """Learns weights from lessons. What is handed down from figure to figure is predicted by weights learnt from the
    other articles, as it is at run time: weights learnt from a history without errors trust it too much."""

    def __init__(self, patterns: Patterns, lessons: Sequence[Lesson]) -> None:
        self._patterns = patterns
        self._lessons = lessons
        self._folds = [lessons[n::_FOLDS] for n in range(_FOLDS)]

    def learn(self) -> tuple[dict[str, dict[str, float]], list[Report]]:
        """The weights of each slot, and their cross-validated scores."""
        finder = ClaimFinder(self._patterns)
        gathered = [self._gather(fold, finder) for fold in self._folds]
        for _ in range(_ROUNDS):
            gathered = [
                self._gather(fold, self._trained(_all(gathered[:n] + gathered[n + 1 :])))
                for n, fold in enumerate(self._folds)
            ]
        everything = _all(gathered)
        weights = {slot: fit(everything[slot]) for slot in SLOTS}
        reports = [
            Report(slot, len(e), recall(e), sum(x.hit for x in e) / max(1, len(e))) for slot, e in everything.items()
        ]
        return weights, reports

    def _gather(self, lessons: Sequence[Lesson], finder: ClaimFinder) -> dict[str, list[Example]]:
        return _all([examples(lesson, finder) for lesson in lessons])

    def _trained(self, found: Mapping[str, Sequence[Example]]) -> ClaimFinder:
        finder = ClaimFinder(self._patterns)
        for ranker in finder.rankers:
            ranker.weights = fit(found[ranker.slot])
        return finder


def _all(parts: Sequence[Mapping[str, Sequence[Example]]]) -> dict[str, list[Example]]:
    return {slot: [e for part in parts for e in part[slot]] for slot in SLOTS}
