"""Lists that are told together: A, B and C are N1, N2 and N3 respectively."""

from __future__ import annotations

from collections.abc import Sequence

from newsmine.claims.words import Word


def members(words: Sequence[Word], at: int) -> tuple[list[list[Word]], int] | None:
    """The members that a word for respectively shares out over the figures, and which of them belongs to words[at].

    None where no such word stands before the figure in its clause, or where members and figures differ in number.
    """
    clause = words[at].clause
    inside = [w for w in words if w.clause == clause]
    share = next((n for n, w in enumerate(inside) if w.has("respectively")), None)
    if share is None or inside[share].start > words[at].start:
        return None
    figures = [w for w in inside[share:] if w.quantity is not None]
    found = _split(inside[:share])
    if len(figures) < 2 or len(figures) != len(found):
        return None
    return found, next(n for n, w in enumerate(figures) if w is words[at])


def _split(words: Sequence[Word]) -> list[list[Word]]:
    """The words before, parted at conjunctions and enumeration commas; times are left out."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.has("joins"):
            parts.append([])
        elif word.time is None and not word.has("adverb", "basis_yoy", "basis_mom", "carry"):
            parts[-1].append(word)
    return parts if all(parts) else []
