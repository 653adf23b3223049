"""What a run said: the rows of OUT by article, and whether OUT and gold speak of the same texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from newsmine.errors import UsageError
from newsmine.scoring.goldfiles import GoldArticle, GoldClaim, GoldMention
from newsmine.stored import read_table
from newsmine.tables import Row

_NUMBERS = ("value", "low", "high")
_SHOWN = 3

RowsByArticle = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Output:
    """The rows of OUT by article_id, and the texts where OUT has them (None for an article without)."""

    claims: RowsByArticle
    entities: RowsByArticle
    texts: Mapping[str, str | None] = field(default_factory=dict)


def read_output(folder: Path) -> Output:
    """The claims and entities of a folder that `newsmine extract` wrote; UsageError where there are none."""
    claims, entities = (_by_article(folder, name) for name in ("claims", "entities"))
    return Output(claims, entities, _texts(folder) or dict.fromkeys([*claims, *entities]))


def doubts(gold: Sequence[GoldArticle], output: Output) -> Iterator[str]:
    """What makes a score doubtful: articles that OUT lacks, gold that was made for another text."""
    missing = [g.article_id for g in gold if g.article_id not in output.texts]
    if len(missing) == len(gold):
        theirs = f"its articles are {_some(list(output.texts))}" if output.texts else "it has no articles"
        raise UsageError(f"OUT holds none of the articles of GOLD: gold is for {_some(missing)}, {theirs}")
    if missing:
        yield f"{len(missing)} of {len(gold)} gold articles are not in OUT and count as missed: {_some(missing)}"
    foreign = [g.article_id for g in gold if not _fits(g, output.texts.get(g.article_id))]
    if foreign:
        yield f"the gold of {len(foreign)} articles fits another text than that in OUT: {_some(foreign)}"


def _by_article(folder: Path, name: str) -> RowsByArticle:
    rows: dict[str, list[Row]] = defaultdict(list)
    for number, row in enumerate(read_table(folder, name), 1):
        try:
            rows[str(row["article_id"])].append(_checked(row))
        except (KeyError, TypeError, ValueError, InvalidOperation):
            raise UsageError(f"{folder}: row {number} of {name} has no usable article_id, offsets or numbers") from None
    return dict(rows)


def _checked(row: Row) -> Row:
    if not (isinstance(row["start"], int) and isinstance(row["end"], int)):
        raise TypeError
    return {**row, **{name: _decimal(row.get(name)) for name in _NUMBERS}}


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _texts(folder: Path) -> dict[str, str | None]:
    try:
        return {str(row["article_id"]): row.get("text") for row in read_table(folder, "articles")}
    except UsageError:  # tables from elsewhere need no articles
        return {}


def _fits(gold: GoldArticle, text: str | None) -> bool:
    rows: tuple[GoldClaim | GoldMention, ...] = (*gold.claims, *gold.mentions)
    return text is None or all(not row.text or text[row.span.start : row.span.end] == row.text for row in rows)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
