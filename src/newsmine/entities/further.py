"""What else a figure may be about, beside the names that their own anchors give away: each finder adds mentions where
none stands yet, so that it can take nothing from those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsmine.entities.forms import FormFinder
from newsmine.entities.model import Candidate, Hit, Labels
from newsmine.entities.nouns import NounFinder
from newsmine.entities.persons import NameShapes
from newsmine.entities.recurring import RecurringNames
from newsmine.entities.towns import TownFinder
from newsmine.entities.words import Words, occurrences
from newsmine.packs import Patterns
from newsmine.types import Quantity

# A body is known again by a name of so many characters; what ranks above says itself where it is named again.
_FULL, _HIGH = 4, 60


class Further:
    """Adds works, models, recurring names, further places and nouns that name by their kind, in this order."""

    def __init__(self, patterns: Patterns, labels: Labels, shapes: NameShapes) -> None:
        self._labels = labels
        self._persons = {label.name for label in labels.of("person")}
        self._bodies = {label.name for label in labels.of("name") if not label.context and label.rank < _HIGH}
        self._lowest = min((label.rank for label in labels.of("person")), default=0)
        self._forms = FormFinder(patterns, labels)
        self._recurring = RecurringNames(patterns, labels, shapes)
        self._towns = TownFinder(patterns, labels)
        self._nouns = NounFinder(patterns, labels)

    def add(
        self, words: Words, hits: dict[str, list[Hit]], quantities: Sequence[Quantity], chosen: list[Candidate]
    ) -> list[Candidate]:
        """The mentions with those that the further finders add, by where they begin; none overlap."""
        kept = self._over(chosen, self._forms.works(words))
        kept = self._around(kept, self._forms.spelt(words))
        taken = {p for c in kept for p in range(c.start, c.end)}
        self._put(kept, taken, self._forms.numbered(words, quantities, taken))
        self._put(kept, taken, self._forms.models(words, quantities, taken))
        self._put(kept, taken, self._recurring.find(words, taken))
        self._put(kept, taken, self._forms.names(words, taken))
        self._put(kept, taken, self._towns.find(words, hits["alias"], kept, taken))
        persons = [c for c in kept if c.label in self._persons]
        beside = {c.start for c in persons} | {c.end for c in persons}
        self._put(kept, taken, self._again(words, kept))
        self._put(kept, taken, self._nouns.find(words, hits["noun"], hits["gazetteer"], taken, beside))
        return sorted(kept, key=lambda c: c.start)

    def _again(self, words: Words, kept: list[Candidate]) -> list[Candidate]:
        """The bodies that are named in full elsewhere in the text, where what follows hid them (graduates of a
        university)."""
        named = {words.text[c.start : c.end]: c for c in kept if c.label in self._bodies and c.end - c.start >= _FULL}
        return [
            replace(named[name], start=start, end=end, weight=1)
            for name, start, end in occurrences(named, words.text)
            if words.starts(start)
        ]

    def _over(self, chosen: list[Candidate], works: list[Candidate]) -> list[Candidate]:
        """With the works that hold no part of a name of a higher rank; the names inside them are theirs."""
        kept = list(chosen)
        for work in works:
            inside = [c for c in kept if c.start < work.end and work.start < c.end]
            rank = self._labels.rank(work.label)
            if all(self._labels.rank(c.label) < rank and work.start <= c.start and c.end <= work.end for c in inside):
                kept = [c for c in kept if c not in inside]
                kept.append(work)
        return kept

    def _around(self, chosen: list[Candidate], spelt: list[Candidate]) -> list[Candidate]:
        """With the names that are spelt out: what they hold whole is theirs, but for persons and what ranks above."""
        kept = list(chosen)
        for name in sorted(spelt, key=lambda c: (c.start - c.end, c.start)):
            inside = [c for c in kept if c.start < name.end and name.start < c.end]
            if all(self._labels.rank(c.label) < self._lowest and _holds(name, c) for c in inside):
                kept = [c for c in kept if c not in inside]
                kept.append(name)
        return kept

    @staticmethod
    def _put(kept: list[Candidate], taken: set[int], found: list[Candidate]) -> None:
        """Adds the longest of those that overlap, where nothing stands yet."""
        for candidate in sorted(found, key=lambda c: (c.start - c.end, -c.weight, c.start)):
            span = range(candidate.start, candidate.end)
            if taken.isdisjoint(span):
                taken.update(span)
                kept.append(candidate)


def _holds(outer: Candidate, inner: Candidate) -> bool:
    return (
        outer.start <= inner.start and inner.end <= outer.end and (outer.start, outer.end) != (inner.start, inner.end)
    )
