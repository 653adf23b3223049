"""Words: numbers, times and quantities are found on characters first; jieba gets only the gaps between them.

jieba alone breaks figures apart. A tokenizer of our own is used, never jieba's module-level functions: their
dictionary is
global state, and their default cache in the shared temporary folder is loaded unchecked.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
import logging
import os
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newsmine.packs import Patterns
from newsmine.types import Token

# Stands for a character of page furniture in the folded view: no pattern matches it, and it parts nothing.
FURNITURE = "\ufffc"

_WORD_FREQUENCY = 20_000


def cache_folder() -> Path:
    """The user's own cache folder for newsmine (XDG on Linux, Library/Caches on macOS, LOCALAPPDATA on Windows)."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "newsmine"


class Segmenter:
    """Cuts folded text into tokens with jieba's dictionary tags."""

    def __init__(self, patterns: Patterns) -> None:
        self._jieba = _new_tokenizer()
        self._tags = _dictionary_tags()
        for word in _words_to_keep(patterns):
            self._jieba.add_word(word, _WORD_FREQUENCY)

    def tag(self, word: str) -> str:
        """jieba's dictionary tag of a word (n, v, ns, nr ...), '' where the dictionary does not have it."""
        return self._tags.get(word, "")

    def tokens(self, folded: str, start: int, end: int, protected: Iterable[tuple[int, int, str]] = ()) -> list[Token]:
        """The tokens of folded[start:end]. `protected` holds sorted (start, end, kind) spans that stay whole."""
        tokens: list[Token] = []
        position = start
        for low, high, kind in protected:
            if low < position or high > end:
                continue
            tokens += self._gap(folded, position, low)
            tokens.append(Token(low, high, folded[low:high], "", kind))
            position = high
        return tokens + self._gap(folded, position, end)

    def _gap(self, folded: str, start: int, end: int) -> list[Token]:
        tokens = []
        tags = self._tags
        for word in self._jieba.cut(folded[start:end]) if start < end else ():
            stop = start + len(word)
            if FURNITURE not in word:
                tokens.append(Token(start, stop, word, tags.get(word, ""), _kind(word)))
            start = stop
        return tokens


def _kind(word: str) -> str:
    if word.isalnum() or any(map(str.isalnum, word)):
        return "word"
    return "space" if word.isspace() else "punct"


def _words_to_keep(patterns: Patterns) -> list[str]:
    return sorted({f for e in patterns.stage("cue") for f in e.forms if len(f) > 1 and f.isalpha()})


def _new_tokenizer() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    folder: Path | None = cache_folder()
    try:
        cache_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        folder = None  # jieba builds its dictionary in memory
    if folder is not None:
        dictionary = importlib.resources.files("jieba").joinpath("dict.txt").read_bytes()
        tokenizer.tmp_dir = str(folder)
        tokenizer.cache_file = f"jieba-{jieba.__version__}-{hashlib.sha256(dictionary).hexdigest()[:16]}.cache"
    tokenizer.initialize()
    return tokenizer


@functools.cache
def _dictionary_tags() -> dict[str, str]:
    text = importlib.resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    return {word: tag for word, _, tag in (line.split(" ") for line in text.splitlines() if line.count(" ") == 2)}
