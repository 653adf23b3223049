"""Traditional characters to simplified ones by OpenCC's dictionaries (tw2s), line by line and quickly.

The converter in Python looks up every piece of every length. Almost always no phrase of its dictionaries is in sight:
then the result is that of character for character, and only stretches that hold a phrase are given to it.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import warnings
from collections.abc import Callable, Iterable

Convert = Callable[[str], str]

# The dictionaries of tw2s, in the order in which they are applied: Taiwan's variants, then simplification.
_VARIANTS = ("TWVariantsRevPhrases.txt", "TWVariantsRev.txt")
_SIMPLIFIED = ("TSPhrases.txt", "TSCharacters.txt")
# What the converter itself parts a text at: no phrase reaches over it.
_PARTS = re.compile(r"([\s，。、；：？！…“”‘’「」『』（）《》,.?!-]+)")


class Converter:
    """Converts a line; the result is the converter's own."""

    def __init__(self, convert: Convert, dictionaries: Callable[[str], dict[str, str]]) -> None:
        self._convert = convert
        variants, simplified = ([dictionaries(name) for name in names] for names in (_VARIANTS, _SIMPLIFIED))
        characters = {k for d in (*variants, *simplified) for k in d if len(k) == 1}
        self._table = {ord(c): convert(c) for c in characters}
        self._variants = {ord(k): v for d in variants for k, v in d.items() if len(k) == 1}
        self._phrases = [_any_of(k for d in stage for k in d if len(k) > 1) for stage in (variants, simplified)]

    def __call__(self, line: str) -> str:
        if not self._has_phrase(line):
            return line.translate(self._table)
        pieces = _PARTS.split(line)
        return "".join(self._convert(p) if self._has_phrase(p) else p.translate(self._table) for p in pieces)

    def _has_phrase(self, text: str) -> bool:
        first, second = self._phrases
        return bool(first.search(text) or second.search(text.translate(self._variants)))


@functools.cache
def converter() -> Convert:
    """The converter that is installed, made quick where its dictionaries are at hand (OpenCC's own, in C++, is)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import opencc

    convert: Convert = opencc.OpenCC("tw2s").convert
    folder = importlib.resources.files("opencc") / "dictionary"
    if not all((folder / name).is_file() for name in (*_VARIANTS, *_SIMPLIFIED)):
        return convert

    def dictionary(name: str) -> dict[str, str]:
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        pairs = (line.strip().split("\t") for line in lines)
        return {key: value.split(" ")[0] for key, value in pairs}

    return Converter(convert, dictionary)


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(forms, key=lambda f: (-len(f), f)))) or r"(?!)")
