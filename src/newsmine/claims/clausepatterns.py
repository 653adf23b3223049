"""Clause patterns: a small language for what stands around a figure, matched against the items of a sentence.

A pattern is a row of elements parted by spaces, each one item of the sentence:

    F               the figure in question            Q           another figure
    T               a phrase that says when           NP, NAME    a run of nouns, one that holds a name
    carry, rise ..  a word of that cue class          h_person .. a run whose last word is of that class
    COMMA SEMI COLON DUN OPEN CLOSE MARK              marks (DUN is the enumeration comma)
    .               any one item                      _           any one item of the same clause but a figure

`[ ]` around an element marks the run that the pattern proposes, `( | )` parts alternatives, `* + ?` repeat, `!x` is an
item that is no x, `a&b` one that is both, and a kind of quantity (`F&count`) narrows a figure.

Matching follows every way to read a pattern at once, with sets of places between items as the bits of an integer (as
Shift-And does): the time is at most items x elements, whatever the pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

import regex

from newsmine.claims.figure import Figure
from newsmine.claims.window import Window, of_figure
from newsmine.errors import PatternError
from newsmine.packs import Entry

_ELEMENT = regex.compile(r"!?[A-Za-z][A-Za-z_]*(?:&!?[A-Za-z][A-Za-z_]*)*|\.|_|[\[\]()|*+?]|\s+")
_WITHIN = "!COMMA&!SEMI&!COLON&!MARK&!Q"


class _Node(Protocol):
    """A part of a pattern. `ahead` and `back` lead from the places where it starts to those where it can end, and the
    other way round; `proposed` are the items that its [run] can be between two sets of places."""

    @property
    def marked(self) -> bool: ...

    @property
    def needed(self) -> frozenset[str]:
        """Tests of which each must be true of some item, or the part cannot match."""

    def ahead(self, places: int, window: Window) -> int: ...
    def back(self, places: int, window: Window) -> int: ...
    def proposed(self, starts: int, ends: int, window: Window) -> int: ...


@dataclass(frozen=True, slots=True)
class _Item:
    """One item, of which one of the alternatives must be true."""

    tests: str
    marked: bool = False

    @property
    def needed(self) -> frozenset[str]:
        return frozenset((self.tests,))

    def ahead(self, places: int, window: Window) -> int:
        return (places & window.mask(self.tests)) << 1

    def back(self, places: int, window: Window) -> int:
        return (places >> 1) & window.mask(self.tests)

    def proposed(self, starts: int, ends: int, window: Window) -> int:
        return starts & self.back(ends, window)


@dataclass(frozen=True, slots=True)
class _Row:
    """Parts one after the other."""

    parts: tuple[_Node, ...]
    marked: bool

    @property
    def needed(self) -> frozenset[str]:
        return frozenset().union(*(part.needed for part in self.parts))

    def ahead(self, places: int, window: Window) -> int:
        for part in self.parts:
            if not places:
                return 0
            places = part.ahead(places, window)
        return places

    def back(self, places: int, window: Window) -> int:
        for part in reversed(self.parts):
            if not places:
                return 0
            places = part.back(places, window)
        return places

    def proposed(self, starts: int, ends: int, window: Window) -> int:
        n = next(n for n, part in enumerate(self.parts) if part.marked)
        for part in reversed(self.parts[n + 1 :]):
            if not ends:
                return 0
            ends = part.back(ends, window)
        for part in self.parts[:n]:
            if not starts:
                return 0
            starts = part.ahead(starts, window)
        return self.parts[n].proposed(starts, ends, window)


@dataclass(frozen=True, slots=True)
class _Either:
    """One of several parts."""

    parts: tuple[_Node, ...]
    marked: bool

    @property
    def needed(self) -> frozenset[str]:
        return self.parts[0].needed.intersection(*(part.needed for part in self.parts[1:]))

    def ahead(self, places: int, window: Window) -> int:
        found = 0
        for part in self.parts:
            found |= part.ahead(places, window)
        return found

    def back(self, places: int, window: Window) -> int:
        found = 0
        for part in self.parts:
            found |= part.back(places, window)
        return found

    def proposed(self, starts: int, ends: int, window: Window) -> int:
        return next(part for part in self.parts if part.marked).proposed(starts, ends, window)


@dataclass(frozen=True, slots=True)
class _Repeated:
    """A part that may be left out, or come more than once."""

    part: _Node
    optional: bool
    many: bool
    marked: bool = False

    @property
    def needed(self) -> frozenset[str]:
        return frozenset() if self.optional else self.part.needed

    def ahead(self, places: int, window: Window) -> int:
        found = reached = self.part.ahead(places, window)
        while self.many and reached:
            reached = self.part.ahead(reached, window) & ~found
            found |= reached
        return found | places if self.optional else found

    def back(self, places: int, window: Window) -> int:
        found = reached = self.part.back(places, window)
        while self.many and reached:
            reached = self.part.back(reached, window) & ~found
            found |= reached
        return found | places if self.optional else found

    def proposed(self, starts: int, ends: int, window: Window) -> int:
        if not self.many:
            return self.part.proposed(starts, ends, window)
        starts |= self.ahead(starts, window)
        return self.part.proposed(starts, ends | self.back(ends, window), window)


@dataclass(frozen=True, slots=True)
class ClausePattern:
    """A compiled pattern with the entry that holds it. A `sure` one decides where it matches, for the persons of the
    run or (`decides`) for the name that opens or ends it. `needed` are the tests of which each must be true of an item
    of the sentence, whatever its figure."""

    id: str
    compiled: _Node
    sure: bool = False
    needed: tuple[str, ...] = ()
    decides: str = "person"

    def proposes(self, window: Window) -> Iterator[int]:
        """The indexes of the items of the sentence that the pattern proposes for the figure of a window."""
        found = self.compiled.proposed(window.places, window.places, window)
        while found:
            lowest = found & -found
            yield lowest.bit_length() - 1
            found ^= lowest


def proposals(patterns: Sequence[ClausePattern], figure: Figure) -> dict[int, list[ClausePattern]]:
    """For the first word of every run that patterns propose for a figure these patterns, in their order."""
    found: dict[int, list[ClausePattern]] = {}
    window = figure.window
    for pattern in patterns:
        if all(map(window.masks.anywhere, pattern.needed)):
            for item in pattern.proposes(window):
                found.setdefault(figure.sentence.items[item].first, []).append(pattern)
    return found


def compile_patterns(entries: Iterable[Entry], slot: str) -> list[ClausePattern]:
    """The patterns of a slot (metric, subject) in the order of their files."""
    told = [e for e in entries if e.get("slot") == slot and e.get("pattern")]
    compiled = [compile_pattern(str(e.get("pattern")), e.origin) for e in told]
    return [
        ClausePattern(
            e.id,
            node,
            bool(e.get("sure")),
            tuple(sorted(t for t in node.needed if not of_figure(t))),
            e.get("decides", "person"),
        )
        for e, node in zip(told, compiled, strict=True)
    ]


def mechanism_ids(entries: Iterable[Entry], slot: str) -> dict[str, str]:
    """The ids of the entries that name the mechanisms of a slot."""
    return {str(e.get("mechanism")): e.id for e in entries if e.get("slot") == slot and e.get("mechanism")}


def compile_pattern(pattern: str, origin: str = "") -> _Node:
    """What a pattern says; PatternError tells what it does not know."""
    elements, position = [], 0
    for match in _ELEMENT.finditer(pattern):
        if match.start() != position:
            break
        position = match.end()
        if not match.group().isspace():
            elements.append(match.group())
    rest = list(reversed(elements))
    node: _Node | None = None
    with suppress(IndexError, ValueError):
        node = _alternatives(rest)
    figures = [e for e in elements if "F" in e.split("&")]
    if node is None or rest or position != len(pattern) or elements.count("[") != 1 or len(figures) != 1:
        raise PatternError(f"{origin}: a clause pattern has elements, one F and one [run]; not: {pattern}")
    return node


def _alternatives(rest: list[str]) -> _Node:
    rows = [_row(rest)]
    while rest and rest[-1] == "|":
        rest.pop()
        rows.append(_row(rest))
    if len(rows) == 1:
        return rows[0]
    items = [row for row in rows if isinstance(row, _Item) and not row.marked]
    if len(items) == len(rows):
        return _Item("|".join(item.tests for item in items))
    return _Either(tuple(rows), any(row.marked for row in rows))


def _row(rest: list[str]) -> _Node:
    parts: list[_Node] = []
    while rest and rest[-1] not in ("|", ")"):
        part = _part(rest)
        while rest and rest[-1] in ("*", "+", "?"):
            sign = rest.pop()
            part = _Repeated(part, sign != "+", sign != "?", part.marked)
        parts.append(part)
    if not parts:
        raise ValueError("nothing stands here")
    return parts[0] if len(parts) == 1 else _Row(tuple(parts), any(part.marked for part in parts))


def _part(rest: list[str]) -> _Node:
    element = rest.pop()
    if element == "(":
        inside = _alternatives(rest)
        if rest.pop() != ")":
            raise ValueError("a bracket is open")
        return inside
    if element == "[":
        (tests, closing) = (rest.pop(), rest.pop())
        if closing != "]":
            raise ValueError("a run is one element")
        return _Item(_tests(tests), True)
    return _Item(_tests(element))


def _tests(element: str) -> str:
    if element in "[]()|*+?":
        raise ValueError("a sign where an element should be")
    return _WITHIN if element == "_" else element
