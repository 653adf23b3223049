"""Chooses among candidates by weights: the sum of the weights of what is true of a candidate, the first best wins.

Weights are data (`patterns/<pack>/weight.<slot>.tsv`), learnt from annotated articles by `newsmine patterns learn`;
nothing is learnt at run time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from newsmine.packs import Patterns
from newsmine.types import Mention, Span


class Candidate(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class Condition:
    """Something true of the figure, under which features can weigh differently: its name, and the openings of the
    names of the features that are learnt anew under it (all where none is given)."""

    name: str
    only: tuple[str, ...] = ()


def expanded(features: Iterable[str], conditions: Sequence[Condition]) -> Iterator[str]:
    """The features, and again under the conditions of their figure: `percent/head:noun` beside `head:noun`."""
    for feature in features:
        yield feature
        for condition in conditions:
            if not condition.only or feature.startswith(condition.only):
                yield f"{condition.name}/{feature}"


class _Effective(dict[str, float]):
    """What each feature adds under the conditions of a figure, summed when first asked for."""

    def __init__(self, weights: Mapping[str, float], conditions: Sequence[Condition]) -> None:
        super().__init__()
        self._weights = weights
        self._prefixes = ("", *(f"{c.name}/" for c in conditions))

    def __missing__(self, feature: str) -> float:
        weight = sum(self._weights.get(prefix + feature, 0.0) for prefix in self._prefixes)
        self[feature] = weight
        return weight


class Ranker:
    """Weighs candidates for one slot."""

    def __init__(self, patterns: Patterns, slot: str) -> None:
        self.slot = slot
        self._effective: dict[tuple[Condition, ...], _Effective] = {}
        self.weights = {
            form: float(e.get("weight")) for e in patterns.stage("weight") if e.get("slot") == slot for form in e.forms
        }

    @property
    def weights(self) -> Mapping[str, float]:
        return self._weights

    @weights.setter
    def weights(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._effective.clear()

    def effective(self, conditions: tuple[Condition, ...]) -> dict[str, float]:
        """The weight of every feature under the conditions of a figure."""
        if conditions not in self._effective:
            self._effective[conditions] = _Effective(self._weights, conditions)
        return self._effective[conditions]

    def choose(self, candidates: Sequence[Candidate], conditions: tuple[Condition, ...]) -> Candidate | None:
        """The best candidate, the earliest of equals; None where there is none."""
        weight = self.effective(conditions).__getitem__
        sure = [c for c in candidates if c.sure]
        return max(sure or candidates, key=lambda c: sum(map(weight, c.features)), default=None)
