"""What the user says of the articles: a CSV or JSONL file whose rows name an article_id or a path."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import regex

from newsmine.errors import UsageError

KEYS = ("article_id", "path")
FIELDS = ("title", "publisher", "published", "authors", "host")

_AUTHOR_SEPARATOR = regex.compile(r"[;；、]")
_DAY = regex.compile(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:[T ].*)?")


@dataclass(frozen=True, slots=True)
class Overrides:
    """Field values by article_id and by path; only what the file fills in."""

    by_key: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, article_id: str, path: str) -> dict[str, Any]:
        """What is said of one article; the article_id goes before the path."""
        return {**self.by_key.get(path, {}), **self.by_key.get(article_id, {})}


def read_overrides(path: Path | None) -> Overrides:
    """Read a --metadata file; UsageError names the line that does not do."""
    if path is None:
        return Overrides()
    values: dict[str, dict[str, Any]] = {}
    for line, row in _rows(path):
        keys = [str(row[k]) for k in KEYS if row.get(k)]
        if not keys:
            raise UsageError(f"{path}:{line}: a row needs an article_id or a path")
        values[keys[0]] = {f: _value(f, row[f], f"{path}:{line}") for f in FIELDS if row.get(f)}
    return Overrides(values)


def parse_day(text: str) -> date:
    """A day in ISO form (also 20230411 and 2023/4/11, a clock time after it is ignored); ValueError otherwise."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is no day; write it as 2023-04-11")
    return date(*map(int, match.groups()))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as reason:
        raise UsageError(f"--metadata {path}: {reason.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"--metadata {path}: not UTF-8; save it as UTF-8") from None
    return _json_rows(path, text) if path.suffix in (".jsonl", ".ndjson") else _csv_rows(path, text)


def _json_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as reason:
                raise UsageError(f"{path}:{number}: no JSON object: {reason}") from None
            if not isinstance(row, dict):
                raise UsageError(f"{path}:{number}: no JSON object")
            yield number, row


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    names = reader.fieldnames or ()
    if not set(names) & set(KEYS):
        raise UsageError(f"--metadata {path}: no column article_id or path; it has {', '.join(names) or 'none'}")
    for row in reader:
        yield reader.line_num, row


def _value(name: str, value: Any, where: str) -> Any:
    if name == "published":
        try:
            return parse_day(str(value))
        except ValueError as reason:
            raise UsageError(f"{where}: published: {reason}") from None
    if name == "authors":
        return author_names(value)
    return str(value)


def author_names(value: Any) -> tuple[str, ...]:
    """Names out of a list, or out of one string with ; or an enumeration comma between them."""
    parts = value if isinstance(value, list) else _AUTHOR_SEPARATOR.split(str(value))
    return tuple(s for p in parts if (s := str(p).strip()))
