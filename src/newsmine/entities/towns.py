"""Places that no list has: towns with their rank that come back, what the dictionary knows, and what 'the whole city'
stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from newsmine.entities.model import Candidate, Hit, Labels
from newsmine.entities.words import Words, occurrences
from newsmine.packs import Patterns
from newsmine.types import Token

# A town that no list has counts if its stem stands so often in the text.
_RECURS = 3
_SHORTEST_KNOWN = 2
_TOWN_SIZES = (3, 4)
# Words that stand for a place: the town that an article is about, and the one named last.
_AREAS = ("area", "that_area")
# First letters of the tags of words that are no names of counties, and the tags of names of foreign sound.
_NO_NAME = frozenset("vdpr")
_FOREIGN = frozenset(("", "nr", "nrt", "nrfg", "nz", "ns"))


class TownFinder:
    """Finds further places, of the label whose mechanism is `place`."""

    def __init__(self, patterns: Patterns, labels: Labels) -> None:
        self._label = next((label.name for label in labels.of("place")), None)
        rules = {e.id.rsplit(".", 1)[-1]: e.id for e in patterns.stage("label")}
        self._rule = rules.get(self._label or "", "")
        areas = [e for e in patterns.stage("alias") if e.get("role") in _AREAS]
        self._areas = {f for e in areas for f in e.forms}
        self._rules = {e.id: e.get("role") for e in areas}
        self._kinds: dict[str, set[str]] = {}
        for entry in patterns.stage("place"):
            self._kinds.setdefault(entry.get("kind"), set()).update(entry.forms)
        # The stems of counties that a list has: Qingjian of Qingjian county.
        self._stems = {f[:-1] for f in self._kinds.get("county", ()) if len(f) > _SHORTEST_KNOWN}
        self._generic = {f for e in patterns.stage("part") if e.get("class") == "generic" for f in e.forms}
        self._ranks = {f[-1] for f in self._areas}
        letters = [e for e in patterns.stage("nameedge") if e.get("class") == "foreign"]
        self._foreign = frozenset(f for e in letters for f in e.forms)
        self._named = patterns.compiled("{town}")
        self._villages = patterns.compiled("{village}")
        parts = patterns.stage("nounpart")
        self._never = tuple(sorted(f for e in parts if e.get("class") == "no_place" for f in e.forms))
        self._ends = tuple(sorted(f for e in parts if e.get("class") == "place_end" for f in e.forms))

    def find(self, words: Words, hits: Iterable[Hit], places: Iterable[Candidate], taken: set[int]) -> list[Candidate]:
        """The places that touch no character of `taken`."""
        if self._label is None:
            return []
        text = words.text
        towns = self._towns(words)
        behind = {c.end for c in places if c.label == self._label}
        found = [*self._known(words, behind), *self._spelt(words, towns | self._placed(words))]
        found = [c for c in found if taken.isdisjoint(range(c.start, c.end))]
        known = [c for c in (*places, *found) if c.label == self._label]
        names = (*(c.name for c in known), *towns)
        for hit in hits:
            role = self._rules.get(hit.entry.id)
            if role and words.starts(hit.start) and words.ends(hit.end) and taken.isdisjoint(range(hit.start, hit.end)):
                word = text[hit.start : hit.end]
                name = self._last(known, hit, word[-1]) if role == "that_area" else None
                name = name or self._meant(text, word, names)
                if name is None and role == "that_area":
                    continue
                found.append(Candidate(hit.start, hit.end, self._label, hit.entry.id, name or word, weight=2))
        return found

    def _last(self, known: Iterable[Candidate], hit: Hit, rank: str) -> str | None:
        """The place of an area word's kind, or of its rank, that is named last before it."""
        kind = self._kinds.get(hit.entry.get("kind"), set())
        before = [c for c in known if c.end <= hit.start and c.name not in self._areas]
        same = [c for c in before if c.name in kind or c.name.endswith(rank)]
        return max(same, key=lambda c: c.end).name if same else None

    def _towns(self, words: Words) -> dict[str, list[int]]:
        """Towns with their rank (Lin'an county) that the text names again without it, and where they stand."""
        found: dict[str, list[int]] = {}
        spelt = [(m.group(), m.start()) for m in self._named.finditer(words.text) if _stands(words, *m.span())]
        tokens = [(t.text, t.start) for t in words.read() if t.kind == "word" and not t.tag and self._ranked(t.text)]
        for name, start in dict.fromkeys((*spelt, *tokens)):
            if not (name in self._areas or name[-2:] in self._generic or name.endswith(self._never)):
                found.setdefault(name, []).append(start)
        return {n: s for n, s in found.items() if words.text.count(n[:-1]) >= _RECURS and self._stem(words, n[:-1])}

    def _placed(self, words: Words) -> dict[str, list[int]]:
        """Villages that stand where only a place can stand; every mention of them."""
        spelt = {m.group() for m in self._villages.finditer(words.text) if _stands(words, *m.span())}
        names = {n for n in spelt if self._stem(words, n[:-1]) and not n.endswith(self._never)}
        found: dict[str, list[int]] = {n: [] for n in sorted(names)}
        for name, start, _ in occurrences(names, words.text):
            found[name].append(start)
        return found

    def _ranked(self, word: str) -> bool:
        """Whether a word ends with the rank of a town (city, county, village)."""
        return len(word) in _TOWN_SIZES and word[-1] in self._ranks

    @staticmethod
    def _stem(words: Words, stem: str) -> bool:
        """Whether a stem is no other word of the dictionary."""
        return words.tag(stem) in ("", "ns", "nr", "nz")

    def _spelt(self, words: Words, towns: dict[str, list[int]]) -> list[Candidate]:
        return [
            Candidate(s, s + len(name), self._label or "", self._rule, name, weight=1)
            for name, starts in towns.items()
            for s in starts
        ]

    def _known(self, words: Words, behind: set[int]) -> list[Candidate]:
        """Tokens that the dictionary tags as places, which end as places do, or stand right behind a larger one; and
        the stems of counties, there or where they can be no other word."""
        tokens = [t for t in words.read() if t.kind == "word" and len(t.text) >= _SHORTEST_KNOWN]
        named = {t.text for t in tokens if t.start in behind and self._small(t)}
        named |= {s for s in self._stems.intersection(t.text for t in tokens) if self._told(words, s)}
        return [
            Candidate(t.start, t.end, self._label or "", self._rule, t.text)
            for t in tokens
            if t.text in named
            or (
                t.tag == "ns"
                and (t.text.endswith(self._ends) or t.start in behind)
                and not t.text.endswith(self._never)
            )
        ]

    def _small(self, token: Token) -> bool:
        """Whether a token right behind a place can be a smaller one: the stem of a county, a name of foreign sound."""
        if token.text in self._stems:
            return token.tag[:1] not in _NO_NAME
        return len(token.text) > _SHORTEST_KNOWN and token.tag in _FOREIGN and self._foreign.issuperset(token.text)

    def _told(self, words: Words, stem: str) -> bool:
        """Whether a county's stem can be no other word, or the text names the county in full."""
        if words.tag(stem) in ("", "ns", "nz") and stem not in self._never:
            return True
        return any(stem + rank in self._kinds["county"] and stem + rank in words.text for rank in self._ranks)

    def _meant(self, text: str, word: str, names: Iterable[str]) -> str | None:
        """The town of an area word's rank that the text names most."""
        same = Counter(
            {n: text.count(n[:-1]) for n in names if n[-1] == word[-1] and len(n) > 2 and n not in self._areas}
        )
        best = min(same, key=lambda n: (-same[n], len(n), n), default=None)
        return best if best is not None and same[best] >= _RECURS else None


def _stands(words: Words, start: int, end: int) -> bool:
    """Whether words begin and end there, or at the start none that the dictionary knows goes over it."""
    token = words.covering(start)
    return (token is None or token.start == start or not token.tag) and words.ends(end)
