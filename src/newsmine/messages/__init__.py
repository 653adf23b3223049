"""What the console says, in the user's language. Code says it in English; `zh.toml` has the Chinese for it.

An entry of the catalogue is an English message with {names} where something is filled in, and its translation. Only
the console is translated: tables, `errors` among them, are the same bytes for everybody.
"""

from __future__ import annotations

import functools
import locale
import os
import re
import sys
import tomllib
from collections.abc import Mapping
from importlib import resources

LANGUAGES = ("en", "zh")

_CHINESE = ("zh", "chinese")
_PLACE = re.compile(r"\{(\w+)\}")
_chosen: str | None = None


def use(language: str | None) -> None:
    """Say everything in this language from now on; None: in that of the locale."""
    global _chosen
    _chosen = language


def language() -> str:
    """The language in force."""
    return _chosen or _of_locale(os.environ)


def say(message: str) -> str:
    """A message in the language in force; as it is where there is no translation."""
    return message if language() == "en" else _translated(message)


def _of_locale(environment: Mapping[str, str]) -> str:
    names = (environment.get(n) for n in ("LC_ALL", "LC_MESSAGES", "LANG"))
    told = next((n for n in names if n), None)
    if told is None and sys.platform == "win32":
        told = locale.getlocale()[0]
    return "zh" if told and told.lower().startswith(_CHINESE) else "en"


def _translated(message: str) -> str:
    for pattern, translation in _catalogue():
        match = pattern.fullmatch(message)
        if match is not None:
            # What is filled in may be a message itself.
            return translation.format(**{name: _translated(value) for name, value in match.groupdict().items()})
    return message


@functools.cache
def _catalogue() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The entries, those with most words of their own first."""
    text = resources.files(__name__).joinpath("zh.toml").read_text(encoding="utf-8")
    entries = sorted(tomllib.loads(text)["messages"], key=lambda e: -len(_PLACE.sub("", e["en"])))
    return tuple((_pattern(e["en"]), e["zh"]) for e in entries)


def _pattern(message: str) -> re.Pattern[str]:
    parts = _PLACE.split(message)
    return re.compile("".join(f"(?P<{p}>.+?)" if n % 2 else re.escape(p) for n, p in enumerate(parts)), re.DOTALL)
