"""Technical noun phrases: a head, and to its left the modifiers that a pack lists."""

from __future__ import annotations

import regex

from newsmine.entities.lexicon import Lexicon
from newsmine.entities.model import Candidate, Hit, Label, Labels
from newsmine.packs import Entry, Patterns

_LATIN = regex.compile(r"(?<![A-Za-z0-9\-])[A-Za-z0-9]*+(?:[\-+][A-Za-z0-9]++)*+\Z")
_LATIN_REACH = 14
_BRACKETED = regex.compile(r"[（(][A-Za-z0-9 .+\-]{1,20}[)）]\Z")
_HAS_LETTER = regex.compile(r"[A-Za-z]")


class PhraseFinder:
    """Finds phrases of the labels whose mechanism is `phrase`."""

    def __init__(self, patterns: Patterns, labels: Labels) -> None:
        self._labels = {label.name: label for label in labels.of("phrase")}
        entries = patterns.stage("modifier")
        order = ("body", "disease", "technique", "means", "act", "manner", "inner", "plain", "block")
        ranked = sorted(entries, key=lambda e: order.index(e.get("class")))
        self._modifiers = Lexicon((f, str(e.get("class"))) for e in ranked for f in e.forms)

    def find(self, text: str, heads: list[Hit], listed: list[Hit]) -> list[Candidate]:
        chains = _chains([h for h in heads if h.entry.get("label") in self._labels])
        found = [c for chain in chains if (c := self._phrase(text, chain)) is not None]
        return found + [self._listed(text, hit) for hit in listed if self._stands(text, hit)]

    def _stands(self, text: str, hit: Hit) -> bool:
        return hit.entry.get("label") in self._labels and not _blocked(hit, text)

    def _listed(self, text: str, hit: Hit) -> Candidate:
        label = self._labels[hit.entry.get("label")]
        start, _ = self._left(text, hit.start, label)
        found = Candidate(start, hit.end, label.name, hit.entry.id, text[start : hit.end], weight=1)
        found.needs_context = bool(hit.entry.get("context"))
        return found

    def _phrase(self, text: str, chain: list[Hit]) -> Candidate | None:
        """The phrase that ends with a chain of heads; the chain is cut back while what follows forbids it."""
        while chain and _blocked(chain[-1], text):
            chain = chain[:-1]
        if not chain:
            return None
        head = chain[-1]
        label = self._labels[head.entry.get("label")]
        start, classes = self._left(text, chain[0].start, label)
        if len(chain) > 1 and (own := self._modifiers.starting(text, chain[0].start)) is not None:
            classes |= {own[1]}
        needs = head.entry.get("needs", ())
        if (start == chain[0].start and len(chain) == 1) or (needs and not classes & set(needs)):
            return None
        return Candidate(start, head.end, label.name, head.entry.id, text[start : head.end], weight=2)

    def _left(self, text: str, end: int, label: Label) -> tuple[int, set[str]]:
        floor = max(0, end - label.reach)
        position = best = end
        classes: set[str] = set()
        while position > floor:
            step = self._step(text, position, floor)
            if step is None or step[1] in ("plain", "block"):
                break
            position, kind = step
            if kind != "inner":
                best = position
                classes.add(kind)
        return best, classes

    def _step(self, text: str, position: int, floor: int) -> tuple[int, str] | None:
        found = self._modifiers.ending(text, position, floor)
        if found is not None:
            return found
        low = max(floor, position - _LATIN_REACH)
        match = _LATIN.search(text, low, position)
        if match is not None and _HAS_LETTER.search(match.group()):
            return match.start(), "latin"
        match = _BRACKETED.search(text, max(floor, position - 22), position)
        return (match.start(), "inner") if match is not None else None


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
