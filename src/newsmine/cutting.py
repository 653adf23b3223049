"""Texts into words: jieba's algorithm over jieba's dictionary, by one of two back ends that give the same words.

The plain one keeps jieba's dictionary and its model of unknown words (`jieba.finalseg`) and finds the likeliest path in
one pass from the right, where jieba makes a graph, then a table of routes, then generators. The fast one (the extra
newsmine[fast]) gives runs of Han characters to rjieba, and what is mixed with Latin letters to the plain one: there the
two libraries differ.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import importlib.resources
import importlib.util
import logging
import os
import re
import sys
import warnings
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any, Protocol

_WORD_FREQUENCY = 20_000
_NOWHERE = "\ue000\ue000"
# The Han characters that jieba has words of.
_RANGE = f"{chr(0x4E00)}-{chr(0x9FD5)}"
_HAN = re.compile(f"[{_RANGE}]+")
# What jieba cuts by its dictionary; between these blocks, every character stands alone.
_BLOCKS = re.compile(rf"([{_RANGE}a-zA-Z0-9+#&._%\-]+)")
_LINE_ENDS = re.compile(r"(\r\n|\s)")


class Cutter(Protocol):
    """Cuts a text into words that, joined, are the text."""

    def __call__(self, text: str) -> list[str]: ...


def cache_folder() -> Path:
    """The user's own cache folder for newsmine (XDG on Linux, Library/Caches on macOS, LOCALAPPDATA on Windows)."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "newsmine"


def back_end() -> str:
    """Which library cuts: rjieba where it is installed, else jieba."""
    return "rjieba" if _has_rjieba() else "jieba"


def back_end_version() -> str:
    """The back end with its version, for run.json and fingerprints."""
    return f"{back_end()} {importlib.metadata.version(back_end())}"


def cutter(words: Iterable[str]) -> Cutter:
    """A cutter that knows jieba's dictionary and some words more."""
    return FastCutter(words) if _has_rjieba() else PlainCutter(words)


class PlainCutter:
    """jieba's words from jieba's dictionary."""

    def __init__(self, words: Iterable[str]) -> None:
        tokenizer = _tokenizer()
        for word in words:
            tokenizer.add_word(word, _WORD_FREQUENCY)
        from jieba import finalseg

        self._unknown = finalseg.cut
        self._frequency: dict[str, int] = tokenizer.FREQ
        self._log_total = log(tokenizer.total)

    def __call__(self, text: str) -> list[str]:
        found: list[str] = []
        # Every second block is one of characters that words are made of.
        for number, block in enumerate(_BLOCKS.split(text)):
            if number % 2:
                self.add_words(block, found)
            else:
                _add_others(block, found)
        return found

    def add_words(self, block: str, found: list[str]) -> None:
        ends = self._ends(block)
        start, alone, size = 0, 0, len(block)
        while start < size:
            end = ends[start]
            if end - start > 1:
                if alone < start:
                    self._add_alone(block[alone:start], found)
                found.append(block[start:end])
                alone = end
            start = end
        if alone < size:
            self._add_alone(block[alone:], found)

    def _add_alone(self, text: str, found: list[str]) -> None:
        """Characters that the dictionary leaves by themselves: perhaps a word that it does not have."""
        if len(text) == 1:
            found.append(text)
        elif self._frequency.get(text):
            found.extend(text)
        else:
            found.extend(self._unknown(text))

    def _ends(self, block: str) -> list[int]:
        """Where the word that begins at each character ends, on the likeliest path; of equal ones the longest."""
        frequency, log_total, size = self._frequency, self._log_total, len(block)
        ends, scores = [0] * size, [0.0] * (size + 1)
        for start in range(size - 1, -1, -1):
            best, best_end = None, start + 1
            end = start + 1
            known = frequency.get(block[start:end])
            while known is not None:
                if known:
                    score = log(known) - log_total + scores[end]
                    if best is None or score >= best:
                        best, best_end = score, end
                end += 1
                if end > size:
                    break
                known = frequency.get(block[start:end])
            scores[start] = scores[start + 1] - log_total if best is None else best
            ends[start] = best_end
        return ends


class FastCutter:
    """rjieba's words of runs of Han characters, and the plain cutter's of all else."""

    def __init__(self, words: Iterable[str]) -> None:
        import rjieba

        self._words = frozenset(words)
        own = rjieba.Jieba()
        for word in self._words:
            own.add_word(word, _WORD_FREQUENCY, "")
        # Where a word was there before, jieba counts it twice in the sum of all frequencies and rjieba does not: a word
        # that stands in no text makes up for it.
        own.add_word(_NOWHERE, read_dictionary(self._words).kept, "")
        self._cut = own.cut

    @functools.cached_property
    def _plain(self) -> PlainCutter:
        """Loaded when the first text needs it."""
        return PlainCutter(sorted(self._words))

    def __call__(self, text: str) -> list[str]:
        found: list[str] = []
        for number, block in enumerate(_BLOCKS.split(text)):
            if number % 2 and _HAN.fullmatch(block):
                found += self._cut(block)
            elif number % 2:
                self._plain.add_words(block, found)
            else:
                _add_others(block, found)
        return found


def _add_others(block: str, found: list[str]) -> None:
    """What stands between words: each character by itself, but the two of a line end."""
    for number, piece in enumerate(_LINE_ENDS.split(block)):
        if number % 2:
            found.append(piece)
        else:
            found.extend(piece)


def _has_rjieba() -> bool:
    try:
        return importlib.util.find_spec("rjieba") is not None
    except ValueError:  # it was taken out of sys.modules by force
        return False


def _tokenizer() -> Any:
    """jieba's dictionary in a tokenizer of our own: jieba's module-level functions are global state, and their default
    cache in the shared temporary folder is loaded unchecked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    folder: Path | None = cache_folder()
    try:
        cache_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix" and os.stat(cache_folder()).st_mode & 0o022:
            folder = None  # others could put a dictionary of theirs there
    except OSError:
        folder = None  # jieba builds its dictionary in memory
    cache: Path | None = None
    if folder is not None:
        dictionary = importlib.resources.files("jieba").joinpath("dict.txt").read_bytes()
        tokenizer.tmp_dir = str(folder)
        tokenizer.cache_file = f"jieba-{jieba.__version__}-{hashlib.sha256(dictionary).hexdigest()[:16]}.cache"
        cache = folder / tokenizer.cache_file
        _refuse_altered(cache)
    tokenizer.initialize()
    if cache is not None:
        _sign(cache)
    return tokenizer


def _refuse_altered(cache: Path) -> None:
    """Take away a cache that is not the one that was written, or that others may write: jieba loads what is there."""
    with suppress(OSError):
        status = os.stat(cache)
        foreign = hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022)
        signature = _signature(cache)
        known = signature.read_text(encoding="ascii") if signature.is_file() else None
        if foreign or known != hashlib.sha256(cache.read_bytes()).hexdigest():
            cache.unlink()


def _sign(cache: Path) -> None:
    """Write down what a new cache is, whole or not at all: two processes may start at once."""
    signature = _signature(cache)
    with suppress(OSError):
        if not signature.is_file() or signature.stat().st_mtime_ns < cache.stat().st_mtime_ns:
            draft = signature.with_suffix(f".{os.getpid()}")
            draft.write_text(hashlib.sha256(cache.read_bytes()).hexdigest(), encoding="ascii")
            os.replace(draft, signature)


def _signature(cache: Path) -> Path:
    return cache.with_suffix(".sha256")


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What jieba's dictionary says of its words; of the words that are kept besides, `frequencies` alone knows.

    `kept` is the sum of the frequencies that it gives those words by itself.
    """

    tags: dict[str, str]
    frequencies: dict[str, int]
    kept: int


@functools.lru_cache(maxsize=2)
def read_dictionary(words: frozenset[str]) -> Dictionary:
    """jieba's dictionary, with these words kept whole."""
    text = importlib.resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    tags, frequencies = {}, {}
    for line in text.splitlines():
        word, frequency, tag = line.split(" ")
        tags[word] = tag
        frequencies[word] = int(frequency)
    kept = sum(frequencies.get(word, 0) for word in words)
    frequencies.update(dict.fromkeys(words, _WORD_FREQUENCY))
    return Dictionary(tags, frequencies, kept)
