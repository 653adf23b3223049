"""Chooses among candidates by weights: the sum of the weights of what is true of a candidate, the first best wins.

Weights are data (`patterns/<pack>/weight.<slot>.tsv`), learnt from annotated articles by `newsmine patterns learn`;
nothing is learnt at run time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsmine.packs import Patterns
from newsmine.types import Mention, Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer: its text (simplified), where it stands (None if composed or handed down), the entry that
    proposes it, and its features, the names of what is true of it. A `sure` one wins over any that is not."""

    text: str
    span: Span | None
    rule: str
    features: tuple[str, ...]
    sure: bool = False
    mention: Mention | None = None
    inherited: bool = False
    share: bool = False
    local: bool = False


class Ranker:
    """Weighs candidates for one slot."""

    def __init__(self, patterns: Patterns, slot: str) -> None:
        self.slot = slot
        self.weights: dict[str, float] = {
            form: float(e.get("weight")) for e in patterns.stage("weight") if e.get("slot") == slot for form in e.forms
        }

    def score(self, candidate: Candidate) -> float:
        weights = self.weights
        return sum(weights.get(f, 0.0) for f in candidate.features)

    def choose(self, candidates: Sequence[Candidate]) -> Candidate | None:
        """The best candidate, the earliest of equals; None where there is none."""
        sure = [c for c in candidates if c.sure]
        return max(sure or candidates, key=self.score, default=None)


def unique(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates without those that repeat the text and place of an earlier one."""
    seen: set[tuple[str, Span | None, str]] = set()
    kept = []
    for candidate in candidates:
        key = (candidate.text, candidate.span, candidate.rule)
        if key not in seen:
            seen.add(key)
            kept.append(candidate)
    return kept
