"""Who says so: a speaker beside a verb of saying, the speaker of a quotation, or a phrase such as 'statistics show'."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from newsmine.claims.quotations import CLOSING_QUOTES, OPENING_QUOTES, Quotations, Turns
from newsmine.claims.speakers import PEOPLE, Speaker, authority, heard_from, introduced_by, ruled_by, shown_by, speaker
from newsmine.claims.words import Word
from newsmine.types import Mention, Span

WordsOf = Callable[[int], Sequence[Word]]
_ENDS = "。！？"
_SPEECH_ENDS = "。！？，,…"
# How many sentences back he or she is looked for.
_PRONOUN_REACH = 3


class Sources:
    """The sources of one document. `words_at` gives the words of the sentence at a position; `mentions` are the
    document's, in order."""

    def __init__(self, folded: str, words_at: WordsOf, mentions: Sequence[Mention]) -> None:
        self._folded = folded
        self._words_at = words_at
        self._mentions = mentions
        self._turns = Turns.of(folded)
        self._quotations = Quotations(folded)

    def of(self, words: Sequence[Word], at: int) -> str | None:
        """The source of the quantity words[at]: by its sentence, else by the quotation or the turn that it stands
        in."""
        start = words[at].start
        quotation = self._quotations.at(start)
        found = _before(words, at, self._folded)
        if found is None and quotation is not None:
            found = self._of_quotation(quotation)
        if found is None:
            found = _closing_speaker(words, at, self._folded)
        if found is None:
            return self._turns.at(start)
        if found.pronoun:
            return self._person(start if quotation is None else quotation.start)
        return found.name

    def _of_quotation(self, quotation: Span) -> Speaker | None:
        """The speaker before the opening mark, in its sentence, or right behind the closing one, or of the sentence
        before."""
        sentence = self._words_at(quotation.start)
        found = self._last_speaker([w for w in sentence if w.end <= quotation.start])
        if found is not None:
            return found
        end = quotation.end
        # What ends as a sentence does is speech: who spoke may stand a space behind it.
        while self._folded[quotation.end - 2] in _SPEECH_ENDS and self._folded[end : end + 1] == " ":
            end += 1
        behind = [w for w in self._words_at(end) if w.start >= end]
        for j, word in enumerate(behind):
            if word.punct and word.text not in OPENING_QUOTES + CLOSING_QUOTES + "，,":
                break
            if word.has("saying"):
                found = speaker(behind, j, j, self._folded)
                if found is not None:
                    return found
        if sentence and sentence[0].start > 0 and quotation.start - sentence[0].start < 2:
            return self._last_speaker(self._words_at(self._back(sentence[0].start)))
        return None

    def _back(self, position: int) -> int:
        """The last character before a position that is no space."""
        position -= 1
        while position > 0 and self._folded[position].isspace():
            position -= 1
        return max(position, 0)

    def _last_speaker(self, words: Sequence[Word]) -> Speaker | None:
        for j in range(len(words) - 1, -1, -1):
            found = None
            if words[j].has("saying"):
                found = speaker(words, j, len(words) - 1, self._folded)
            elif words[j].punct and words[j].text in "：:" and j:
                found = introduced_by(words, j, self._folded)
            if found is not None:
                return found
        return None

    def _person(self, before: int) -> str | None:
        """Whom he or she stands for: the person named last, or the one who spoke last."""
        person = next((m for m in reversed(self._mentions) if m.label in PEOPLE and m.start < before), None)
        if person is not None:
            return person.name
        position = before
        for _ in range(_PRONOUN_REACH):
            words = self._words_at(position)
            if not words or words[0].start == 0:
                return None
            position = self._back(words[0].start)
            found = self._last_speaker(self._words_at(position))
            if found is not None and not found.pronoun:
                return found.name
        return None


def _before(words: Sequence[Word], at: int, folded: str) -> Speaker | None:
    """The nearest speaker before the figure in its sentence, else the nearest report."""
    report: Speaker | None = None
    over = _quoted_over(words, at)
    for j in range(at - 1, -1, -1):
        word = words[j]
        if word.depth > words[at].depth or word.clause in over:
            continue
        if word.has("saying") and j:
            found = speaker(words, j, at, folded)
            if found is not None:
                return found
        if word.punct and word.text in "：:" and j:
            found = introduced_by(words, j, folded)
            if found is not None:
                return found
        if report is None:
            report = _report(words, j, folded)
    return report


def _quoted_over(words: Sequence[Word], at: int) -> frozenset[int]:
    """The clauses that introduce a quotation with a colon which ends, at a stop, before the figure: they say nothing
    of what stands behind it."""
    opened: list[int] = []
    over: set[int] = set()
    for j, word in enumerate(words[:at]):
        if word.punct and word.text in OPENING_QUOTES:
            opened.append(j)
        elif word.punct and word.text in CLOSING_QUOTES and opened:
            start = opened.pop()
            colon = start > 0 and words[start - 1].text in "：:"
            if colon and words[j + 1].punct and words[j + 1].text in "；;，,。":
                over |= {words[start - 1].clause}
    return frozenset(over)


def _report(words: Sequence[Word], j: int, folded: str) -> Speaker | None:
    """Statistics that show, according to whom, heard from whom: the phrase as it stands, or the name in it."""
    word = words[j]
    if word.has("according"):
        return Speaker(word.text)
    if word.has("rules"):
        return ruled_by(words, j, folded)
    if word.has("learns"):
        return heard_from(words, j, folded)
    if word.has("showing", "finds") and (j or word.has("source_noun")):
        return shown_by(words, j, folded)
    return authority(words, j, folded) if word.has("by") else None


def _closing_speaker(words: Sequence[Word], at: int, folded: str) -> Speaker | None:
    """The speaker whose clause, of name and verb alone, ends the sentence (..., the engineer explains.)."""
    last = len(words) - 1
    while last > at and words[last].punct:
        last -= 1
    if last <= at or not words[last].has("saying") or words[last].clause == words[at].clause:
        return None
    if words[last].depth != words[at].depth or any(w.quantity for w in words[at + 1 : last]):
        return None
    return speaker(words, last, last, folded)
