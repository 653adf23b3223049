"""How the sentence uses a figure: a level, a change, the start or the end of one; its direction, and what it is measured against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsmine.claims.words import Word

_DIRECTIONS = {"rise": "up", "fall": "down"}


@dataclass(frozen=True, slots=True)
class Role:
    """role: level, change, from or to. basis: yoy, mom, vs or None, with the words that say so."""

    role: str
    direction: str | None = None
    basis: str | None = None
    basis_text: str | None = None


def direction_of(word: Word) -> str | None:
    return next((d for c, d in _DIRECTIONS.items() if word.has(c)), None)


def role_of(words: Sequence[Word], at: int, folded: str) -> Role:
    """The role of the quantity words[at]."""
    window = _window(words, at)
    basis, basis_text = basis_of(words, at, folded)
    verb = next((w for w in reversed(window) if direction_of(w) and not _is_adjective_far(w, words, at)), None)
    if _starts_movement(words, at):
        later = _later_verb(words, at)
        if later is not None:
            return Role("from", direction_of(later), None, None)
    arrived = _arrived(words, at)
    if arrived is not None:
        return Role("to", arrived)
    if verb is None:
        return _without_verb(words, at, basis, basis_text)
    direction = direction_of(verb)
    if verb.has("to") or _followed_by_reach(words, verb, at):
        return Role("to", direction, None, None)
    quantity = words[at].quantity
    if verb.has("noun") or (quantity and _adjacent(words, verb, at)):
        return Role("change", direction, basis, basis_text)
    return _without_verb(words, at, basis, basis_text)


def _arrived(words: Sequence[Word], at: int) -> str | None:
    """The direction of a change whose amount was just said and which ends at this figure (rose 0.1 points to 3.2%)."""
    j = at - 1
    while j > 0 and words[j].start >= (words[at].quantity.outer_start if words[at].quantity else 0):
        j -= 1
    if j < 1 or not words[j].has("reach") or words[j - 1].quantity is None:
        return None
    verbs = [w for w in words[: j - 1] if w.clause == words[at].clause and direction_of(w)]
    return direction_of(verbs[-1]) if verbs else None


def _window(words: Sequence[Word], at: int) -> list[Word]:
    """The words before the figure in its clause, back to the figure before it."""
    found: list[Word] = []
    for word in reversed(words[:at]):
        if word.clause != words[at].clause:
            break
        if word.quantity is not None:
            if not _coordinated(words, word, at):
                break
            continue
        found.insert(0, word)
    return found


def _coordinated(words: Sequence[Word], earlier: Word, at: int) -> bool:
    """Whether only a conjunction stands between two figures (grew 3% and 5%)."""
    between = [w for w in words[:at] if w.start >= earlier.end]
    return len(between) == 1 and len(between[0].text) == 1 and not between[0].time


def _is_adjective_far(word: Word, words: Sequence[Word], at: int) -> bool:
    """A one-character change word counts only right before the figure (with qualifiers between)."""
    return len(word.text) == 1 and not _adjacent(words, word, at)


def _adjacent(words: Sequence[Word], verb: Word, at: int) -> bool:
    """Whether only adverbs, carriers, qualifiers and coordinated figures stand between the verb and the figure."""
    quantity = words[at].quantity
    outer = quantity.outer_start if quantity and quantity.outer_start >= 0 else words[at].start
    for word in words[:at]:
        if word.start < verb.end or word.start >= outer:
            continue
        if word.quantity is not None or word.has("adverb", "carry", "reach", "basis_yoy", "basis_mom", "rise", "fall", "compare", "compared"):
            continue
        if len(word.text) == 1 and not word.tag.startswith("n"):
            continue
        return False
    return True


def _followed_by_reach(words: Sequence[Word], verb: Word, at: int) -> bool:
    following = next((w for w in words[:at] if w.start >= verb.end), None)
    return following is not None and not verb.has("noun") and following.has("reach") and following.start == verb.end


def _starts_movement(words: Sequence[Word], at: int) -> bool:
    """Whether the figure follows a word for from, with nothing but its date and adverbs between."""
    for word in reversed(words[:at]):
        if word.clause != words[at].clause:
            return False
        if word.has("from"):
            return True
        if word.quantity is not None or (word.punct and word.text not in "“”"):
            return False
    return False


def _later_verb(words: Sequence[Word], at: int) -> Word | None:
    """The verb of reaching behind the figure, up to the next figure but one."""
    figures = 0
    for word in words[at + 1 :]:
        if word.punct and word.text in "。；;":
            return None
        if word.has("to") or (direction_of(word) and not word.has("noun")):
            return word
        if word.quantity is not None:
            figures += 1
            if figures > 1:
                return None
    return None


def _without_verb(words: Sequence[Word], at: int, basis: str | None, basis_text: str | None) -> Role:
    """No verb of change before the figure: it may stand behind (a rise of ..., N growth), else the figure is a level."""
    quantity = words[at].quantity
    assert quantity is not None
    behind = [w for w in words[at + 1 : at + 4] if w.clause == words[at].clause]
    for n, word in enumerate(behind):
        if word.has("noun") and direction_of(word) or (n == 0 or behind[0].text in _particles(behind)) and _noun_of_change(word, behind):
            if quantity.kind in ("percent", "multiple"):
                return Role("change", direction_of(word), basis, basis_text)
        if word.punct:
            break
    if quantity.kind == "multiple" and basis is not None:
        return Role("level", None, basis, basis_text)
    return Role("level")


def _particles(behind: Sequence[Word]) -> tuple[str, ...]:
    return tuple(w.text for w in behind[:1] if len(w.text) == 1 and w.tag in ("uj", "ude1"))


def _noun_of_change(word: Word, behind: Sequence[Word]) -> bool:
    return direction_of(word) is not None and word.has("noun", "rise", "fall") and len(word.text) > 1 and not word.has("to")


def basis_of(words: Sequence[Word], at: int, folded: str) -> tuple[str | None, str | None]:
    """What the figure is compared with: the nearest comparison before it in its clause, else an open one earlier in the sentence."""
    clause = words[at].clause
    for j in range(at - 1, -1, -1):
        word = words[j]
        if word.punct and word.text in "。；;":
            break
        if word.clause < clause - 1:
            break
        if word.clause < clause and word.quantity is not None:
            break
        if word.has("basis_yoy"):
            return "yoy", word.text
        if word.has("basis_mom"):
            return "mom", word.text
        if word.has("compare") and _compares(words, j, at):
            text = _basis_text(words, j, at, folded)
            return _basis_kind(words, j, at), text
    return None, None


def _compares(words: Sequence[Word], j: int, at: int) -> bool:
    """Whether a word for than or compared with opens a comparison: a date, or a matching close, must follow."""
    following = words[j + 1 : at]
    if words[j].tag in ("p", "c", "") or len(words[j].text) > 1 or following:
        dated = bool(following) and following[0].time is not None
        closed = any(w.has("compared") for w in following)
        plain = words[j].text in ("",)
        return dated or closed or plain or (len(following) <= 6 and any(direction_of(w) for w in following) and words[j].tag == "p")
    return False


def _basis_kind(words: Sequence[Word], j: int, at: int) -> str:
    for word in words[j + 1 : at]:
        if word.has("basis_yoy"):
            return "yoy"
        if word.has("basis_mom"):
            return "mom"
        if word.time is not None:
            return {"core/time.last_month": "mom", "core/time.same_period": "yoy"}.get(word.time.rule, "vs")
    return "vs"


def _basis_text(words: Sequence[Word], j: int, at: int, folded: str) -> str:
    end = words[j].end
    for word in words[j + 1 : at]:
        if direction_of(word) or word.has("adverb", "compared") or word.quantity is not None or word.punct:
            break
        end = word.end
    return folded[words[j].end : end].strip() or words[j].text
