"""Which body a passage is about: the one that was its subject last."""

from __future__ import annotations

from collections.abc import Iterable

from newsmine.entities.model import Candidate
from newsmine.entities.words import Words

_GENITIVE = "uj"


def last_topic(words: Words, position: int, bodies: Iterable[Candidate]) -> Candidate | None:
    """The body before a position that last opened a clause; where none did, the one named last."""
    before = sorted((b for b in bodies if b.end <= position), key=lambda b: b.end, reverse=True)
    return next((b for b in before if _opens_clause(words, b)), before[0] if before else None)


def _opens_clause(words: Words, body: Candidate) -> bool:
    text = words.text
    if body.start > 0 and text[body.start - 1].isalnum():
        return False
    after = words.covering(body.end)
    return after is None or after.tag != _GENITIVE
