"""Whom or what a figure is about: a slot beside it, an owner in its sentence, the topic of its paragraph, the article's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from newsmine.claims.words import Word
from newsmine.types import Mention, Span

_OWNERS = ("HOSPITAL", "ORG", "PLACE")
_PEOPLE = ("PERSON", "DOCTOR")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject's name (simplified) and its mention, where it is one. A `local` one holds for its figure alone."""

    name: str
    mention: Mention | None = None
    local: bool = False


def topic_of(mentions: Sequence[Mention], title: Span | None) -> Subject | None:
    """The article's own topic: an owner in its title, else the one that it names most (at least twice)."""
    owners = [m for m in mentions if m.label in _OWNERS]
    titled = [m for m in owners if title is not None and title.start <= m.start < title.end]
    if titled:
        return Subject(titled[0].name, titled[0])
    counts = Counter(m.name for m in owners)
    first = {m.name: m for m in reversed(owners)}
    best = min(counts, key=lambda name: (-counts[name], first[name].start), default=None)
    return None if best is None or counts[best] < 2 else Subject(best, first[best])


def subject_of(words: Sequence[Word], at: int, person: bool, folded: str) -> Subject | None:
    """The subject that the sentence itself gives the quantity words[at]. `person`: the figure is one of a person (an age)."""
    bracketed = _before_bracket(words, at, folded)
    if bracketed is not None:
        return bracketed
    quantity = words[at].quantity
    if person or (quantity is not None and quantity.kind == "measure"):
        described = _person(words, at, person, folded)
        if described is not None:
            return described
    return _owner(words, at, folded)


def _owner(words: Sequence[Word], at: int, folded: str) -> Subject | None:
    """The owner nearest to the figure by clause: in its own clause a place beside it, else the first; then in the clauses before."""
    for clause in range(words[at].clause, -1, -1):
        named = [w for w in words[:at] if w.clause == clause and _is_owner(w) and not _is_aside(words, w)]
        if not named:
            continue
        last = named[-1]
        place = last.mention is not None and last.mention.label == "PLACE" and clause == words[at].clause and len(named) > 1
        chosen = last if place else named[0]
        return _subject(chosen, folded, local=place)
    return None


def _is_owner(word: Word) -> bool:
    return (word.mention is not None and word.mention.label in _OWNERS) or word.has("nation")


def _is_aside(words: Sequence[Word], word: Word) -> bool:
    """Whether a name is only the other side of a comparison, the sayer, or the authority of a statement."""
    at = next(n for n, w in enumerate(words) if w is word)
    if at and words[at - 1].has("compare", "by"):
        return True
    following = [w for w in words[at + 1 : at + 4] if w.clause == word.clause]
    return any(w.has("saying", "showing") for w in following) or word.has("nation_agency")


def _before_bracket(words: Sequence[Word], at: int, folded: str) -> Subject | None:
    """The name or noun right before a bracket that holds nothing but the figure: X (10.6%)."""
    if at < 2 or words[at - 1].text not in ("(", "（") or (at + 1 < len(words) and words[at + 1].text not in (")", "）")):
        return None
    owner = words[at - 2]
    if owner.mention is not None:
        return Subject(owner.mention.name, owner.mention, local=True)
    if owner.quantity is not None or owner.time is not None or owner.punct:
        return None
    k = at - 2
    while k and not words[k - 1].punct and words[k - 1].tag.startswith("n") and words[k - 1].clause == owner.clause:
        k -= 1
    return Subject(folded[words[k].start : owner.end], local=True)


def _person(words: Sequence[Word], at: int, described: bool, folded: str) -> Subject | None:
    """The person whom a figure describes: named behind it (58-year-old X), named before it, or a noun beside it."""
    if described:
        named = _behind(words, at, folded)
        if named is not None:
            return named
    for word in reversed(words[:at]):
        if _is_owner(word) and not described:
            return None
        if (word.mention is not None and word.mention.label in _PEOPLE) or word.has("person"):
            return _subject(word, folded)
    return None


def _behind(words: Sequence[Word], at: int, folded: str) -> Subject | None:
    noun: Word | None = None
    for word in words[at + 1 : at + 8]:
        if word.punct and word.text not in "“”":
            break
        if word.mention is not None and word.mention.label in _PEOPLE:
            return _subject(word, folded)
        if word.has("person"):
            noun = noun or word
    before = [w for w in words[:at] if w.clause == words[at].clause]
    if noun is not None and not any((w.mention and w.mention.label in _PEOPLE) or w.has("person") for w in before):
        return _subject(noun, folded)
    return None


def _subject(word: Word, folded: str, local: bool = False) -> Subject:
    if word.mention is not None:
        return Subject(word.mention.name, word.mention, local)
    return Subject(folded[word.start : word.end], None, local)
