"""Optional libraries: imported when a file needs them; a missing one is an error that says what to install."""

from __future__ import annotations

import importlib
from typing import Any

from newsmine.errors import InputError

# The extra that brings each module.
EXTRAS = {
    "trafilatura": "html",
    "lxml": "html",
    "docx": "docx",
    "pypdf": "pdf",
    "openpyxl": "xlsx",
    "warcio": "warc",
}


def optional(module: str) -> Any:
    """A module of an extra; InputError says how to install it where it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError as reason:
        extra = EXTRAS[module.split(".", 1)[0]]
        raise InputError(f"reading this needs newsmine[{extra}]: pip install 'newsmine[{extra}]' ({reason})") from None
