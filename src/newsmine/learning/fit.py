"""A linear ranker: weights that make right candidates likelier than the others of their figure.

The probability of a candidate is the softmax of its score among the candidates of its figure; the weights maximise the
log-likelihood of the right ones (together, where several are) less an L2 penalty, by full-batch gradient descent with
Adagrad's step sizes: the same examples give the same weights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsmine.learning.examples import Example

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_ROUNDS = 120
_STEP = 0.5


def fit(found: Sequence[Example], penalty: float = 10.0, least: int = 5) -> dict[str, float]:
    """The weight of every feature that candidates of at least `least` articles have."""
    usable = [e for e in found if any(e.right) and not all(e.right)]
    index = _vocabulary(usable, least)
    if not usable or not index:
        return {}
    rows, columns, figure, right = [], [], [], []
    row = 0
    for n, example in enumerate(usable):
        for features, is_right in zip(example.features, example.right, strict=True):
            known = sorted({index[f] for f in features if f in index})
            rows.extend([row] * len(known))
            columns.extend(known)
            figure.append(n)
            right.append(is_right)
            row += 1
    weights = _descend(
        np.array(rows), np.array(columns), np.array(figure), np.array(right), len(usable), len(index), penalty
    )
    return {f: float(w) for f, w in zip(index, weights, strict=True)}


def _vocabulary(found: Sequence[Example], least: int) -> dict[str, int]:
    """The features that tell candidates of one figure apart, in at least `least` articles, in order of their names."""
    articles: dict[str, set[str]] = defaultdict(set)
    for example in found:
        common = set.intersection(*map(set, example.features))
        for f in set().union(*example.features) - common:
            articles[f].add(example.article)
    return {f: n for n, f in enumerate(sorted(f for f, where in articles.items() if len(where) >= least))}


def _descend(
    rows: Integers, columns: Integers, figure: Integers, right: Flags, figures: int, features: int, penalty: float
) -> Floats:
    weights = np.zeros(features)
    squares = np.full(features, 1e-2)
    candidates = len(figure)
    for _ in range(_ROUNDS):
        scores: Floats = np.bincount(rows, weights[columns], candidates).astype(np.float64)
        expected = _softmax(scores, figure, figures) - _softmax(np.where(right, scores, -np.inf), figure, figures)
        gradient = np.bincount(columns, expected[rows], features) + penalty * weights
        squares += gradient**2
        weights -= _STEP * gradient / np.sqrt(squares)
    return weights


def _softmax(scores: Floats, figure: Integers, figures: int) -> Floats:
    highest = np.full(figures, -np.inf)
    np.maximum.at(highest, figure, scores)
    raised = np.exp(scores - highest[figure])
    shares: Floats = raised / np.bincount(figure, raised, figures)[figure]
    return shares
