"""One pass over a text finds the forms of every stage: pairs of characters first, whole forms where a pair fits."""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Iterator

from newsmine.entities.model import Hit
from newsmine.packs import Entry, Patterns


class Anchors:
    """The literal forms of several stages, found together; within a stage the leftmost, then the longest wins."""

    def __init__(self, patterns: Patterns, stages: tuple[str, ...]) -> None:
        self._forms: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        for stage in stages:
            for entry in reversed(patterns.stage(stage)):
                for form in entry.forms:
                    if all(s != stage for s, _ in self._forms[form]):
                        self._forms[form].append((stage, entry))
        self._lengths = _lengths_by_pair(self._forms)
        self._single = sorted(f for f in self._forms if len(f) == 1)

    def find(self, text: str) -> dict[str, list[Hit]]:
        hits: dict[str, list[Hit]] = defaultdict(list)
        free: dict[str, int] = defaultdict(int)
        for position in self._positions(text):
            done: set[str] = set()
            for length in (*self._lengths.get(text[position : position + 2], ()), 1):
                form = text[position : position + length]
                for stage, entry in self._forms.get(form, ()) if len(form) == length else ():
                    if stage not in done and position >= free[stage]:
                        done.add(stage)
                        free[stage] = position + length
                        hits[stage].append(Hit(position, position + length, entry))
        return hits

    def _positions(self, text: str) -> list[int]:
        pairs = self._lengths
        found = [i for i, pair in enumerate(map(operator.add, text, text[1:])) if pair in pairs]
        alone = [i for form in self._single for i in _occurrences(text, form)]
        return sorted({*found, *alone}) if alone else found


def _lengths_by_pair(forms: dict[str, list[tuple[str, Entry]]]) -> dict[str, tuple[int, ...]]:
    table: dict[str, set[int]] = defaultdict(set)
    for form in forms:
        if len(form) > 1:
            table[form[:2]].add(len(form))
    return {pair: tuple(sorted(lengths, reverse=True)) for pair, lengths in table.items()}


def _occurrences(text: str, form: str) -> Iterator[int]:
    position = text.find(form)
    while position >= 0:
        yield position
        position = text.find(form, position + 1)
