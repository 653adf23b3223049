"""Words: numbers, times and quantities are found on characters first; only the gaps between them are cut.

jieba alone breaks figures apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsmine.cutting import cutter, read_dictionary
from newsmine.packs import Patterns
from newsmine.types import Token

# Stands for a character of page furniture in the folded view: no pattern matches it, and it parts nothing.
FURNITURE = "\ufffc"
# The classes of verbs of saying that jieba's dictionary has in one word with a noun.
_SAYING = frozenset(("tells", "showing", "demands", "glued"))
# A verb of saying glued to a noun makes a word longer than this.
_SHORTEST_SAID = 3


class Segmenter:
    """Cuts folded text into tokens with jieba's dictionary tags."""

    def __init__(self, patterns: Patterns) -> None:
        words = _words_to_keep(patterns)
        self._cut = cutter(words)
        self._dictionary = read_dictionary(frozenset(words))
        self._known = self._dictionary.frequencies
        self._loose_start = tuple(patterns.forms_of("cue.loose_start"))
        self._loose_end = tuple(patterns.forms_of("cue.loose_end"))
        saying = [e for e in patterns.stage("cue") if not _SAYING.isdisjoint(e.get("class"))]
        self._said = tuple(sorted({f for e in saying for f in e.forms if len(f) > 1}))
        self._own = frozenset(words)

    def tag(self, word: str) -> str:
        """jieba's dictionary tag of a word (n, v, ns, nr ...), '' where the dictionary does not have it."""
        return self._dictionary.tags.get(word, "")

    def frequency(self, word: str) -> int:
        """How often jieba's dictionary counts a word in general Chinese; 0 where it does not have it."""
        return self._known.get(word, 0)

    def tokens(self, folded: str, start: int, end: int, protected: Iterable[tuple[int, int, str]] = ()) -> list[Token]:
        """The tokens of folded[start:end]. `protected` holds sorted (start, end, kind) spans that stay whole, but those
        of kind word, which are only cut off from what stands around them."""
        tokens: list[Token] = []
        position = start
        for low, high, kind in protected:
            if low < position or high > end:
                continue
            tokens += self._gap(folded, position, low)
            if kind == "word":
                tokens += self._gap(folded, low, high)
            else:
                tokens.append(Token(low, high, folded[low:high], "", kind))
            position = high
        return tokens + self._gap(folded, position, end)

    def _gap(self, folded: str, start: int, end: int) -> list[Token]:
        tokens = []
        tags = self._dictionary.tags
        for word in self._words(folded[start:end]) if start < end else ():
            stop = start + len(word)
            if FURNITURE not in word:
                tokens.append(Token(start, stop, word, tags.get(word, ""), _kind(word)))
            start = stop
        return tokens

    def _words(self, text: str) -> Iterator[str]:
        """jieba's words; those that it only guesses lose the function words that it glued to them, and a noun with
        the verb of saying behind it (the experts advise), which is a word of its dictionary, is parted."""
        known = self._known
        for word in self._cut(text):
            if len(word) > _SHORTEST_SAID and word.endswith(self._said) and word not in self._own:
                yield from self._parted(word)
                continue
            if len(word) < 2 or word in known or not word.isalpha() or word.isascii():
                yield word
                continue
            if word.startswith(self._loose_start):
                yield word[0]
                word = word[1:]
            if len(word) > 1 and word.endswith(self._loose_end):
                yield word[:-1]
                word = word[-1]
            yield word

    def _parted(self, word: str) -> tuple[str, ...]:
        said = max((s for s in self._said if word.endswith(s)), key=len)
        speaker = word[: -len(said)]
        return (speaker, said) if self.tag(speaker)[:1] == "n" and len(speaker) > 1 else (word,)


def _kind(word: str) -> str:
    if word.isalnum() or any(map(str.isalnum, word)):
        return "word"
    return "space" if word.isspace() else "punct"


def _words_to_keep(patterns: Patterns) -> list[str]:
    return sorted({f for e in patterns.stage("cue") for f in e.forms if len(f) > 1 and f.isalpha()})
