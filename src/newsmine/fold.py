"""The matching view of a text: simplified characters, half-width forms, of the same length, so that every offset holds.

Conversion is for matching only; what newsmine shows is always the article's own text. OpenCC's t2s, tw2s and hk2s never
change the length of a text; NFKC would, so full-width forms go by a table of single characters.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from newsmine.conversion import converter
from newsmine.packs import Entry, pack_folders, read_packs

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# Full-width comma, colon, semicolon, brackets, question and exclamation marks part clauses: they keep their own
# character.
_KEPT = "，：；！？（）"
_TABLE = {k: v for k, v in _FULL_WIDTH.items() if chr(k) not in _KEPT} | {
    0x3000: 0x20,
    0xA0: 0x20,
    0x2009: 0x20,
    0x202F: 0x20,
}


class Folder:
    """Folds text; what OpenCC gets wrong is mended by the `fold` entries of the packs."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._mend = {form: e.get("to") for e in entries for form in e.forms}
        self._mend_regex = _alternatives(self._mend)
        # Words that only traditional texts write so: mended in any text, whether its line shows its script or not.
        anywhere = [f for e in entries if e.get("anywhere") for f in e.forms]
        self._mend_anywhere = _alternatives(anywhere)
        self._convert = converter()
        self._traditional = _traditional_characters()
        self._simplified = _simplified_characters()
        # A text without any of these is folded by the table alone.
        self._telling = self._traditional | {f[0] for f in anywhere}

    def __call__(self, text: str) -> str:
        """The folded text: same length, code point for code point."""
        plain = text.translate(_TABLE)
        if not self._telling.isdisjoint(plain):
            plain = "\n".join([self._line(line) for line in plain.split("\n")])
        if len(plain) != len(text):
            raise AssertionError("folding changed the length of a text")
        return plain

    def _line(self, line: str) -> str:
        if self._telling.isdisjoint(line):
            return line
        if self._traditional.isdisjoint(line):
            return self._mended(line, line, self._mend_anywhere)
        converted = self._convert(line)
        if len(converted) != len(line):
            converted = "".join(c if len(c := self._convert(ch)) == 1 else ch for ch in line)
        return self._mended(line, converted, self._mend_regex)

    def _mended(self, line: str, converted: str, forms: re.Pattern[str]) -> str:
        """The converted line with what the converter gets wrong put right."""
        if not forms.search(line):
            return converted
        mended = list(converted)
        for match in forms.finditer(line):
            mended[match.start() : match.end()] = self._mend[match.group()]
        return "".join(mended)

    def script(self, text: str) -> str:
        """`hans`, `hant` or `mixed`, by the characters that only one of the two scripts has."""
        counts = Counter(text)
        traditional = sum(counts[c] for c in self._traditional.intersection(counts))
        simplified = sum(counts[c] for c in self._simplified.intersection(counts))
        if not traditional:
            return "hans"
        share = traditional / (traditional + simplified)
        return "hant" if share > 0.8 else "hans" if share < 0.2 else "mixed"


def _alternatives(forms: Iterable[str]) -> re.Pattern[str]:
    """Any of the forms, the longest first; nothing where there is none."""
    return re.compile("|".join(map(re.escape, sorted(set(forms), key=lambda f: (-len(f), f)))) or r"(?!)")


@functools.cache
def _traditional_characters() -> frozenset[str]:
    """Han characters that the converter changes."""
    return frozenset(ch for ch, c in _single_conversions().items() if c != ch)


@functools.cache
def _simplified_characters() -> frozenset[str]:
    """Han characters that are the simplified form of another one."""
    return frozenset(c for ch, c in _single_conversions().items() if c != ch)


@functools.cache
def _single_conversions() -> dict[str, str]:
    convert = converter()
    han = [chr(c) for c in range(0x4E00, 0xA000)]
    return {ch: c for ch, c in zip(han, convert("\n".join(han)).split("\n"), strict=True) if len(c) == 1}


@functools.lru_cache(maxsize=8)
def folder(folders: tuple[Path, ...] | None = None) -> Folder:
    """The folder of these packs; without any, of the packaged and installed ones."""
    packs = pack_folders() if folders is None else folders
    return Folder(read_packs(packs, only="fold").stage("fold"))


def fold(text: str) -> str:
    """The folded text by the packaged packs; see `Folder`."""
    return folder()(text)
