"""Lists of forms looked up on characters: the longest form at a place, with the characters that must or must not
stand around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsmine.packs import Entry

# How far before a phrase the words of `near` may stand.
_NEAR = 14


def any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Any of the forms, the longest first; nothing where there is none. For forms alone, re is quicker than regex."""
    return re.compile("|".join(map(re.escape, sorted(set(forms), key=lambda f: (-len(f), f)))) or r"(?!)")


class FormIndex:
    """Forms to entries, for lookups that start or end at a given place."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._forms: dict[str, list[Entry]] = {}
        for entry in entries:
            for form in entry.forms:
                self._forms.setdefault(form, []).append(entry)
        self._lengths = sorted({len(f) for f in self._forms}, reverse=True)

    def starting(
        self, text: str, start: int, phrase: int | None = None, lenient: bool = False
    ) -> Iterator[tuple[int, Entry]]:
        """(end, entry) of every form that stands at `start`, the longest first, whose context allows it.

        `phrase`: where the phrase begins that the form ends (a number with its unit); what may stand before it is
        looked up there. `lenient`: what stands behind the form does not matter for counts (after digits, ming is a
        classifier even before yi).
        """
        phrase = start if phrase is None else phrase
        for length in self._lengths:
            end = start + length
            for entry in self._forms.get(text[start:end], ()):
                if end <= len(text) and (allowed(entry, text, phrase, end) or (lenient and not_strict(entry))):
                    yield end, entry

    def ending(self, text: str, end: int) -> Iterator[tuple[int, Entry]]:
        """(start, entry) of every form that ends at `end`, the longest first, whose context allows it."""
        for length in self._lengths:
            start = end - length
            for entry in self._forms.get(text[start:end], ()) if start >= 0 else ():
                if allowed(entry, text, start, end):
                    yield start, entry


def not_strict(entry: Entry) -> bool:
    """Whether what stands behind the form does not matter after digits."""
    return entry.get("kind") == "count" and "strict" not in entry.get("needs", ())


def allowed(entry: Entry, text: str, start: int, end: int) -> bool:
    """Whether the text around [start, end) suits the entry's fields for what stands before and after it."""
    near = entry.get("near")
    if near and not any(word in text[max(0, start - _NEAR) : start] for word in near):
        return False
    before, after = entry.get("not_before"), entry.get("only_before")
    if before and text.startswith(before, end):
        return False
    if after and not text.startswith(after, end):
        return False
    behind, only_behind = entry.get("not_after"), entry.get("only_after")
    if behind and text.endswith(behind, 0, start):
        return False
    return not only_behind or text.endswith(only_behind, 0, start)
