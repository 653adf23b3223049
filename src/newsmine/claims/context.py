"""When a claim holds."""

from __future__ import annotations

from collections.abc import Sequence

from newsmine.claims.words import Word
from newsmine.types import TimeExpression


def time_of(words: Sequence[Word], at: int) -> TimeExpression | None:
    """The phrase that dates the figure: the nearest before it in the sentence that is no side of a comparison, else
    one behind it
    in its own clause."""
    clause, depth = words[at].clause, words[at].depth
    for j in range(at - 1, -1, -1):
        found = words[j].time
        if found is None or found.use != "point" or words[j].depth > depth or is_basis(words, j):
            continue
        if not _only_for_another(words, j, at):
            return _widest(words, j)
    for word in words[at + 1 :]:
        if word.clause != clause:
            break
        if word.time is not None and word.time.use == "point" and word.time.interval is not None:
            return word.time
    return None


def _only_for_another(words: Sequence[Word], j: int, at: int) -> bool:
    """Whether the phrase dates another figure alone: where a change started from, or the same period of another
    clause."""
    if words[j].has("same_period"):
        return words[j].clause != words[at].clause
    started = j > 0 and words[j - 1].has("from")
    return started and any(w.quantity for w in words[j + 1 : at])


def _widest(words: Sequence[Word], j: int) -> TimeExpression | None:
    """Of phrases that stand side by side, the one with an interval."""
    here, beside = words[j].time, words[j - 1].time if j else None
    if here is not None and here.interval is None and beside is not None and beside.interval:
        return beside
    return here


def is_basis(words: Sequence[Word], j: int) -> bool:
    """Whether the phrase at words[j] is what something is compared with."""
    for k in range(j - 1, max(-1, j - 3), -1):
        if words[k].has("compare", "than"):
            return True
        if words[k].punct:
            return False
    return False
