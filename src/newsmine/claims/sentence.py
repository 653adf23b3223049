"""A sentence as a row of items: figures, times, marks, cue words and noun phrases, in a tree of clauses.

An item is what clause patterns speak of (`newsmine.claims.clausepatterns`). Words that can stand in a noun phrase are
grouped into runs, one item each; which stretch of a run is the phrase that is meant is decided later.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from newsmine.claims.ranking import Traits
from newsmine.claims.window import Masks, Window
from newsmine.claims.words import QUOTE_MARKS, Word
from newsmine.types import PEOPLE, Mention, Span

# How many items around a figure clause patterns look at.
_WINDOW = 14
_MARKS = {"，": "COMMA", ",": "COMMA", "；": "SEMI", ";": "SEMI", "：": "COLON", ":": "COLON", "、": "DUN"}
_MARKS |= {"(": "OPEN", "（": "OPEN", "[": "OPEN", ")": "CLOSE", "）": "CLOSE", "]": "CLOSE"}


@dataclass(frozen=True, slots=True)
class Item:
    """words[first:end] and its atoms, the names that clause patterns know it by."""

    first: int
    end: int
    atoms: tuple[str, ...]
    is_run: bool = False


class Phrase(NamedTuple):
    """A stretch of a run that a slot can be filled with: where it stands, its text, the mention that it is, and the
    features that it has for any figure of its sentence on one side of it."""

    first: int
    end: int
    span: Span
    text: str
    mention: Mention | None
    traits: Traits


class Sentence:
    """The words of a sentence, its items, and what stands where in its tree of clauses. `phrases` keeps the phrases of
    its runs by slot, first word and side, for the next figure."""

    def __init__(self, span: Span, words: Sequence[Word]) -> None:
        self.span = span
        self.words = words
        self.phrases: dict[tuple[str, int, str], list[Phrase]] = {}
        self.items = list(_items(words))
        self._starts = [i.first for i in self.items]
        self._masks = Masks(i.atoms for i in self.items)

    @cached_property
    def figures(self) -> list[int]:
        """The indexes of the words that are figures."""
        return [n for n, w in enumerate(self.words) if w.quantity is not None]

    @cached_property
    def runs(self) -> list[Item]:
        return [i for i in self.items if i.is_run]

    def item_at(self, word: int) -> int:
        """The index of the item that holds words[word]."""
        return bisect_right(self._starts, word) - 1

    def window(self, at: int) -> Window:
        """The items around the figure words[at], for clause patterns."""
        mine = self.item_at(at)
        return Window(self._masks, max(0, mine - _WINDOW), min(len(self.items), mine + _WINDOW), mine)

    @cached_property
    def _parallels(self) -> dict[int, bool]:
        return {at: self._is_parallel(at) for at in self.figures}

    def parallel(self, at: int) -> bool:
        """Whether words[at] and the figure before it are told alike: one unit, and but one phrase and marks between."""
        return self._parallels[at]

    def _is_parallel(self, at: int) -> bool:
        before = [n for n in self.figures if n < at]
        if not before:
            return False
        earlier, here = self.words[before[-1]].quantity, self.words[at].quantity
        if earlier is None or here is None or (earlier.kind, earlier.unit) != (here.kind, here.unit):
            return False
        low, high = self.item_at(before[-1]) + 1, self.item_at(at)
        gap = self.items[low:high]
        runs = [n for n, item in enumerate(gap) if item.is_run]
        return len(runs) == 1 and runs[0] > 0 and all(i.is_run or self._light(i) for i in gap)

    def _light(self, item: Item) -> bool:
        """Whether an item is a mark, a conjunction, or a word that only ties a phrase to its figure."""
        word = self.words[item.first]
        return word.punct or word.has("joins", "carry", "adverb")

    def relation(self, other: int, at: int) -> str:
        """Where words[other] stands in the clause tree, seen from words[at]: in the same clause, in a bracket beside
        it, around its bracket, or so many clauses or segments away."""
        a, b = self.words[other], self.words[at]
        if a.clause == b.clause:
            if a.depth == b.depth:
                return "same"
            return "opener" if a.depth < b.depth else "aside"
        if a.clause > b.clause:
            return "behind"
        if a.depth > b.depth:
            return "far_aside"
        if a.segment != b.segment:
            return "segment"
        return f"back{min(b.clause - a.clause, 3)}"


def _items(words: Sequence[Word]) -> list[Item]:
    items: list[Item] = []
    n = 0
    while n < len(words):
        word = words[n]
        end = n + 1
        if word.content:
            end = _run_end(words, n)
            items.append(Item(n, end, _run_atoms(words[n:end]), True))
        elif word.quantity is not None:
            items.append(Item(n, end, ("Q", word.quantity.kind, word.quantity.rule.rsplit(".", 1)[-1])))
        elif word.time is not None:
            items.append(Item(n, end, ("T", f"T_{word.time.use}")))
        elif word.punct:
            if word.text not in QUOTE_MARKS:
                items.append(Item(n, end, (_MARKS.get(word.text, "MARK"),)))
        else:
            items.append(Item(n, end, (*sorted(word.classes), "w")))
        n = end
    return items


def _run_end(words: Sequence[Word], first: int) -> int:
    """The end of the run that words[first] opens: particles, conjunctions and quotation marks may stand inside."""
    end = first + 1
    n = end
    while n < len(words) and words[n].clause == words[first].clause and words[n].depth == words[first].depth:
        word = words[n]
        if word.content:
            end = n = n + 1
        elif word.has("particle", "joins") or (word.punct and word.text in QUOTE_MARKS):
            n += 1
        else:
            break
    return end


def _run_atoms(words: Sequence[Word]) -> tuple[str, ...]:
    head = words[-1]
    atoms = {"NP", *(f"h_{c}" for c in head.classes), *(f"s_{c}" for c in words[0].classes)}
    if head.mention is None and head.tag.startswith("v") and not head.has("head"):
        atoms.add("h_v")
    for word in words:
        if word.has("person") or (word.mention is not None and word.mention.label in (*PEOPLE, "GROUP")):
            atoms.add("people")
        if word.mention is not None:
            atoms |= {"NAME", f"NAME_{word.mention.label}"}
    if head.mention is not None:
        atoms.add("h_NAME")
    return tuple(sorted(atoms))
