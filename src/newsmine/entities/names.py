"""Names that end with a known word: the suffix is the anchor, and the left edge is the work."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from newsmine.entities.lexicon import Lexicon
from newsmine.entities.model import Candidate, Hit, Label, Labels, within
from newsmine.entities.words import Words
from newsmine.packs import Entry, Patterns
from newsmine.types import Token

_UNKNOWN_WORDS = 2
_LONGEST_UNKNOWN = 5
_SHORTEST_NAME = 2
# A listed name of so few characters can stand across two other words.
_SHORT = 3
_PLACES = ("region", "city", "district", "county", "place")
_ADMIN = {"admin", "relative"}
# Before these a name goes on with what lists know, never with an unknown word.
_COMPLETE = {*_PLACES, "country", "name"}
_NOUN = frozenset({"n"})
_LONGEST_DOTTED = 18
_DOTTED = regex.compile(r"(\p{Han}{1,5})[·•‧・](?:\p{Han}{1,5}[·•‧・]){0,2}\p{Han}{1,5}\Z")
# The tags of words that stand inside a name behind its place: adjectives, idioms.
_BRIDGES = frozenset(("a", "an", "i", "l"))
# First letters of the tags of function words, numbers and pronouns.
_FUNCTION = frozenset("pcurmqf")


class NameFinder:
    """Finds names of the labels whose mechanism is `name`."""

    def __init__(self, patterns: Patterns, labels: Labels) -> None:
        self._labels = {label.name: label for label in labels.of("name")}
        self._walkers = {name: _Walker(patterns, label) for name, label in self._labels.items()}

    def find(self, words: Words, suffixes: Iterable[Hit], gazetteer: Iterable[Hit]) -> list[Candidate]:
        listed = [self._listed(words, hit) for hit in gazetteer if hit.entry.get("label") in self._walkers]
        taken = {c.end: c for c in listed if c is not None}
        found = [self._suffixed(words, hit) for hit in suffixes if not _inside(hit, taken)]
        return [c for c in (*listed, *found) if c is not None]

    def _listed(self, words: Words, hit: Hit) -> Candidate | None:
        label = hit.entry.get("label")
        short = hit.end - hit.start <= _SHORT
        if (short and not (words.starts(hit.start) and words.ends(hit.end))) or _blocked(
            hit.entry, words.text, hit.start, hit.end
        ):
            return None
        walker = self._walkers[label]
        start, parts = walker.left(words, hit.start, anchored=True)
        end = walker.tail(words.text, hit.end)
        return Candidate(start, end, label, hit.entry.id, words.text[start:end], parts=parts | {"listed"}, weight=3)

    def _suffixed(self, words: Words, hit: Hit) -> Candidate | None:
        entry, text = hit.entry, words.text
        if _blocked(entry, text, hit.start, hit.end) or not _whole(words, hit.end):
            return None
        label = entry.get("label")
        walker = self._walkers[label]
        start, parts = walker.left(words, hit.start)
        end = walker.tail(text, hit.end)
        named = start < hit.start and _satisfied(entry, parts)
        if "generic" in parts and (not named or walker.begins_unsaid(text, start, parts)):
            return None
        return Candidate(start, end, label, entry.id, text[start:end], named, parts, weight=2)


class _Walker:
    """Extends a name of one label to its left over places, parts and words that no list knows."""

    def __init__(self, patterns: Patterns, label: Label) -> None:
        self._label = label
        entries = [e for e in patterns.stage("part") if within(label.name, e)]
        order = ("name", "owner", "kind", "ordinal", "relative", "admin", "generic")
        ranked = sorted((e for e in entries if e.get("class") in order), key=lambda e: order.index(e.get("class")))
        forms = [(f, str(e.get("class"))) for e in ranked for f in e.forms]
        places = [(f, str(e.get("kind"))) for e in patterns.stage("place") for f in e.forms]
        self._parts = Lexicon(places + forms)
        self._regexes = [(patterns.compiled(f"(?:{e.regex})\\Z"), str(e.get("class"))) for e in ranked if e.regex]
        self._edges = Lexicon((f, True) for e in entries if e.get("class") == "edge" for f in e.forms)
        tails = [e.regex for e in entries if e.regex and e.get("class") == "tail"]
        self._branch = patterns.compiled("|".join(tails)) if tails else None
        self._tails = Lexicon((f, True) for e in entries if e.get("class") == "tail" for f in e.forms)

    def left(self, words: Words, end: int, anchored: bool = False) -> tuple[int, frozenset[str]]:
        """Where the name begins that goes on at `end`, and the classes of what stands in it. An `anchored` name is
        whole already: only what surely belongs to it is added."""
        floor = max(words.sentence(end - 1).start, end - self._label.reach)
        position, classes, unknown, last = end, set[str](), 0, ""
        while position > floor:
            free = unknown < _UNKNOWN_WORDS and (not anchored or "owner" in classes) and last not in _COMPLETE
            step = self._step(words, position, floor, free, last == "admin")
            if step is None or (anchored and step[1] == "noun"):
                break
            start, kind = step
            if last == "admin" and kind in ("proper", "noun", "place") and position - start == 1:
                start = self._widened(words, start, floor)
            if kind == "proper":
                unknown += 1
            elif kind == "admin":
                unknown = min(unknown, _UNKNOWN_WORDS - 1)
            if kind == "generic":
                classes.add(kind)
                break
            classes.update(self._meaning(kind, words.text[start:position], classes))
            position, last = start, kind
        return self._trim(words, position, end), frozenset(classes)

    def _step(self, words: Words, position: int, floor: int, free: bool, admin: bool) -> tuple[int, str] | None:
        part = self._part(words.text, position, floor)
        dotted = self._dotted(words, position, floor) if part is None or position - part[0] == 1 else None
        if dotted is not None:
            return dotted, "proper"
        token = words.ending(position)
        if token is None or token.kind not in ("word", "number"):
            return part
        if token.end == position and len(token.text) > 1 and token.text in self._edges:
            return None
        whole = self._proper(words, token, position, floor, admin)
        if whole is None or (part is not None and (part[0] <= whole[0] or (part[1] == "admin" and not token.tag))):
            return part
        if part is not None and not free and whole[1] == "proper":
            return part
        return whole if free or whole[1] != "proper" else None

    def begins_unsaid(self, text: str, start: int, parts: frozenset[str]) -> bool:
        """Whether a name begins with an administrative word alone, its place left unsaid."""
        return "place" not in parts and any(self._parts.get(text[start : start + n]) in _ADMIN for n in (1, 2))

    def _widened(self, words: Words, start: int, floor: int) -> int:
        """Over one more character, where one alone stands before an administrative word."""
        token = words.ending(start)
        if token is None or token.kind != "word" or token.end != start or start - 1 < floor:
            return start
        alone = len(token.text) == 1 and token.tag[:1] not in _FUNCTION and token.text not in self._edges
        return start - 1 if alone and self._parts.get(words.text[start - 1 : start]) is None else start

    def _part(self, text: str, position: int, floor: int) -> tuple[int, str] | None:
        found = self._parts.ending(text, position, floor)
        for pattern, kind in self._regexes:
            match = pattern.search(text, max(floor, position - 6), position)
            if match and (found is None or match.start() < found[0]):
                found = match.start(), kind
        return found

    def _proper(self, words: Words, token: Token, position: int, floor: int, admin: bool) -> tuple[int, str] | None:
        """What a token says of the characters left of a position: a name that the dictionary or nobody knows.

        Before an administrative word (`admin`) any noun may be the name of a place.
        """
        tags = self._label.tags | _NOUN if admin else self._label.tags
        start = max(token.start, floor)
        if admin and len(token.text) == 1 and token.tag[:1] not in _FUNCTION and token.text not in self._edges:
            return start, "proper"
        if token.tag and token.tag not in tags:
            return (start, "proper") if "unknown" in tags and self._bridged(words, token, position) else None
        if not token.tag and ("unknown" not in tags or not token.text.isalpha()):
            return None
        length = position - start
        if not token.tag and start == token.start:
            start += self._edge_length(token.text[:length])
            length = position - start
            dangling = length < _LONGEST_UNKNOWN and token.text[length - 1] in self._edges
            if dangling or _all_edges(token.text, self._edges):
                return None
        if token.text in self._edges and (len(token.text) > 1 or token.tag in ("", "n")):
            return None
        if not token.tag and (length > _LONGEST_UNKNOWN or self._phrase(words, words.text[start:position])):
            return None
        kind = {"ns": "place", "nt": "name", "n": "noun", "vn": "noun", "b": "noun"}.get(token.tag, "proper")
        return start, "proper" if admin and kind == "noun" else kind

    @staticmethod
    def _dotted(words: Words, position: int, floor: int) -> int | None:
        """Where a foreign name with dots begins that ends here."""
        if not words.dotted:
            return None
        match = _DOTTED.search(words.text, max(floor, position - _LONGEST_DOTTED), position)
        if match is None:
            return None
        token = words.covering(match.end(1) - 1)
        return max(match.start(), token.start) if token is not None else int(match.start())

    def _bridged(self, words: Words, token: Token, position: int) -> bool:
        """Whether a word of two characters that names nothing stands right behind a place that lists know."""
        if token.tag not in _BRIDGES or len(token.text) != 2 or token.end != position:
            return False
        before = words.ending(token.start)
        return before is not None and before.end == token.start and before.tag in ("ns", "nz")

    @staticmethod
    def _phrase(words: Words, piece: str) -> bool:
        """Whether what no dictionary has is but verbs and function words of one character each."""
        tags = [words.tag(c)[:1] for c in piece]
        return len(piece) > 1 and all(t and t in "vpdcurq" for t in tags)

    def _edge_length(self, text: str) -> int:
        """How many characters of a word that no dictionary has are function words glued to its left."""
        cut = 0
        while cut < len(text) - 1:
            found = self._edges.starting(text, cut)
            if found is None or (len(text) - found[0] < _SHORTEST_NAME and text[found[0] :] not in self._parts):
                break
            cut = found[0]
        return cut

    def _meaning(self, kind: str, taken: str, before: set[str]) -> set[str]:
        """The classes that a step adds; a place with its admin word, or one that no pack lists, is a county."""
        if kind == "country":
            return {"country"}
        if kind in _PLACES or (kind == "proper" and before & _ADMIN):
            small = kind == "place" and taken not in self._parts
            admin = small or before & _ADMIN or self._parts.get(taken[-1:]) in _ADMIN
            return {"place", "county"} if admin else {"place"}
        return {kind}

    def _trim(self, words: Words, start: int, end: int) -> int:
        """The left edge without what the segmenter glued to a word that it did not know."""
        text = words.text
        while start < end and not text[start].isalnum():
            start += 1
        token = words.covering(start) if start < end else None
        known = self._parts.starting(text, start) is not None
        if token is not None and not token.tag and token.start == start and not known:
            found = self._edges.starting(text, start)
            if found is not None and end - found[0] >= _SHORTEST_NAME:
                return found[0]
        return start

    def tail(self, text: str, end: int) -> int:
        """Where the name ends when a branch follows it, with or without the branch's place."""
        branch = self._branch.match(text, end) if self._branch is not None else None
        if branch is not None:
            return int(branch.end())
        place = self._parts.starting(text, end)
        for start in (end, place[0]) if place is not None and place[1] in _PLACES else (end,):
            found = self._tails.starting(text, start)
            if found is not None:
                return found[0]
        return end


def _satisfied(entry: Entry, parts: frozenset[str]) -> bool:
    needs = entry.get("needs", ())
    return not needs or any(all(p in parts for p in need.split("+")) for need in needs)


def _blocked(entry: Entry, text: str, start: int, end: int) -> bool:
    if any(text.startswith(w, end) for w in entry.get("not_before", ())):
        return True
    return any(text.endswith(w, 0, start) for w in entry.get("not_after", ()))


def _whole(words: Words, end: int) -> bool:
    """Whether the suffix ends where a word ends, or the rest of the word that goes on is a word too."""
    token = words.ending(end)
    if token is None or token.end == end or not token.tag:
        return True
    return token.end - end > 1 and words.tag(words.text[end : token.end]) != ""


def _inside(hit: Hit, taken: dict[int, Candidate]) -> bool:
    known = taken.get(hit.end)
    return known is not None and known.start <= hit.start


def _all_edges(text: str, edges: Lexicon[bool]) -> bool:
    """Whether a text is nothing but function words."""
    position = 0
    while position < len(text):
        found = edges.starting(text, position)
        if found is None:
            return False
        position = found[0]
    return True
