"""The main job: inputs in, rows out, one result at a time. One input's failure is a row of `errors`, no more."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsmine.errors import InputError, UsageError
from newsmine.limits import DEFAULT_CHARS, DEFAULT_SECONDS, OutOfTime, out_of_time, seconds_for, stop, within
from newsmine.reading import Asked, Reader, ReadError, Source, find_sources, read_overrides
from newsmine.reading.overrides import parse_day
from newsmine.reading.reader import digest
from newsmine.reading.survey import FolderStats, read_stats
from newsmine.tables import Result, error_row, result
from newsmine.types import Article

if TYPE_CHECKING:
    from newsmine.pipeline import Analyzer

TEXT_ID = "text"

Inputs = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


@dataclass(frozen=True, slots=True)
class Options:
    """What decides the rows beside the inputs themselves."""

    patterns: tuple[Path, ...] = ()
    domains: tuple[str, ...] = ()
    encoding: str | None = None
    host: str | None = None
    metadata: Path | None = None
    text_key: str | None = None
    text_column: str | None = None
    # What was learnt of the whole folder before (newsmine.reading.survey), saved there.
    folder_stats: Path | None = None
    # Seconds that one article may take (long inputs get more), and characters that it may have.
    max_seconds: float = DEFAULT_SECONDS
    max_chars: int = DEFAULT_CHARS
    # Whether links that lead out of an input folder are followed.
    follow_links: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A source and what came of it; `sha256` names its bytes, where they could be read."""

    source: Source
    sha256: str | None
    result: Result

    @property
    def unfinished(self) -> bool:
        """Whether the time was up before the end: another run may get further."""
        return any(e["error"] == TimeoutError.__name__ for e in self.result.errors)


@dataclass(slots=True)
class Extractor:
    """Reader and analyzer for one set of options; made once, used for every input."""

    options: Options = field(default_factory=Options)
    stats: FolderStats | None = None
    analyzer: Analyzer = field(init=False)
    reader: Reader = field(init=False)

    @property
    def digest(self) -> str:
        """The hash of the pattern files in use."""
        return self.analyzer.patterns.digest

    def __post_init__(self) -> None:
        from newsmine.pipeline import analyzer

        options = self.options
        overrides = read_overrides(options.metadata)
        self.analyzer = analyzer(options.patterns, options.domains)
        self.reader = Reader(
            self.analyzer.patterns,
            self.analyzer.fold,
            encoding=options.encoding,
            asked=Asked(options.text_key, options.text_column),
            host=options.host,
            overrides=overrides,
            stats=self.stats or read_stats(options.folder_stats),
        )

    def load(self, source: Source, spooled: Path | None = None) -> bytes:
        """The bytes of a source; those of standard input are in the file `spooled`, where it was read before.

        ReadError where there are none.
        """
        if source.file is None and spooled is not None:
            return spooled.read_bytes()
        return self.reader.load(source)

    def outcome(self, source: Source, spooled: Path | None = None) -> Outcome:
        """What comes of one source; never an exception for what the source holds."""
        data = self.loaded(source, spooled)
        return data if isinstance(data, Outcome) else self.outcome_of(source, data)

    def loaded(self, source: Source, spooled: Path | None = None) -> bytes | Outcome:
        """The bytes of a source, or what comes of it where there are none."""
        try:
            return self.load(source, spooled)
        except ReadError as reason:
            return Outcome(source, None, failed(source.path, reason.stage, reason))

    def outcome_of(self, source: Source, data: bytes) -> Outcome:
        """What comes of the bytes of a source."""
        seconds = seconds_for(len(data), self.options.max_seconds)
        try:
            with within(seconds):
                return Outcome(source, digest(data), self._rows(self.reader.read(source, data), seconds))
        except ReadError as reason:
            return Outcome(source, reason.sha256, failed(source.path, reason.stage, reason))
        except (OutOfTime, TimeoutError):
            return Outcome(source, None, failed(source.path, "read", out_of_time(seconds)))
        except Exception as reason:  # metadata or furniture tripped over this very text
            return Outcome(source, digest(data), failed(source.path, "read", reason))

    def analyzed(self, article: Article) -> Result:
        """The rows of one article; an `errors` row if the analysis of it fails."""
        seconds = seconds_for(len(article.text), self.options.max_seconds)
        try:
            with within(seconds):
                return self._rows(article, seconds)
        except OutOfTime:  # between the last stage and the end
            return failed(article.path or article.article_id, "analyze", out_of_time(seconds))

    def _rows(self, article: Article, seconds: float) -> Result:
        """The rows of one article. Where a limit ends the analysis, an `errors` row and what is finished: the article,
        and its names if they were found."""
        path, line = article.path or article.article_id, self.analyzer
        document = None
        try:
            if len(article.text) > self.options.max_chars:
                raise InputError(f"{len(article.text)} characters are more than --max-chars {self.options.max_chars}")
            document = line.opened(article)
            return result(line.finished(document), line.fold)
        except (OutOfTime, TimeoutError):
            stop()
            reason: Exception = out_of_time(seconds)
        except InputError as told:
            reason = told
        except Exception as failure:
            return failed(path, "analyze", failure)
        whole = result(line.so_far(article, document), line.fold)
        whole.errors.append(error_row(path, "analyze", reason))
        return whole


def serial(inputs: Inputs, options: Options, *, folder_stats: bool = True) -> Iterator[Result]:
    """The rows of one input after the other, sorted by article_id, all in this process.

    With `folder_stats` the inputs are read once before, for the lines and stories that their articles repeat.
    """
    extractor = Extractor(options)
    sources = extractor.reader.expand(_found(inputs, options))
    if folder_stats and len(sources) > 1:
        extractor = Extractor(options, extractor.reader.survey(sources, options.max_seconds))
    return (extractor.outcome(source).result for source in sources)


def _found(inputs: Inputs, options: Options) -> list[Source]:
    skip = [options.metadata] if options.metadata else []
    return find_sources(many(inputs), skip=skip, follow_links=options.follow_links)


def options_of(
    patterns: Sequence[str | os.PathLike[str]],
    domains: Sequence[str],
    encoding: str | None,
    host: str | None,
    metadata: str | os.PathLike[str] | None,
    text_key: str | None = None,
    text_column: str | None = None,
    max_seconds: float = DEFAULT_SECONDS,
    max_chars: int = DEFAULT_CHARS,
    follow_links: bool = False,
) -> Options:
    told = Path(metadata) if metadata is not None else None
    return Options(
        tuple(map(Path, patterns)),
        tuple(domains),
        encoding,
        host,
        told,
        text_key,
        text_column,
        max_seconds=max_seconds,
        max_chars=max_chars,
        follow_links=follow_links,
    )


def many(inputs: Inputs) -> Sequence[str | os.PathLike[str]]:
    """One input or several, as several."""
    return [inputs] if isinstance(inputs, str | os.PathLike) else inputs


def published_day(day: date | str | None) -> date | None:
    if isinstance(day, str):
        try:
            return parse_day(day)
        except ValueError as reason:
            raise UsageError(f"published: {reason}") from None
    return day


def failed(path: str, stage: str, reason: BaseException) -> Result:
    """What comes of an input that failed."""
    return Result(errors=[error_row(path, stage, reason)])


def describe(options: Options) -> dict[str, Any]:
    """The options as run.json shows them."""
    return {
        "patterns": [p.as_posix() for p in options.patterns],
        "domains": list(options.domains),
        "encoding": options.encoding,
        "host": options.host,
        "metadata": options.metadata.as_posix() if options.metadata else None,
        "text_key": options.text_key,
        "text_column": options.text_column,
        "folder_stats": options.folder_stats is not None,
        "max_seconds": options.max_seconds,
        "max_chars": options.max_chars,
        "follow_links": options.follow_links,
    }


def text_extractor(patterns: Sequence[str | os.PathLike[str]] = (), domains: Sequence[str] = ()) -> Extractor:
    """An extractor for texts that are in memory."""
    return Extractor(options_of(patterns, domains, None, None, None))
