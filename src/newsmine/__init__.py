"""newsmine: Chinese news articles in, tidy tables of figures and names out.

Everything is loaded when it is first used, so that `import newsmine` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsmine.api import find_numbers, find_quantities, parse_number
    from newsmine.batch import stream
    from newsmine.frames import Tables, extract, extract_frame
    from newsmine.spacy_pipe import load

__version__ = "0.1.0"

__all__ = [
    "Tables",
    "__version__",
    "extract",
    "extract_frame",
    "find_numbers",
    "find_quantities",
    "load",
    "parse_number",
    "stream",
    "to_pint",
]

_HOMES = {
    "Tables": "newsmine.frames",
    "extract": "newsmine.frames",
    "extract_frame": "newsmine.frames",
    "find_numbers": "newsmine.api",
    "find_quantities": "newsmine.api",
    "load": "newsmine.spacy_pipe",
    "parse_number": "newsmine.api",
    "stream": "newsmine.batch",
    "to_pint": "newsmine.quantities.units",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'newsmine' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
