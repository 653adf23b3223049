"""Technical noun phrases: a head, and to its left the modifiers that a pack lists."""

from __future__ import annotations

import regex

from newsmine.entities.lexicon import Lexicon
from newsmine.entities.model import Candidate, Hit, Label, Labels
from newsmine.entities.words import Words
from newsmine.packs import Entry, Patterns

_LATIN = regex.compile(r"(?<![A-Za-z0-9\-])[A-Za-z0-9]*+(?:[\-+][A-Za-z0-9]++)*+\Z")
_LATIN_REACH = 14
_BRACKETED = regex.compile(r"[（(][A-Za-z0-9 .+\-]{1,20}[)）]\Z")
_HAN_WORD = regex.compile(r"\p{Han}{2,6}")
_NOUNS = ("n", "nz", "b", "l", "nrt", "")
_LETTERED = regex.compile(r"[A-Za-z0-9]")
_HAS_LETTER = regex.compile(r"[A-Za-z]")


class PhraseFinder:
    """Finds phrases of the labels whose mechanism is `phrase`."""

    def __init__(self, patterns: Patterns, labels: Labels) -> None:
        self._labels = {label.name: label for label in labels.of("phrase")}
        entries = patterns.stage("modifier")
        order = ("body", "disease", "technique", "means", "act", "manner", "inner", "plain", "block")
        ranked = sorted(entries, key=lambda e: order.index(e.get("class")))
        self._modifiers = Lexicon((f, str(e.get("class"))) for e in ranked for f in e.forms if not e.get("ends"))
        self._ends = Lexicon((f, str(e.get("class"))) for e in ranked for f in e.forms if e.get("ends"))

    def find(self, words: Words, heads: list[Hit], listed: list[Hit]) -> list[Candidate]:
        chains = _chains([h for h in heads if h.entry.get("label") in self._labels])
        found = [c for chain in chains if (c := self._phrase(words, chain)) is not None]
        return found + [self._listed(words, hit) for hit in listed if self._stands(words.text, hit)]

    def _stands(self, text: str, hit: Hit) -> bool:
        if _LETTERED.match(text, hit.end) and _LETTERED.match(text, hit.end - 1):
            return False
        return hit.entry.get("label") in self._labels and not _blocked(hit, text)

    def _listed(self, words: Words, hit: Hit) -> Candidate:
        label = self._labels[hit.entry.get("label")]
        start, _ = self._left(words, hit.start, label)
        found = Candidate(start, hit.end, label.name, hit.entry.id, words.text[start : hit.end], weight=1)
        found.needs_context = bool(hit.entry.get("context"))
        return found

    def _phrase(self, words: Words, chain: list[Hit]) -> Candidate | None:
        """The phrase that ends with a chain of heads; the chain is cut back while what follows forbids it."""
        text = words.text
        while chain and (_blocked(chain[-1], text) or (len(chain) > 1 and self._acts_on(text, chain[-1].end))):
            chain = chain[:-1]
        if not chain:
            return None
        head = chain[-1]
        label = self._labels[head.entry.get("label")]
        start, classes = self._left(words, chain[0].start, label)
        if len(chain) > 1 and (own := self._modifiers.starting(text, chain[0].start)) is not None:
            classes |= {own[1]}
        if (start == chain[0].start and len(chain) == 1) or not any(_satisfied(h, classes) for h in chain):
            return None
        found = Candidate(start, head.end, label.name, head.entry.id, text[start : head.end], weight=2)
        found.needs_context = classes == {"latin"}
        return found

    def _acts_on(self, text: str, end: int) -> bool:
        """Whether a disease follows, so that the last of several heads is a verb."""
        found = self._modifiers.starting(text, end)
        return found is not None and found[1] == "disease"

    def _left(self, words: Words, end: int, label: Label) -> tuple[int, frozenset[str]]:
        """How far to the left modifiers follow each other, and their classes: the farthest of all ways to part them."""
        floor = max(0, end - label.reach)
        best: tuple[int, frozenset[str]] = (end, frozenset())
        waiting: list[tuple[int, frozenset[str]]] = [(end, frozenset())]
        seen = {end}
        while waiting:
            position, classes = waiting.pop()
            for start, kind in self._steps(words, position, floor):
                if kind != "inner" and start < best[0]:
                    best = start, classes | {kind}
                if start not in seen:
                    seen.add(start)
                    waiting.append((start, classes if kind == "inner" else classes | {kind}))
        return best

    def _steps(self, words: Words, position: int, floor: int) -> list[tuple[int, str]]:
        """The modifiers that end at a position, the longest last; none where a word forbids it."""
        text = words.text
        found = self._modifiers.endings(text, position, floor)
        if found and found[0][1] in ("plain", "block"):
            return []
        noun = self._noun(words, position, floor)
        if noun is not None and (not found or noun[0] < found[0][0]):
            return [noun]
        if found:
            return [*(f for f in found[1:] if position - f[0] > 1 and f[1] not in ("plain", "block")), found[0]][::-1]
        return self._latin(text, position, floor)

    def _noun(self, words: Words, position: int, floor: int) -> tuple[int, str] | None:
        """A noun of the dictionary, or of none, whose last characters tell its class."""
        told = self._ends.ending(words.text, position, floor)
        token = words.ending(position) if told is not None else None
        if told is None or token is None or token.end != position or not floor <= token.start < told[0]:
            return None
        return (token.start, told[1]) if token.tag in _NOUNS and _HAN_WORD.fullmatch(token.text) else None

    @staticmethod
    def _latin(text: str, position: int, floor: int) -> list[tuple[int, str]]:
        low = max(floor, position - _LATIN_REACH)
        match = _LATIN.search(text, low, position)
        if match is not None and _HAS_LETTER.search(match.group()):
            return [(match.start(), "latin")]
        match = _BRACKETED.search(text, max(floor, position - 22), position)
        return [(match.start(), "inner")] if match is not None else []


def _satisfied(head: Hit, classes: frozenset[str]) -> bool:
    needs = head.entry.get("needs", ())
    return not needs or bool(classes & set(needs))


def _blocked(hit: Hit, text: str) -> bool:
    entry: Entry = hit.entry
    if any(text.startswith(w, hit.end) for w in entry.get("not_before", ())):
        return True
    return any(text.endswith(w, 0, hit.start) for w in entry.get("not_after", ()))


def _chains(heads: list[Hit]) -> list[list[Hit]]:
    """Heads that follow each other without a gap, as one."""
    chains: list[list[Hit]] = []
    for hit in heads:
        if chains and chains[-1][-1].end == hit.start:
            chains[-1].append(hit)
        else:
            chains.append([hit])
    return chains
