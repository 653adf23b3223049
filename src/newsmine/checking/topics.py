"""Whether two figures are about the same thing."""

from __future__ import annotations

from newsmine.checking.figures import Figure, normal

# So many characters of owner and metric are hardly the end of another metric by chance.
_TELLING = 4


def same_topic(a: Figure, b: Figure) -> bool:
    """The same metric of the same owner. An owner left open in one of two figures of an article is the other's."""
    if not a.metric or not b.metric:
        return False
    owners = a.owner == b.owner or not a.owner or not b.owner
    short, long = sorted((whole(a), whole(b)), key=len)
    contained = owners and len(short) >= _TELLING and long.endswith(short)
    return (a.metric == b.metric and owners) or short == long or contained


def whole(figure: Figure) -> str:
    """Owner and metric in one: the same words, wherever the line between the two was drawn."""
    return (figure.owner or "") + figure.metric


def alike(a: Figure, b: Figure) -> bool:
    """Whether one metric holds the other, letter by letter in order (operations, tumour operations)."""
    short, long = sorted((a.metric, b.metric), key=len)
    letters = iter(long)
    return len(short) > 1 and all(letter in letters for letter in short)


def overlap(a: Figure, b: Figure) -> float:
    """How much of the shorter of two figures' clauses stands in the other: the part of its pairs of neighbouring
    characters, from 0 to 1."""
    short, long = sorted((_pairs(a.clause), _pairs(b.clause)), key=len)
    return len(short & long) / len(short) if short else 0.0


def _pairs(text: str) -> set[str]:
    text = normal(text)
    return {text[i : i + 2] for i in range(len(text) - 1)}
