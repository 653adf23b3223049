"""Phrases that say when: found on characters, before numbers, so that dates never count as amounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import regex

from newsmine.intervals import Resolver
from newsmine.lexicon import any_of
from newsmine.numbers.numerals import NumeralGrammar
from newsmine.packs import Entry, Patterns
from newsmine.types import TimeExpression


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    entry: Entry
    groups: dict[str, str | None]


class TimeFinder:
    """Finds time phrases by the `time` entries of the packs; the longest at the earliest place wins."""

    def __init__(self, patterns: Patterns, grammar: NumeralGrammar) -> None:
        self._grammar = grammar
        entries = patterns.stage("time")
        self._rules = [(e, patterns.compile(e)) for e in entries if e.regex is not None]
        self._words = {form: e for e in entries for form in e.forms}
        self._word_regex = any_of(self._words)
        self._future = tuple(patterns.forms_of("cue.future"))

    def find(self, folded: str, published: date | None = None) -> list[TimeExpression]:
        """Time phrases in order, without overlap. `published` is what relative dates count from."""
        found = _without_overlap(self._candidates(folded))
        resolver = Resolver(published, self._read, self._only_year(found) if published is None else None)
        return [self._expression(c, folded, resolver) for c in found]

    def _only_year(self, found: list[_Candidate]) -> int | None:
        """The year that the phrases name, where they name one alone."""
        years = {self._read(c.groups["y"] or "") for c in found if c.groups.get("y")}
        return next(iter(years)) if len(years) == 1 else None

    def _candidates(self, folded: str) -> list[_Candidate]:
        found = [_Candidate(m.start(), m.end(), self._words[m.group()], {}) for m in self._word_regex.finditer(folded)]
        for entry, compiled in self._rules:
            for match in compiled.finditer(folded):
                if match.end() > match.start():
                    start, end = _trimmed(match)
                    found.append(_Candidate(start, end, entry, match.groupdict()))
        return found

    def _read(self, text: str) -> int | None:
        number = self._grammar.parse(text)
        return None if number is None or number.value is None else int(number.value)

    def _expression(self, found: _Candidate, folded: str, resolver: Resolver) -> TimeExpression:
        entry = found.entry
        interval = resolver.resolve(entry.get("yields"), found.groups, entry.get("offset", 0))
        flags = ("damaged_date",) if entry.get("yields") == "damaged" else ()
        text = folded[found.start : found.end]
        ahead = resolver.ahead(interval) or found.groups.get("next") is not None
        # Next year is ahead, whenever it was that the article was published.
        ahead = ahead or (interval is None and text.startswith(self._future))
        ongoing = not ahead and resolver.ongoing(interval)
        use = entry.get("use", "point")
        return TimeExpression(found.start, found.end, text, interval, entry.id, use, flags, ahead, ongoing)


def _trimmed(match: regex.Match[str]) -> tuple[int, int]:
    text = match.group()
    return match.start() + len(text) - len(text.lstrip()), match.end() - len(text) + len(text.rstrip())


def _without_overlap(found: list[_Candidate]) -> list[_Candidate]:
    kept: list[_Candidate] = []
    for candidate in sorted(found, key=lambda c: (c.start, -c.end, c.entry.id)):
        if not kept or candidate.start >= kept[-1].end:
            kept.append(candidate)
    return kept
