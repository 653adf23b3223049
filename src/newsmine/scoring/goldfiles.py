"""Gold files: a folder of <article_id>.json, each what the tables of one article should hold.

A file is an object with `claims` and `entities` (and `article_id`, else its name is that). A claim needs start, end,
kind, value and unit; a mention start, end and label. What else the tables know may be left out and is then null (role:
level, qualifier: exact, status: actual). metric, subject, source, name, title and hospital are a string, or a list of
strings of which any is right. `"optional": true` marks a row that counts neither way; its start and end are enough.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from newsmine.errors import UsageError
from newsmine.scoring.toolgold import brat_articles, brat_files, doccano_articles
from newsmine.types import Span

Answers = tuple[str, ...]

# An optional claim is never compared: its span is enough.
_UNSAID: Mapping[str, Any] = {"kind": "", "value": None, "unit": ""}


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One claim as it should be; `rivals` are the metrics of all claims of its article."""

    span: Span
    text: str
    optional: bool
    kind: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    qualifier: str
    unit: str | None
    role: str
    direction: str | None
    basis: str | None
    metric: Answers
    subject: Answers
    time_text: str | None
    time: tuple[str | None, ...] | None
    status: str
    source: Answers
    rivals: frozenset[str]


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One mention as it should be."""

    span: Span
    text: str
    optional: bool
    label: str
    name: Answers
    title: Answers
    hospital: Answers


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """What the tables of one article should hold."""

    article_id: str
    claims: tuple[GoldClaim, ...]
    mentions: tuple[GoldMention, ...]
    # Whether no more is known of the rows than where they are and what label they have.
    spans_only: bool = False


def read_gold(path: Path, only: Collection[str] = ()) -> list[GoldArticle]:
    """The gold of a folder (of the articles `only`), in the order of its files; or of a doccano export (.jsonl) or a
    folder of brat's .ann files, see newsmine.scoring.toolgold."""
    articles = [_article(gold, where) for gold, where in _objects(path)]
    if not articles:
        raise UsageError(f"{path}: holds no gold; there should be a file <article_id>.json for every article")
    unknown = sorted(set(only) - {a.article_id for a in articles})
    if unknown:
        raise UsageError(f"{path}: no gold for article {unknown[0]!r}")
    return [a for a in articles if not only or a.article_id in only]


def _objects(path: Path) -> Iterator[tuple[Mapping[str, Any], Path]]:
    """The gold objects of a path, each with what names it in messages."""
    if path.is_file() and path.suffix == ".jsonl":
        yield from ((gold, path) for gold in doccano_articles(path))
    elif path.is_file():
        raise UsageError(f"{path}: gold is a folder, or a doccano export whose name ends in .jsonl (unpack it first)")
    elif not path.is_dir():
        raise UsageError(f"{path}: no such folder of gold files")
    elif brat_files(path):
        yield from ((gold, path / f"{gold['article_id']}.ann") for gold in brat_articles(path))
    else:
        for file in gold_files(path):
            gold = _object(file)
            yield {"article_id": file.stem, **gold}, file


def gold_files(folder: Path) -> list[Path]:
    """The gold files of a folder, sorted."""
    return sorted(folder.glob("*.json"))


def answers(value: Any) -> Answers:
    """The right answers of a field: none, one, or any of several."""
    if value is None or value == "":
        return ()
    return tuple(value) if isinstance(value, list) else (str(value),)


def _article(gold: Mapping[str, Any], path: Path) -> GoldArticle:
    claims, mentions = (_rows(gold, key, path) for key in ("claims", "entities"))
    try:
        rivals = frozenset(m for row in claims for m in answers(row.get("metric")))
        return GoldArticle(
            str(gold["article_id"]),
            tuple(_claim(row, rivals) for row in claims),
            tuple(_mention(row) for row in mentions),
            bool(gold.get("spans_only")),
        )
    except _RowError as reason:
        raise UsageError(f"{path}: {reason}") from None


def _object(path: Path) -> Mapping[str, Any]:
    try:
        gold = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except (OSError, ValueError) as reason:
        raise UsageError(f"{path}: cannot be read as JSON: {reason}") from None
    if not isinstance(gold, dict):
        raise UsageError(f"{path}: should be an object with claims and entities")
    return gold


def _rows(gold: Mapping[str, Any], key: str, path: Path) -> list[Mapping[str, Any]]:
    rows = gold.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UsageError(f"{path}: {key!r} should be a list of objects")
    return rows


class _RowError(ValueError):
    """A gold row that cannot be used; the message shows the row."""


def _claim(row: Mapping[str, Any], rivals: frozenset[str]) -> GoldClaim:
    optional = bool(row.get("optional"))
    row = {**_UNSAID, **row} if optional else row
    time = row.get("time")
    return GoldClaim(
        span=_span(row),
        text=str(row.get("text", "")),
        optional=optional,
        kind=_needed(row, "kind"),
        value=_number(row, "value", needed=True),
        low=_number(row, "low"),
        high=_number(row, "high"),
        qualifier=row.get("qualifier") or "exact",
        unit=_needed(row, "unit"),
        role=row.get("role") or "level",
        direction=row.get("direction"),
        basis=row.get("basis"),
        metric=answers(row.get("metric")),
        subject=answers(row.get("subject")),
        time_text=row.get("time_text"),
        time=tuple(time) if time else None,
        status=row.get("status") or "actual",
        source=answers(row.get("source")),
        rivals=rivals,
    )


def _mention(row: Mapping[str, Any]) -> GoldMention:
    text = str(row.get("text", ""))
    return GoldMention(
        span=_span(row),
        text=text,
        optional=bool(row.get("optional")),
        label=_needed(row, "label"),
        name=answers(row.get("name")) or (text,),
        title=answers(row.get("title")),
        hospital=answers(row.get("hospital")),
    )


def _span(row: Mapping[str, Any]) -> Span:
    start, end = _needed(row, "start"), _needed(row, "end")
    if not (type(start) is type(end) is int and 0 <= start < end):
        raise _RowError(f"start and end should be offsets into the text, start before end: {_shown(row)}")
    return Span(start, end)


def _needed(row: Mapping[str, Any], key: str) -> Any:
    if key not in row:
        raise _RowError(f"{key!r} is missing: {_shown(row)}")
    return row[key]


def _number(row: Mapping[str, Any], key: str, *, needed: bool = False) -> Decimal | None:
    value = _needed(row, key) if needed else row.get(key)
    try:
        return None if value is None else Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        raise _RowError(f"{key!r} should be a number or null: {_shown(row)}") from None


def _shown(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, default=str)[:200]
