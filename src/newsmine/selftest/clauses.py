"""Clause patterns (stage `link`): are their elements known, and what do they propose in a sentence?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from newsmine.claims.clausepatterns import compile_patterns
from newsmine.claims.sentence import Item, Sentence
from newsmine.claims.words import CueIndex, read_words
from newsmine.document import Document
from newsmine.errors import PatternError
from newsmine.packs import Entry, Patterns
from newsmine.packs.stages import KINDS
from newsmine.selftest.finding import Finding, of_error
from newsmine.selftest.references import near

_NAME = regex.compile(r"[A-Za-z][A-Za-z_]*")
_ITEMS = (
    "F", "Q", "T", "NP", "NAME", "COMMA", "SEMI", "COLON", "DUN", "OPEN", "CLOSE", "MARK", "w", "h_v", "h_NAME",
    "people",
)  # fmt: skip


def link_findings(patterns: Patterns, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Link entries that say neither or both of pattern and mechanism, and patterns that cannot match."""
    known = _known(patterns)
    for entry in entries:
        if entry.stage != "link":
            continue
        pattern = entry.get("pattern")
        if (pattern is None) == (entry.get("mechanism") is None):
            yield Finding(entry.origin, entry.id, "a link has a pattern or a mechanism", "write one of the two")
        if pattern is None:
            continue
        if not entry.examples:
            yield Finding(
                entry.origin, entry.id, "a clause pattern needs an example",
                "write a sentence with the proposed noun phrase marked",
            )  # fmt: skip
        try:
            compile_patterns([entry], entry.get("slot"))
        except PatternError as reason:
            yield of_error(reason)
        for name in dict.fromkeys(_NAME.findall(pattern)):
            if name not in known:
                hint = near(name, sorted(known)) or "elements are items, marks and classes of cue words"
                yield Finding(entry.origin, entry.id, f"nothing in a sentence is called {name!r}", hint)


def _known(patterns: Patterns) -> set[str]:
    """Every name that an item of a sentence can have."""
    classes = {c for e in patterns.stage("cue") for c in e.get("class")}
    uses = {f"T_{e.get('use', 'point')}" for e in patterns.stage("time")}
    labels = {f"NAME_{e.id.rsplit('.', 1)[-1]}" for e in patterns.stage("label")}
    units = {e.id.rsplit(".", 1)[-1] for e in patterns.stage("unit")}
    heads = {f"{side}_{c}" for c in classes for side in "hs"}
    return {*_ITEMS, *KINDS, *units, *classes, *uses, *labels, *heads}


def proposed(entry: Entry, document: Document, cues: CueIndex) -> set[tuple[int, int]]:
    """The spans that a clause pattern proposes in a document: its runs, and the phrases that can be cut from them."""
    (pattern,) = compile_patterns([entry], entry.get("slot")) or (None,)
    found: set[tuple[int, int]] = set()
    for span in document.sentences if pattern is not None else ():
        words = read_words(document.tokens(span), document.quantities, document.times, document.mentions, cues)
        sentence = Sentence(span, words)
        for at in sentence.figures:
            for item in pattern.proposes(sentence.window(at)) if pattern is not None else ():
                found.update(_stretches(sentence, sentence.items[item]))
    return found


def _stretches(sentence: Sentence, run: Item) -> Iterator[tuple[int, int]]:
    words = sentence.words
    inside = [n for n in range(run.first, run.end) if words[n].content] or [run.first, run.end - 1]
    for first in inside:
        for last in inside:
            if first <= last:
                yield words[first].start, words[last].end
