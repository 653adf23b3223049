"""Nouns that name by their kind (those arrested, equity funds, eye clinics): a head, and the words that narrow it."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from newsmine.entities.lexicon import Lexicon
from newsmine.entities.model import Candidate, Hit, Label, Labels, within
from newsmine.entities.words import Words
from newsmine.packs import Patterns
from newsmine.types import Token

_MOST_WORDS = 4
_LONGEST_UNKNOWN = 4
_HAN = regex.compile(r"\p{Han}+")
# The tags of words that are names themselves: an institute, a place.
_NAMES = ("nt", "ns")
_CLASSES = ("body", "disease", "technique")


class NounFinder:
    """Finds nouns of the `noun` stage where no other name stands. What a figure counts is left to the figure."""

    def __init__(self, patterns: Patterns, labels: Labels) -> None:
        self._labels = labels.by_name
        own = {label.name for label in labels.of("noun")}
        self._listed = own | {label.name for kind in ("place", "coded", "form", "person") for label in labels.of(kind)}
        self._beside = {label.name for label in labels.of("place")}
        parts = patterns.stage("nounpart")
        self._modifiers = {
            name: {f for e in parts if e.get("class") == "modifier" and within(name, e) for f in e.forms}
            for name in self._labels
        }
        self._stops = {f for e in parts if e.get("class") == "stop" for f in e.forms}
        self._stops |= {f for e in patterns.stage("noun") if e.get("alone") for f in e.forms}
        self._edges = {f for e in patterns.stage("part") if e.get("class") == "edge" for f in e.forms if len(f) == 1}
        self._stops |= {f for e in patterns.stage("cue") if "saying" in e.get("class") for f in e.forms}
        medical = [e for e in patterns.stage("modifier") if e.get("class") in _CLASSES and not e.get("ends")]
        self._classes = Lexicon((f, str(e.get("class"))) for e in medical for f in e.forms)

    def find(
        self, words: Words, heads: Iterable[Hit], listed: Iterable[Hit], taken: set[int], persons: set[int]
    ) -> list[Candidate]:
        """The nouns that touch no character of `taken`; `persons`: where names of persons begin and end, beside which
        a noun is but their title."""
        found = [self._entry(words, hit) for hit in listed if hit.entry.get("label") in self._listed]
        found += [self._noun(words, hit, taken) for hit in heads if not _blocked(hit, words.text)]
        kept = [c for c in found if c is not None and taken.isdisjoint(range(c.start, c.end))]
        return [c for c in kept if c.label in self._beside or (c.start not in persons and c.end not in persons)]

    @staticmethod
    def _entry(words: Words, hit: Hit) -> Candidate | None:
        if _blocked(hit, words.text) or not _whole(words, hit.start, hit.end):
            return None
        name = hit.entry.get("name") or words.text[hit.start : hit.end]
        return Candidate(hit.start, hit.end, hit.entry.get("label"), hit.entry.id, name, weight=2)

    def _noun(self, words: Words, hit: Hit, taken: set[int]) -> Candidate | None:
        label = self._labels.get(hit.entry.get("label"))
        first, last = words.covering(hit.start), words.ending(hit.end)
        if label is None or first is None or last is None or first.kind != "word" or hit.start in taken:
            return None
        if last.end != hit.end:
            return None
        start = hit.start
        if first.start < start:
            if first.end != hit.end or first.tag in _NAMES or hit.entry.get("bare"):
                return None
            start = first.start if first.tag or "unknown" in label.tags else start
        if not hit.entry.get("bare"):
            start = self._left(words, start, label, taken)
        if (start == hit.start and not hit.entry.get("alone")) or _counted(words, start, hit.end):
            return None
        return Candidate(start, hit.end, label.name, hit.entry.id, words.text[start : hit.end])

    def _left(self, words: Words, start: int, label: Label, taken: set[int]) -> int:
        """Where the words begin that narrow the noun."""
        floor = max(words.sentence(start).start, start - label.reach)
        for _ in range(_MOST_WORDS):
            token = words.ending(start)
            if token is None or token.kind != "word" or start <= floor or start - 1 in taken:
                break
            step = self._step(words, token, start, label)
            if step is None or step < floor or step in taken:
                break
            start = step
        return start

    def _step(self, words: Words, token: Token, end: int, label: Label) -> int | None:
        known = self._classes.ending(words.text, end)
        if known is not None and known[1] in label.tags and known[0] <= token.start:
            return known[0]
        if token.end == end and token.text in self._modifiers[label.name]:
            return token.start
        if token.end != end or token.text in self._stops:
            return None
        if not token.tag:
            short = len(token.text) <= _LONGEST_UNKNOWN and _HAN.fullmatch(token.text) is not None
            glued = self._edges.isdisjoint((token.text[0], token.text[-1]))
            return token.start if "unknown" in label.tags and short and glued and len(token.text) > 1 else None
        return token.start if token.tag in label.tags and len(token.text) > 1 else None


def _counted(words: Words, start: int, end: int) -> bool:
    """Whether a figure stands right before a noun or right behind it, which then is what it counts."""
    return any(t is not None and t.kind == "quantity" for t in (words.ending(start), words.covering(end)))


def _blocked(hit: Hit, text: str) -> bool:
    if any(text.startswith(w, hit.end) for w in hit.entry.get("not_before", ())):
        return True
    return any(text.endswith(w, 0, hit.start) for w in hit.entry.get("not_after", ()))


def _whole(words: Words, start: int, end: int) -> bool:
    """Whether words begin and end where a form does."""
    return words.starts(start) and words.ends(end)
