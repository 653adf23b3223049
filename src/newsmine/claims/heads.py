"""Who a clause speaks of: the noun phrase that stands as its grammatical subject, and how it goes on over clauses that
have none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsmine.claims.sentence import Item, Sentence
from newsmine.claims.words import Word

# Cue classes of words that make the phrase behind them no subject: prepositions, and what a comparison is made with.
_GOVERNS = ("locative", "by", "compare", "than", "against", "from", "share", "reach_to", "each")
# Classes of words that may stand before a subject in its clause.
_OPENS = ("adverb", "opening", "per", "carry", "target", "basis_yoy", "basis_mom", "joins")


@dataclass(frozen=True, slots=True)
class Head:
    """words[first:end], the subject of a clause, and for how many clauses it has been handed on (0: its own)."""

    first: int
    end: int
    handed: int = 0


def clause_heads(sentence: Sentence) -> dict[int, Head]:
    """The subject of every clause of a sentence that has one of its own or goes on with that of the clause before.

    The speaker of `X said that Y ..` is no subject of what is said: the clause is read from behind the verb of saying.
    """
    heads: dict[int, Head] = {}
    before: Head | None = None
    for clause, items in _clauses(sentence).items():
        own = _own(sentence.words, items)
        if own is not None:
            before = own
        elif before is not None:
            before = Head(before.first, before.end, before.handed + 1)
        if before is not None:
            heads[clause] = before
    return heads


def _clauses(sentence: Sentence) -> dict[int, list[Item]]:
    clauses: dict[int, list[Item]] = {}
    for item in sentence.items:
        clauses.setdefault(sentence.words[item.first].clause, []).append(item)
    return clauses


def _own(words: Sequence[Word], items: Sequence[Item]) -> Head | None:
    items = [i for i in items if words[i.first].depth == words[items[0].first].depth]
    told = _behind_saying(words, items)
    governed = False
    for n, item in enumerate(told):
        first = words[item.first]
        if item.is_run:
            if governed:
                governed = False
                continue
            return _head(words, item, n + 1 < len(told))
        if first.quantity is not None:
            return None
        if first.has("pronoun", "first_person") and not governed:
            return Head(item.first, item.end)
        if first.has(*_GOVERNS):
            governed = True
        elif not (first.time is not None or first.punct or first.has(*_OPENS) or first.tag in ("d", "c", "r", "")):
            return None
    return None


def _behind_saying(words: Sequence[Word], items: Sequence[Item]) -> Sequence[Item]:
    """The items behind the last verb of saying that stands before any figure and has something behind it."""
    for n in range(len(items) - 1, -1, -1):
        if words[items[n].first].has("saying", "showing") and any(i.is_run for i in items[n + 1 :]):
            if any(words[i.first].quantity is not None for i in items[:n]):
                continue
            return items[n + 1 :]
    return items


def _head(words: Sequence[Word], run: Item, goes_on: bool) -> Head | None:
    """The part of a run before its first verb; None where the run opens with a verb or is all the clause has."""
    first = run.first
    while first < run.end and not words[first].content:
        first += 1
    end = first
    while end < run.end and not _is_verb(words, end, first):
        end += 1
    while end > first and not words[end - 1].content:
        end -= 1
    if end == first or (end == run.end and not goes_on) or (end - first == 1 and _verb_alone(words[first])):
        return None
    return Head(first, end)


def _verb_alone(word: Word) -> bool:
    """Whether a word by itself is the clause's verb, whose subject stands in the clause before."""
    return word.tag == "v" and not _nominal(word)


def _nominal(word: Word) -> bool:
    return word.mention is not None or word.has("head", "verbnoun", "person", "metric")


def _is_verb(words: Sequence[Word], n: int, first: int) -> bool:
    word = words[n]
    if _nominal(word) or word.punct:
        return False
    if word.has("stop"):
        return True
    # A verb right before a genitive particle or a measure noun describes; elsewhere it is the clause's verb.
    return word.tag == "v" and n > first and not (n + 1 < len(words) and words[n + 1].has("particle", "head"))
