"""Figures that are shared out over a list: A and B are N1 and N2 respectively, A and B bear it N1 to N2."""

from __future__ import annotations

from collections.abc import Sequence

from newsmine.claims.figure import Figure, Linked
from newsmine.claims.words import Word

# What stands in a list beside its members.
_BESIDE = ("adverb", "basis_yoy", "basis_mom", "carry", "by", "locative", "target")


def members(words: Sequence[Word], at: int) -> tuple[list[list[Word]], int] | None:
    """The members that are shared out over the figures of a clause, and which of them belongs to words[at].

    None where nothing in the clause says so, or where members and figures differ in number.
    """
    inside = [w for w in words if w.clause == words[at].clause]
    share = _shared_from(inside)
    if share is None or inside[share].start > words[at].start:
        return None
    figures = [w for w in inside[share:] if w.quantity is not None]
    found = _split(inside[:share])
    if len(figures) < 2 or len(figures) != len(found):
        return None
    return found, next(n for n, w in enumerate(figures) if w is words[at])


def member_name(parts: Sequence[Sequence[Word]], mine: int) -> list[Word]:
    """The words that name a member: what it is told of is said with the last (the sales of A and B)."""
    part = parts[mine]
    if mine < len(parts) - 1:
        return list(part[-1:]) if part[-1].mention is not None else list(part)
    for n, word in enumerate(part):
        if n and (word.has("particle", "head", "metric") or part[n - 1].mention is not None):
            return list(part[:n])
    return list(part)


def owns(parts: Sequence[Sequence[Word]], mine: int) -> bool:
    """Whether a member names whose the figure is: it is a name, or what is told of all members stands behind the last.
    Else the members are what is counted (grade three and grade four operations were N1 and N2)."""
    return parts[mine][0].mention is not None or len(member_name(parts, len(parts) - 1)) < len(parts[-1])


def told_before(figure: Figure) -> Linked | None:
    """The figure of a clause before that this one goes on with: sales N1, costs N2, up by M1 and M2 respectively."""
    words, at = figure.sentence.words, figure.at
    inside = [w for w in words if w.clause == words[at].clause]
    share = _shared_from(inside)
    if share is None or any(w.content for w in inside[:share]) or inside[share].start > words[at].start:
        return None
    figures = [w for w in inside if w.quantity is not None]
    earlier = [e for e in figure.earlier if e.sentence == figure.number and words[e.at].clause < words[at].clause]
    told = earlier[-len(figures) :]
    if len(figures) < 2 or len(told) != len(figures) or len({words[e.at].clause for e in told}) != len(told):
        return None
    return told[next(n for n, w in enumerate(figures) if w is words[at])]


def _shared_from(inside: Sequence[Word]) -> int | None:
    """Where a clause begins to share out: at its word for respectively, or at the first of two figures told as N1 to
    N2."""
    for n, word in enumerate(inside):
        if word.has("respectively"):
            return n
        if word.quantity is not None and n + 2 < len(inside) and inside[n + 1].has("ratio"):
            # The score of a match (3 to 1) has no list before it.
            return n if word.quantity.kind == "percent" and inside[n + 2].quantity is not None else None
    return None


def _split(words: Sequence[Word]) -> list[list[Word]]:
    """The words before, parted at conjunctions and enumeration commas; times are left out."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.has("joins"):
            parts.append([])
        elif word.time is None and not word.has(*_BESIDE):
            parts[-1].append(word)
    return parts if all(parts) else []
