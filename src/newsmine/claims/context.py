"""When a claim holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from newsmine.claims.words import Word, is_age
from newsmine.types import TimeExpression

# How far behind a word for than the date of a comparison may stand.
_COMPARED = 6
_DATING = ("point", "clause")
# Over how many clauses a date from the middle of a clause holds.
_CARRIED = 2


def time_of(words: Sequence[Word], at: int) -> TimeExpression | None:
    """The phrase that dates the figure: one in brackets behind it, else the nearest before it in its clause, else in
    the clauses before, else one behind it in its own clause.

    No date are the sides of comparisons, when somebody said it, and dates that only describe a thing.
    """
    sure = _in_bracket_behind(words, at) or _of_listed_dates(words, at) or _before_bracket(words, at)
    if sure is not None:
        return sure
    if _describes_somebody(words, at):
        return None
    spare: TimeExpression | None = None
    for j in range(at - 1, -1, -1):
        found = words[j].time
        if found is None or found.use not in _DATING or not _holds(words, j, at) or is_basis(words, j):
            continue
        same = words[j].clause == words[at].clause
        if _of_an_age(words, j) and not same:
            continue
        if words[j].has("same_time"):
            return _meant(words, j) or found
        if _only_for_another(words, j, at) or not (same or (found.use == "point" and not _causes(words, j))):
            continue
        if same or opens(words, j):
            return _shared_out(words, j, at) or _widest(words, j)
        if found.interval is not None and spare is None and words[at].clause - words[j].clause <= _CARRIED:
            spare = _widest(words, j)
    return spare or _behind(words, at)


def _before_bracket(words: Sequence[Word], at: int) -> TimeExpression | None:
    """The date right before the bracket that the figure stands in (2016 (3.4%)), be it the side of a comparison; and
    the date of the comparison that a bracket explains (above what was done in 2016 (3 units, 4 units))."""
    opened = next((k for k in range(at - 1, -1, -1) if words[k].depth < words[at].depth), None)
    if opened is None or not words[at].depth or any(w.time is not None for w in words[opened + 1 : at]):
        return None
    for k in range(opened, -1, -1):
        word = words[k]
        if word.clause != words[opened].clause or word.quantity is not None:
            return None
        if word.time is not None and word.depth < words[at].depth:
            compared = is_basis(words, k) or k == opened
            return word.time if compared and word.time.use == "point" and word.time.interval is not None else None
    return None


def _describes_somebody(words: Sequence[Word], at: int) -> bool:
    """Whether the figure is an age in a bracket behind a name: it holds whatever else the sentence dates."""
    quantity = words[at].quantity
    before = words[at - 1] if at else None
    if not is_age(quantity) or before is None:
        return False
    return before.punct and words[at].depth > 0 and before.depth == words[at].depth


def _of_an_age(words: Sequence[Word], j: int) -> bool:
    """Whether words[j] stands right before an age, and dates nothing else (this year ten years old)."""
    after = words[j + 1].quantity if j + 1 < len(words) else None
    return is_age(after)


def _meant(words: Sequence[Word], j: int) -> TimeExpression | None:
    """What the same period stands for: the date before it in the sentence, if there is one."""
    return next(
        (
            w.time
            for w in reversed(words[:j])
            if w.time is not None and w.time.use in _DATING and w.time.interval is not None
        ),
        None,
    )


def _behind(words: Sequence[Word], at: int) -> TimeExpression | None:
    """A date behind the figure in its own clause."""
    for j in range(at + 1, len(words)):
        word = words[j]
        if word.clause != words[at].clause:
            return None
        found = word.time
        if found is not None and found.use == "point" and found.interval is not None:
            said = any(w.has("saying") for w in words[j + 1 : j + 3])
            return None if said or word.depth != words[at].depth or is_basis(words, j) else found
    return None


def _of_listed_dates(words: Sequence[Word], at: int) -> TimeExpression | None:
    """The figure's own date, where dates and as many figures are told respectively (in 2019, 2020 and 2021 3, 4, 5)."""
    share = next((k for k in range(at - 1, -1, -1) if words[k].has("respectively")), None)
    if share is None or words[share].segment != words[at].segment:
        return None
    figures = [k for k in range(share + 1, len(words)) if words[k].quantity and words[k].clause == words[at].clause]
    last = next((k for k in range(share - 1, -1, -1) if words[k].time is not None), None)
    if last is None or any(w.quantity for w in words[share:at] if w.clause != words[at].clause):
        return None
    dates = [last]
    for k in range(last - 1, -1, -1):
        if words[k].time is not None:
            dates.insert(0, k)
        elif not words[k].has("joins"):
            break
    if is_basis(words, dates[0]):
        return None
    listed = [t for t in (words[k].time for k in dates) if t is not None and t.use in _DATING]
    return listed[figures.index(at)] if len(listed) == len(figures) > 1 else None


def _in_bracket_behind(words: Sequence[Word], at: int) -> TimeExpression | None:
    """A date that opens the bracket right behind the figure."""
    behind = words[at + 1 : at + 3]
    if len(behind) < 2 or not behind[0].punct or behind[0].depth <= words[at].depth:
        return None
    found = behind[1].time
    return found if found is not None and found.use == "point" else None


def _holds(words: Sequence[Word], j: int, at: int) -> bool:
    """Whether the phrase words[j] can date words[at]: it stands in no bracket of another's, tells not when somebody
    spoke and describes no thing."""
    if words[j].depth > words[at].depth and not _fills_bracket(words, j, at):
        return False
    return not (_tells(words, j, at) or _describes(words, j, at))


def _fills_bracket(words: Sequence[Word], j: int, at: int) -> bool:
    """Whether the date is all of its bracket, in the clause of words[at] and not right behind another figure."""
    if words[j].clause != words[at].clause or j < 2 or j + 1 >= at:
        return False
    return words[j - 1].punct and words[j + 1].punct and words[j - 2].quantity is None


def opens(words: Sequence[Word], j: int) -> bool:
    """Whether words[j] opens its clause, but for particles of order and place, or is all that its clause ends in."""
    if j + 1 < len(words) and words[j + 1].punct and words[j + 1].depth == words[j].depth:
        return True
    for k in range(j - 1, max(-1, j - 4), -1):
        word = words[k]
        # A gap is a line end: what stands above it is a heading.
        if word.clause != words[j].clause or word.end < words[k + 1].start:
            return True
        if not (word.has("opening", "locative", "adverb", "by") or word.time is not None or word.punct):
            return False
    return True


def _tells(words: Sequence[Word], j: int, at: int) -> bool:
    """Whether words[j] says when somebody spoke: a verb of saying, or of hearing, follows it and ends its clause, or
    introduces what was said."""
    for k in range(j + 1, at):
        word = words[k]
        if word.clause != words[j].clause or word.quantity is not None:
            return False
        if word.has("learns"):
            return True
        if word.has("saying") and not word.has("foresees"):
            if words[k + 1].punct or word.has("tells"):
                return True
            dated = any(w.quantity is not None for w in words[k:at] if w.clause == word.clause)
            return words[at].clause != word.clause and not dated
    return False


def _causes(words: Sequence[Word], j: int) -> bool:
    """Whether the clause of words[j] opens with a word for because of: it dates the cause."""
    first = j
    while first and words[first - 1].clause == words[j].clause:
        first -= 1
    return any(w.has("cause") for w in words[first:j])


def _shared_out(words: Sequence[Word], j: int, at: int) -> TimeExpression | None:
    """The figure's own year, where a range of years and as many figures in a row belong together (2016 to 2018: 3%,
    4% and 5%)."""
    found = words[j].time
    if found is None or found.interval is None:
        return None
    first, last = found.interval
    if first is None or last is None or (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
        return None
    clause = [k for k, w in enumerate(words) if w.quantity is not None and w.clause == words[at].clause and k > j]
    if len(clause) < 2 or len(clause) != last.year - first.year + 1 or at not in clause:
        return None
    year = first.year + clause.index(at)
    return replace(found, interval=(date(year, 1, 1), date(year, 12, 31)))


def _describes(words: Sequence[Word], j: int, at: int) -> bool:
    """Whether a date only describes a thing: the one built in, the one planned to open in."""
    if not j or words[j].clause != words[at].clause:
        return False
    particle = next((k for k in range(j + 1, min(at - 1, j + 5)) if words[k].has("particle")), None)
    if particle is None or any(w.quantity is not None for w in words[j:particle]):
        return False
    return words[j - 1].has("founded") or (particle > j + 1 and words[j - 1].has("target"))


def _only_for_another(words: Sequence[Word], j: int, at: int) -> bool:
    """Whether the phrase dates another figure alone: what a change started from or is compared with, or the same
    period of another clause."""
    if words[j].has("same_period"):
        return words[j].clause != words[at].clause
    found = words[j].time
    if found is not None and found.interval is not None and found.interval[1] is None:
        return False
    started = j > 0 and words[j - 1].has("from", "than", "compare")
    return started and any(w.quantity for w in words[j + 1 : at])


def _widest(words: Sequence[Word], j: int) -> TimeExpression | None:
    """Of phrases that stand side by side, the one with an interval; the day up to which, before its year."""
    here = words[j].time
    k = j - 1
    while k > 0 and words[k].punct:
        k -= 1
    beside = words[k].time if k >= 0 else None
    if here is None or beside is None or beside.interval is None:
        return here
    if here.interval is None and k == j - 1:
        return beside
    return beside if beside.interval[0] is None and here.interval is not None and here.interval[0] else here


def is_basis(words: Sequence[Word], j: int) -> bool:
    """Whether the phrase at words[j] is what something is compared with."""
    figure = next((w.quantity for w in words[j + 1 : j + 4] if not w.has("particle") and w.time is None), None)
    if figure is not None:
        return figure.kind == "multiple"
    for k in range(j - 1, max(-1, j - _COMPARED), -1):
        word = words[k]
        if word.clause != words[j].clause or word.quantity is not None or word.punct:
            return False
        if word.has("than") or (word.has("compare") and k >= j - 2):
            return True
        if word.has("rise", "fall", "carry"):
            return False
    return False
