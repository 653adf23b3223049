"""What a word is called in the features of candidates."""

from __future__ import annotations

from collections.abc import Set

# Of several classes of a word, the first of these names it.
_ORDER = (
    "particle", "joins", "metric", "head", "person", "verbnoun", "share", "basis_yoy", "basis_mom", "than", "compare",
    "compared", "from", "rise", "fall", "reach_to", "carry", "saying", "showing", "by", "each", "per", "locative",
    "target", "adverb", "respectively", "currency", "stop", "pronoun", "generic_owner", "area", "nation", "void",
    "source_noun",
)  # fmt: skip
_NOTABLE = frozenset(
    (
        "carry", "rise", "fall", "reach_to", "from", "than", "compare", "share", "saying", "by", "locative", "stop",
        "particle", "each", "per", "target", "respectively",
    )
)  # fmt: skip


def profile_of(classes: Set[str], tag: str, text: str) -> str:
    """One name for a word: its first cue class in a fixed order, else its tag and length."""
    if classes:
        for name in _ORDER:
            if name in classes:
                return name
    tag = tag[:2] if tag[:2] in ("vn", "ns", "nr", "nt", "nz", "ng", "vg") else tag[:1]
    return f"{tag or 'unknown'}{min(len(text), 3)}"


def gap_of(classes: Set[str], tag: str) -> str:
    """What a word counts as where it stands between a phrase and a figure."""
    if classes:
        for name in _ORDER:
            if name in _NOTABLE and name in classes:
                return name
    return "adverb" if "adverb" in classes or tag in ("d", "c") else "word"
