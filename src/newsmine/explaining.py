"""Why a figure has its metric and its subject: the candidates, what proposed each, and what weighed for and against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from newsmine.claims.figure import Figure
from newsmine.claims.ranking import Candidate, Condition, Weighing
from newsmine.pipeline import Analyzer
from newsmine.types import Article

# How many candidates of a figure are shown, and how many features of each.
_SHOWN, _REASONS = 4, 6


@dataclass(frozen=True, slots=True)
class Explained:
    """One candidate for a slot of a figure: its score, the entry that proposed it, and the features that weighed most,
    each with its weight."""

    figure: str
    start: int
    slot: str
    candidate: str
    chosen: bool
    score: float
    rule: str
    reasons: tuple[tuple[str, float], ...]

    def row(self) -> dict[str, Any]:
        return {
            "table": "explain",
            "figure": self.figure,
            "start": self.start,
            "slot": self.slot,
            "candidate": self.candidate or None,
            "chosen": self.chosen,
            "score": self.score,
            "rule": self.rule,
            "reasons": [f"{name} {weight:+.2f}" for name, weight in self.reasons],
        }


def explain(analyzer: Analyzer, article: Article) -> list[Explained]:
    """The best candidates of every figure of an article for each slot, best first."""
    found: list[Explained] = []
    rankers = {ranker.slot: ranker for ranker in analyzer.claims.rankers}

    def watch(
        slot: str,
        figure: Figure,
        candidates: Sequence[Candidate],
        chosen: Candidate | None,
        told_of: tuple[Condition, ...],
    ) -> None:
        weighing = rankers[slot].weighing(told_of)
        ranked = sorted(candidates, key=lambda c: (not c.sure, -c.weight(weighing)))
        found.extend(_explained(figure, slot, c, c is chosen, weighing) for c in ranked[:_SHOWN])

    analyzer.analyze(article, watch)
    return found


def _explained(figure: Figure, slot: str, candidate: Candidate, chosen: bool, weighing: Weighing) -> Explained:
    known = [(f, weighing.weight(f)) for f in dict.fromkeys(candidate.features) if weighing.weight(f)]
    known.sort(key=lambda pair: (-abs(pair[1]), pair[0]))
    return Explained(
        figure.quantity.text,
        figure.quantity.start,
        slot,
        candidate.text,
        chosen,
        round(sum(map(weighing.weight, candidate.features)), 2),
        candidate.rule,
        tuple(known[:_REASONS]),
    )
