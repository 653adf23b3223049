"""Where a quotation begins and ends, and whose turn it is in an interview."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass

import regex

from newsmine.types import Span

OPENING_QUOTES = "“「『"
CLOSING_QUOTES = "”」』"
# How far back and forth a quotation is followed.
_REACH = 400
# A quotation mark, or the end of a paragraph (the second of two line ends).
_MARK = regex.compile(rf"[{OPENING_QUOTES}{CLOSING_QUOTES}]|(?<=\n)\n")
# A name before a colon, at the start of a line or of a sentence.
_LABEL = regex.compile(r"(?:^|(?<=[\n。！？!?”]))\s*(?P<name>《?[\p{Han}A-Za-z·]{2,10}》?)[：:]")
# An interview has at least so many turns, and a speaker so many of them.
_TURNS, _OWN = 4, 2


class Quotations:
    """The quotations of a text, by its quotation marks and the ends of its paragraphs."""

    def __init__(self, folded: str) -> None:
        self._size = len(folded)
        marks = [(m.start(), m.group()) for m in _MARK.finditer(folded)]
        self._places = [place for place, _ in marks]
        self._signs = [sign for _, sign in marks]

    def at(self, position: int) -> Span | None:
        """The quotation around a position, within its paragraph; None outside of any."""
        depth = 0
        after = bisect_left(self._places, position)
        for n in range(after - 1, -1, -1):
            if self._places[n] <= position - _REACH:
                return None
            if self._signs[n] in CLOSING_QUOTES:
                depth += 1
            elif self._signs[n] in OPENING_QUOTES:
                depth -= 1
                if depth < 0:
                    return Span(self._places[n], self._closing(position, after))
            else:
                return None
        return None

    def _closing(self, position: int, after: int) -> int:
        depth = 0
        last = min(self._size, position + _REACH)
        for n in range(after, len(self._places)):
            if self._places[n] >= last:
                break
            if self._signs[n] in OPENING_QUOTES:
                depth += 1
            elif self._signs[n] in CLOSING_QUOTES:
                depth -= 1
                if depth < 0:
                    return self._places[n] + 1
        return last


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
