"""Pattern files test themselves: every example must be found where it is marked, no reject may be."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from newsmine.document import Document
from newsmine.entities import EntityFinder
from newsmine.errors import PatternError
from newsmine.fold import Folder, folder
from newsmine.numbers.numerals import NumeralGrammar
from newsmine.packs import Entry, Patterns, read_packs
from newsmine.quantities.finder import QuantityFinder
from newsmine.segment import Segmenter
from newsmine.times import TimeFinder
from newsmine.types import Article, Span

_MARKS = ("\u3010", "\u3011")  # black lenticular brackets: the marks of a span in an example
Hits = set[tuple[int, int]]

# Stages whose entries are tried by the names that come out.
_NAME_STAGES = ("suffix", "title", "head", "gazetteer", "noun")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a pattern file: where (file:line), which entry, what."""

    origin: str
    id: str
    message: str


class SelfTest:
    """Runs the examples of entries through the stage that will use them."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns
        self._fold: Folder = folder()
        self._grammar = NumeralGrammar(patterns)
        self._quantities = QuantityFinder(patterns, self._grammar)
        self._times = TimeFinder(patterns, self._grammar)
        self._segmenter = Segmenter(patterns)
        self._entities = EntityFinder(patterns, self._segmenter)
        self._inspectors: dict[str, Callable[[Entry, str], Hits]] = {
            "numeral": self._numerals,
            "unit": self._units,
            "qualifier": self._qualifiers,
            "time": self._time_phrases,
            "cue": self._cues,
            "fold": self._folds,
            **dict.fromkeys(_NAME_STAGES, self._mentions),
        }

    def run(self, entries: Iterable[Entry]) -> Iterator[Finding]:
        """What is wrong with the entries, in their order."""
        for entry in entries:
            yield from self._check(entry)

    def _check(self, entry: Entry) -> Iterator[Finding]:
        inspect = self._inspectors.get(entry.stage, self._literal)
        for example in entry.examples:
            marked = unmark(example)
            if marked is None:
                yield Finding(entry.origin, entry.id, f"mark one span of the example with {''.join(_MARKS)}: {example}")
                continue
            text, span = marked
            hits = inspect(entry, self._fold(text))
            if (span.start, span.end) not in hits:
                said = ", ".join(text[s:e] for s, e in sorted(hits)) or "nothing"
                yield Finding(
                    entry.origin, entry.id, f"the example does not match as marked: {example} (found: {said})"
                )
        for reject in entry.rejects:
            hits = inspect(entry, self._fold(reject))
            if hits:
                yield Finding(
                    entry.origin,
                    entry.id,
                    f"the reject matches: {reject} ({', '.join(reject[s:e] for s, e in sorted(hits))})",
                )

    def _numerals(self, entry: Entry, text: str) -> Hits:
        if entry.get("role") == "mega":  # a word behind a number
            return self._literal(entry, text)
        return {(n.start, n.end) for n in self._grammar.find(text) if any(f in n.number.text for f in entry.forms)}

    def _units(self, entry: Entry, text: str) -> Hits:
        times = [Span(t.start, t.end) for t in self._times.find(text)]
        return {(q.start, q.end) for q in self._quantities.find(text, times) if q.rule == entry.id}

    def _qualifiers(self, entry: Entry, text: str) -> Hits:
        found: Hits = set()
        for quantity in self._quantities.find(text):
            for low, high in ((quantity.outer_start, quantity.start), (quantity.end, quantity.outer_end)):
                if low < high and text[low:high].strip() in entry.forms:
                    found.add((low, high))
        return found

    def _time_phrases(self, entry: Entry, text: str) -> Hits:
        return {(t.start, t.end) for t in self._times.find(text) if t.rule == entry.id}

    def _cues(self, entry: Entry, text: str) -> Hits:
        quantities = [(q.start, q.end, "quantity") for q in self._quantities.find(text)]
        tokens = self._segmenter.tokens(text, 0, len(text), quantities)
        return {(t.start, t.end) for t in tokens if t.text in entry.forms}

    def _folds(self, entry: Entry, text: str) -> Hits:
        """Examples of folding are written unfolded; `text` is folded already."""
        return {(m.start(), m.end()) for m in regex.finditer(regex.escape(entry.get("to")), text)}

    def _mentions(self, entry: Entry, text: str) -> Hits:
        document = Document(Article("example", text), self._fold, self._segmenter)
        labels = entry.get("label", ())
        labels = (labels,) if isinstance(labels, str) else labels
        return {(m.start, m.end) for m in self._entities.find(document) if m.label in labels}

    def _literal(self, entry: Entry, text: str) -> Hits:
        """Stages whose entries are plain forms or regexes."""
        if entry.regex is not None:
            matches = list(self._patterns.compile(entry).finditer(text, overlapped=True))
            return {m.span(group) for m in matches for group in range(len(m.regs))}
        forms = "|".join(regex.escape(f) for f in sorted(entry.forms, key=len, reverse=True))
        return {(m.start(), m.end()) for m in regex.finditer(forms, text, overlapped=True)}


def unmark(example: str) -> tuple[str, Span] | None:
    """An example without its marks, and the span between them; None unless there is exactly one pair."""
    before, opened, rest = example.partition(_MARKS[0])
    inside, closed, after = rest.partition(_MARKS[1])
    if not opened or not closed or _MARKS[0] in after:
        return None
    return before + inside + after, Span(len(before), len(before) + len(inside))


def _unknown_labels(patterns: Patterns) -> Iterator[Finding]:
    """Entries that name a label which no pack declares."""
    declared = {e.id.rsplit(".", 1)[-1] for e in patterns.stage("label")}
    for entry in patterns.entries.values():
        labels = entry.get("label", ())
        for label in (labels,) if isinstance(labels, str) else labels:
            if label not in declared:
                near = difflib.get_close_matches(label, declared, 1)
                hint = f"did you mean {near[0]}?" if near else "declare it in a label.toml"
                yield Finding(entry.origin, entry.id, f"no label {label!r}; {hint}")


def check(folders: list[Path], only: Path | None = None) -> list[Finding]:
    """Everything wrong in the packs of these folders (in the entries of `only`, where one is given)."""
    try:
        patterns = read_packs(folders, folder())
    except PatternError as reason:
        origin, _, message = str(reason).partition(": ")
        return [Finding(origin, "", message)]
    findings = []
    for entry in patterns.entries.values():
        if entry.regex is not None:
            try:
                patterns.compile(entry)
            except PatternError as reason:
                findings.append(Finding(entry.origin, entry.id, str(reason)))
    findings += list(_unknown_labels(patterns))
    chosen = [e for e in patterns.entries.values() if only is None or e.id.startswith(f"{only.name}/")]
    return findings or list(SelfTest(patterns).run(chosen))
