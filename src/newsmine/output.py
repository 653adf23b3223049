"""The folder OUT: tables row by row in every format asked for, and beside them what the run was."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from newsmine import manifest
from newsmine.errors import UsageError
from newsmine.extraction import Outcome
from newsmine.reading.survey import FILE as FOLDER_STATS
from newsmine.schema import FINDINGS, TABLES, Table, tables
from newsmine.tables import Row
from newsmine.writers import FORMATS, Writer


@dataclass(frozen=True, slots=True)
class Summary:
    """How many rows there are of each table."""

    articles: int
    claims: int
    entities: int
    errors: int

    @property
    def exit_code(self) -> int:
        """0 all well; 1 nothing could be processed; 3 some inputs failed."""
        return 1 if not self.articles else 3 if self.errors else 0


def formats_of(names: str) -> tuple[str, ...]:
    """The formats of a comma-separated list; UsageError says which there are."""
    wanted = tuple(dict.fromkeys(n.strip().lower() for n in names.split(",") if n.strip()))
    unknown = [n for n in wanted if n not in FORMATS]
    if unknown or not wanted:
        raise UsageError(
            f"--format {','.join(unknown) or names!r}: no such format; there are {', '.join(sorted(FORMATS))}"
        )
    return wanted


def prepare(folder: Path, *, force: bool) -> None:
    """Make the folder; UsageError where something stands there that must not be overwritten."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: this is a file; -o names a folder")
    if not force and folder.is_dir() and any(folder.iterdir()):
        raise UsageError(
            f"{folder}: exists and is not empty; name another folder, or add --force to overwrite its tables"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise UsageError(f"{folder}: cannot be made: {reason.strerror}") from None


def write(
    outcomes: Iterable[Outcome],
    folder: Path,
    formats: Sequence[str],
    *,
    options: Mapping[str, Any],
    patterns: str,
    text: bool = True,
    kept: Iterable[str] = (),
) -> Summary:
    """Write the tables as the outcomes come, then the manifests. No table has its name before all are written."""
    started = time.time()
    chosen = tables(text=text, kept=kept)
    log = _Log()
    with _TableFiles(folder, formats, chosen) as files:
        for outcome in outcomes:
            log.add(outcome)
            files.add("articles", [outcome.result.article] if outcome.result.article else [])
            files.add("claims", outcome.result.claims)
            files.add("entities", outcome.result.entities)
        files.add("errors", sorted(log.errors, key=lambda e: (e["path"], e["stage"])))
    _remove_stale(folder, formats)
    if not options.get("folder_stats"):
        (folder / FOLDER_STATS).unlink(missing_ok=True)
    manifest.write_package(folder, formats, chosen)
    manifest.write_run(folder, options=options, patterns=patterns, inputs=log.inputs, counts=asdict(log.summary))
    manifest.write_times(
        folder, {"started": round(started, 3), "seconds": round(time.time() - started, 3), "chars": log.chars}
    )
    return log.summary


@dataclass(slots=True)
class _Log:
    """What run.json and the errors table need to know of every outcome."""

    inputs: list[dict[str, Any]] = field(default_factory=list)
    errors: list[Row] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    chars: int = 0

    def add(self, outcome: Outcome) -> None:
        article = outcome.result.article
        self.inputs.append(
            {"article_id": outcome.source.article_id, "path": outcome.source.path, "sha256": outcome.sha256}
        )
        self.errors += outcome.result.errors
        self.counts["articles"] += article is not None
        self.counts["claims"] += len(outcome.result.claims)
        self.counts["entities"] += len(outcome.result.entities)
        self.chars += article["chars"] if article else 0

    @property
    def summary(self) -> Summary:
        return Summary(self.counts["articles"], self.counts["claims"], self.counts["entities"], len(self.errors))


class _TableFiles:
    """A writer for every table in every format; all files are put in place together, or none."""

    def __init__(self, folder: Path, formats: Sequence[str], chosen: Mapping[str, Table]) -> None:
        self._writers: dict[str, list[Writer]] = {name: [] for name in chosen}
        try:
            for form in formats:
                for name, table in chosen.items():
                    self._writers[name].append(FORMATS[form](folder / f"{name}.{form}", table))
        except BaseException:
            self._each("discard")
            raise

    def add(self, table: str, rows: Sequence[Row]) -> None:
        for writer in self._writers[table] if rows else ():
            writer.write(rows)

    def __enter__(self) -> _TableFiles:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._each("close" if kind is None else "discard")

    def _each(self, method: str) -> None:
        for writers in self._writers.values():
            for writer in writers:
                getattr(writer, method)()


def _remove_stale(folder: Path, formats: Sequence[str]) -> None:
    """Tables of an earlier run in formats that this one did not write, and findings about it, would contradict it."""
    for form in set(FORMATS) - set(formats):
        for name in TABLES:
            (folder / f"{name}.{form}").unlink(missing_ok=True)
    for form in FORMATS:
        (folder / f"{FINDINGS.name}.{form}").unlink(missing_ok=True)
