"""Places: those that a pack lists, with the administrative words and smaller places that follow them."""

from __future__ import annotations

import regex

from newsmine.entities.lexicon import Lexicon
from newsmine.entities.model import Candidate, Hit, Labels
from newsmine.entities.words import Words
from newsmine.packs import Patterns

_HAN = regex.compile(r"\p{Han}+")
_LONGEST_SMALLER = 4


class PlaceFinder:
    """Finds places; the label is the one whose mechanism is `place`."""

    def __init__(self, patterns: Patterns, labels: Labels) -> None:
        self._label = next((label.name for label in labels.of("place")), None)
        parts = [e for e in patterns.stage("part") if e.get("class") == "admin"]
        self._admin = Lexicon((f, True) for e in parts for f in e.forms)
        self._generic = {f for e in patterns.stage("part") if e.get("class") == "generic" for f in e.forms}

    def find(self, words: Words, hits: list[Hit]) -> list[Candidate]:
        if self._label is None:
            return []
        found: list[Candidate] = []
        for hit in hits:
            if (found and hit.start < found[-1].end) or not _whole(words, hit):
                continue
            end = self._extended(words, hit.end)
            name = words.text[hit.start : end]
            if found and found[-1].end == hit.start:
                last = found[-1]
                last.end, last.name = end, words.text[last.start : end]
            else:
                found.append(Candidate(hit.start, end, self._label, hit.entry.id, name, weight=1))
        return found

    def _extended(self, words: Words, end: int) -> int:
        """Over an administrative word, and over a smaller place that ends with one."""
        text = words.text
        admin = self._admin.starting(text, end)
        if admin is not None and words.ends(admin[0]):
            end = admin[0]
        for length in range(2, _LONGEST_SMALLER + 1):
            piece = text[end : end + length]
            if len(piece) < length or not _HAN.fullmatch(piece):
                break
            if piece[-1] in self._admin and piece not in self._generic and words.tag(piece) == "ns":
                return end + length
        return end


def _whole(words: Words, hit: Hit) -> bool:
    """Whether no word of the dictionary reaches over an edge of the place."""
    first, last = words.covering(hit.start), words.covering(hit.end - 1)
    if first is not None and first.start < hit.start and first.tag:
        return False
    return last is None or last.end <= hit.end or not last.tag or last.tag == "ns"
