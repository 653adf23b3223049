"""What is known of an article as a whole when one of its figures is linked: its topics, and how often it names what."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

import regex

from newsmine.claims.ranking import Candidate, Traits
from newsmine.types import OWNERS, PEOPLE, Mention, Span

# What the features of candidates that are no names call them.
PHRASE = "np"
# How many of the owners named most often are candidates for a subject.
_MOST = 3
# How many of the noun phrases that head most clauses are.
_RECURRING = 4


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that the article may be about: its name, and why (title, head, host, often0 ..)."""

    name: str
    why: str
    mention: Mention | None = None


@dataclass(slots=True)
class Story:
    """The mentions of an article, its topics, and its paragraphs."""

    folded: str
    mentions: Sequence[Mention]
    title: Span | None
    topics: list[Topic]
    resolve: Callable[[str], str | None]
    frequency: Callable[[str], int]
    # The grammatical subjects of the sentences so far, with their mentions.
    heads: list[tuple[str, Mention | None]] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _told_of: dict[tuple[str, str], Traits] = field(default_factory=dict)
    _ends: list[int] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Where lines with text start: blank lines between paragraphs must not tell two pages of one article apart.
        lines = regex.finditer(r"[^\n]*+", self.folded)
        self._lines = [m.start() for m in lines if m.group().strip()]
        self._ends = [m.end for m in self.mentions]

    def lines_between(self, first: int, second: int) -> int:
        """How many lines with text begin between two places."""
        return bisect_right(self._lines, second) - bisect_right(self._lines, first)

    def before(self, position: int) -> Sequence[Mention]:
        """The mentions that end before a position, in order."""
        return self.mentions[: bisect_right(self._ends, position)]

    def told_of(self, text: str, label: str) -> Traits:
        """Features that a text with a label has wherever in the article it is a candidate."""
        key = (text, label)
        found = self._told_of.get(key)
        if found is None:
            found = self._told_of[key] = Traits(self._features_of(text, label))
        return found

    def _features_of(self, text: str, label: str) -> Iterator[str]:
        count = self.count(text)
        bucket = count if count < 3 else 3 if count < 6 else 6 if count < 12 else 12
        yield f"label:{label}"
        yield f"count:{bucket}|{label}"
        if label == PHRASE:
            rare = self.frequency(text)
            yield f"term:{len(str(rare)) if rare else 0}|{bucket}"
            yield f"text:{text}"
        if self.title is not None and text in self.folded[self.title.start : self.title.end]:
            yield f"in_title|{label}"
        if any(t.name == text for t in self.topics[:3]):
            yield f"is_topic|{label}"

    def count(self, text: str) -> int:
        """How often the folded article holds a text."""
        if text not in self._counts:
            self._counts[text] = self.folded.count(text)
        return self._counts[text]


def topics_of(
    head: str | None,
    mentions: Sequence[Mention],
    title: Span | None,
    host: str | None,
    home: str | None,
    heads: Sequence[str],
) -> list[Topic]:
    """The topics of an article. `head`: the noun that heads its title and comes back; `home`: the country or region
    that it is about; `heads`: the grammatical subjects of its clauses."""
    owners = [m for m in mentions if m.label in OWNERS]
    topics = [Topic(head, "head")] if head else []
    if title is not None:
        inside = [m for m in mentions if title.start <= m.start < title.end]
        topics += [Topic(m.name, f"title{n}", m) for n, m in enumerate(inside[:2])]
    counts = Counter(m.name for m in owners)
    first = {m.name: m for m in reversed(owners)}
    ranked = sorted(counts, key=lambda name: (-counts[name], first[name].start))
    topics += [Topic(name, f"often{n}", first[name]) for n, name in enumerate(ranked[:_MOST])]
    if owners:
        topics.append(Topic(owners[0].name, "opens", owners[0]))
    people = [m for m in mentions if m.label in PEOPLE]
    told = Counter(m.name for m in people)
    if told:
        name = min(told, key=lambda n: (-told[n], n))
        topics.append(Topic(name, "person", next(m for m in people if m.name == name)))
    if host:
        topics.append(Topic(host, "host"))
    if home:
        topics.append(Topic(home, "home"))
    named = {m.name: m for m in reversed(mentions)}
    recurring = Counter(heads)
    often = sorted((h for h in recurring if recurring[h] > 1), key=lambda h: (-recurring[h], h))
    return topics + [Topic(h, f"recurs{n}", named.get(h)) for n, h in enumerate(often[:_RECURRING])]


def merged(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates with those of one text made one, that has the features of all of them and stands where the first
    does."""
    kept: dict[str, list[Candidate]] = {}
    for c in candidates:
        kept.setdefault(c.text, []).append(c)
    return [_one(same) if len(same) > 1 else same[0] for same in kept.values()]


def _one(same: Sequence[Candidate]) -> Candidate:
    one = same[0]
    one.own = tuple(dict.fromkeys(chain.from_iterable(c.features for c in same)))
    one.traits = ()
    one.mention = next((c.mention for c in same if c.mention is not None), None)
    one.sure = any(c.sure for c in same)
    return one
