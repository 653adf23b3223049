"""Page furniture: what stands in a page and is no part of its article. What marks it is data (`furniture.toml`)."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

import regex

from newsmine.packs import Patterns
from newsmine.reading.layout import Layout, Line, layout, without_prose
from newsmine.types import Span

_LONGEST_LINE = 160
_LONGEST_ITEM = 12
_EDGE = "edge"
_SOLE = "sole"
_BLANK = regex.compile(r"\s*+")


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of furniture and the entry that found it. `foreign` text belongs to another article or page;
    `credits` are the rows that say who, when and from where."""

    span: Span
    rule: str
    foreign: bool = False
    credits: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    regex: regex.Pattern[str]
    reach: str
    within: str
    credits: bool


# A line that the articles of a folder repeat (see newsmine.reading.survey).
_REPEATED = _Rule("repeated_line", regex.compile(""), "line", "any", False)


class Furniture:
    """Finds furniture by the `furniture` entries of the packs."""

    def __init__(self, patterns: Patterns) -> None:
        entries = patterns.stage("furniture")
        rules = [
            _Rule(e.id, patterns.compile(e), e.get("reach"), e.get("within", "any"), e.get("credits", False))
            for e in entries
        ]
        self._matches = [r for r in rules if r.reach == "match"]
        lines = [r for r in rules if r.reach != "match"]
        self._anywhere = [r for r in lines if r.within == "any"]
        self._bounded = [r for r in lines if r.within != "any"]

    def __call__(self, folded: str, page: Layout | None = None, repeated: Container[str] = ()) -> list[Found]:
        """The furniture of a folded text, in order; `repeated` has the lines that its whole folder repeats."""
        page = page or layout(folded)
        found = self._by_line(folded, page, repeated)
        end = found[-1].span.start if found and found[-1].foreign else len(folded)
        sole = len(page.lines) == 1
        for rule in self._matches:
            for match in rule.regex.finditer(folded, 0, end) if sole or rule.within != _SOLE else ():
                found.append(Found(_trimmed(folded, *match.span()), rule.id))
        return sorted(found, key=lambda f: f.span)

    def _by_line(self, folded: str, page: Layout, repeated: Container[str]) -> list[Found]:
        """Furniture that is whole lines. What may stand anywhere is found first: a long notice is no prose, and what
        stands above it may still be the tail."""
        anywhere = {n: rule for n, line in enumerate(page.lines) if (rule := self._rule_of(line, self._anywhere))}
        # An article is never furniture as a whole: where every sentence is repeated, none counts as such.
        own = any(line.prose and line.text not in repeated for line in page.lines)
        for n, line in enumerate(page.lines):
            if line.text in repeated and (own or not line.prose):
                anywhere.setdefault(n, _REPEATED)
        page = without_prose(page, anywhere)
        found: list[Found] = []
        index = 0
        while index < len(page.lines):
            line, places = page.lines[index], page.places(index)
            bounded = [r for r in self._bounded if places and r.within in (*places, _EDGE)]
            rule = self._rule_of(line, bounded) or anywhere.get(index)
            index += 1
            if rule is None:
                continue
            start, end = line.start, line.end
            if rule.reach == "menu" and all(len(above.text) <= _LONGEST_ITEM for above in page.lines[:index]):
                start = page.lines[0].start
            if rule.reach == "rest":
                return [*found, Found(Span(line.start, len(folded)), rule.id, foreign=True)]
            while rule.reach == "list" and index < len(page.lines) and not page.lines[index].prose:
                end = page.lines[index].end
                index += 1
            found.append(Found(Span(start, end), rule.id, rule.reach == "list", rule.credits))
        return found

    def _rule_of(self, line: Line, rules: Iterable[_Rule]) -> _Rule | None:
        if len(line.text) > _LONGEST_LINE:
            return None
        return next((r for r in rules if r.regex.search(line.text)), None)


def _trimmed(folded: str, start: int, end: int) -> Span:
    inside = folded[start:end]
    first = start + len(inside) - len(inside.lstrip())
    return Span(first, max(first, start + len(inside.rstrip())))


def joined(found: list[Found], folded: str) -> tuple[Span, ...]:
    """The spans of what was found, those that touch or have only white space between them as one."""
    spans: list[Span] = []
    for span in (f.span for f in found):
        blank = _BLANK.match(folded, spans[-1].end) if spans else None
        if blank is not None and blank.end() >= span.start:
            spans[-1] = Span(spans[-1].start, max(spans[-1].end, span.end))
        elif span.start < span.end:
            spans.append(span)
    return tuple(spans)
