"""What stands around a candidate, as its features name it."""

from __future__ import annotations

from collections.abc import Sequence

from newsmine.claims.figure import Figure
from newsmine.claims.sentence import Item
from newsmine.claims.words import Word

# Of these it matters whether one or more stand between.
_COUNTED = ("figure", "word", "，", ",")


def name_of(word: Word | None) -> str:
    """What features call a word; `edge` where the sentence ends."""
    return "edge" if word is None else word.name


def size(words: Sequence[Word]) -> int:
    """The number of characters of the words, in steps."""
    chars = sum(len(w.text) for w in words)
    return chars if chars <= 6 else 8 if chars <= 8 else 12 if chars <= 12 else 20


def between(figure: Figure, run: Item) -> list[str]:
    """What stands between a run and the figure: classes of words, marks, other runs and figures, in order of name."""
    said = figure.gaps.get(run.first)
    if said is None:
        low, high = (run.end, figure.at) if run.end <= figure.at else (figure.at + 1, run.first)
        found: dict[str, int] = {}
        for word in figure.sentence.words[low:high]:
            gap = word.gap
            found[gap] = found.get(gap, 0) + 1
        said = [f"{name}{min(found[name], 2)}" if name in _COUNTED else name for name in sorted(found)] or ["none"]
        figure.gaps[run.first] = said
    return said
