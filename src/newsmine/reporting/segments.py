"""An article cut at every edge of a mark, in code points, so that nothing that shows it has to count characters.

Code points here, UTF-16 units in a browser: a character beyond the basic plane before a figure would shift its mark.
A page gets the pieces and refers to them by number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsmine.tables import Row

TEXT, CLAIM, ENTITY, FURNITURE, CONTROL = "", "c", "e", "x", "b"

# Characters that turn the direction of what follows: shown by name, else they rearrange the sentence they stand in.
CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text, what it is, and the position of its row among the claims or entities."""

    text: str
    kind: str = TEXT
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """A text in pieces; `at` says for each edge of a mark which piece starts there."""

    segments: list[Segment]
    at: Mapping[int, int]

    def pieces(self, start: int | None, end: int | None) -> Range | None:
        """The pieces of a stretch as (first, one after the last); None where the stretch is not in the text."""
        if start is None or end is None or start not in self.at or end not in self.at or start >= end:
            return None
        return self.at[start], self.at[end]


def cut(text: str, claims: Mapping[int, Row], entities: Mapping[int, Row], chrome: Iterable[Sequence[int]] = ()) -> Cut:
    """The text in pieces. Rows come by their position; a figure lies over a name, a name over furniture."""
    size = len(text)
    marks: list[tuple[str, int | None, int, int]] = [(FURNITURE, None, low, high) for low, high in chrome]
    marks += [(ENTITY, n, e["start"], e["end"]) for n, e in _longest_first(entities)]
    marks += [(CLAIM, n, c["start"], c["end"]) for n, c in _longest_first(claims)]
    marks += [(CONTROL, None, n, n + 1) for n, character in enumerate(text) if character in CONTROLS]
    inside = [m for m in marks if 0 <= m[2] < m[3] <= size]
    edges = {0, size, *(edge for m in inside for edge in m[2:])}
    edges.update(edge for c in claims.values() for edge in _edges_of(c) if 0 <= edge <= size)
    places = sorted(edges)
    at = {place: number for number, place in enumerate(places)}
    owner: list[tuple[str, int | None]] = [(TEXT, None)] * len(places)
    for kind, ref, low, high in inside:
        owner[at[low] : at[high]] = [(kind, ref)] * (at[high] - at[low])
    pieces = [Segment(text[low:high], *owner[at[low]]) for low, high in pairwise(places)]
    return Cut(pieces, at)


def _edges_of(claim: Row) -> Iterable[int]:
    """Where the sentence and the metric of a claim start and end."""
    yield claim["sentence_start"]
    yield claim["sentence_start"] + len(claim["sentence"])
    if claim["metric_start"] is not None:
        yield claim["metric_start"]
        yield claim["metric_end"]


def _longest_first(rows: Mapping[int, Row]) -> list[tuple[int, Row]]:
    return sorted(rows.items(), key=lambda item: item[1]["start"] - item[1]["end"])
