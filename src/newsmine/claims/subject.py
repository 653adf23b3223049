"""Whom or what a figure is about: a slot beside it, an owner in its sentence, the topic of its paragraph, the
article's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsmine.claims.lists import members
from newsmine.claims.words import QUOTE_MARKS, Word
from newsmine.types import Mention, Span

OWNERS = ("HOSPITAL", "ORG", "PLACE")
_PEOPLE = ("PERSON", "DOCTOR")
# Classes of words that no topic holds.
_NO_NAME = ("particle", "stop", "carry", "adverb", "compare", "than", "locative", "saying", "showing")
# How many characters may stand before a name that heads its sentence.
_HEAD = 2


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject's name (simplified) and its mention, where it is one. A `local` one holds for its figure alone."""

    name: str
    mention: Mention | None = None
    local: bool = False


def head_of(mentions: Sequence[Mention], sentence: Span) -> Subject | None:
    """The name that heads a sentence, for the sentences behind it that have none."""
    first = next((m for m in mentions if sentence.start <= m.start < sentence.end), None)
    if first is None or first.start - sentence.start > _HEAD or first.label not in (*OWNERS, *_PEOPLE):
        return None
    return Subject(first.name, first)


def subject_of(words: Sequence[Word], at: int, person: bool, metric: Span | None, folded: str) -> Subject | None:
    """The subject that the sentence itself gives the quantity words[at]. `person`: the figure is one of a person (an
    age);
    `metric`: where its metric stands."""
    bracketed = _before_bracket(words, at, folded)
    if bracketed is not None:
        return bracketed
    shared = members(words, at)
    if shared is not None:
        parts, mine = shared
        owner = next((w for w in parts[mine] if _is_owner(words, w)), None)
        if owner is not None:
            return _subject(owner, folded, local=True)
        if any(_is_owner(words, part[0]) for part in parts):
            return Subject(folded[parts[mine][0].start : parts[mine][-1].end], local=True)
    quantity = words[at].quantity
    if person or (quantity is not None and quantity.kind == "measure"):
        described = _person(words, at, person, folded)
        if described is not None:
            return described
    return _owner(words, at, metric, folded) or _headed(words, at, metric, folded)


def _owner(words: Sequence[Word], at: int, metric: Span | None, folded: str) -> Subject | None:
    """The owner nearest to the figure by clause: in its own clause a place beside it, else the first; then in the
    clauses before."""
    for clause in range(words[at].clause, -1, -1):
        named = [w for w in words[:at] if w.clause == clause and _is_owner(words, w) and not _is_aside(words, w)]
        if not named:
            continue
        if clause == words[at].clause and _is_slot(words, named, at):
            return _subject(named[-1], folded, local=True)
        heading = next((w for w in named if _heads_clause(words, w)), None)
        if heading is not None:
            return _extended(words, heading, metric, folded) or _subject(heading, folded)
    return None


def _extended(words: Sequence[Word], place: Word, metric: Span | None, folded: str) -> Subject | None:
    """A place that only opens a longer name (a network, an industry of it): the name up to the metric."""
    if place.mention is None or place.mention.label != "PLACE":
        return None
    end = place
    for word in words:
        if word.start < end.end:
            continue
        if word.start != end.end or word.clause != place.clause or not _names(word) or word.mention is not None:
            break
        if metric is not None and word.end > metric.start:
            break
        end = word
    if end is place or not _heads(end):
        return None
    return Subject(folded[place.start : end.end])


def _heads_clause(words: Sequence[Word], word: Word) -> bool:
    """Whether nothing but dates, adverbs, marks and other names stands before the name in its clause."""
    before = [w for w in words if w.clause == word.clause and w.end <= word.start]
    return all(
        w.punct or w.time or w.mention or w.has("adverb", "opening", "joins") or w.tag in ("c", "d") for w in before
    )


def _is_slot(words: Sequence[Word], named: Sequence[Word], at: int) -> bool:
    """Whether the last name is a slot of its own figure (in a list of places): a place among others, or right before
    the figure."""
    last = named[-1]
    if last.mention is None or last.mention.label != "PLACE":
        return False
    return len(named) > 1 or words[at - 1] is last


def _headed(words: Sequence[Word], at: int, metric: Span | None, folded: str) -> Subject | None:
    """The noun phrase that heads the figure's clause, or else one before it, where it is not the metric itself."""
    for clause in range(words[at].clause, -1, -1):
        inside = [w for w in words[:at] if w.clause == clause and not (w.punct and w.text in QUOTE_MARKS)]
        while inside and (
            inside[0].time is not None or inside[0].has("adverb", "opening") or inside[0].tag in ("c", "d")
        ):
            inside.pop(0)
        head = []
        for word in inside:
            if not _names(word):
                break
            head.append(word)
        following = inside[len(head)] if len(head) < len(inside) else None
        closed = following is not None and not following.punct and following.quantity is None
        if not head or not closed or (metric is not None and head[-1].end > metric.start) or not _heads(head[-1]):
            continue
        if sum(len(w.text) for w in head) > 1 and not any(
            w.has("saying", "showing") for w in inside[len(head) : len(head) + 2]
        ):
            if head[0].mention is not None and head[0].mention.label in _PEOPLE:
                return _subject(head[0], folded)
            return Subject(folded[head[0].start : head[-1].end])
    return None


def _heads(last: Word) -> bool:
    """Whether a noun phrase that ends so can be a topic: a thing or a body, no measure and no bare person."""
    if last.mention is not None:
        return True
    return not last.has("head", "verbnoun", "person", "metric") and (
        last.tag == "" or last.tag[0] == "n" or last.tag == "eng"
    )


def _names(word: Word) -> bool:
    """Whether a word can stand in the noun phrase that heads a clause."""
    if word.mention is not None:
        return True
    if not word.is_word or word.punct or word.has(*_NO_NAME):
        return False
    return word.tag in ("", "eng", "x", "vn", "b", "j") or word.tag[0] == "n"


def _is_owner(words: Sequence[Word], word: Word) -> bool:
    """Whether a word names what a figure can belong to; a person does where it heads its clause."""
    if word.mention is None:
        return word.has("nation")
    if word.mention.label in _PEOPLE:
        at = next(n for n, w in enumerate(words) if w is word)
        return at == 0 or words[at - 1].clause != word.clause or words[at - 1].has("person")
    return word.mention.label in OWNERS


def _is_aside(words: Sequence[Word], word: Word) -> bool:
    """Whether a name is no topic: the other side of a comparison, a receiver or a place of the event, the sayer, a
    person's home."""
    at = next(n for n, w in enumerate(words) if w is word)
    if at and words[at - 1].has("compare", "than", "by", "locative"):
        return True
    if word.has("nation_agency"):
        return True
    following = [w for w in words[at + 1 : at + 4] if w.clause == word.clause]
    return any(w.has("saying", "showing") for w in following[:3])


def _before_bracket(words: Sequence[Word], at: int, folded: str) -> Subject | None:
    """The name or noun right before a bracket that holds nothing but the figure: X (10.6%)."""
    if (
        at < 2
        or words[at - 1].text not in ("(", "（")
        or (at + 1 < len(words) and words[at + 1].text not in (")", "）"))
    ):
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
        named = _headed_here(words, at, folded) or _behind(words, at, folded)
        if named is not None:
            return named
    for word in reversed(words[:at]):
        if word.mention is not None and word.mention.label in OWNERS and not described:
            return None
        if (word.mention is not None and word.mention.label in _PEOPLE) or word.has("person"):
            return _subject(word, folded)
    return None


def _headed_here(words: Sequence[Word], at: int, folded: str) -> Subject | None:
    """X is N years old: what heads the figure's own clause, if only a verb to be stands between."""
    inside = [w for w in words[:at] if w.clause == words[at].clause]
    while inside and inside[-1].has("carry", "adverb"):
        inside.pop()
    if (
        not inside
        or len(inside) > 4
        or inside[-1].end == words[at].start
        or any(w.punct or w.time or w.quantity for w in inside)
    ):
        return None
    return _subject(inside[-1], folded) if inside[-1].mention else Subject(folded[inside[0].start : inside[-1].end])


def _behind(words: Sequence[Word], at: int, folded: str) -> Subject | None:
    noun: Word | None = None
    for word in words[at + 1 : at + 8]:
        if word.punct and word.text not in "“”":
            break
        if word.mention is not None and word.mention.label in _PEOPLE:
            return _subject(word, folded)
        if word.tag == "nr" and 2 <= len(word.text) <= 4:
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
