"""Regexes that nobody of this project has measured, under the `regex` module's own timeout.

Looking at the clock makes short searches several times slower, so the regexes that come with newsmine, whose growth
`benchmarks/growth.py` measures, go without as long as no other pack brings a regex.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import regex

from newsmine.limits import left

_SEARCHES = frozenset(("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"))


def guarded(compiled: regex.Pattern[str]) -> regex.Pattern[str]:
    """The pattern, its searches ended by TimeoutError when the time of the article is up."""
    return cast("regex.Pattern[str]", _Guarded(compiled))


class _Guarded:
    """Looks like a compiled pattern; a search gets a timeout where the caller gives none."""

    def __init__(self, compiled: regex.Pattern[str]) -> None:
        self._compiled = compiled
        for name in _SEARCHES:
            setattr(self, name, _limited(getattr(compiled, name)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiled, name)


def _limited(search: Callable[..., Any]) -> Callable[..., Any]:
    def limited(*arguments: Any, **named: Any) -> Any:
        return search(*arguments, **{"timeout": left(), **named})

    return limited
