"""Where a quotation begins and ends, and whose turn it is in an interview."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

import regex

from newsmine.types import Span

OPENING_QUOTES = "“「『"
CLOSING_QUOTES = "”」』"
# How far back and forth a quotation is followed.
_REACH = 400
# A name before a colon, at the start of a line or of a sentence.
_LABEL = regex.compile(r"(?:^|(?<=[\n。！？!?”]))\s*(?P<name>《?[\p{Han}A-Za-z·]{2,10}》?)[：:]")
# An interview has at least so many turns, and a speaker so many of them.
_TURNS, _OWN = 4, 2


def quotation_at(folded: str, position: int) -> Span | None:
    """The quotation around a position, within its paragraph; None outside of any."""
    depth = 0
    for start in range(position - 1, max(-1, position - _REACH), -1):
        if folded[start] in CLOSING_QUOTES:
            depth += 1
        elif folded[start] in OPENING_QUOTES:
            depth -= 1
            if depth < 0:
                return Span(start, _closing(folded, position))
        elif folded[start] == "\n" and folded[start - 1 : start] == "\n":
            return None
    return None


def _closing(folded: str, position: int) -> int:
    depth = 0
    for end in range(position, min(len(folded), position + _REACH)):
        if folded[end] in OPENING_QUOTES:
            depth += 1
        elif folded[end] in CLOSING_QUOTES:
            depth -= 1
            if depth < 0:
                return end + 1
    return min(len(folded), position + _REACH)


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of an interview: where each begins, and the name in front of it."""

    starts: tuple[int, ...] = ()
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, folded: str) -> Turns:
        """The turns of a text; none where it is no interview."""
        found = [(m.start(), m["name"].strip("《》")) for m in _LABEL.finditer(folded)]
        often = {name for name, count in Counter(n for _, n in found).items() if count >= _OWN}
        turns = [(start, name) for start, name in found if name in often]
        if len(turns) < _TURNS or len(often) < 2:
            return cls()
        return cls(tuple(s for s, _ in turns), tuple(n for _, n in turns))

    def at(self, position: int) -> str | None:
        """Whose turn it is at a position."""
        n = bisect_right(self.starts, position) - 1
        return self.names[n] if n >= 0 else None
