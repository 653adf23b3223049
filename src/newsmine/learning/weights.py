"""Weights as a pattern file: features grouped by their weight, so that the file stays small and loads fast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

_STEP = 0.05
_HEADER = "id\tslot\tweight\tforms"
_COMMENT = """\
# What the features of a candidate add to its score for the {slot} of a figure, learnt by `newsmine patterns learn` from
# {figures} figures of {articles} articles. Features of one weight stand together. Edit the patterns, not this file.
"""


def weight_file(slot: str, weights: Mapping[str, float], figures: int, articles: int) -> str:
    """The text of `weight.<slot>.tsv`: weights in steps of 0.05, those that round to nothing left out."""
    groups: dict[int, list[str]] = defaultdict(list)
    for feature, weight in weights.items():
        groups[round(weight / _STEP)].append(feature)
    groups.pop(0, None)
    lines = [_COMMENT.format(slot=slot, figures=figures, articles=articles) + _HEADER]
    for step in sorted(groups, reverse=True):
        value = f"{step * _STEP:+.2f}"
        lines.append(f"{slot}{value}\t{slot}\t{value}\t{' '.join(sorted(groups[step]))}")
    return "\n".join(lines) + "\n"
