"""Whether a claim is a fact, or a target: planned, hoped, forecast or conditional, by the words of its own clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsmine.claims.context import is_basis, opens, time_of
from newsmine.claims.words import Word, is_age

_COMMAS = "，,：:"
# How many words a description may take between a word for plan and its particle (those soon to retire).
_DESCRIPTION = 6
# How many words may stand between a forecast's particle and the figure that it describes.
_NEAR = 4


def status_of(words: Sequence[Word], at: int, role: str, earlier: str) -> str:
    """`target` where the figure's own clause plans, hopes or forecasts, where its date lies ahead, or where a plan,
    a forecast or a condition of the clause before goes on.

    `earlier` is the status of the figure before it in the sentence. Where a change starts from is a fact, in a plan
    too; so is the age of the persons for whom something is planned.
    """
    if role == "from" or _of_persons(words, at):
        return "actual"
    first = _clause_start(words, at)
    if (
        _planned(words, first, at, at)
        or _planned_behind(words, first, at)
        or _goal_beside(words, first, at)
        or _supposed(words, at)
    ):
        return "target"
    ahead = _dated_ahead(words, at) or _until(words, first, at)
    # A sum of what was done so far, unless its date lies ahead.
    if _done(w for w in words[first:at] if not (ahead and w.has("summed"))):
        return "actual"
    if ahead or _carried_on(words, first, at):
        return "target"
    return "target" if earlier == "target" and _goes_on(words, first, at, role) else "actual"


def _of_persons(words: Sequence[Word], at: int) -> bool:
    """Whether the figure is an age that tells which persons are meant (men over 50)."""
    if not is_age(words[at].quantity):
        return False
    k = at + 1
    while k < len(words) and words[k].has("void", "particle", "joins"):
        k += 1
    return k > at and k < len(words) and words[k].has("person", "person_tail")


def _clause_start(words: Sequence[Word], at: int) -> int:
    """The first word of the clause of words[at]."""
    first = at
    while first and words[first - 1].clause == words[at].clause:
        first -= 1
    return first


def _planned(words: Sequence[Word], first: int, end: int, at: int) -> bool:
    """Whether one of words[first:end] plans the figure words[at] (or what else the clause says)."""
    for j in range(end - 1, first - 1, -1):
        word = words[j]
        if not word.has("target") or word.depth != words[at].depth:
            continue
        if word.has("if") or (len(word.text) == 1 and word.has("foresees") and j + 1 == at):
            continue
        if _expected(words, j, at):
            return True
        if word.has("promise") and _counts_owners(words, at):
            continue
        if word.has("weak_target") and not (_ahead(words, at) or _needed(words, j, end) or _agreed(words, j)):
            continue
        if not (_is_noun(words, j, at) or _fronts(words, j, at) or _describes(words, j, end) or _undone(words, j)):
            return not _done(w for w in words[j + 1 : end] if w.time is None)
    return False


def _expected(words: Sequence[Word], j: int, at: int) -> bool:
    """Whether words[j] is a forecast that describes the figure itself (the expected fall of 6%)."""
    if not words[j].has("foresees") or j + 1 >= at or not words[j + 1].has("particle"):
        return False
    between = words[j + 2 : at]
    return len(between) < _NEAR and not any(
        w.punct or w.quantity or w.has("particle", "stop", "rise", "fall") for w in between
    )


def _planned_behind(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether the figure heads its clause and a plan follows: 63 flats are to be sold next."""
    if any(w.quantity is not None for w in words[first:at]):
        return False
    for j in range(at + 1, min(len(words), at + 5)):
        word = words[j]
        if word.clause != words[at].clause or word.quantity is not None or word.has("particle", "done"):
            return False
        if word.has("will"):
            return not _is_noun(words, j, at) and not _fronts(words, j, at)
    return False


def _counts_owners(words: Sequence[Word], at: int) -> bool:
    """Whether the figure counts those whose something is asked for (the funds of seven clusters), and is a fact."""
    quantity = words[at].quantity
    behind = words[at + 1 : at + 3]
    counted = quantity is not None and quantity.kind == "count" and len(behind) == 2
    return counted and behind[0].content and behind[1].has("particle")


def _agreed(words: Sequence[Word], j: int) -> bool:
    """Whether words[j] says what will be by an agreement of which its sentence tells before."""
    return words[j].has("would") and any(w.has("agreement") for w in words[:j] if w.segment == words[j].segment)


def _needed(words: Sequence[Word], j: int, end: int) -> bool:
    """Whether an estimate is one of what will be needed, or will be."""
    return words[j].has("foresees") and any(w.has("weak_target", "fronting") for w in words[j + 1 : end])


def _ahead(words: Sequence[Word], at: int) -> bool:
    """Whether the segment before the figure speaks of what is to come: a date ahead, a condition, an event awaited."""
    segment = words[at].segment
    return any(
        (w.time is not None and (w.time.ahead or w.time.ongoing)) or w.has("future", "supposes", "if")
        for w in words[:at]
        if w.segment == segment
    )


def _dated_ahead(words: Sequence[Word], at: int) -> bool:
    """Whether the figure's date lies after publication."""
    time = time_of(words, at)
    if time is None or not time.ahead:
        return False
    j = next((k for k in range(at) if words[k].time is time), None)
    return j is None or words[j].clause == words[at].clause or opens(words, j)


def _until(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether the figure is dated up to a year of which a plan or a forecast before it in the sentence tells."""
    until = next((j for j in range(at) if words[j].has("until") and j + 1 < at and words[j + 1].time is not None), None)
    if until is None or not (words[until].clause == words[at].clause or opens(words, until)):
        return False
    return any(w.has("target", "foresees", "goal", "planning") for w in words[: max(until, first)])


def _supposed(words: Sequence[Word], at: int) -> bool:
    """Whether the figure's clause ends as a condition does."""
    behind = (w for w in words[at + 1 :] if w.clause == words[at].clause)
    return any(w.has("supposing") for w in behind)


def _goal_beside(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether the figure states a goal (the target is set at 2%) or describes one (the target of 2%)."""
    j = at - 1
    while j >= first and (words[j].has("carry", "equals", "adverb") or words[j].tag in ("v", "p")):
        j -= 1
    if (
        j >= first
        and words[j].has("goal")
        and not any(w.has("surpasses") and not w.has("equals") for w in words[first:j])
    ):
        return True
    k = at + 1
    while k < len(words) and words[k].has("void"):
        k += 1
    if k >= len(words) or not words[k].has("particle"):
        return False
    for word in words[k + 1 : k + 4]:
        if word.clause != words[at].clause or word.punct or word.quantity is not None:
            return False
        if word.has("goal"):
            return True
    return False


def _is_noun(words: Sequence[Word], j: int, at: int) -> bool:
    """Whether a word for plan is the noun, and not the one that the figure states (the plan is 900 people)."""
    word = words[j]
    before = words[j - 1] if j else None
    after = words[j + 1] if j + 1 < len(words) else None
    if before is not None and before.quantity is not None and word.tag.startswith("n"):
        return True
    ends = after is None or (after.punct and after.text not in ":：")
    if before is not None and (before.has("modal") or (before.has("particle") and (ends or not word.has("foresees")))):
        return True
    if not word.tag.startswith("n") or after is None or word.has("supposes"):
        return False
    if after.has("equals") and after.start < words[at].start:
        return False
    compound = before is not None and before.has("verbnoun") and not word.has("foresees")
    compound |= word.has("foresees") and after.tag == "n" and not after.has("head", "metric")
    return compound or after.has("particle", "from", "moment") or (after.punct and after.text not in _COMMAS)


def _fronts(words: Sequence[Word], j: int, at: int) -> bool:
    """Whether the word for will only turns the object to the front: a noun follows, and a verb behind it."""
    if not words[j].has("fronting") or j + 1 >= len(words):
        return False
    first = j + 1
    while first + 1 < len(words) and words[first].has("adverb", "carry") and words[first + 1].quantity is not None:
        first += 1
    after = words[first]
    nominal = after.quantity is not None or after.mention is not None or after.has("pronoun") or after.tag == "m"
    if not nominal and (after.tag[:1] not in ("n", "r", "a", "b") or after.has("verbnoun", "carry", "rise", "fall")):
        return False
    if after.tag[:1] in ("a", "b") and first + 1 < len(words) and words[first + 1].tag.startswith("v"):
        return False
    return any(
        w.tag.startswith("v") or w.has("stop", "to")
        for w in words[j + 2 :]
        if w.clause == words[at].clause and not w.punct
    )


def _describes(words: Sequence[Word], j: int, end: int) -> bool:
    """Whether words[j] stands in a description of a noun that comes before words[end] (those soon to retire)."""
    if words[j].has("foresees", "supposes"):
        return False
    for k in range(j + 2, min(end - 1, j + _DESCRIPTION)):
        if words[k].quantity is not None or words[k].clause != words[j].clause:
            return False
        if words[k].has("particle") and not words[k - 1].has("adverb"):
            return words[k - 1].tag.startswith("v") or words[k - 1].has("stop", "verbnoun")
    return False


def _undone(words: Sequence[Word], j: int) -> bool:
    """Whether the plan is said not to be there (no plan to, above expectation)."""
    before = words[j - 1] if j else None
    return before is not None and any(w.has("than", "surpasses") for w in words[max(0, j - 3) : j])


def _done(words: Iterable[Word]) -> bool:
    """Whether one of the words says that something was done."""
    return any(w.has("done") for w in words)


def _carried_on(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether a plan, a forecast or a condition of the clause before holds for the figure's clause.

    A condition holds for the clause behind it, a forecast or a demand that ends in a comma too; a plan goes on where
    the clause has no subject of its own and the plan has had no figure yet.
    """
    if not first or words[first - 1].text not in _COMMAS:
        return False
    start = _clause_start(words, first - 1)
    before = words[start : first - 1]
    if any(w.has("supposes", "supposing") for w in before):
        return True
    if not before or _done(w for w in before if w.time is None):
        return False
    if _announces(words, first, at):
        return True
    if any(w.quantity is not None for w in before) or _own_subject(words, first):
        return False
    return _planned(words, start, first - 1, first - 1)


def _announces(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether the clause before ends in a forecast, a demand or a plan, with nothing but its date behind it."""
    j = first - 2
    while j and words[j - 1].clause == words[j].clause and (words[j].time is not None or words[j].has("locative")):
        j -= 1
    word = words[j]
    if not word.has("foresees", "demands", "target") or _is_noun(words, j, at) or _undone(words, j):
        return False
    return not word.has("weak_target") or _ahead(words, at) or _needed(words, j, at)


def _goes_on(words: Sequence[Word], first: int, at: int, role: str) -> bool:
    """Whether the figure's clause goes on with the plan of the figure before it: no subject, no date of its own, and
    nothing that was done in between."""
    inside = words[first:at]
    dated = any(
        w.time is not None and w.time.use in ("point", "clause") and not w.time.ahead and not is_basis(words, j)
        for j, w in enumerate(inside, start=first)
    )
    last = max((j for j in range(first) if words[j].quantity is not None), default=first)
    if dated or _done(words[last:first]):
        return False
    if role == "level" and any(w.has("than", "surpasses") for w in inside):
        return False
    quantity = words[at].quantity
    bounded = quantity is not None and quantity.qualifier in ("at_least", "at_most")
    return not inside or bounded or role in ("to", "change") or not _own_subject(words, first)


def _own_subject(words: Sequence[Word], first: int) -> bool:
    """Whether a clause opens with a noun, a name or a pronoun: it tells of something else."""
    for word in words[first:]:
        if word.quantity is not None or word.punct:
            return False
        if word.has("from"):
            return False
        if word.has("opening", "adverb", "carry", "joins") or word.tag in ("c", "d", "zg"):
            continue
        return word.mention is not None or word.has("pronoun") or (word.tag[:1] in ("n", "r") and not word.has("stop"))
    return False
