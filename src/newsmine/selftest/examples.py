"""Every example must be found where it is marked, and no reject may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import regex

from newsmine.claims.words import CueIndex
from newsmine.document import Document
from newsmine.fold import Folder
from newsmine.packs import Entry, Patterns
from newsmine.pipeline import Analyzer
from newsmine.selftest.clauses import proposed
from newsmine.selftest.finding import Finding
from newsmine.types import Article, Span

_MARKS = ("\u3010", "\u3011")  # black lenticular brackets: the marks of a span in an example
Hits = set[tuple[int, int]]

# Stages whose entries are tried by the names that come out.
_NAME_STAGES = ("suffix", "title", "head", "gazetteer", "noun")
# Classes of cue words that are looked for at the ends of words.
_TAILS = frozenset(("tail", "person_tail", "measure_tail"))


class SelfTest:
    """Runs the examples of entries through the stage that will use them."""

    def __init__(self, patterns: Patterns, fold: Folder) -> None:
        self._patterns = patterns
        self._fold = fold
        self._line = Analyzer(patterns, fold)
        self._classes = CueIndex(patterns)
        self._inspectors: dict[str, Callable[[Entry, str], Hits]] = {
            "numeral": self._numerals,
            "unit": self._units,
            "qualifier": self._qualifiers,
            "time": self._time_phrases,
            "cue": self._cues,
            "fold": self._folds,
            "link": self._links,
            **dict.fromkeys(_NAME_STAGES, self._mentions),
        }

    def run(self, entries: Iterable[Entry]) -> Iterator[Finding]:
        """What is wrong with the entries, in their order."""
        for entry in entries:
            yield from self._check(entry)

    def hits(self, entry: Entry, text: str) -> Hits:
        """Where an entry is found in a text."""
        return self._inspectors.get(entry.stage, self._literal)(entry, self._fold(text))

    def is_word(self, form: str) -> bool:
        """Whether a form by itself is one word."""
        return len(self._line.segmenter.tokens(form, 0, len(form))) == 1

    def _check(self, entry: Entry) -> Iterator[Finding]:
        for example in entry.examples:
            marked = unmark(example)
            if marked is None:
                marks = "".join(_MARKS)
                yield Finding(
                    entry.origin, entry.id, f"an example without one marked span: {example}", f"mark it with {marks}"
                )
                continue
            text, span = marked
            hits = self.hits(entry, text)
            if (span.start, span.end) not in hits:
                yield Finding(
                    entry.origin,
                    entry.id,
                    f"the example does not match as marked: {example} (found: {_said(text, hits)})",
                    "mark what is found, or mend the entry",
                )
        for reject in entry.rejects:
            hits = self.hits(entry, reject)
            if hits:
                yield Finding(
                    entry.origin,
                    entry.id,
                    f"the reject matches: {reject} ({_said(reject, hits)})",
                    "narrow the entry, or drop the reject",
                )

    def _numerals(self, entry: Entry, text: str) -> Hits:
        if entry.get("role") == "mega":  # a word behind a number
            return self._literal(entry, text)
        return {(n.start, n.end) for n in self._line.grammar.find(text) if any(f in n.number.text for f in entry.forms)}

    def _units(self, entry: Entry, text: str) -> Hits:
        times = [Span(t.start, t.end) for t in self._line.times.find(text)]
        return {(q.start, q.end) for q in self._line.quantities.find(text, times) if q.rule == entry.id}

    def _qualifiers(self, entry: Entry, text: str) -> Hits:
        found: Hits = set()
        for quantity in self._line.quantities.find(text):
            for low, high in ((quantity.outer_start, quantity.start), (quantity.end, quantity.outer_end)):
                if low < high and text[low:high].strip() in entry.forms:
                    found.add((low, high))
        return found

    def _time_phrases(self, entry: Entry, text: str) -> Hits:
        return {(t.start, t.end) for t in self._line.times.find(text) if t.rule == entry.id}

    def _cues(self, entry: Entry, text: str) -> Hits:
        quantities = [(q.start, q.end, "quantity") for q in self._line.quantities.find(text)]
        tokens = self._line.segmenter.tokens(text, 0, len(text), quantities)
        if _TAILS.isdisjoint(entry.get("class")):
            return {(t.start, t.end) for t in tokens if t.text in entry.forms}
        return {(t.end - len(f), t.end) for t in tokens for f in entry.forms if t.text.endswith(f)}

    def _folds(self, entry: Entry, text: str) -> Hits:
        """Examples of folding are written unfolded; `text` is folded already."""
        return {(m.start(), m.end()) for m in regex.finditer(regex.escape(entry.get("to")), text)}

    def _document(self, text: str) -> Document:
        return self._line.document(Article("example", text))

    def _mentions(self, entry: Entry, text: str) -> Hits:
        labels = entry.get("label", ())
        labels = (labels,) if isinstance(labels, str) else labels
        return {(m.start, m.end) for m in self._document(text).mentions if m.label in labels}

    def _links(self, entry: Entry, text: str) -> Hits:
        return proposed(entry, self._document(text), self._classes)

    def _literal(self, entry: Entry, text: str) -> Hits:
        """Stages whose entries are plain forms or regexes."""
        if entry.regex is not None:
            matches = list(self._patterns.compile(entry).finditer(text, overlapped=True))
            return {m.span(group) for m in matches for group in range(len(m.regs)) if m.start(group) >= 0}
        if not entry.forms:
            return set()
        forms = "|".join(regex.escape(f) for f in sorted(entry.forms, key=len, reverse=True))
        return {(m.start(), m.end()) for m in regex.finditer(forms, text, overlapped=True)}


def _said(text: str, hits: Hits) -> str:
    """What was found, spans that lie inside others left out."""
    outer = [(s, e) for s, e in hits if not any(a <= s and e <= b and (a, b) != (s, e) for a, b in hits)]
    return ", ".join(text[s:e] for s, e in sorted(outer)) or "nothing"


def unmark(example: str) -> tuple[str, Span] | None:
    """An example without its marks, and the span between them; None unless there is exactly one pair."""
    before, opened, rest = example.partition(_MARKS[0])
    inside, closed, after = rest.partition(_MARKS[1])
    if not opened or not closed or _MARKS[0] in after:
        return None
    return before + inside + after, Span(len(before), len(before) + len(inside))
