"""What only a whole folder tells: lines that its articles repeat, and articles that repeat each other.

A pass of its own before the extraction, with a result of its own (`FolderStats`, saved with the tables), so that the
rows of an article never depend on how the work was split.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import regex

from newsmine.errors import UsageError
from newsmine.reading.layout import Line, layout
from newsmine.types import Article

FILE = "folder-stats.json"

# A line is furniture of a folder where it stands in so many of its articles (copies of one story count as one).
_FEWEST_ARTICLES = 5
_LEAST_SHARE = 0.3
_LONGEST_LINE = 160
# Lines looked at from either end of an article: furniture stands there.
_EDGE_LINES = 15
_MOST_LINES = 500_000

# An article repeats another where all its clauses are the same or so many; fewer clauses prove nothing.
_LEAST_ALIKE = 0.6
_FEWEST_SAME, _FEWEST_CLAUSES = 3, 5
_SHORTEST_CLAUSE = 6
# A clause in more articles than this, and in a tenth of all, is a formula of the house.
_COMMON = 20
_COMMON_SHARE = 0.1

_CLAUSE = regex.compile(r"[\p{Han}\p{L}\d.%]+")
_FOLDER = regex.compile(r"[/#][^/#]*\Z")
_INTRODUCES = (":", "\uff1a")


@dataclass(frozen=True, slots=True)
class FolderStats:
    """Repeated lines by folder (as folded text, with the number of articles), and which article repeats which."""

    repeated: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    duplicates: Mapping[str, str] = field(default_factory=dict)

    def lines(self, article_id: str) -> Mapping[str, int]:
        """The lines that the articles of this one's folder repeat."""
        return self.repeated.get(folder_of(article_id), {})

    def duplicate_of(self, article_id: str) -> str | None:
        """The article that this one repeats."""
        return self.duplicates.get(article_id)

    def write(self, path: Path) -> None:
        """Save the result; the same input gives the same bytes."""
        value = {
            "repeated_lines": {name: dict(sorted(lines.items())) for name, lines in sorted(self.repeated.items())},
            "duplicates": dict(sorted(self.duplicates.items())),
        }
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def read_stats(path: Path | None) -> FolderStats:
    """A saved result; UsageError where it is damaged."""
    if path is None:
        return FolderStats()
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        return FolderStats(value["repeated_lines"], value["duplicates"])
    except (OSError, ValueError, KeyError) as reason:
        raise UsageError(f"{path}: cannot be read ({reason}); run again with --force") from None


def folder_of(article_id: str) -> str:
    """The folder, archive or table that an article stands in."""
    return _FOLDER.sub("", article_id) if _FOLDER.search(article_id) else ""


class Survey:
    """Takes in articles one by one (`add`), then says what they have in common (`stats`)."""

    def __init__(self) -> None:
        self._seen: list[_Seen] = []

    def add(self, article: Article) -> None:
        """Take in an article that a reader has made."""
        assert article.folded is not None
        blank = list(article.folded)
        for span in article.chrome:
            blank[span.start : span.end] = "\n" * (span.end - span.start)
        prose = "".join(blank)
        clauses = sorted({_hash(c) for c in _CLAUSE.findall(prose) if len(c) >= _SHORTEST_CLAUSE})
        lines = layout(prose).lines
        edges = {line.text for line in (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]) if _could_be_furniture(line)}
        self._seen.append(
            _Seen(article.published or date.max, article.article_id, array("Q", clauses), tuple(sorted(edges)))
        )

    def stats(self) -> FolderStats:
        """What the articles have in common."""
        self._seen.sort(key=lambda s: (s.published, s.article_id))
        duplicates = _duplicates(self._seen)
        return FolderStats(_repeated(s for s in self._seen if s.article_id not in duplicates), duplicates)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is kept of an article: hashes of its clauses, the lines at its edges."""

    published: date
    article_id: str
    clauses: array[int]
    lines: tuple[str, ...]


def _could_be_furniture(line: Line) -> bool:
    return 2 <= len(line.text) <= _LONGEST_LINE and not line.text.endswith(_INTRODUCES)


def _hash(clause: str) -> int:
    return int.from_bytes(hashlib.blake2b(clause.encode("utf-8"), digest_size=8).digest(), "big")


def _repeated(seen: Iterable[_Seen]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    articles: Counter[str] = Counter()
    told = set()
    for one in seen:
        folder = folder_of(one.article_id)
        if (folder, one.clauses.tobytes()) in told:  # too short to be called a copy, but nothing new
            continue
        told.add((folder, one.clauses.tobytes()))
        articles[folder] += 1
        counts[folder].update(one.lines)
        if len(counts[folder]) > _MOST_LINES:  # lines that came once in so many are not those of all
            counts[folder] = Counter({line: n for line, n in counts[folder].items() if n > 1})
    found = {}
    for folder, lines in counts.items():
        least = max(_FEWEST_ARTICLES, _LEAST_SHARE * articles[folder])
        often = {line: n for line, n in lines.items() if n >= least}
        if often:
            found[folder] = often
    return found


def _duplicates(seen: list[_Seen]) -> dict[str, str]:
    """Every article that repeats an earlier one: first those with the very same clauses, then those with most."""
    found: dict[str, str] = {}
    same: dict[bytes, str] = {}
    rest = []
    for one in seen:
        if len(one.clauses) < _FEWEST_SAME:
            continue
        first = same.setdefault(one.clauses.tobytes(), one.article_id)
        if first == one.article_id:
            rest.append(one)
        else:
            found[one.article_id] = first
    near = _near(rest)
    return {**{copy: near.get(first, first) for copy, first in found.items()}, **near}


def _near(seen: list[_Seen]) -> dict[str, str]:
    counts = Counter(clause for one in seen for clause in one.clauses)
    common = {c for c, n in counts.items() if n > max(_COMMON, _COMMON_SHARE * len(seen))}
    found: dict[str, str] = {}
    holders: dict[int, list[int]] = defaultdict(list)
    originals: list[tuple[str, int]] = []
    for one in seen:
        own = [c for c in one.clauses if c not in common]
        if len(own) < _FEWEST_CLAUSES:
            continue
        shared = Counter(number for clause in own if counts[clause] > 1 for number in holders[clause])
        alike = [
            (n / (len(own) + size - n), -number, name)
            for number, n in shared.items()
            for name, size in (originals[number],)
        ]
        best = max(alike, default=(0.0, 0, ""))
        if best[0] >= _LEAST_ALIKE:
            found[one.article_id] = best[2]
            continue
        for clause in own:
            if counts[clause] > 1:
                holders[clause].append(len(originals))
        originals.append((one.article_id, len(own)))
    return found
