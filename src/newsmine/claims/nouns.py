"""Noun phrases beside a figure: what is counted stands behind it, what is measured before it."""

from __future__ import annotations

from collections.abc import Sequence

from newsmine.claims.words import QUOTE_MARKS, Word

# Classes of words that may stand between a metric and its figure.
_BETWEEN = (
    "carry",
    "adverb",
    "rise",
    "fall",
    "reach",
    "reach_to",
    "basis_yoy",
    "basis_mom",
    "compare",
    "compared",
    "from",
    "target",
    "currency",
    "particle",
)
# Classes of words that no noun phrase holds, unless a measure noun hangs on them.
_STOPS = (*_BETWEEN, "stop", "saying", "showing", "by", "share")
# First letters of jieba's tags of words that noun phrases are made of (nouns, verbs as nouns, adjectives, idioms,
# affixes).
_TAGS = frozenset("nvabjlikhs")
_MAX_WORDS = 9
_OPENING_QUOTES = "“「『《‘"
_CLOSING_QUOTES = "”」』》’"


class NounPhrases:
    """Finds noun phrases left and right of a word. `light` are measure nouns that say little alone (time, number)."""

    def __init__(self, light: frozenset[str]) -> None:
        self._light = light

    def before(self, words: Sequence[Word], at: int) -> list[Word]:
        """The phrase before words[at] in its clause; empty if none stands there."""
        j = self._skip_back(words, at)
        found = self._phrase_back(words, at, j)
        if not found and j >= 0 and words[j].clause == words[at].clause and words[j].mention is not None:
            # The name right before the figure is whose it is (in X, N cases); what is counted stands before the name.
            return self._phrase_back(words, at, self._skip_back(words, j))
        return found

    def _phrase_back(self, words: Sequence[Word], at: int, j: int) -> list[Word]:
        clause = words[at].clause
        if j < 0 or words[j].clause != clause or not is_verb(words[j]):
            return self._collect_back(words, j, clause)
        k = j - 1
        while k >= 0 and words[k].clause == clause and words[k].has("adverb", "carry"):
            k -= 1
        found = self._collect_back(words, k, clause)
        return found or ([words[j]] if len(words[j].text) > 1 else [])

    def follows_verb(self, words: Sequence[Word], at: int) -> bool:
        """Whether a verb stands between the figure and what may be measured before it."""
        j = self._skip_back(words, at)
        return j >= 0 and words[j].clause == words[at].clause and is_verb(words[j])

    def closing(self, words: Sequence[Word], clause: int) -> list[Word]:
        """The phrase that ends a clause without a figure (its head, for the clauses behind it); empty if there is
        none."""
        inside = [n for n, w in enumerate(words) if w.clause == clause]
        if not inside or any(words[n].quantity for n in inside):
            return []
        j = inside[-1]
        while j >= inside[0] and (words[j].punct or is_verb(words[j]) or words[j].has("adverb")):
            j -= 1
        return self._collect_back(words, j, clause)

    def after(self, words: Sequence[Word], at: int) -> list[Word]:
        """The phrase right behind words[at], or behind the clause that describes it (ten who came from X: patients)."""
        found = self._collect_forward(words, at + 1, words[at].clause)
        if found:
            return found
        event = words[at + 1] if at + 1 < len(words) else None
        if (
            event is not None
            and event.clause == words[at].clause
            and is_verb(event)
            and (at + 2 >= len(words) or words[at + 2].punct)
        ):
            return [event]
        for j in range(at + 1, min(at + 12, len(words))):
            word = words[j]
            if (
                word.clause != words[at].clause
                or word.quantity is not None
                or (word.punct and word.text not in QUOTE_MARKS)
            ):
                break
            if word.has("particle"):
                return self._collect_forward(words, j + 1, word.clause)
        return []

    def ending_in(self, words: Sequence[Word], until: int, heads: frozenset[str]) -> list[Word]:
        """The last phrase before words[until], in any clause, whose last word ends with one of `heads`."""
        for j in range(until - 1, -1, -1):
            if words[j].is_word and words[j].text.endswith(tuple(heads)) and not words[j].has("rise", "fall"):
                return self._collect_back(words, j, words[j].clause)
        return []

    def is_noun(self, word: Word) -> bool:
        """Whether a word can stand in a phrase that says what is measured."""
        if word.mention is not None:
            return word.mention.label == "PROCEDURE"
        if not word.is_word:
            return False
        if word.has("head", "verbnoun"):
            return True
        if word.has(*_STOPS):
            return False
        if word.tag in ("", "eng", "x") or (word.tag == "m" and len(word.text) > 1):
            return word.text[:1].isalnum() and not word.text.isdigit()
        return word.tag[0] in _TAGS

    def _skip_back(self, words: Sequence[Word], at: int) -> int:
        """The place left of the carriers, change verbs, comparisons, times and qualifiers before words[at]."""
        clause, j = words[at].clause, at - 1
        quantity = words[at].quantity
        outer = quantity.outer_start if quantity and quantity.outer_start >= 0 else words[at].start
        if words[at].mention is not None:
            outer = words[at].start
        j = _before_reference(words, at, j)
        while j >= 0 and words[j].clause == clause and not words[j].punct:
            word = words[j]
            bare_each = j > 0 and words[j - 1].has("each") and len(words[j - 1].text) == 1
            if word.has("each") or bare_each:
                j -= 2 if bare_each else 1
                continue
            if (
                word.start >= outer
                or (word.has(*_BETWEEN) and not word.has("head", "verbnoun"))
                or word.time is not None
            ):
                j -= 1
                continue
            opened = max(_comparison_start(words, j), _from_start(words, j))
            if opened < 0:
                break
            j = opened - 1
        return j

    def _collect_back(self, words: Sequence[Word], j: int, clause: int) -> list[Word]:
        found: list[Word] = []
        while j >= 0 and words[j].clause == clause and len(found) < _MAX_WORDS:
            word = words[j]
            if word.punct and word.text in ")）":
                opened = _opening(words, j)
                if opened < 0:
                    break
                j = opened - 1
            elif word.punct and word.text in QUOTE_MARKS and not (found and word.text in _OPENING_QUOTES):
                j -= 1
            elif (word.has("particle") and self._is_light(found)) or (
                word.is_word and not word.punct and self._hangs(word, found)
            ):
                if not word.has("particle"):
                    found.insert(0, word)
                j -= 1
            elif self.is_noun(word):
                found.insert(0, word)
                j -= 1
            else:
                break
        return _without_verbs(found)

    def _is_light(self, found: Sequence[Word]) -> bool:
        return bool(found) and "".join(w.text for w in found) in self._light

    def _hangs(self, word: Word, found: Sequence[Word]) -> bool:
        """Whether a one-character measure noun (rate, amount) needs this word, verb or not, to be one."""
        return (
            bool(found)
            and len(found) == 1
            and len(found[0].text) == 1
            and found[0].has("head")
            and word.mention is None
        )

    def _collect_forward(self, words: Sequence[Word], j: int, clause: int) -> list[Word]:
        found: list[Word] = []
        first = j
        while j < len(words) and words[j].clause == clause and len(found) < _MAX_WORDS:
            word = words[j]
            if word.punct and word.text in QUOTE_MARKS and not (found and word.text in _CLOSING_QUOTES):
                j += 1
                continue
            if word.has("particle") and j == first:
                j += 1
                continue
            counted = j == first and words[j - 1].quantity is not None and words[j - 1].end == word.start
            if not self.is_noun(word) or word.has("void"):
                break
            if is_verb(word) and not self._goes_on(words, j) and not (counted and len(word.text) > 1):
                break
            found.append(word)
            j += 1
        return found

    def _goes_on(self, words: Sequence[Word], j: int) -> bool:
        """Whether a verb inside a phrase is followed by more of it."""
        following = words[j + 1] if j + 1 < len(words) else None
        return (
            following is not None
            and following.clause == words[j].clause
            and self.is_noun(following)
            and following.tag[:1] == "n"
        )


def is_verb(word: Word) -> bool:
    """Whether a word is a verb and nothing else (no measure noun, no verb that is a noun as well)."""
    return word.is_word and not word.punct and word.tag == "v" and not word.has("verbnoun", "head")


def _without_verbs(found: list[Word]) -> list[Word]:
    """The phrase without verbs at its left edge, if something is left."""
    k = 0
    while k < len(found) - 1 and is_verb(found[k]) and not (len(found[k + 1].text) == 1 and found[k + 1].has("head")):
        k += 1
    return found[k:]


def _comparison_start(words: Sequence[Word], j: int) -> int:
    """Where a comparison that ends at words[j] begins (than the average of ...), or -1."""
    clause = words[j].clause
    for k in range(j, max(-1, j - 7), -1):
        if words[k].clause != clause or words[k].punct or words[k].quantity is not None:
            return -1
        if words[k].has("than") or (
            words[k].has("compare") and any(w.has("compared") or w.time for w in words[k + 1 : j + 1])
        ):
            return k
    return -1


def _before_reference(words: Sequence[Word], at: int, j: int) -> int:
    """For N times (of) what it is compared with: the place before the verb to be; else j."""
    quantity = words[at].quantity
    if quantity is None or quantity.kind != "multiple" or j < 0 or not words[j].has("particle"):
        return j
    for k in range(j - 1, -1, -1):
        if words[k].clause != words[at].clause or words[k].punct:
            return j
        if words[k].has("equals"):
            return k - 1
    return j


def _from_start(words: Sequence[Word], j: int) -> int:
    """Where a phrase from ... (of an earlier level) that ends at words[j] begins, or -1."""
    clause = words[j].clause
    for k in range(j, max(-1, j - 5), -1):
        if words[k].clause != clause or words[k].punct or words[k].quantity is not None:
            return -1
        if words[k].has("from"):
            return k if any(w.has("particle") or w.time is not None for w in words[k + 1 : j + 2]) else -1
    return -1


def _opening(words: Sequence[Word], closing: int) -> int:
    level = 0
    for j in range(closing, -1, -1):
        if words[j].punct and words[j].text in ")）":
            level += 1
        if words[j].punct and words[j].text in "(（":
            level -= 1
            if not level:
                return j
    return -1
