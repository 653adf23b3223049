"""Words: numbers, times and quantities are found on characters first; only the gaps between them are cut.

jieba alone breaks figures apart.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsmine.cutting import cutter, read_dictionary
from newsmine.packs import Patterns
from newsmine.types import Token

# Stands for a character of page furniture in the folded view: no pattern matches it, and it parts nothing.
FURNITURE = "\ufffc"


class Segmenter:
    """Cuts folded text into tokens with jieba's dictionary tags."""

    def __init__(self, patterns: Patterns) -> None:
        words = _words_to_keep(patterns)
        self._cut = cutter(words)
        self._tags, _ = read_dictionary(frozenset(words))

    def tag(self, word: str) -> str:
        """jieba's dictionary tag of a word (n, v, ns, nr ...), '' where the dictionary does not have it."""
        return self._tags.get(word, "")

    def tokens(self, folded: str, start: int, end: int, protected: Iterable[tuple[int, int, str]] = ()) -> list[Token]:
        """The tokens of folded[start:end]. `protected` holds sorted (start, end, kind) spans that stay whole."""
        tokens: list[Token] = []
        position = start
        for low, high, kind in protected:
            if low < position or high > end:
                continue
            tokens += self._gap(folded, position, low)
            tokens.append(Token(low, high, folded[low:high], "", kind))
            position = high
        return tokens + self._gap(folded, position, end)

    def _gap(self, folded: str, start: int, end: int) -> list[Token]:
        tokens = []
        tags = self._tags
        for word in self._cut(folded[start:end]) if start < end else ():
            stop = start + len(word)
            if FURNITURE not in word:
                tokens.append(Token(start, stop, word, tags.get(word, ""), _kind(word)))
            start = stop
        return tokens


def _kind(word: str) -> str:
    if word.isalnum() or any(map(str.isalnum, word)):
        return "word"
    return "space" if word.isspace() else "punct"


def _words_to_keep(patterns: Patterns) -> list[str]:
    return sorted({f for e in patterns.stage("cue") for f in e.forms if len(f) > 1 and f.isalpha()})
