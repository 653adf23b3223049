"""What the figures of an article say together about their subjects: each figure's candidates weighed by themselves
first, then again with the weights that the other figures gave to the same names."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from newsmine.claims.figure import Figure
from newsmine.claims.ranking import Candidate, Ranker

_SHARES = (0.02, 0.08, 0.2, 0.4, 0.6, 0.8)
_CHANCES = (0.003, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Ballot:
    """A figure's candidates and how likely each text is its subject by itself (they sum to 1)."""

    figure: Figure
    candidates: Sequence[Candidate]
    chances: dict[str, float]


def ballot(figure: Figure, candidates: Sequence[Candidate], ranker: Ranker) -> Ballot:
    """Weighs the candidates of a figure by themselves."""
    scores = [ranker.score(c) for c in candidates]
    highest = max(scores, default=0.0)
    raised = [math.exp(s - highest) for s in scores]
    total = sum(raised)
    chances: dict[str, float] = defaultdict(float)
    for candidate, value in zip(candidates, raised, strict=True):
        chances[candidate.text] += value / total
    return Ballot(figure, candidates, chances)


def with_votes(ballots: Sequence[Ballot], n: int) -> list[Candidate]:
    """The candidates of the n-th figure, with what the others say of each as features."""
    mine = ballots[n]
    others = defaultdict(float)
    for k, other in enumerate(ballots):
        if k != n:
            for text, chance in other.chances.items():
                others[text] += chance
    count = max(1, len(ballots) - 1)
    order = sorted(others, key=lambda text: (-others[text], text))
    rank = {text: r for r, text in enumerate(order[:3])}
    own = sorted(mine.chances, key=lambda text: (-mine.chances[text], text))
    own_rank = {text: r for r, text in enumerate(own[:3])}
    beside = [(name, ballots[k]) for name, k in (("before", n - 1), ("behind", n + 1)) if 0 <= k < len(ballots)]
    return [
        replace(c, features=(*_votes(c, mine, others[c.text] / count, rank, own_rank, beside),))
        for c in mine.candidates
    ]


def _votes(
    candidate: Candidate,
    mine: Ballot,
    share: float,
    rank: dict[str, int],
    own_rank: dict[str, int],
    beside: Sequence[tuple[str, Ballot]],
) -> Iterator[str]:
    text = candidate.text
    chance = _step(mine.chances[text], _CHANCES)
    kind = mine.figure.quantity.kind
    voted = rank.get(text, 3)
    yield f"chance:{chance}"
    yield f"chance_rank:{own_rank.get(text, 3)}|{chance}"
    yield f"votes:{_step(share, _SHARES)}"
    yield f"votes:{_step(share, _SHARES)}|{chance}"
    yield f"votes_rank:{voted}|{own_rank.get(text, 3)}"
    yield f"{kind}/votes_rank:{voted}"
    for name, other in beside:
        same = "same" if other.figure.number == mine.figure.number else "near" if (
            other.figure.paragraph == mine.figure.paragraph) else "far"
        step = _step(other.chances.get(text, 0.0), _CHANCES)
        yield f"{name}:{same}|{step}"
        yield f"{name}:{same}|{step}|{chance}"
        if other.figure.quantity.kind == kind:
            yield f"{name}_kind:{same}|{step}"


def _step(value: float, steps: Sequence[float]) -> int:
    return sum(value >= s for s in steps)
