"""Clause patterns: a small language for what stands around a figure, compiled to regexes over a sentence's items.

A pattern is a row of elements parted by spaces, each one item of the sentence:

    F               the figure in question            Q           another figure
    T               a phrase that says when           NP, NAME    a run of nouns, one that holds a name
    carry, rise ..  a word of that cue class          h_person .. a run whose last word is of that class
    COMMA SEMI COLON DUN OPEN CLOSE MARK              marks (DUN is the enumeration comma)
    .               any one item                      _           any one item of the same clause but a figure

`[ ]` around an element marks the run that the pattern proposes, `( | )` parts alternatives, `* + ?` repeat, `!x` is an
item that is no x, `a&b` one that is both, and a kind of quantity (`F&count`) narrows a figure.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from newsmine.claims.figure import Figure
from newsmine.errors import PatternError
from newsmine.packs import Entry

_ELEMENT = regex.compile(r"!?[A-Za-z][A-Za-z_]*(?:&!?[A-Za-z][A-Za-z_]*)*|\.|_|[\[\]()|*+?]|\s+")
_WITHIN = "COMMA SEMI COLON MARK Q"


@dataclass(frozen=True, slots=True)
class ClausePattern:
    """A compiled pattern with the entry that holds it. A `sure` one decides where it matches."""

    id: str
    compiled: regex.Pattern[str]
    sure: bool = False

    def proposes(self, code: str, offsets: list[int]) -> Iterator[int]:
        """The places of the items that the pattern proposes in an encoded sentence."""
        for match in self.compiled.finditer(code):
            yield bisect_right(offsets, match.start("it")) - 1


def proposals(patterns: Sequence[ClausePattern], figure: Figure) -> dict[int, list[ClausePattern]]:
    """For the first word of every run that patterns propose for a figure these patterns, in their order."""
    found: dict[int, list[ClausePattern]] = {}
    for pattern in patterns:
        for place in pattern.proposes(figure.code, figure.offsets):
            item = figure.sentence.items[figure.first_item + place]
            found.setdefault(item.first, []).append(pattern)
    return found


def compile_patterns(entries: Iterable[Entry], slot: str) -> list[ClausePattern]:
    """The patterns of a slot (metric, subject) in the order of their files."""
    return [
        ClausePattern(e.id, compile_pattern(str(e.get("pattern")), e.origin), bool(e.get("sure")))
        for e in entries
        if e.get("slot") == slot and e.get("pattern")
    ]


def mechanism_ids(entries: Iterable[Entry], slot: str) -> dict[str, str]:
    """The ids of the entries that name the mechanisms of a slot."""
    return {str(e.get("mechanism")): e.id for e in entries if e.get("slot") == slot and e.get("mechanism")}


def compile_pattern(pattern: str, origin: str = "") -> regex.Pattern[str]:
    """The regex of a pattern; PatternError says what it does not know."""
    parts, position = [], 0
    for match in _ELEMENT.finditer(pattern):
        if match.start() != position:
            break
        parts.append(_element(match.group()))
        position = match.end()
    text = "".join(parts)
    if position != len(pattern) or text.count("(?P<it>") != 1 or not regex.search(r"(?<!\w)F(?!\w)", pattern):
        raise PatternError(f"{origin}: a clause pattern has elements, one F and one [run]; not: {pattern}")
    try:
        return regex.compile(text)
    except regex.error as reason:
        raise PatternError(f"{origin}: the clause pattern does not compile: {reason}: {pattern}") from None


def _element(element: str) -> str:
    if element.isspace():
        return ""
    if element == "[":
        return "(?P<it>"
    if element == "]":
        return ")"
    if element == "(":
        return "(?:"
    if element == ".":
        return "(?:<[^<>]*+>)"
    if element == "_":
        return "(?:<" + "".join(f"(?![^<>]* {a} )" for a in _WITHIN.split()) + "[^<>]*+>)"
    if element in ")|*+?":
        return element
    tests = "".join(f"(?{'!' if a[0] == '!' else '='}[^<>]* {a.lstrip('!')} )" for a in element.split("&"))
    return f"(?:<{tests}[^<>]*+>)"
