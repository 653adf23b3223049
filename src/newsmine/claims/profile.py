"""What a word or a stretch of words is called in the features of candidates."""

from __future__ import annotations

from collections.abc import Sequence

from newsmine.claims.figure import Figure
from newsmine.claims.sentence import Item
from newsmine.claims.words import QUOTE_MARKS, Word

# Of several classes of a word, the first of these names it.
_ORDER = (
    "particle", "joins", "metric", "head", "person", "verbnoun", "share", "basis_yoy", "basis_mom", "than", "compare",
    "compared", "from", "rise", "fall", "reach_to", "carry", "saying", "showing", "by", "each", "per", "locative",
    "target", "adverb", "respectively", "currency", "stop", "pronoun", "generic_owner", "area", "nation", "void",
)  # fmt: skip
_NOTABLE = frozenset(
    (
        "carry", "rise", "fall", "reach_to", "from", "than", "compare", "share", "saying", "by", "locative", "stop",
        "particle", "each", "per", "target", "respectively",
    )
)  # fmt: skip
_COUNTED = ("figure", "word", "，", ",")


def profile(word: Word | None) -> str:
    """One name for a word: what it is in the sentence, else its first cue class, else its tag."""
    if word is None:
        return "edge"
    if word.quantity is not None:
        return "figure"
    if word.time is not None:
        return "time"
    if word.mention is not None:
        return word.mention.label
    if word.punct:
        return "quote" if word.text in QUOTE_MARKS else word.text
    for name in _ORDER:
        if name in word.classes:
            return name
    tag = word.tag[:2] if word.tag[:2] in ("vn", "ns", "nr", "nt", "nz", "ng", "vg") else word.tag[:1]
    return f"{tag or 'unknown'}{min(len(word.text), 3)}"


def size(words: Sequence[Word]) -> int:
    """The number of characters of the words, in steps."""
    chars = sum(len(w.text) for w in words)
    return chars if chars <= 6 else 8 if chars <= 8 else 12 if chars <= 12 else 20


def between(figure: Figure, run: Item) -> list[str]:
    """What stands between a run and the figure: classes of words, marks, other runs and figures, in order of kind."""
    words = figure.sentence.words
    low, high = (run.end, figure.at) if run.end <= figure.at else (figure.at + 1, run.first)
    found: dict[str, int] = {}
    for word in words[low:high]:
        if word.quantity is not None:
            name = "figure"
        elif word.time is not None:
            name = "time"
        elif word.punct:
            name = word.text if word.text not in QUOTE_MARKS else "quote"
        else:
            name = next((c for c in _ORDER if c in word.classes and c in _NOTABLE), "")
            if not name:
                name = "adverb" if word.has("adverb") or word.tag in ("d", "c") else "word"
        found[name] = found.get(name, 0) + 1
    return [f"{n}{min(c, 2) if n in ('figure', 'word', '，', ',') else ''}" for n, c in sorted(found.items())] or [
        "none"
    ]
