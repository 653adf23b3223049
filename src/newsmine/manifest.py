"""What a run did (`run.json`), how long it took (`run-times.json`), and what its tables hold (`datapackage.json`).

`run.json` and `datapackage.json` are the same bytes for the same input; what differs between two runs is in the times.
"""

from __future__ import annotations

import importlib.metadata
import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from newsmine.cutting import back_end_version
from newsmine.formats import table_file
from newsmine.schema import SCHEMA_VERSION, Column, Table
from newsmine.writers import WholeFile

RUN, TIMES, PACKAGE = "run.json", "run-times.json", "datapackage.json"

_COMPONENTS = ("newsmine", "spacy", "jieba", "opencc-python-reimplemented", "regex")
# What reads some formats, where it is installed.
_READERS = ("trafilatura", "python-docx", "pypdf", "openpyxl", "warcio")
_MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FRICTIONLESS = {"list": "array", "spans": "array"}
# How a format without lists holds them.
_LISTS = {"csv": "joined by ;", "xlsx": "joined by ;", "sqlite": "a JSON array"}
# Where in a file of several tables one of them stands.
_WITHIN = {"sqlite": "table", "xlsx": "sheet"}


class InputList:
    """The inputs of run.json, gathered on disk: there may be more of them than fit in memory."""

    def __init__(self, scratch: Path) -> None:
        self._path = scratch / "inputs.part"
        self._handle = self._path.open("w", encoding="utf-8")
        self._separator = ""

    def add(self, article_id: str, path: str, sha256: str | None) -> None:
        """One input, in order."""
        said = json.dumps({"article_id": article_id, "path": path, "sha256": sha256}, ensure_ascii=False)
        self._handle.write(f"{self._separator}    {said}")
        self._separator = ",\n"

    def close(self) -> None:
        """Nothing more comes."""
        self._handle.close()

    def pieces(self) -> Iterator[str]:
        """What was gathered; the file is gone afterwards."""
        self._handle.close()
        with self._path.open(encoding="utf-8") as handle:
            while piece := handle.read(1 << 20):
                yield piece
        self._path.unlink()


def write_run(
    folder: Path, *, options: Mapping[str, Any], patterns: str, inputs: InputList, counts: Mapping[str, int]
) -> None:
    """Write run.json. `patterns` is the hash of the pattern files that were used."""
    run = {
        "schema_version": SCHEMA_VERSION,
        "versions": versions(),
        "segmenter": back_end_version(),
        "options": options,
        "patterns_sha256": patterns,
        "counts": counts,
    }
    with WholeFile(folder / RUN) as handle:
        head = json.dumps(run, ensure_ascii=False, indent=2).removesuffix("\n}")
        handle.write(f'{head},\n  "inputs": [\n')
        handle.writelines(inputs.pieces())
        handle.write("\n  ]\n}\n")


def article_count(folder: Path) -> int | None:
    """How many articles run.json says that the folder holds; None where it does not say."""
    try:
        counted = json.loads((folder / RUN).read_text(encoding="utf-8"))["counts"]["articles"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return counted if isinstance(counted, int) else None


def write_times(folder: Path, times: Mapping[str, Any]) -> None:
    """Write run-times.json."""
    _write(folder / TIMES, times)


def write_package(folder: Path, formats: Sequence[str], tables: Mapping[str, Table]) -> None:
    """Write datapackage.json: every table in every format, every column with its type and meaning."""
    resources = [_resource(table, form) for form in formats for table in tables.values()]
    _write(folder / PACKAGE, {"name": "newsmine", "profile": "data-package", "resources": resources})


def add_to_package(folder: Path, formats: Sequence[str], table: Table) -> None:
    """Add one more table to datapackage.json, in place of what it said of that table before."""
    path = folder / PACKAGE
    package: dict[str, Any] = {"name": "newsmine", "profile": "data-package", "resources": []}
    if path.is_file():
        package = json.loads(path.read_text(encoding="utf-8"))
    added = [_resource(table, form) for form in formats]
    names = {resource["name"] for resource in added}
    package["resources"] = [r for r in package["resources"] if r["name"] not in names] + added
    _write(path, package)


def versions() -> dict[str, str]:
    """The versions of what decides the rows."""
    found = {"python": ".".join(platform.python_version_tuple()[:2])}
    for name in _COMPONENTS + _READERS:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _resource(table: Table, form: str) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": f"{table.name}-{form}",
        "title": table.row,
        "path": table_file(form, table.name),
        "format": form,
        "mediatype": _MEDIA_TYPES[form],
        **({"encoding": "utf-8"} if form in ("csv", "jsonl") else {}),
        **({"dialect": {_WITHIN[form]: table.name}} if form in _WITHIN else {}),
        "schema": {
            "fields": [_field(c, form) for c in table.columns],
            **({"primaryKey": list(table.key)} if table.name != "errors" else {}),
            "missingValues": [""],
        },
    }
    if table.name in ("claims", "entities"):
        resource["schema"]["foreignKeys"] = [
            {"fields": "article_id", "reference": {"resource": f"articles-{form}", "fields": "article_id"}}
        ]
    return resource


def _field(column: Column, form: str) -> dict[str, str]:
    kind = _FRICTIONLESS.get(column.type, column.type)
    if form in _LISTS and kind == "array":
        return {"name": column.name, "type": "string", "description": f"{column.meaning} ({_LISTS[form]})"}
    return {"name": column.name, "type": kind, "description": column.meaning}


def _write(path: Path, value: Any) -> None:
    with WholeFile(path) as handle:
        handle.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def read_counts(folder: Path) -> dict[str, int]:
    """How many rows of each table run.json says that there are."""
    counts: dict[str, int] = json.loads((folder / RUN).read_bytes())["counts"]
    return counts
