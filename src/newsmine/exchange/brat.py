"""brat standoff: a text and an .ann file for every article, the fields of a claim as the note of its annotation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import regex

from newsmine.exchange.marked import Marked, Passage
from newsmine.tables import Row

# The columns of claims and entities that a gold row has, see newsmine.scoring.goldfiles.
_CLAIM = (
    "kind", "value", "low", "high", "qualifier", "unit", "role", "direction", "basis", "metric", "subject", "time_text",
    "status", "source",
)  # fmt: skip
_ENTITY = ("name", "title", "hospital")
# What a file name does not hold as it is: `=` and the bytes of its UTF-8, as in quoted-printable.
_NO_NAME = regex.compile(r"[^\p{L}\p{N}._-]")
_ESCAPED = regex.compile(r"(?:=[0-9A-F]{2})+")
_PIECE = regex.compile(r"[^\r\n]*[^\r\n\s][^\r\n]*")


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
    """Where in a collection an article stands: below its root, whatever its name; `article_id_of` undoes it."""
    return "/".join(map(_file_part, article_id.split("/")))


def article_id_of(stem: str) -> str:
    """The article whose file has this name in a collection."""
    parts = ("" if part == "=" else part for part in stem.split("/"))
    return _ESCAPED.sub(lambda m: bytes.fromhex(m.group().replace("=", "")).decode("utf-8", "replace"), "/".join(parts))


def _file_part(part: str) -> str:
    if part.strip(".") == "":  # names of this folder and of the one above it
        return part.replace(".", "=2E") or "="
    return _NO_NAME.sub(lambda m: "".join(f"={byte:02X}" for byte in m.group().encode("utf-8", "replace")), part)


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
    return [(start + m.start(), start + m.end()) for m in _PIECE.finditer(text[start:end])]
