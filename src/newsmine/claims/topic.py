"""What heads an article's title and comes back in it; and which town 'the whole city' is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from newsmine.claims.words import QUOTE_MARKS, Word
from newsmine.types import Span

# A title's head counts if the text names it again at least so often.
_RECURS = 2
# The stem of a town's name counts if it stands so often in the text.
_TOWN_RECURS = 3
_LONGEST = 14


def title_head(words: Sequence[Word], folded: str) -> str | None:
    """What heads the title and comes back in the text; `words` are the title's."""
    span = _head(words, folded)
    return None if span is None else folded[span.start : span.end]


def _head(words: Sequence[Word], folded: str) -> Span | None:
    """The longest run of words that heads the title and stands in the text again."""
    run = []
    for word in words:
        if word.punct and word.text in QUOTE_MARKS:
            continue
        if not _in_head(word):
            break
        run.append(word)
    for end in range(len(run), 0, -1):
        span = Span(run[0].start, run[end - 1].end)
        text = folded[span.start : span.end]
        if 1 < len(text) <= _LONGEST and folded.count(text) > _RECURS and not run[end - 1].has("head", "metric"):
            return span
    return None


def _in_head(word: Word) -> bool:
    if word.mention is not None:
        return True
    if not word.is_word or word.punct or word.has("stop", "carry", "rise", "fall", "adverb", "particle", "verbnoun"):
        return False
    return not word.has("nation", "generic_owner") and (word.tag in ("", "eng", "x", "j") or word.tag[0] == "n")


class Areas:
    """Which town or county 'the whole city' is: the one of that rank that the text names most."""

    def __init__(self, words: Sequence[str], named: regex.Pattern[str]) -> None:
        self._words = frozenset(words)
        self._named = named

    def resolve(self, word: str, folded: str) -> str | None:
        """The town's name for an area word, or None where the word is none or no town of its rank comes back."""
        if word not in self._words:
            return None
        names = [m.group() for m in self._named.finditer(folded) if m.group()[-1] == word[-1]]
        stems = Counter({n: folded.count(n[:-1]) for n in names if n not in self._words})
        best = min(stems, key=lambda n: (-stems[n], len(n), n), default=None)
        return best if best is not None and stems[best] >= _TOWN_RECURS else None
