"""Do the regexes compile, and do they stay fast on text that is made to slow them down?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from newsmine.errors import PatternError
from newsmine.packs import Entry, Patterns
from newsmine.selftest.finding import Finding, of_error

# A text of so many characters is to be read in so many seconds: one character said again and again, or an example.
_CHARS, _SECONDS = 2_000, 1.0
_PLAIN = ("1", "a", " ", ",", "1,", "a ")
_MOST_CHARACTERS = 24
_HAN = regex.compile(r"\p{Han}|\p{P}")


def regex_findings(patterns: Patterns, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Regexes that do not compile, and slow ones."""
    for entry in entries:
        if entry.regex is None:
            continue
        try:
            compiled = patterns.compile(entry)
        except PatternError as reason:
            yield of_error(reason)
            continue
        slow = next((unit for unit in _units(entry) if _is_slow(compiled, unit)), None)
        if slow is not None:
            yield Finding(
                entry.origin,
                entry.id,
                f"the regex is slow: {_CHARS} characters of {slow!r} take it more than {_SECONDS:g} second",
                "bound its repeats ({1,20}), make them possessive (++), and let no two of them match the same text",
            )


def _units(entry: Entry) -> list[str]:
    """What is repeated: plain characters, those of the regex and its examples, and the examples themselves."""
    said = "".join((entry.regex or "", *entry.examples))
    own = list(dict.fromkeys(_HAN.findall(said)))[:_MOST_CHARACTERS]
    return [*_PLAIN, *own, *entry.examples]


def _is_slow(compiled: regex.Pattern[str], unit: str) -> bool:
    """Whether a text of the unit takes too long, twice: the machine may have been busy the first time."""
    text = unit * (_CHARS // len(unit) + 1)
    return _exceeds(compiled, text) and _exceeds(compiled, text)


def _exceeds(compiled: regex.Pattern[str], text: str) -> bool:
    try:
        for _ in compiled.finditer(text, timeout=_SECONDS):
            pass
    except TimeoutError:
        return True
    return False
