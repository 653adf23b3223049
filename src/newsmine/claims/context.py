"""When a claim holds, whether it is a fact or a plan, and who says so."""

from __future__ import annotations

from collections.abc import Sequence

from newsmine.claims.words import Word
from newsmine.types import TimeExpression

_PEOPLE = ("DOCTOR", "PERSON")
_LONGEST_SPEAKER = 6


def time_of(words: Sequence[Word], at: int) -> TimeExpression | None:
    """The phrase that dates the figure: the nearest before it in the sentence that is no side of a comparison, else one behind it
    in its own clause."""
    clause, depth = words[at].clause, words[at].depth
    for j in range(at - 1, -1, -1):
        found = words[j].time
        if found is not None and found.use == "point" and words[j].depth <= depth and not _is_basis(words, j):
            return _widest(words, j)
    for word in words[at + 1 :]:
        if word.clause != clause:
            break
        if word.time is not None and word.time.use == "point" and word.time.interval is not None:
            return word.time
    return None


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


def status_of(words: Sequence[Word], at: int) -> str:
    """`target` where the figure's own clause plans, hopes or forecasts before it, or a clause before only announces that; else `actual`."""
    for j in range(at - 1, -1, -1):
        word = words[j]
        if word.punct and word.text in "。；;":
            break
        announces = j + 1 < len(words) and words[j + 1].punct and words[j + 1].text in "，,：:"
        if word.has("target") and (word.clause == words[at].clause or announces):
            return "target"
    return "actual"


def source_of(words: Sequence[Word], at: int, folded: str) -> str | None:
    """Who says so in the sentence: a speaker before a verb of saying, or a phrase such as 'statistics show'."""
    for j, word in enumerate(words):
        if word.start > words[at].start and not word.has("saying"):
            continue
        found = None
        if word.has("saying") and j:
            found = _speaker(words, j, folded)
        if found is None and word.has("showing") and j:
            found = _document(words, j, folded)
        if word.has("according"):
            return word.text
        if found is None and word.has("by"):
            found = _authority(words, j, folded)
        if found is not None:
            return found
    return None


def _speaker(words: Sequence[Word], j: int, folded: str) -> str | None:
    """Who heads the clause of the verb of saying words[j]: a person's name, else the noun phrase before the verb."""
    if _describes(words, j):
        return None
    k = j - 1
    while k >= 0 and words[k].clause == words[j].clause and (words[k].time is not None or words[k].has("adverb", "saying")):
        k -= 1
    nouns: list[Word] = []
    while k >= 0 and words[k].clause == words[j].clause and len(nouns) < _LONGEST_SPEAKER:
        word = words[k]
        if word.mention is not None and word.mention.label in _PEOPLE:
            return word.mention.name
        if not _in_speaker(word):
            break
        nouns.insert(0, word)
        k -= 1
    headed = k < 0 or words[k].clause != words[j].clause or words[k].punct or words[k].time is not None
    if not nouns or not headed:
        return None
    if len(nouns) == 1 and nouns[0].mention is not None:
        return nouns[0].mention.name
    return folded[nouns[0].start : nouns[-1].end]


def _describes(words: Sequence[Word], j: int) -> bool:
    """Whether the verb of saying only describes a noun behind it (goods that buyers complain of)."""
    behind = words[j + 1 : j + 4]
    return bool(behind) and not behind[0].punct and any(w.has("particle") for w in behind)


def _in_speaker(word: Word) -> bool:
    if word.mention is not None:
        return True
    if word.punct or word.quantity is not None or word.time is not None or word.has("stop", "carry", "particle", "locative"):
        return False
    return word.tag in ("", "l", "x", "eng") or word.tag[0] in "nvjb"


def _document(words: Sequence[Word], j: int, folded: str) -> str | None:
    """Statistics, a report or a bulletin that shows something: the phrase with its verb."""
    k = j
    while (
        k
        and words[k - 1].clause == words[j].clause
        and (words[k - 1].has("adverb", "source_noun") or words[k - 1].tag.startswith("n"))
        and j - k < 4
    ):
        k -= 1
    if k == j or not any(w.has("source_noun") or w.tag.startswith("n") for w in words[k:j]):
        return None
    return folded[words[k].start : words[j].end]


def _authority(words: Sequence[Word], j: int, folded: str) -> str | None:
    """According to whom or what, at the start of a clause."""
    if j and not words[j - 1].punct:
        return None
    for n, word in enumerate(words[j + 1 : j + 8], j + 1):
        if word.clause != words[j].clause or word.quantity is not None:
            return None
        if word.mention is not None and word.mention.label in _PEOPLE:
            return word.mention.name
        if word.has("source_noun", "saying"):
            named = next((w for w in words[j + 1 : n] if w.mention is not None), None)
            return named.mention.name if named is not None and named.mention else folded[words[j].start : word.end]
    return None
