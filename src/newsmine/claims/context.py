"""When a claim holds, and whether it is a fact or a plan."""

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
        if found is None or found.use != "point" or words[j].depth > depth or _is_basis(words, j):
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


def _is_basis(words: Sequence[Word], j: int) -> bool:
    """Whether the phrase at words[j] is what something is compared with."""
    for k in range(j - 1, max(-1, j - 3), -1):
        if words[k].has("compare", "than"):
            return True
        if words[k].punct:
            return False
    return False


def status_of(words: Sequence[Word], at: int, role: str, earlier: str) -> str:
    """`target` where the figure's own clause plans, hopes or forecasts before it, or a clause before only does.

    `earlier` is the status of the figure before it in the sentence: a plan goes on over the clauses of its sentence
    until one tells what was done. Where a change starts from is a fact, in a plan too.
    """
    if role == "from":
        return "actual"
    clause = words[at].clause
    for j in range(at - 1, -1, -1):
        word = words[j]
        if word.punct and word.text in "。；;":
            return "actual"
        if not word.has("target") or _is_noun(words, j):
            continue
        announces = not any(w.quantity for w in words[j:at])
        if word.clause == clause or announces or (earlier == "target" and _goes_on(words, at)):
            return "target"
    return "actual"


def _is_noun(words: Sequence[Word], j: int) -> bool:
    """Whether a word for plan is the noun (the enrolment plan, the plan of ...), or only turns the object to the
    front."""
    before = words[j - 1] if j else None
    after = words[j + 1] if j + 1 < len(words) else None
    if before is not None and before.has("modal"):
        return True
    if not words[j].tag.startswith("n"):
        return False
    if (
        before is not None
        and not before.punct
        and (before.tag[:1] == "n" or before.has("verbnoun"))
        and not before.mention
    ):
        return True
    return after is None or after.has("particle", "from") or (after.punct and after.text not in "，,：:")


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Whether nothing in the figure's clause says that it was done."""
    return not any(w.has("done") or w.time for w in words[:at] if w.clause == words[at].clause)
