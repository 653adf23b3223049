"""What an article says of itself; null rather than a guess. The cues are pattern data (`metadata.toml`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import regex

from newsmine.packs import Patterns
from newsmine.reading.furniture import Found
from newsmine.reading.layout import Layout
from newsmine.reading.title import Titles
from newsmine.types import Span

YEAR_INFERRED = "year_inferred"

_EDGE = 200
_SAME_DAYS = timedelta(days=10)
_NAME = regex.compile(r"\p{Han}[\p{Han}·]*+")
_LAST_RANK = 9
_REPUBLIC = 1911


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields that a text tells of itself; None and () where it leaves them open."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    authors: tuple[str, ...] = ()
    host: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rule:
    regex: regex.Pattern[str]
    rank: int
    within: str


@dataclass(frozen=True, slots=True)
class _Page:
    """A text with the stretches that the rules look at."""

    text: str
    folded: str
    windows: dict[str, list[Span]]


class MetadataReader:
    """Reads metadata by the `metadata` entries of the packs."""

    def __init__(self, patterns: Patterns) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        for entry in patterns.stage("metadata"):
            rule = _Rule(patterns.compile(entry), entry.get("rank", _LAST_RANK), entry.get("within", "any"))
            self._rules.setdefault(entry.get("field"), []).append(rule)
        for rules in self._rules.values():
            rules.sort(key=lambda r: r.rank)
        self._titles = Titles({name: [r.regex for r in rules] for name, rules in self._rules.items()})

    def __call__(self, text: str, folded: str, page: Layout, found: list[Found]) -> Metadata:
        """The metadata of a text; `folded` is its folded view, `found` its furniture."""
        view = _Page(text, folded, _windows(folded, page, found))
        published, flags = self._published(view)
        return Metadata(
            title=self._value(view, "title") or self._titles(text, folded, page, found),
            publisher=self._value(view, "publisher"),
            published=published,
            authors=self._authors(view),
            host=self._value(view, "host"),
            flags=flags,
        )

    def host_of_site(self, site: str) -> str | None:
        """The house whose site this is, where its name is one's."""
        matches = (rule.regex.search(site) for rule in self._rules.get("host_site", ()))
        return next((m.group() for m in matches if m is not None), None)

    def _matches(self, page: _Page, name: str) -> Iterator[regex.Match[str]]:
        for rule in self._rules.get(name, ()):
            for window in page.windows[rule.within]:
                yield from rule.regex.finditer(page.folded[: window.end], window.start)

    def _value(self, page: _Page, name: str) -> str | None:
        values = (page.text[m.start() : m.end()].strip() for m in self._matches(page, name))
        return next((v for v in values if v), None)

    def _authors(self, page: _Page) -> tuple[str, ...]:
        spans = sorted({m.span() for m in self._matches(page, "author")})
        names = [n.group() for start, end in spans for n in _NAME.finditer(page.text, start, end)]
        return tuple(dict.fromkeys(names))

    def _published(self, page: _Page) -> tuple[date | None, tuple[str, ...]]:
        told = next((d for m in self._matches(page, "published") if (d := _day(m.groupdict())) is not None), None)
        dateline = next((m.groupdict() for m in self._matches(page, "dateline")), None)
        if dateline is None:
            return told, ()
        if told is not None:
            near = _day({**dateline, "y": str(told.year)})
            return (near if near is not None and timedelta(0) <= told - near <= _SAME_DAYS else told), ()
        year = self._year(page, int(dateline["m"]))
        day = None if year is None else _day({**dateline, "y": str(year)})
        return day, (YEAR_INFERRED,) if day is not None else ()

    def _year(self, page: _Page, month: int) -> int | None:
        """The year that the text was written in, where it tells."""
        for match in self._matches(page, "year"):
            groups = match.groupdict()
            return int(groups["y"]) if groups.get("y") else int(groups["before"]) + 1
        return self._looked_back(page, month)

    def _looked_back(self, page: _Page, month: int) -> int | None:
        """A text that names the same month of a numbered year and of this year was written after that year."""
        past = {int(m["y"]) for m in self._matches(page, "past_year") if int(m["m"]) == month}
        this = any(int(m["m"]) == month for m in self._matches(page, "this_month"))
        latest = max((int(m["y"]) for m in self._matches(page, "any_year")), default=0)
        return latest + 1 if this and latest in past else None


def _windows(folded: str, page: Layout, found: list[Found]) -> dict[str, list[Span]]:
    """Where the rules look: `head`, `tail`, `edge` (both), `first` (line), `any`; other pages' text is left out."""
    end = next((f.span.start for f in found if f.foreign), len(folded))
    lines = [line for line in page.lines if line.start < end]
    whole_lines = {f.span.start for f in found}
    prose = [line for line in lines if line.prose and line.start not in whole_lines]
    head_end = min(end, prose[0].start + _EDGE) if prose else end
    tail_start = max(0, prose[-1].end - _EDGE) if prose else 0
    head, tail, whole = Span(0, head_end), Span(tail_start, end), Span(0, end)
    edge = [head, tail] if head.end < tail.start else [whole]
    first = Span(lines[0].start, lines[0].end) if lines else Span(0, 0)
    return {"head": [head], "tail": [tail], "edge": edge, "first": [first], "any": [whole]}


def _day(groups: dict[str, Any]) -> date | None:
    """The day of a match: year (or year of the Republic), month and day, or seconds since 1970 in Peking time."""
    try:
        if groups.get("epoch"):
            return (datetime.fromtimestamp(int(groups["epoch"]), UTC) + timedelta(hours=8)).date()
        if groups.get("republic"):
            groups = {**groups, "y": int(groups["republic"]) + _REPUBLIC}
        return date(int(groups["y"]), int(groups["m"]), int(groups["d"]))
    except (ValueError, TypeError, OverflowError):
        return None
