"""Chooses among candidates by weights: the sum of the weights of what is true of a candidate, the first best wins.

Weights are data (`patterns/<pack>/weight.<slot>.tsv`), learnt from annotated articles by `newsmine patterns learn`;
nothing is learnt at run time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsmine.packs import Patterns
from newsmine.types import Mention, Span

# What a weight of one is counted as.
_WHOLE = 10**6


class Traits:
    """Names of features that stand together, with what they add under the conditions they were weighed under."""

    __slots__ = ("_sums", "names")

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self._sums: dict[Weighing, int] = {}

    def weight(self, weighing: Weighing) -> int:
        found = self._sums.get(weighing)
        if found is None:
            found = self._sums[weighing] = weighing.sum(self.names)
        return found


@dataclass(slots=True)
class Candidate:
    """A possible answer: its text (simplified), where it stands (None if composed or handed down), the entry that
    proposes it, and its features, the names of what is true of it: those that it shares with other candidates
    (`traits`) and its `own`. A `sure` one wins over any that is not."""

    text: str
    span: Span | None
    rule: str
    own: tuple[str, ...] = ()
    traits: tuple[Traits, ...] = ()
    sure: bool = False
    mention: Mention | None = None
    inherited: bool = False
    share: bool = False

    @property
    def features(self) -> tuple[str, ...]:
        return (*(name for traits in self.traits for name in traits.names), *self.own)

    def weight(self, weighing: Weighing) -> int:
        weight = weighing.sum(self.own)
        for traits in self.traits:
            weight += traits.weight(weighing)
        return weight


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


class _Known(dict[str, int]):
    """What each feature adds under the conditions of a figure, summed when first asked for."""

    def __init__(self, weights: Mapping[str, int], conditions: Sequence[Condition]) -> None:
        super().__init__()
        self._weights = weights
        self._prefixes = ("", *(f"{c.name}/" for c in conditions))

    def __missing__(self, feature: str) -> int:
        weight = sum(self._weights.get(prefix + feature, 0) for prefix in self._prefixes)
        self[feature] = weight
        return weight


class Weighing:
    """The weights under the conditions of a figure. They are whole millionths, so that a sum is exact in whatever order
    it is made, and equals are equals."""

    __slots__ = ("_of",)

    def __init__(self, weights: Mapping[str, int], conditions: Sequence[Condition]) -> None:
        self._of = _Known(weights, conditions).__getitem__

    def sum(self, features: Iterable[str]) -> int:
        return sum(map(self._of, features))

    def weight(self, feature: str) -> float:
        """What a feature adds, as the packs state it."""
        return self._of(feature) / _WHOLE


class Ranker:
    """Weighs candidates for one slot; of equals the first is chosen, or the `latest`."""

    def __init__(self, patterns: Patterns, slot: str, latest: bool = False) -> None:
        self.slot = slot
        self._latest = latest
        self._weighings: dict[tuple[Condition, ...], Weighing] = {}
        self.weights = {
            form: float(e.get("weight")) for e in patterns.stage("weight") if e.get("slot") == slot for form in e.forms
        }

    @property
    def weights(self) -> Mapping[str, float]:
        return {feature: weight / _WHOLE for feature, weight in self._weights.items()}

    @weights.setter
    def weights(self, weights: Mapping[str, float]) -> None:
        self._weights = {feature: round(weight * _WHOLE) for feature, weight in weights.items()}
        self._weighings.clear()

    def weighing(self, conditions: tuple[Condition, ...]) -> Weighing:
        """The weights under the conditions of a figure."""
        if conditions not in self._weighings:
            self._weighings[conditions] = Weighing(self._weights, conditions)
        return self._weighings[conditions]

    def choose(self, candidates: Sequence[Candidate], weighing: Weighing) -> Candidate | None:
        """The best candidate; None where there is none."""
        able = [c for c in candidates if c.sure] or candidates
        return max(reversed(able) if self._latest else able, key=lambda c: c.weight(weighing), default=None)
