"""Sources into articles: decoded text, furniture and metadata, what the user says going before what the text says."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from newsmine.errors import InputError
from newsmine.limits import DEFAULT_CHARS, DEFAULT_SECONDS, OutOfTime, seconds_for, within
from newsmine.packs import Patterns
from newsmine.reading import kinds
from newsmine.reading.columns import Asked, Columns
from newsmine.reading.decode import REPLACED, Decoder
from newsmine.reading.documents import read_docx, read_pdf
from newsmine.reading.fields import Fields, row_page
from newsmine.reading.furniture import Furniture, joined
from newsmine.reading.inputs import Source
from newsmine.reading.layout import layout
from newsmine.reading.members import Opener, why
from newsmine.reading.metadata import Metadata, MetadataReader
from newsmine.reading.overrides import Overrides
from newsmine.reading.page import Page
from newsmine.reading.survey import FolderStats, Survey
from newsmine.reading.tabular import Tables
from newsmine.reading.web import read_html, read_mhtml, read_part
from newsmine.types import Article

READ_SUFFIXES = frozenset(kinds.SUFFIXES)


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
        asked: Asked | None = None,
        host: str | None = None,
        overrides: Overrides | None = None,
        stats: FolderStats | None = None,
    ) -> None:
        self._fold = fold
        self._decode = Decoder((c for e in patterns.stage("character") for f in e.forms for c in f), encoding)
        self._furniture = Furniture(patterns)
        self._metadata = MetadataReader(patterns)
        self._fields = Fields(patterns)
        self._opener = Opener(Tables(Columns(patterns, fold), self._decode, asked or Asked()))
        self._host = host
        self._overrides = overrides or Overrides()
        self._stats = stats or FolderStats()

    def expand(self, sources: Iterable[Source]) -> list[Source]:
        """The sources with archives and tables replaced by what they hold, sorted by article_id."""
        return self._opener.expanded(sources)

    def load(self, source: Source) -> bytes:
        """The bytes of a source; ReadError where there are none to be had."""
        if source.file is None:
            return sys.stdin.buffer.read()
        if source.problem is not None:
            raise ReadError(source.problem, "read")
        if source.kind is None and not source.steps:
            source = replace(source, kind=kinds.kind_by_name(source.file.name))
        if source.kind == kinds.OTHER:
            raise ReadError(kinds.advice_for(source.path), "read")
        try:
            return self._opener.load(source)
        except (InputError, OSError) as reason:
            raise ReadError(why(reason), "read") from None

    def read(self, source: Source, data: bytes) -> Article:
        """The article of a source; ReadError where the bytes hold none."""
        try:
            page = self._page(source, data)
            if len(page.text) > DEFAULT_CHARS:
                raise InputError(f"{len(page.text)} characters are no article; split it, one article a file")
        except InputError as reason:
            raise ReadError(str(reason), "decode", digest(data)) from None
        told = {**self._fields(page.said), **self._overrides.of(source.article_id, source.path)}
        repeated = self._stats.lines(source.article_id)
        article = self._made(source.article_id, page, told, source.path, repeated)
        return replace(article, duplicate_of=self._stats.duplicate_of(source.article_id))

    def survey(self, sources: Iterable[Source], max_seconds: float = DEFAULT_SECONDS) -> FolderStats:
        """What the articles of these sources have in common; sources that cannot be read, or not in time, are passed
        over."""
        survey = Survey()
        for source in sources:
            if source.file is None:  # standard input can be read once
                continue
            # What fails here fails in the extraction as well, which says why.
            with suppress(Exception, OutOfTime):
                data = self.load(source)
                with within(seconds_for(len(data), max_seconds)):
                    survey.add(self.read(source, data))
        return survey.stats()

    def _page(self, source: Source, data: bytes) -> Page:
        name = source.file.name if source.file is not None else ""
        kind = source.kind or kinds.kind_by_name(name) or kinds.kind_by_bytes(data)
        if kind == kinds.ROW:
            return row_page(data)
        if kind == kinds.PDF:
            return read_pdf(data, self._decode.common)
        if kind == kinds.DOCX:
            return read_docx(data)
        web = {kinds.HTML: read_html, kinds.MHTML: read_mhtml, kinds.PART: read_part}.get(kind)
        if web is not None:
            return web(data, self._decode)
        decoded = self._decode(data)
        return Page(decoded.text, decoded.encoding, decoded.flags)

    def article(self, article_id: str, text: str, said: Mapping[str, Any] | None = None) -> Article:
        """The article of a text. `said` overrides what the text says of itself."""
        return self._made(article_id, Page(text), said or {})

    def _made(
        self,
        article_id: str,
        page: Page,
        said: Mapping[str, Any],
        path: str = "",
        repeated: Container[str] = (),
    ) -> Article:
        text, flags = _without_surrogates(page.text, page.flags)
        folded = self._fold(text)
        lines = layout(folded)
        found = self._furniture(folded, lines, repeated)
        told = self._below(page.above, text) if page.above else self._metadata(text, folded, lines, found)
        site = page.said.get("site") or ""
        article = Article(
            article_id,
            text,
            path=path,
            encoding=page.encoding,
            title=told.title,
            publisher=told.publisher or site or None,
            published=told.published,
            authors=told.authors,
            host=self._host or told.host or self._metadata.host_of_site(site),
            chrome=joined(found, text),
            flags=tuple(dict.fromkeys((*flags, *(() if said.get("published") else told.flags)))),
            kept=page.kept,
            folded=folded,
        )
        return replace(article, **said)

    def _below(self, above: str, text: str) -> Metadata:
        """The metadata of a text that a page shows below some lines of its own."""
        text, _ = _without_surrogates(f"{above}\n\n{text}", ())
        folded = self._fold(text)
        lines = layout(folded)
        return self._metadata(text, folded, lines, self._furniture(folded, lines))


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
