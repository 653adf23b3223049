"""Do the regexes compile, and do they stay fast on text that is made to slow them down?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsmine.errors import PatternError
from newsmine.packs import Entry, Patterns
from newsmine.selftest.finding import Finding, of_error
from newsmine.selftest.growth import growth_of, texts_against

# Far above what a sentence has, far below what `benchmarks/growth.py` measures: a check is to be quick.
_CHARS = 8_000


def regex_findings(patterns: Patterns, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Regexes that do not compile, and those whose time grows faster than their text."""
    for entry in entries:
        if entry.regex is None:
            continue
        try:
            compiled = patterns.compile(entry)
        except PatternError as reason:
            yield of_error(reason)
            continue
        found = growth_of(compiled, texts_against(entry), _CHARS)
        if found and found[-1].fails:
            yield Finding(
                entry.origin,
                entry.id,
                f"the regex is slow: {found[-1]}",
                "bound its repeats ({1,20}), make them possessive (++), and let no two of them match the same text",
            )
