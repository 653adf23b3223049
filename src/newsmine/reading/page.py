"""What a file gives before anything is read out of its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """A text, what it was decoded as, and what the file says of it outside the text.

    `said` has title, publisher, published, authors or host as the file writes them; `above` is what a web page shows
    above its article; `kept` the other columns of a table.
    """

    text: str
    encoding: str = ""
    flags: tuple[str, ...] = ()
    said: Mapping[str, Any] = field(default_factory=dict)
    above: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)
