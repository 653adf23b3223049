"""What the rows of an input were made of, as one hash: equal fingerprints mean equal rows."""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

from newsmine import manifest
from newsmine.cutting import back_end_version
from newsmine.extraction import Options, Outcome
from newsmine.reading import Source, read_overrides
from newsmine.reading.survey import read_stats
from newsmine.schema import SCHEMA_VERSION

# Which columns the tables have: whether the articles' text, and what the inputs bring along.
Columns = tuple[bool, tuple[str, ...]]


class Fingerprint:
    """Fingerprints under one configuration: options, patterns, versions, and newsmine's own code."""

    def __init__(self, options: Options, patterns: str) -> None:
        said = {"schema": SCHEMA_VERSION, "versions": manifest.versions(), "code": _code(), "patterns": patterns}
        said["segmenter"] = back_end_version()
        asked = {"encoding": options.encoding, "host": options.host, "chars": options.max_chars}
        self._configuration = digest({**said, **asked})
        self._overrides = read_overrides(options.metadata)
        self._stats = read_stats(options.folder_stats)

    def of(self, outcome: Outcome, columns: Columns) -> str:
        """The fingerprint of what came of a source."""
        reasons = [e["message"] for e in outcome.result.errors] if outcome.sha256 is None else None
        return self.key(outcome.source, outcome.sha256, reasons, columns)

    def key(self, source: Source, sha256: str | None, reasons: list[str] | None, columns: Columns) -> str:
        """The fingerprint of a source by the hash of its bytes, or by why there are none."""
        said = self._overrides.of(source.article_id, source.path)
        folder = sorted(self._stats.lines(source.article_id)), self._stats.duplicate_of(source.article_id)
        own = [source.article_id, source.path, source.kind, sha256, reasons, sorted(said.items())]
        return digest([self._configuration, own, folder, columns])


def digest(value: Any) -> str:
    """The hash of a JSON value; what JSON does not know goes by its text."""
    return hashlib.sha256(json.dumps(value, default=str).encode("utf-8")).hexdigest()


@functools.cache
def _code() -> str:
    """A hash of newsmine's source: a version in development has the same number before and after a change."""
    root = Path(__file__).parents[1]
    found = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
