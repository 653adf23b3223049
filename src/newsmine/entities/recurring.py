"""Persons without a title: a name that the article gives again and again, each time with something else behind it."""

from __future__ import annotations

from collections import Counter, defaultdict

from newsmine.entities.model import Candidate, Labels
from newsmine.entities.persons import ACCEPT, CLEAR, NameShapes
from newsmine.entities.words import Words, occurrences
from newsmine.packs import Patterns

_NAME_TAGS = ("nr", "nrfg")
_SIZE = 3
_OFTEN = 3
# The last part of a foreign name stands alone for it if it has so many characters.
_SHORT = 2


class RecurringNames:
    """Finds names of persons by their shape and by how often they come back."""

    def __init__(self, patterns: Patterns, labels: Labels, shapes: NameShapes) -> None:
        self._shapes = shapes
        plain = labels.plain_person()
        self._label = plain.name if plain else None
        rules = {e.id.rsplit(".", 1)[-1]: e.id for e in patterns.stage("label")}
        self._rule = rules.get(self._label or "", "")
        ends = [e for e in patterns.stage("nameedge") if e.get("class") == "last"]
        self._never_last = {f for e in ends for f in e.forms}
        self._called = patterns.compiled("{called}")

    def find(self, words: Words, taken: set[int]) -> list[Candidate]:
        """The mentions of such names that touch no character of `taken`."""
        if self._label is None:
            return []
        places = self._places(words, taken)
        told = [*self._nicknames(words), *self._foreign(words)]
        kept = [c for c in told if taken.isdisjoint(range(c.start, c.end))]
        used = {p for c in kept for p in range(c.start, c.end)}
        for name in sorted(places, key=lambda n: (-len(n), n)):
            spans = [s for s in places[name] if used.isdisjoint(range(s, s + len(name)))]
            if len(spans) > 1 and self._is_name(words, name, spans):
                used.update(p for s in spans for p in range(s, s + len(name)))
                kept += [Candidate(s, s + len(name), self._label, self._rule, name) for s in spans]
        return kept

    def _nicknames(self, words: Words) -> list[Candidate]:
        """What somebody is called who is told of by age or under another name (Xiao Wei), at every mention."""
        names = {m["name"] for m in self._called.finditer(words.text)}
        names = {n for n in names if not self._shapes.common_word(words, n)}
        return [Candidate(s, e, self._label or "", self._rule, n) for n, s, e in occurrences(names, words.text)]

    def _foreign(self, words: Words) -> list[Candidate]:
        """Transliterated names of several parts, and their last part where it comes back alone."""
        spans = list(self._shapes.foreign_anywhere(words))
        found = [Candidate(s, e, self._label or "", self._rule, words.text[s:e], weight=1) for s, e, _ in spans]
        whole = {p for s, e, _ in spans for p in range(s, e)}
        lasts: dict[str, str] = {}
        for start, end, last in spans:
            if len(last) >= _SHORT and not self._shapes.common_word(words, last):
                lasts.setdefault(last, words.text[start:end])
        found += [
            Candidate(start, end, self._label or "", self._rule, lasts[last])
            for last, start, end in occurrences(lasts, words.text)
            if start not in whole and words.starts(start) and words.ends(end)
        ]
        return found

    def _places(self, words: Words, taken: set[int]) -> dict[str, list[int]]:
        """Where each stretch stands that could be a name, of those that come back."""
        text, shapes = words.text, self._shapes
        found: dict[str, list[int]] = defaultdict(list)
        starts = shapes.surnames_in(text)
        times = Counter(text[start : start + _SIZE] for start in starts)
        longer = Counter(text[start : start + _SIZE + 1] for start in starts if shapes.married(text, start))
        for start in starts:
            name = text[start : start + _SIZE]
            if times[name] == 1 or start in taken:
                continue
            if longer[text[start : start + _SIZE + 1]] * 5 >= times[name] * 4:
                name = text[start : start + _SIZE + 1]  # two family names: it nearly always goes on like this
            end = start + len(name)
            ends = end in shapes.starting(text, start, end) and name[-1] not in self._never_last
            if ends and name.isalpha() and taken.isdisjoint(range(start, end)):
                found[name].append(start)
        return {n: s for n, s in found.items() if len(s) > 1 and self._plausible(words, n, len(s))}

    def _plausible(self, words: Words, name: str, times: int) -> bool:
        """Whether no dictionary knows the stretch, or its beginning, as another word; a family name that is also a
        common word must come back oftener."""
        tag = words.tag(name)
        if tag in _NAME_TAGS:
            return not self._shapes.common_word(words, name)
        if tag:
            return False
        if self._shapes.wordlike(name):
            return times >= _OFTEN and not words.tag(name[:2]) and words.tag(name[1:]) in ("", "nr", "nrfg", "nz", "ns")
        return words.tag(name[:2]) in ("", "nr") and words.tag(name[1:]) in ("", "nr", "nrfg", "nz", "a", "n", "j")

    def _is_name(self, words: Words, name: str, spans: list[int]) -> bool:
        """Whether most places have clear sides, or half of them and one the clearest, and the followers differ."""
        text, shapes, size = words.text, self._shapes, len(name)
        followers = {text[s + size : s + size + 1] for s in spans}
        if len(followers) < 2:
            return False
        good = 0
        clearest = False
        for start in spans:
            left, right = shapes.left(words, start), shapes.right(words, start + size)
            if left >= 1 and right >= 1 and left + right >= CLEAR and words.starts(start):
                good += shapes.score(words, start, start + size, left, right) >= ACCEPT
                clearest = clearest or left == right == CLEAR
        return good * 2 > len(spans) - clearest
