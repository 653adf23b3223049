"""A sentence as the claims stage sees it: words with their cue classes, figures, times and names, in clauses and
brackets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsmine.claims.profile import gap_of, profile_of
from newsmine.packs import Patterns
from newsmine.types import Mention, Quantity, Span, TimeExpression, Token

_CLAUSE_ENDS = frozenset("，,；;：:。！？!?…\n")
_SEGMENT_ENDS = frozenset("；;。！？!?…")
_OPENING = {"(": ")", "（": "）", "[": "]", "〔": "〕"}
_CLOSING = frozenset(_OPENING.values())
_QUOTES = {"“": "”", "「": "」", "『": "』", "‘": "’", "《": "》"}
QUOTE_MARKS = frozenset(_QUOTES) | frozenset(_QUOTES.values())
# Cue classes whose words part noun phrases.
_PARTING = frozenset(
    (
        "carry", "adverb", "rise", "fall", "reach", "reach_to", "basis_yoy", "basis_mom", "compare", "compared", "than",
        "against", "from", "share", "saying", "showing", "by", "target", "currency", "each", "respectively", "locative",
        "opening", "per", "joins", "pronoun", "moment", "article", "first_person", "particle",
        "founded",
    )
)  # fmt: skip
# The unit of ages, by the last part of its id.
_AGE = "age"
_NONE: frozenset[str] = frozenset()
_PERSON, _MEASURE = frozenset(("person",)), frozenset(("head",))
# Cue classes whose words stand in noun phrases whatever other classes they have.
_NOMINAL = frozenset(("head", "verbnoun", "person", "metric"))
_TAGS = frozenset("nvabjlikhszx")


class Word(NamedTuple):
    """A token with what the claims stage knows of it. `clause` counts the clauses of the sentence, `segment` the parts
    between its semicolons, `depth` the brackets around it."""

    start: int
    end: int
    text: str
    tag: str
    classes: frozenset[str]
    clause: int
    depth: int
    segment: int = 0
    punct: bool = False
    quantity: Quantity | None = None
    time: TimeExpression | None = None
    mention: Mention | None = None
    # What the features of candidates call the word itself, and the word as a part of what stands between.
    name: str = ""
    gap: str = ""
    # Whether it can stand in a noun phrase (a verb can, as a noun).
    content: bool = False

    def has(self, *classes: str) -> bool:
        return bool(self.classes) and not self.classes.isdisjoint(classes)

    @property
    def is_word(self) -> bool:
        return not self.punct and self.quantity is None and self.time is None


def is_age(quantity: Quantity | None) -> bool:
    """Whether a quantity is how old somebody is."""
    return quantity is not None and quantity.rule.rsplit(".", 1)[-1] == _AGE


class CueIndex:
    """Cue words of the packs by form."""

    def __init__(self, patterns: Patterns) -> None:
        self._classes: dict[str, frozenset[str]] = {}
        self._person_tails = tuple(patterns.forms_of("cue.person_tail"))
        self._measure_tails = tuple(patterns.forms_of("cue.measure_tail"))
        for entry in patterns.stage("cue"):
            for form in entry.forms:
                self._classes[form] = self._classes.get(form, frozenset()) | frozenset(entry.get("class"))

    def exact(self, text: str) -> frozenset[str]:
        """The classes of a word that the packs list."""
        return self._classes.get(text, _NONE)

    def classes(self, text: str, tag: str = "") -> frozenset[str]:
        """The classes of a word; one that no pack lists can be told by how it ends."""
        found = self._classes.get(text, _NONE)
        if found or len(text) < 2:
            return found
        if tag in ("n", "nr", "nrt", "") and text.endswith(self._person_tails):
            return _PERSON
        if tag == "" and text.endswith(self._measure_tails):
            return _MEASURE
        return found


def read_words(
    tokens: Sequence[Token],
    quantities: Iterable[Quantity],
    times: Iterable[TimeExpression],
    mentions: Iterable[Mention],
    cues: CueIndex,
) -> list[Word]:
    """The words of a sentence from its tokens; a mention is one word, tokens that stick out of it are cut."""
    by_start: dict[int, Quantity | TimeExpression] = {q.start: q for q in quantities}
    by_start |= {t.start: t for t in times}
    words: list[Word] = []
    clause = segment = depth = 0
    for piece, mention in _pieces(tokens, list(mentions)):
        if piece.text in _OPENING:
            depth += 1
        found = by_start.get(piece.start) if piece.kind in ("quantity", "time") else None
        classes = _classes(piece, mention, found, cues)
        punct = piece.kind == "punct" and not mention
        if found is not None:
            name = gap = "figure" if isinstance(found, Quantity) else "time"
        elif punct:
            name = gap = "quote" if piece.text in QUOTE_MARKS else piece.text
        else:
            name = mention.label if mention is not None else profile_of(classes, piece.tag, piece.text)
            gap = gap_of(classes, piece.tag)
        words.append(
            Word(
                piece.start,
                piece.end,
                piece.text,
                piece.tag,
                classes,
                clause,
                depth,
                segment,
                punct,
                found if isinstance(found, Quantity) else None,
                found if isinstance(found, TimeExpression) else None,
                mention,
                name,
                gap,
                found is None and not punct and _is_content(piece, mention, classes),
            )
        )
        if piece.text in _CLOSING:
            depth = max(0, depth - 1)
        if piece.text in _CLAUSE_ENDS and depth == 0:
            clause += 1
            segment += piece.text in _SEGMENT_ENDS
    return words


def _is_content(piece: Token, mention: Mention | None, classes: frozenset[str]) -> bool:
    if mention is not None:
        return True
    if classes:
        if not _NOMINAL.isdisjoint(classes):
            return True
        if not _PARTING.isdisjoint(classes):
            return False
    tag, text = piece.tag, piece.text
    if tag in ("", "eng") or (tag == "m" and len(text) > 1):
        return text[:1].isalnum() and not text.isdigit()
    return tag[0] in _TAGS


def _classes(
    piece: Token, mention: Mention | None, found: Quantity | TimeExpression | None, cues: CueIndex
) -> frozenset[str]:
    """The cue classes of a piece: a figure has none; a name only those of its whole text."""
    if isinstance(found, Quantity):
        return frozenset()
    return cues.classes(piece.text, piece.tag) if mention is None else cues.exact(piece.text)


def _pieces(tokens: Sequence[Token], mentions: list[Mention]) -> Iterable[tuple[Token, Mention | None]]:
    waiting = [m for m in mentions if tokens and m.end > tokens[0].start]
    for token in tokens:
        start = token.start
        while waiting and waiting[0].start < token.end:
            mention = waiting[0]
            if start < mention.start:
                yield _part(token, start, mention.start), None
            if mention.end <= token.end:
                yield Token(mention.start, mention.end, mention.text, "", "mention"), mention
                waiting.pop(0)
            start = max(start, min(mention.end, token.end))
            if mention.end > token.end:
                break
        if start < token.end and token.kind != "space":
            yield _part(token, start, token.end), None


def _part(token: Token, start: int, end: int) -> Token:
    if (start, end) == (token.start, token.end):
        return token
    return Token(start, end, token.text[start - token.start : end - token.start], token.tag, token.kind)


def span_of(words: Sequence[Word]) -> Span:
    return Span(words[0].start, words[-1].end)
