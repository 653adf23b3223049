"""The words around a position: jieba's tokens, asked for only in the sentences that hold an anchor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from newsmine.document import Document
from newsmine.segment import Segmenter
from newsmine.types import Span, Token

_LONGEST_WORD = 4
_DOTS = "·•‧・"


def occurrences(names: Iterable[str], text: str) -> Iterator[tuple[str, int, int]]:
    """Every place where one of the names stands in a text, with its start and end: in one pass, the longest first."""
    forms = sorted(set(names), key=lambda n: (-len(n), n))
    if forms:
        for match in regex.finditer("|".join(map(regex.escape, forms)), text):
            yield match.group(), match.start(), match.end()


class Words:
    """Looks tokens up by their edges; sentences are segmented when first asked about."""

    def __init__(self, document: Document, segmenter: Segmenter) -> None:
        self.text = document.folded
        # Whether the text has a dot that joins the parts of foreign names.
        self.dotted = any(dot in self.text for dot in _DOTS)
        self._document = document
        self._segmenter = segmenter
        self._covering: dict[int, Token] = {}
        self._done: set[Span] = set()

    def sentence(self, position: int) -> Span:
        return self._document.sentence_of(position)

    def covering(self, position: int) -> Token | None:
        """The token that the character at a position belongs to."""
        if position < 0 or position >= len(self.text):
            return None
        if position not in self._covering:
            self._read(self.sentence(position))
        return self._covering.get(position)

    def ending(self, position: int) -> Token | None:
        """The token of the character before a position, whether or not it ends there."""
        return self.covering(position - 1)

    def read(self) -> list[Token]:
        """The tokens of the sentences that have been asked about, and of those with a figure, in order."""
        figured = {self.sentence(q.start) for q in self._document.quantities}
        return [t for s in sorted(self._done | figured) for t in self._document.tokens(s)]

    def starts(self, position: int) -> bool:
        token = self.covering(position)
        return token is None or token.start == position

    def ends(self, position: int) -> bool:
        token = self.covering(position - 1)
        return token is None or token.end == position

    def tag(self, word: str) -> str:
        return self._segmenter.tag(word)

    def word_at(self, position: int) -> str:
        """The tag of the longest dictionary word of two to four characters that starts here, '' if none does."""
        for length in range(_LONGEST_WORD, 1, -1):
            tag = self.tag(self.text[position : position + length])
            if tag:
                return tag
        return ""

    def word_before(self, position: int) -> str:
        """The tag of the longest dictionary word of two to four characters that ends here."""
        for length in range(_LONGEST_WORD, 1, -1):
            tag = self.tag(self.text[max(0, position - length) : position])
            if tag:
                return tag
        return ""

    def _read(self, sentence: Span) -> None:
        if sentence in self._done:
            return
        self._done.add(sentence)
        for token in self._document.tokens(sentence):
            for position in range(token.start, token.end):
                self._covering[position] = token
