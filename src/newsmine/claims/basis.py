"""What a change is measured against: the year before, the period just before, or anything else."""

from __future__ import annotations

from collections.abc import Sequence

from newsmine.claims.context import time_of
from newsmine.claims.words import Word
from newsmine.types import Interval

_DIRECTIONS = {"rise": "up", "fall": "down"}
# A month compared with the one before it, or with the same of the year before.
_MONTHS = {1: "mom", 12: "yoy"}


def direction_of(word: Word) -> str | None:
    """up or down, where the word says one."""
    return next((d for c, d in _DIRECTIONS.items() if word.has(c)), None)


def coordinated(words: Sequence[Word], earlier: int, at: int) -> bool:
    """Whether only conjunctions and other figures stand between two figures (grew 3%, 5% and 7%)."""
    between = words[earlier + 1 : at]
    return bool(between) and all(w.quantity is not None or w.has("joins") for w in between)


def basis_of(words: Sequence[Word], at: int, folded: str) -> tuple[str | None, str | None]:
    """What the figure is compared with: the nearest comparison before it in its clause or in the open clause before."""
    for j in range(at - 1, -1, -1):
        word = words[j]
        if (word.punct and word.text in "。；;") or word.clause < words[at].clause - 1:
            break
        if word.quantity is not None and not (coordinated(words, j, at) or _inside_comparison(words, j, at)):
            break
        if word.has("basis_yoy"):
            return "yoy", word.text
        if word.has("basis_mom"):
            return "mom", word.text
        if (word.has("against") and not _comparatively(words, j)) or (word.has("compare") and _compares(words, j, at)):
            return _basis_kind(words, j, at), _basis_text(words, j, at, folded)
    return _opening_basis(words, at, folded)


def _inside_comparison(words: Sequence[Word], j: int, at: int) -> bool:
    """Whether the figure words[j] only tells what is compared with (than the 92 cases of last year), in the clause of
    words[at]."""
    if words[j].clause != words[at].clause or not j:
        return False
    before = words[j - 1]
    return words[j].depth > words[at].depth or before.has("particle", "than", "yoy_time") or before.time is not None


def _opening_basis(words: Sequence[Word], at: int, folded: str) -> tuple[str | None, str | None]:
    """The comparison that a clause of its own before the figure's segment makes for the whole sentence."""
    clauses = {w.clause for w in words[:at] if w.quantity is not None}
    for j in range(at - 1, -1, -1):
        word = words[j]
        if word.clause in clauses or word.clause == words[at].clause or (j and words[j - 1].clause == word.clause):
            continue
        if word.has("against", "compare") and (word.has("against") or _compares(words, j, at)):
            end = next((k for k in range(j, at) if words[k].clause != word.clause), at)
            if any(w.has("compared") or w.time is not None for w in words[j:end]):
                return _basis_kind(words, j, end), _basis_text(words, j, end, folded)
    return None, None


def _compares(words: Sequence[Word], j: int, at: int) -> bool:
    """Whether a word for with opens a comparison: a matching close must follow."""
    return any(w.has("compared") for w in words[j + 1 : at])


def _comparatively(words: Sequence[Word], j: int) -> bool:
    """Whether a word for than means rather (rather fast), before an adjective."""
    after = words[j + 1] if j + 1 < len(words) else None
    return after is not None and (after.has("comparative") or after.tag in ("a", "d", "ad"))


def _basis_kind(words: Sequence[Word], j: int, at: int) -> str:
    """Of several periods compared with (than last month and last year, respectively) the last one stands for them."""
    if any(w.has("planned") and w.tag[:1] in ("n", "v") for w in words[j + 1 : min(at, j + 5)]):
        return "vs"
    kinds = [k for w in words[j + 1 : at] for k in _period_kind(w, words, at)]
    return kinds[0] if kinds else "vs"


def _period_kind(word: Word, words: Sequence[Word], at: int) -> list[str]:
    if word.has("basis_yoy", "yoy_time"):
        return ["yoy"]
    if word.has("basis_mom", "mom_time"):
        return ["mom"]
    if word.time is None:
        return []
    own = time_of(words, at)
    months = _months_between(word.time.interval, own.interval if own is not None else None)
    return [_MONTHS.get(months, "vs")]


def _months_between(earlier: Interval | None, later: Interval | None) -> int:
    """How many months lie between two single months; 0 where they are no months."""
    if earlier is None or later is None:
        return 0
    (a, b), (c, d) = earlier, later
    if a is None or b is None or c is None or d is None or (a.year, a.month) != (b.year, b.month):
        return 0
    same = (c.year, c.month) == (d.year, d.month)
    return (c.year - a.year) * 12 + c.month - a.month if same else 0


def _basis_text(words: Sequence[Word], j: int, at: int, folded: str) -> str:
    end = words[j].end
    for word in words[j + 1 : at]:
        if direction_of(word) or word.has("adverb", "compared") or word.quantity is not None or word.punct:
            break
        end = word.end
    return folded[words[j].end : end].strip() or words[j].text
