"""The texts of the page, in both languages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("zh", "en")


@cache
def messages() -> dict[str, dict[str, str]]:
    """The texts by language and dotted key: messages()["zh"]["card.claims"]."""
    raw = tomllib.loads((resources.files("newsmine") / "messages" / "report.toml").read_text(encoding="utf-8"))
    return {
        language: {f"{group}.{key}": text for group, texts in raw[language].items() for key, text in texts.items()}
        for language in LANGUAGES
    }


def said(key: str, **values: Any) -> dict[str, str]:
    """One text in every language, its blanks filled in."""
    return {language: messages()[language][key].format(**values) for language in LANGUAGES}


def word(group: str, name: str | None) -> dict[str, str]:
    """A value of a column in every language; the value itself where no language has a word for it."""
    return {language: messages()[language].get(f"{group}.{name}", name or "") for language in LANGUAGES}
