"""Analyses as rows: plain dictionaries with the columns of `newsmine.schema`, and the exact text of a number."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from newsmine.schema import kept_name
from newsmine.types import Analysis, Article, Claim, Mention

Row = dict[str, Any]

_HASH_LENGTH = 16
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Result:
    """One input's rows. `article` is None where the input failed; then `errors` says why."""

    article: Row | None = None
    claims: list[Row] = field(default_factory=list)
    entities: list[Row] = field(default_factory=list)
    errors: list[Row] = field(default_factory=list)

    @property
    def article_id(self) -> str | None:
        return None if self.article is None else str(self.article["article_id"])


def result(analysis: Analysis, fold: Callable[[str], str] = str) -> Result:
    """The rows of one analysis; `fold` simplifies the columns that are shown simplified."""
    claims = [claim_row(analysis.article, c, fold) for c in sorted(analysis.claims, key=_claim_order)]
    entities = [entity_row(analysis.article, m, fold) for m in sorted(analysis.mentions, key=_mention_order)]
    article = article_row(analysis, len(claims), len(entities))
    kept = {kept_name(name): value for name, value in analysis.article.kept.items()}
    for row in (article, *claims, *entities) if kept else ():
        row.update(kept)
    return Result(article, claims, entities)


def error_row(path: str, stage: str, error: BaseException) -> Row:
    """The row that says why an input failed."""
    message = str(error) or f"{type(error).__name__} without a message"
    return {"path": path, "stage": stage, "error": type(error).__name__, "message": " ".join(message.split())}


def article_row(analysis: Analysis, n_claims: int, n_entities: int) -> Row:
    article = analysis.article
    return {
        "article_id": article.article_id,
        "path": article.path or None,
        "sha256": hashlib.sha256(article.text.encode("utf-8")).hexdigest(),
        "encoding": article.encoding or None,
        "script": analysis.script,
        "title": article.title,
        "publisher": article.publisher,
        "published": _day(article.published),
        "authors": list(article.authors),
        "host": article.host,
        "chars": len(article.text),
        "chrome_spans": [[s.start, s.end] for s in article.chrome],
        "duplicate_of": article.duplicate_of,
        "n_claims": n_claims,
        "n_entities": n_entities,
        "flags": list(article.flags),
        "text": article.text,
    }


def claim_row(article: Article, claim: Claim, fold: Callable[[str], str] = str) -> Row:
    quantity, time, metric_span = claim.quantity, claim.time, claim.metric_span
    first, last = time.interval if time is not None and time.interval is not None else (None, None)
    mention = claim.subject_mention
    return {
        "claim_id": short_hash(article.article_id, quantity.start, quantity.end),
        "article_id": article.article_id,
        "title": article.title,
        "publisher": article.publisher,
        "published": _day(article.published),
        "start": quantity.start,
        "end": quantity.end,
        "text": article.text[quantity.start : quantity.end],
        "sentence": article.text[claim.sentence.start : claim.sentence.end],
        "sentence_start": claim.sentence.start,
        "kind": quantity.kind,
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "qualifier": quantity.qualifier,
        "unit": fold(quantity.unit),
        "per": claim.per,
        "role": claim.role,
        "direction": claim.direction,
        "basis": claim.basis,
        "basis_text": claim.basis_text,
        "metric": _folded(claim.metric, fold),
        "metric_start": None if metric_span is None else metric_span.start,
        "metric_end": None if metric_span is None else metric_span.end,
        "metric_key": _folded(claim.metric_key, fold),
        "subject": _folded(claim.subject, fold),
        "subject_entity": None if mention is None else _entity_id(article, mention),
        "time_text": None if time is None else article.text[time.start : time.end],
        "time_start": _day(first),
        "time_end": _day(last),
        "status": claim.status,
        "source": _folded(claim.source, fold),
        "rule": claim.rule or quantity.rule,
        "flags": sorted({*quantity.flags, *claim.flags}),
    }


def entity_row(article: Article, mention: Mention, fold: Callable[[str], str] = str) -> Row:
    return {
        "entity_id": _entity_id(article, mention),
        "article_id": article.article_id,
        "start": mention.start,
        "end": mention.end,
        "text": article.text[mention.start : mention.end],
        "label": mention.label,
        "name": fold(mention.name),
        "title": _folded(mention.title, fold),
        "department": _folded(mention.department, fold),
        "hospital": _folded(mention.hospital, fold),
        "rule": mention.rule,
        "flags": sorted(set(mention.flags)),
    }


def short_hash(*parts: object) -> str:
    """A short name for what the parts identify, the same in every run."""
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8")).hexdigest()[:_HASH_LENGTH]


def plain(number: Decimal) -> str:
    """The shortest exact text of a decimal: 350000000, 19.19, 1E+40."""
    if not number.is_finite():
        raise ValueError(f"{number} is no number that a table can hold")
    if abs(number.adjusted()) > _LONGEST:
        return str(number)
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _entity_id(article: Article, mention: Mention) -> str:
    return short_hash(article.article_id, mention.start, mention.end, mention.label)


def _folded(text: str | None, fold: Callable[[str], str]) -> str | None:
    return fold(text) if text else None


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _claim_order(claim: Claim) -> tuple[int, int]:
    return claim.quantity.start, claim.quantity.end


def _mention_order(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.label
