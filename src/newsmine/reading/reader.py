"""Sources into articles: decoded text, furniture and metadata, what the user says going before what the text says."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from newsmine.errors import InputError
from newsmine.packs import Patterns
from newsmine.reading.decode import REPLACED, Decoder
from newsmine.reading.furniture import Furniture, joined
from newsmine.reading.inputs import Source
from newsmine.reading.layout import layout
from newsmine.reading.metadata import MetadataReader
from newsmine.reading.overrides import Overrides
from newsmine.types import Article

READ_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
# Files with any other suffix, or none, are read as text if they are text; these are known to be something else.
_OTHER_SUFFIXES = frozenset(
    [
        ".html",
        ".htm",
        ".mhtml",
        ".xml",
        ".doc",
        ".docx",
        ".odt",
        ".rtf",
        ".pdf",
        ".ppt",
        ".pptx",
        ".json",
        ".jsonl",
        ".ndjson",
        ".csv",
        ".tsv",
        ".xls",
        ".xlsx",
        ".warc",
        ".zip",
        ".gz",
        ".bz2",
        ".xz",
        ".7z",
        ".rar",
        ".tar",
        ".parquet",
        ".sqlite",
        ".db",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".bmp",
        ".webp",
        ".svg",
        ".mp3",
        ".mp4",
        ".mov",
        ".wav",
        ".exe",
        ".dll",
        ".so",
        ".py",
        ".js",
        ".css",
        ".pkl",
        ".bin",
    ]
)


class ReadError(InputError):
    """An input that could not be read; `stage` says where it stopped, `sha256` names its bytes, if there were any."""

    def __init__(self, message: str, stage: str, sha256: str | None = None) -> None:
        super().__init__(message)
        self.stage = stage
        self.sha256 = sha256


class Reader:
    """Reads sources into articles."""

    def __init__(
        self,
        patterns: Patterns,
        fold: Callable[[str], str],
        *,
        encoding: str | None = None,
        host: str | None = None,
        overrides: Overrides | None = None,
    ) -> None:
        self._fold = fold
        self._decode = Decoder((c for e in patterns.stage("character") for f in e.forms for c in f), encoding)
        self._furniture = Furniture(patterns)
        self._metadata = MetadataReader(patterns)
        self._host = host
        self._overrides = overrides or Overrides()

    def load(self, source: Source) -> bytes:
        """The bytes of a source; ReadError where there are none to be had."""
        if source.file is None:
            return sys.stdin.buffer.read()
        suffix = source.file.suffix.lower()
        if suffix in _OTHER_SUFFIXES:
            raise ReadError(f"{suffix} files cannot be read yet; give .txt or .md (UTF-8, GB18030 or Big5)", "read")
        try:
            return source.file.read_bytes()
        except OSError as reason:
            raise ReadError(f"cannot be read: {reason.strerror or reason}", "read") from None

    def read(self, source: Source, data: bytes) -> Article:
        """The article of a source; ReadError where the bytes are no text."""
        try:
            decoded = self._decode(data)
        except InputError as reason:
            raise ReadError(str(reason), "decode", digest(data)) from None
        said = self._overrides.of(source.article_id, source.path)
        return self.article(
            source.article_id, decoded.text, said, path=source.path, encoding=decoded.encoding, flags=decoded.flags
        )

    def article(
        self,
        article_id: str,
        text: str,
        said: Mapping[str, Any] | None = None,
        *,
        path: str = "",
        encoding: str = "",
        flags: tuple[str, ...] = (),
    ) -> Article:
        """The article of a text. `said` overrides what the text says of itself."""
        text, flags = _without_surrogates(text, flags)
        folded = self._fold(text)
        page = layout(folded)
        found = self._furniture(folded, page)
        told = self._metadata(text, folded, page, found)
        article = Article(
            article_id,
            text,
            path=path,
            encoding=encoding,
            title=told.title,
            publisher=told.publisher,
            published=told.published,
            authors=told.authors,
            host=self._host or told.host,
            chrome=joined(found, text),
            flags=tuple(dict.fromkeys((*flags, *(() if said and said.get("published") else told.flags)))),
            folded=folded,
        )
        return replace(article, **said) if said else article


def digest(data: bytes) -> str:
    """The SHA-256 of an input."""
    return hashlib.sha256(data).hexdigest()


def _without_surrogates(text: str, flags: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A text that can be written as UTF-8: half characters, which no file should hold, replaced one by one."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text), (*flags, REPLACED)
    return text, flags
