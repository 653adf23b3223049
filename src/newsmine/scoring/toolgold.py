"""Gold from annotation tools: a JSONL export of doccano, a folder of brat standoff files.

Labels that are kinds of quantities (percent, count ..) mark claims, all others mentions. doccano knows no more than
spans and labels: only what can be told from these is scored. Annotations of brat that carry a note with a JSON object,
as `newsmine export --to brat` writes it, are whole rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import regex

from newsmine.errors import UsageError
from newsmine.exchange.brat import article_id_of
from newsmine.packs.stages import KINDS

_TEXT_BOUND = regex.compile(r"T(?P<id>\S+)\t(?P<label>\S+) (?P<places>\d+ \d+(?:;\d+ \d+)*)\t(?P<text>.*)")
_NOTE = regex.compile(r"#\S+\tAnnotatorNotes T(?P<id>\S+)\t(?P<note>.*)")


def doccano_articles(path: Path) -> Iterator[Mapping[str, Any]]:
    """The articles of a doccano export as gold objects; `article_id` is the column that the import brought along."""
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            told = {**row.get("meta", {}), **row.get("metadata", {}), **row}
            text, article_id = row["text"], str(told["article_id"])
            marks = [_mark(m) for m in row.get("label", row.get("entities", []))]
        except (ValueError, TypeError, AttributeError, KeyError) as reason:
            raise UsageError(
                f"{path}:{number}: no line of a doccano export with text, article_id and label: {reason!r}"
            ) from None
        yield _gold(article_id, [{"start": s, "end": e, "label": k, "text": text[s:e]} for s, e, k in marks], True)


def _mark(mark: Any) -> tuple[int, int, str]:
    if isinstance(mark, dict):
        return mark["start_offset"], mark["end_offset"], mark["label"]
    start, end, label = mark
    return start, end, label


def brat_articles(folder: Path) -> Iterator[Mapping[str, Any]]:
    """The articles of a folder of .ann files as gold objects; the name of a file below the folder is the article's."""
    for path in brat_files(folder):
        rows: dict[str, dict[str, Any]] = {}
        lines = _lines(path)
        text = _text_beside(path)
        for match in filter(None, map(_TEXT_BOUND.fullmatch, lines)):
            places = [int(n) for n in regex.findall(r"\d+", match["places"])]
            start, end = places[0], places[-1]
            # Without the text beside it, only pieces of a stretch over several lines are known.
            said = text[start:end] if text else match["text"] if len(places) == 2 else ""
            rows[match["id"]] = {"start": start, "end": end, "label": match["label"], "text": said}
        for match in filter(None, map(_NOTE.fullmatch, lines)):
            if match["id"] in rows:
                rows[match["id"]] |= _object(match["note"])
        bare = any(row["label"] in KINDS and "value" not in row for row in rows.values())
        article_id = article_id_of(path.relative_to(folder).with_suffix("").as_posix())
        yield _gold(article_id, list(rows.values()), bare)


def _text_beside(path: Path) -> str:
    """The text that an .ann file annotates: a mark over two lines shows it without the line end. Empty if missing."""
    beside = path.with_suffix(".txt")
    return beside.read_bytes().decode("utf-8", "surrogatepass") if beside.is_file() else ""


def brat_files(folder: Path) -> list[Path]:
    """The annotation files of a brat collection, sorted."""
    return sorted(folder.rglob("*.ann"))


def _lines(path: Path) -> list[str]:
    """The lines of a file. A text in it may hold other characters that end lines elsewhere (U+2028, a form feed)."""
    return [line.rstrip("\r") for line in path.read_bytes().decode("utf-8-sig").split("\n")]


def _object(note: str) -> dict[str, Any]:
    """The fields in a note; none where it is prose."""
    try:
        found = json.loads(note)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _gold(article_id: str, rows: list[dict[str, Any]], spans_only: bool) -> dict[str, Any]:
    unsaid = {"value": None, "unit": None}
    claims = [{**unsaid, "kind": row["label"], **row} for row in rows if row["label"] in KINDS]
    entities = [row for row in rows if row["label"] not in KINDS]
    return {"article_id": article_id, "claims": claims, "entities": entities, "spans_only": spans_only}
