"""brat standoff: a text and an .ann file for every article, the fields of a claim as the note of its annotation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import regex

from newsmine.exchange.marked import Marked, Passage
from newsmine.tables import Row

# The columns of claims and entities that a gold row has, see newsmine.scoring.goldfiles.
_CLAIM = (
    "kind", "value", "low", "high", "qualifier", "unit", "role", "direction", "basis", "metric", "subject", "time_text",
    "status", "source",
)  # fmt: skip
_ENTITY = ("name", "title", "hospital")
_NO_NAME = regex.compile(r"[^\p{L}\p{N}._-]+")


def write_brat(articles: Iterable[Passage], folder: Path) -> None:
    """A collection in `folder`: <article_id>.txt and .ann, and annotation.conf with all labels."""
    folder.mkdir(parents=True)
    labels: set[str] = set()
    for passage in articles:
        path = folder / file_stem(passage.article_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        Path(f"{path}.txt").write_bytes(passage.text.encode("utf-8", "surrogatepass"))
        lines = [line for n, mark in enumerate(passage.marked, 1) for line in _lines(n, mark, passage.text)]
        Path(f"{path}.ann").write_text("".join(lines), encoding="utf-8", newline="")
        labels |= {mark.label for mark in passage.marked}
    sections = ["[entities]", *sorted(labels), "", "[relations]", "", "[events]", "", "[attributes]", ""]
    (folder / "annotation.conf").write_text("\n".join(sections), encoding="utf-8")


def file_stem(article_id: str) -> str:
    """Where in a collection an article stands: below its root, whatever its name."""
    parts = [_NO_NAME.sub("_", part) for part in PurePosixPath(article_id).parts]
    return "/".join("_" if part.strip(".") == "" else part for part in parts) or "_"


def _lines(number: int, mark: Marked, text: str) -> list[str]:
    pieces = _pieces(text, mark.start, mark.end)
    said = " ".join(text[start:end] for start, end in pieces)
    note = json.dumps(_fields(mark), ensure_ascii=False, default=str)
    places = ";".join(f"{start} {end}" for start, end in pieces)
    return [f"T{number}\t{mark.label} {places}\t{said}\n", f"#{number}\tAnnotatorNotes T{number}\t{note}\n"]


def _fields(mark: Marked) -> Row:
    if not mark.is_claim:
        return {name: mark.row.get(name) for name in _ENTITY}
    days = [mark.row.get("time_start"), mark.row.get("time_end")]
    return {**{name: mark.row.get(name) for name in _CLAIM}, "time": days if any(days) else None}


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A stretch without its line ends: an annotation of brat is on one line."""
    found, at = [], start
    for line in text[start:end].split("\n"):
        if line.strip():
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found
