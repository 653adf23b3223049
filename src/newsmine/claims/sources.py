"""Who says so: a speaker beside a verb of saying, the speaker of a quotation, or a phrase such as 'statistics show'."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newsmine.claims.words import Word
from newsmine.types import Mention, Span

_PEOPLE = ("DOCTOR", "PERSON")
_LONGEST_SPEAKER = 7
_OPENING_QUOTES = "“「『"
_CLOSING_QUOTES = "”」』"
# How far back and forth a quotation is followed.
_REACH = 400

WordsOf = Callable[[int], Sequence[Word]]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source as the table shows it; `pronoun` where the text only says he or she."""

    name: str
    pronoun: bool = False


def source_of(
    words: Sequence[Word], at: int, folded: str, words_at: WordsOf, mentions: Sequence[Mention]
) -> str | None:
    """The source of the quantity words[at]: by its sentence, else by the quotation that it stands in.

    `words_at` gives the words of the sentence at a position; `mentions` are the document's, in order.
    """
    start = words[at].start
    found = _in_sentence(words, start, folded)
    quotation = quotation_at(folded, start)
    if found is None and quotation is not None:
        found = _of_quotation(quotation, folded, words_at)
    if found is None:
        return None
    if found.pronoun:
        before = start if quotation is None else quotation.start
        person = next((m for m in reversed(mentions) if m.label in _PEOPLE and m.start < before), None)
        return person.name if person is not None else None
    return found.name


def quotation_at(folded: str, position: int) -> Span | None:
    """The quotation around a position, within its paragraph; None outside of any."""
    depth = 0
    for start in range(position - 1, max(-1, position - _REACH), -1):
        if folded[start] in _CLOSING_QUOTES:
            depth += 1
        elif folded[start] in _OPENING_QUOTES:
            depth -= 1
            if depth < 0:
                return Span(start, _closing(folded, position))
        elif folded[start] == "\n" and folded[start - 1 : start] == "\n":
            return None
    return None


def _closing(folded: str, position: int) -> int:
    depth = 0
    for end in range(position, min(len(folded), position + _REACH)):
        if folded[end] in _OPENING_QUOTES:
            depth += 1
        elif folded[end] in _CLOSING_QUOTES:
            depth -= 1
            if depth < 0:
                return end + 1
    return min(len(folded), position + _REACH)


def _of_quotation(quotation: Span, folded: str, words_at: WordsOf) -> Speaker | None:
    """The speaker before the opening mark, in its sentence, or right behind the closing one."""
    before = [w for w in words_at(quotation.start) if w.end <= quotation.start]
    found = _last_speaker(before, folded)
    if found is not None:
        return found
    behind = [w for w in words_at(quotation.end) if w.start >= quotation.end]
    for j, word in enumerate(behind):
        if word.punct and word.text not in _OPENING_QUOTES + _CLOSING_QUOTES + "，,":
            return None
        if word.has("saying"):
            found = _speaker(behind, j, folded)
            if found is not None:
                return found
    return None


def _last_speaker(words: Sequence[Word], folded: str) -> Speaker | None:
    for j in range(len(words) - 1, -1, -1):
        if words[j].has("saying"):
            return _speaker(words, j, folded)
        if words[j].punct and words[j].text in "。！？":
            return None
    return None


def _in_sentence(words: Sequence[Word], position: int, folded: str) -> Speaker | None:
    for j, word in enumerate(words):
        found = None
        if word.has("saying") and j:
            found = _speaker(words, j, folded)
        if found is None and word.start < position:
            found = _document(words, j, folded)
        if found is not None:
            return found
    return None


def _document(words: Sequence[Word], j: int, folded: str) -> Speaker | None:
    """Statistics that show, according to whom: the phrase as it stands, or the name in it."""
    word = words[j]
    if word.has("according"):
        return Speaker(word.text)
    if word.has("showing") and j:
        return _shown(words, j, folded)
    return _authority(words, j, folded) if word.has("by") else None


def _speaker(words: Sequence[Word], j: int, folded: str) -> Speaker | None:
    """Who heads the clause of the verb of saying words[j]: a person's name, else the noun phrase before the verb."""
    if _describes(words, j):
        return None
    k = j - 1
    while k >= 0 and words[k].clause == words[j].clause and _between(words[k]):
        k -= 1
    nouns: list[Word] = []
    while k >= 0 and words[k].clause == words[j].clause and len(nouns) < _LONGEST_SPEAKER:
        word = words[k]
        if word.mention is not None and word.mention.label in _PEOPLE:
            return Speaker(word.mention.name)
        if word.has("pronoun"):
            return Speaker(word.text, pronoun=True)
        if not _in_speaker(word):
            break
        nouns.insert(0, word)
        k -= 1
    headed = k < 0 or words[k].clause != words[j].clause or words[k].punct or words[k].time is not None
    if not nouns or not (headed or _is_name(nouns[-1])):
        return None
    if len(nouns) == 1 and nouns[0].mention is not None:
        return Speaker(nouns[0].mention.name)
    if _is_name(nouns[-1]):
        return Speaker(nouns[-1].text)
    return Speaker(folded[nouns[0].start : nouns[-1].end])


def _between(word: Word) -> bool:
    """Words that may stand between the speaker and the verb: when, again, smiling."""
    return word.time is not None or word.has("adverb", "saying", "manner") or word.tag in ("d", "zg", "z")


def _is_name(word: Word) -> bool:
    return word.is_word and word.tag == "nr" and 2 <= len(word.text) <= 4


def _describes(words: Sequence[Word], j: int) -> bool:
    """Whether the verb of saying only describes a noun behind it (goods that buyers complain of)."""
    behind = words[j + 1 : j + 4]
    return bool(behind) and not behind[0].punct and any(w.has("particle") for w in behind)


def _in_speaker(word: Word) -> bool:
    if word.mention is not None:
        return True
    if word.punct or word.quantity is not None or word.time is not None:
        return False
    if word.has("stop", "particle", "locative") or (word.has("carry") and word.tag != "n"):
        return False
    return word.tag in ("", "l", "x", "eng") or word.tag[0] in "nvjb"


def _shown(words: Sequence[Word], j: int, folded: str) -> Speaker | None:
    """Statistics, a report or a bulletin that shows something: the phrase with its verb."""
    k = j
    while k and words[k - 1].clause == words[j].clause and j - k < 4 and _in_report(words[k - 1]):
        k -= 1
    if k == j or not any(w.has("source_noun") or w.tag.startswith("n") for w in words[k:j]):
        return None
    return Speaker(folded[words[k].start : words[j].end])


def _in_report(word: Word) -> bool:
    return (
        word.has("adverb", "source_noun") or word.tag.startswith("n") or word.mention is not None or word.text in "《》"
    )


def _authority(words: Sequence[Word], j: int, folded: str) -> Speaker | None:
    """According to whom or what, at the start of a clause."""
    if j and not words[j - 1].punct:
        return None
    for n, word in enumerate(words[j + 1 : j + 8], j + 1):
        if word.clause != words[j].clause or word.quantity is not None:
            return None
        if word.mention is not None and word.mention.label in _PEOPLE:
            return Speaker(word.mention.name)
        if word.has("source_noun", "saying"):
            return _named(words[j + 1 : n]) or Speaker(folded[words[j].start : word.end])
    return None


def _named(words: Sequence[Word]) -> Speaker | None:
    person = next((w for w in words if _is_name(w)), None)
    if person is not None:
        return Speaker(person.text)
    mention = next((w.mention for w in words if w.mention is not None), None)
    return None if mention is None else Speaker(mention.name)
