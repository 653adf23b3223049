"""How the sentence uses a figure: a level, a change, the start or the end of one; its direction, and what it is
measured against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsmine.claims.basis import basis_of, coordinated, direction_of
from newsmine.claims.words import Word

# Classes of words that may stand between a verb of change and its figure.
_BETWEEN = (
    "adverb",
    "carry",
    "reach",
    "basis_yoy",
    "basis_mom",
    "rise",
    "fall",
    "compare",
    "compared",
    "particle",
    "per",
)


@dataclass(frozen=True, slots=True)
class Role:
    """role: level, change, from or to. basis: yoy, mom, vs or None, with the words that say so."""

    role: str
    direction: str | None = None
    basis: str | None = None
    basis_text: str | None = None


def role_of(words: Sequence[Word], at: int, folded: str) -> Role:
    """The role of the quantity words[at]."""
    moved = _movement(words, at)
    if moved is not None:
        return moved
    share = _share_of_another(words, at, folded)
    if share is not None:
        return share
    verb = _verb(words, at)
    basis, text = basis_of(words, at, folded)
    if verb is not None:
        direction = direction_of(verb)
        if verb.has("to") or _reaches(words, verb):
            return Role("to", direction, *_former(words, at))
        if verb.has("noun") or _adjacent(words, verb, at) or _more_done(words, verb, at) or _of_object(words, verb, at):
            return Role("change", direction, basis, text)
    behind = _verb_behind(words, at)
    if behind is not None:
        return Role("change", direction_of(behind), basis, text)
    joined = _joined_to(words, at)
    other = role_of(words, joined, folded) if joined is not None else None
    return other if other is not None and other.role == "change" else Role("level")


def _of_object(words: Sequence[Word], verb: Word, at: int) -> bool:
    """Whether only the verb's object stands between it and the figure (cuts interest costs by 1.5 billion)."""
    quantity = words[at].quantity
    if quantity is None or quantity.kind == "count" or not verb.has("changes") or verb.clause != words[at].clause:
        return False
    between = [w for w in words[:at] if verb.end <= w.start and w.end <= words[at].start]
    return (
        bool(between)
        and all(
            w.mention is not None
            or w.has("adverb", "currency")
            or (w.is_word and not w.punct and w.tag[:1] in ("n", "v", "b", "a", "j", ""))
            for w in between
        )
        and not any(w.has("carry", "reach", "stop", "particle") for w in between)
    )


def _joined_to(words: Sequence[Word], at: int) -> int | None:
    """The figure before, where both are counted by one verb (increased by 3 buses and 5 trams)."""
    quantity = words[at].quantity
    if quantity is None or quantity.kind != "count" or at < 2 or not words[at - 1].has("joins"):
        return None
    for j in range(at - 2, max(-1, at - 7), -1):
        other = words[j].quantity
        if other is not None:
            return j if other.kind == quantity.kind and words[j].clause == words[at].clause else None
        if not (words[j].is_word and words[j].tag[:1] in ("n", "b", "j", "")):
            return None
    return None


def _share_of_another(words: Sequence[Word], at: int, folded: str) -> Role | None:
    """A level that is a multiple of another (2.6 times that of last year)."""
    quantity = words[at].quantity
    reference = _reference(words, at) if quantity is not None and quantity.kind == "multiple" else None
    if reference is None:
        return None
    basis, text = basis_of(words, at, folded)
    return Role("level", None, basis or _period(reference), text or reference.text)


def _former(words: Sequence[Word], at: int) -> tuple[str | None, str | None]:
    """What a multiple that something grew to is a multiple of (twice what it was)."""
    quantity = words[at].quantity
    if quantity is None or quantity.kind != "multiple" or at < 2:
        return None, None
    if words[at - 1].has("from"):
        return "vs", words[at - 1].text
    if not words[at - 1].has("particle"):
        return None, None
    return _period(words[at - 2]), words[at - 2].text


def _period(word: Word) -> str:
    return "yoy" if word.has("yoy_time") else "mom" if word.has("mom_time") else "vs"


def _movement(words: Sequence[Word], at: int) -> Role | None:
    """From A to B, or changed by A to B: which end words[at] is, with the direction that the verb or else the figures
    give."""
    if _follows_from(words, at):
        end = _figure_behind(words, at)
        if end is not None:
            return Role("from", _direction_between(words, at, end))
    start = _figure_before(words, at)
    if start is None or not _reached(words, start, at):
        return None
    if _follows_from(words, start):
        return Role("to", _direction_between(words, start, at))
    verb = _verb(words, start)
    return Role("to", direction_of(verb)) if verb is not None and _adjacent(words, verb, start) else None


def _starts(words: Sequence[Word], at: int) -> bool:
    """Whether words[at] for from begins a change, and no period that runs until today (since 2020)."""
    time = words[at + 1].time if at + 1 < len(words) else None
    return time is None or time.interval is None or time.interval[1] is not None


def _follows_from(words: Sequence[Word], at: int) -> bool:
    """Whether words[at] follows a word for from, with nothing but its date and what describes it between."""
    for word in reversed(words[max(0, at - 7) : at]):
        if word.clause != words[at].clause or word.quantity is not None or (word.punct and word.text not in "“”"):
            return False
        if word.has("from"):
            return _starts(words, words.index(word))
    return False


def _figure_behind(words: Sequence[Word], at: int) -> int | None:
    """The next figure, if words of reaching stand between (in this clause or the next)."""
    for j in range(at + 1, min(len(words), at + 12)):
        if words[j].punct and words[j].text in "。；;":
            return None
        if words[j].quantity is not None:
            return j if _reached(words, at, j) else None
    return None


def _figure_before(words: Sequence[Word], at: int) -> int | None:
    for j in range(at - 1, max(-1, at - 12), -1):
        if words[j].punct and words[j].text in "。；;":
            return None
        if words[j].quantity is not None:
            return j
    return None


def _reached(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a word for to stands between two figures of the same kind, and right after the first or a change verb."""
    first, second = words[start].quantity, words[end].quantity
    if first is None or second is None:
        return False
    if (
        first.kind != second.kind
        and {first.kind, second.kind} != {"measure", "count"}
        and {first.unit, second.unit} != {"%", "pp"}
    ):
        return False
    between = words[start + 1 : end]
    if any(w.has("to") for w in between) or any(w.has("reach_to") for w in between[-3:]):
        return True
    verb = next((n for n, w in enumerate(between) if direction_of(w)), None)
    if verb is None or verb + 1 >= len(between) or not _follows_from(words, start):
        return _reaches_then(between)
    # Rises until now to so much: the word for until was read as part of its date.
    return between[verb + 1].time is not None


def _reaches_then(between: Sequence[Word]) -> bool:
    """Whether only a comma and a word for reaching stand between a change and what it led to."""
    if not between or not between[0].punct or between[-1].clause == between[0].clause:
        return False
    return any(w.has("reach") for w in between) and all(w.punct or w.has("adverb", "reach") for w in between)


def _direction_between(words: Sequence[Word], start: int, end: int) -> str | None:
    verb = next((w for w in words[start + 1 : end] if direction_of(w)), None)
    if verb is not None:
        return direction_of(verb)
    first, second = words[start].quantity, words[end].quantity
    if first is None or second is None or first.value is None or second.value is None or first.value == second.value:
        return None
    return "up" if second.value > first.value else "down"


def _verb(words: Sequence[Word], at: int) -> Word | None:
    """The last word of change before the figure in its clause, back to the figure before it."""
    for j in range(at - 1, -1, -1):
        word = words[j]
        if word.clause != words[at].clause:
            return None
        if word.depth > words[at].depth:
            continue
        if word.depth < words[at].depth or (word.quantity is not None and not coordinated(words, j, at)):
            return None
        if word.has("noun") and not word.has("to") and _modifies(words, j):
            continue
        if word.has("more") and _more_done(words, word, at):
            return word
        if direction_of(word) and (len(word.text) > 1 or _adjacent(words, word, at)):
            return word if not word.has("comparative") or _compared_before(words, j) else None
    return None


def _modifies(words: Sequence[Word], j: int) -> bool:
    """Whether a noun of change only describes the noun behind it (the growth funds)."""
    after = words[j + 1] if j + 1 < len(words) else None
    return after is not None and after.is_word and after.tag.startswith("n") and not after.classes


def _more_done(words: Sequence[Word], word: Word, at: int) -> bool:
    """Whether a word for more or less stands before a verb and its figure (120 cubic metres less were used)."""
    if not word.has("more"):
        return False
    between = [w for w in words[:at] if w.start >= word.end]
    if not 0 < len(between) < 4 or not (between[0].tag.startswith("v") or between[0].has("verbnoun")):
        return False
    return all((w.is_word and not w.has("particle", "carry")) or w.has("done") for w in between)


def _compared_before(words: Sequence[Word], j: int) -> bool:
    """Whether the clause compares before words[j]: only then does high or little say a change."""
    return any(
        w.has("against", "basis_yoy", "basis_mom", "compared") for w in words[:j] if w.clause >= words[j].clause - 1
    )


def _adjacent(words: Sequence[Word], verb: Word, at: int) -> bool:
    """Whether only adverbs, carriers, qualifiers and coordinated figures stand between the verb and the figure."""
    quantity = words[at].quantity
    outer = quantity.outer_start if quantity and quantity.outer_start >= 0 else words[at].start
    between = [w for w in words[:at] if verb.end <= w.start < outer]
    if between and between[-1].has("particle") and quantity is not None and quantity.kind == "count":
        return False  # It describes what is counted: the five that grew fast.
    return all(w.quantity or w.has(*_BETWEEN) or (len(w.text) == 1 and not w.tag.startswith("n")) for w in between)


def _reaches(words: Sequence[Word], verb: Word) -> bool:
    """Whether the verb is followed directly by a word for to."""
    following = next((w for w in words if w.start >= verb.end), None)
    return following is not None and not verb.has("noun") and following.has("reach_to") and following.start == verb.end


def _verb_behind(words: Sequence[Word], at: int) -> Word | None:
    """A noun of change right behind a share (a growth of 20%, the 6.6% growth): N growth, N's fall."""
    quantity = words[at].quantity
    reach = {"percent": 5, "multiple": 5, "measure": 2}.get(quantity.kind if quantity else "", 0)
    for n, word in enumerate(words[at + 1 : at + reach], at + 1):
        if word.clause != words[at].clause or word.punct or word.quantity is not None or word.has("person"):
            return None
        if direction_of(word) and not word.has("to", "comparative") and len(word.text) > 1:
            return None if _has_figure(words, n) else word
    return None


def _has_figure(words: Sequence[Word], j: int) -> bool:
    """Whether another figure stands behind words[j] in its clause: then it is that one's verb."""
    return any(w.quantity is not None and w.clause == words[j].clause for w in words[j + 1 :])


def _reference(words: Sequence[Word], at: int) -> Word | None:
    """What a multiple is a multiple of: the last word before the particle, where a verb to be stands before it."""
    if at < 2 or not words[at - 1].has("particle"):
        return None
    for word in reversed(words[: at - 1]):
        if word.clause != words[at].clause or word.punct:
            return None
        if word.has("equals"):
            return words[at - 2]
    return None
