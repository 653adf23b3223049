"""What a file says of its article outside the text, in the types of an article; what cannot be read is left open."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import regex

from newsmine.packs import Patterns
from newsmine.reading.overrides import author_names, parse_day
from newsmine.reading.page import Page

# Seconds or milliseconds since 1970, as databases export them.
_EPOCH = regex.compile(r"(1\d{9})(?:\d{3})?(?:\.\d+)?")
_PEKING = timedelta(hours=8)


class Fields:
    """Converts what pages and rows say; `patterns` tell how days are written."""

    def __init__(self, patterns: Patterns) -> None:
        self._stamp = patterns.compiled("{stamp_day}")

    def __call__(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """title, publisher, published, authors and host, where they are said."""
        told: dict[str, Any] = {f: str(said[f]).strip() for f in ("title", "publisher", "host") if said.get(f)}
        day = self._day(str(said["published"])) if said.get("published") else None
        authors = author_names(said["authors"]) if said.get("authors") else ()
        return {**told, **({"published": day} if day else {}), **({"authors": authors} if authors else {})}

    def _day(self, text: str) -> date | None:
        try:
            return parse_day(text)
        except ValueError:
            pass
        epoch = _EPOCH.fullmatch(text.strip())
        if epoch is not None:
            return (datetime.fromtimestamp(int(epoch[1]), UTC) + _PEKING).date()
        stamp = self._stamp.search(text)
        try:
            return date(int(stamp["y"]), int(stamp["m"]), int(stamp["d"])) if stamp else None
        except ValueError:
            return None


def row_page(data: bytes) -> Page:
    """The page of a row, as `newsmine.reading.tabular` writes it."""
    row = json.loads(data)
    return Page(row["text"], row["encoding"], tuple(row["flags"]), row["said"], kept=row["kept"])
