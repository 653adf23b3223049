"""Rows as DataFrames. The only module that imports pandas."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from newsmine.errors import UsageError
from newsmine.extraction import TEXT_ID, Extractor, Inputs, options_of, published_day, serial, text_extractor
from newsmine.limits import DEFAULT_CHARS, DEFAULT_SECONDS
from newsmine.reporting.displacy import displacy_dict
from newsmine.reporting.fragment import fragment
from newsmine.reporting.material import Material, by_article
from newsmine.schema import TABLES, Table
from newsmine.tables import Result, Row

_DTYPES = {"string": "string", "date": "string", "integer": "Int64", "number": "float64"}
_FIRST = 8  # claims that tables show of themselves


@dataclass(frozen=True)
class Tables:
    """The four tables of a run as DataFrames. Strings and integers may hold `<NA>`, numbers NaN; lists are lists."""

    articles: pd.DataFrame
    claims: pd.DataFrame
    entities: pd.DataFrame
    errors: pd.DataFrame

    @classmethod
    def of(cls, results: Iterable[Result]) -> Tables:
        """The tables of some results."""
        rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        for result in results:
            rows["articles"] += [result.article] if result.article else []
            rows["claims"] += result.claims
            rows["entities"] += result.entities
            rows["errors"] += result.errors
        return cls(**{name: frame(rows[name], table) for name, table in TABLES.items()})

    def __repr__(self) -> str:
        return f"<newsmine tables: {_counts(self)}>"

    def _repr_html_(self) -> str:
        return _shown(self)

    def displacy(self) -> list[dict[str, Any]]:
        """The articles as dicts for displaCy: `displacy.render(tables.displacy(), style="ent", manual=True)`."""
        claims, entities = _rows(self.claims), _rows(self.entities)
        own_claims, own_entities = by_article(claims), by_article(entities)
        return [
            displacy_dict(
                article,
                {n: claims[n] for n in own_claims.get(article["article_id"], ())},
                {n: entities[n] for n in own_entities.get(article["article_id"], ())},
            )
            for article in _rows(self.articles)
        ]


def frame(rows: Sequence[Row], table: Table) -> pd.DataFrame:
    """Rows as a DataFrame with the columns and types of the table, also where there is no row."""
    columns: dict[str, Any] = {}
    for column in table.columns:
        values = [row.get(column.name) for row in rows]
        if column.type == "number":
            values = [None if v is None else float(v) for v in values]
        columns[column.name] = pd.Series(values, dtype=_DTYPES.get(column.type, "object"))
    for name in dict.fromkeys(n for row in rows for n in row if n not in columns):
        columns[name] = pd.Series([row.get(name) for row in rows], dtype="string")
    return pd.DataFrame(columns)


def extract(
    inputs: Inputs | None = None,
    *,
    text: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    published: date | str | None = None,
    authors: Sequence[str] | None = None,
    host: str | None = None,
    patterns: Sequence[str | os.PathLike[str]] = (),
    domains: Sequence[str] = (),
    encoding: str | None = None,
    metadata: str | os.PathLike[str] | None = None,
    text_key: str | None = None,
    text_column: str | None = None,
    folder_stats: bool = True,
    max_seconds: float = DEFAULT_SECONDS,
    max_chars: int = DEFAULT_CHARS,
) -> Tables:
    """The tables of one or more paths (files, folders, globs), or of one `text` with what is known about it.

    An article that takes longer than `max_seconds` (long ones get more) or has more than `max_chars` characters is a
    row of `errors`, beside what was finished of it.
    """
    said = {
        "title": title,
        "publisher": publisher,
        "published": published_day(published),
        "authors": authors and tuple(authors),
    }
    said = {name: value for name, value in said.items() if value}
    if (inputs is None) == (text is None):
        raise UsageError("give extract() either path(s) or text=...")
    if text is not None:
        extractor = Extractor(
            options_of(patterns, domains, None, host, None, max_seconds=max_seconds, max_chars=max_chars)
        )
        return Tables.of([extractor.analyzed(extractor.reader.article(TEXT_ID, text, said))])
    if said:
        raise UsageError(f"{next(iter(said))}= goes with text=...; for files give metadata=FILE")
    assert inputs is not None
    options = options_of(patterns, domains, encoding, host, metadata, text_key, text_column, max_seconds, max_chars)
    return Tables.of(serial(inputs, options, folder_stats=folder_stats))


def extract_frame(
    df: pd.DataFrame,
    *,
    text: Hashable,
    id: Hashable | None = None,
    published: Hashable | None = None,
    keep: Sequence[Hashable] = (),
    domains: Sequence[str] = (),
    patterns: Sequence[str] = (),
) -> pd.DataFrame:
    """The claims of the texts in a DataFrame's column `text`, one row a claim.

    `id` names the column that becomes `article_id` (else the index does), `published` that of the days of publication,
    from which relative dates count (dates, timestamps or text such as 2024-01-05; empty where the text itself may
    tell); the columns of `keep` are joined to the rows.
    """
    missing = [c for c in (text, *(c for c in (id, published) if c is not None), *keep) if c not in df.columns]
    if missing:
        raise UsageError(f"the frame has no column {missing[0]!r}; it has {', '.join(map(repr, df.columns))}")
    extractor = text_extractor(patterns, domains)
    ids = df.index if id is None else df[id]
    days = [None] * len(df) if published is None else df[published]
    rows: list[Row] = []
    origins: list[int] = []
    for position, (name, value, day) in enumerate(zip(ids, df[text], days, strict=True)):
        if isinstance(value, str):
            said = {} if day is None or pd.isna(day) else {"published": _day_of(day)}
            claims = extractor.analyzed(extractor.reader.article(str(name), value, said)).claims
            rows += claims
            origins += [position] * len(claims)
    claims_frame = frame(rows, TABLES["claims"])
    kept = df.loc[:, list(keep)].iloc[origins].reset_index(drop=True)
    clash = [c for c in kept.columns if c in claims_frame.columns]
    return pd.concat([claims_frame, kept.rename(columns={c: f"{c}_kept" for c in clash})], axis=1)


def _day_of(value: date | str) -> date | None:
    return value.date() if isinstance(value, datetime) else published_day(value)


def _counts(tables: Tables) -> str:
    return ", ".join(f"{len(getattr(tables, name))} {name}" for name in TABLES)


def _shown(tables: Tables) -> str:
    """Counts, the first claims and the first article with its marks, as HTML."""
    counts = {name: len(getattr(tables, name)) for name in TABLES}
    first = tables.articles.head(1)
    own = tables.claims["article_id"].isin(first["article_id"])
    claims = pd.concat([tables.claims.head(_FIRST), tables.claims[own].iloc[_FIRST:]]) if own.any() else tables.claims
    entities = tables.entities[tables.entities["article_id"].isin(first["article_id"])]
    return fragment(Material("", _rows(first), _rows(claims), _rows(entities)), counts, _FIRST)


def _rows(frame: pd.DataFrame) -> list[Row]:
    """A frame as rows, with None where it holds nothing."""
    plain = frame.astype(object)
    return [{str(k): v for k, v in row.items()} for row in plain.where(plain.notna(), None).to_dict("records")]
