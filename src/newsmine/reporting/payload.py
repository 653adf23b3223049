"""The rows as the page's script takes them: lists of cells, and each article in its pieces."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from newsmine.reporting.amounts import amount, grouped
from newsmine.reporting.excerpts import excerpt
from newsmine.reporting.material import Material, by_article
from newsmine.reporting.messages import messages
from newsmine.reporting.segments import TEXT, Cut, Segment, cut
from newsmine.tables import Row

# Groups of messages that the script shows; the rest stands in the page already.
_SCRIPTED = (
    "page", "filter", "column", "pager", "kind", "status", "role", "direction", "basis", "qualifier", "per", "label",
    "unit", "fact", "reader", "flag", "names", "card", "tab", "chart", "finding", "error",
)  # fmt: skip

_CLAIM_CELLS = (
    "claim_id", "text", "kind", "qualifier", "unit", "per", "role", "direction", "basis", "basis_text", "metric",
    "metric_key", "subject", "time_text", "time_start", "time_end", "status", "source", "rule", "flags", "start", "end",
)  # fmt: skip
_ENTITY_CELLS = (
    "entity_id", "text", "label", "name", "title", "department", "hospital", "rule", "flags", "start", "end",
)  # fmt: skip
_ARTICLE_CELLS = (
    "article_id", "title", "publisher", "published", "authors", "script", "flags", "duplicate_of", "n_claims",
    "n_entities",
)  # fmt: skip


@dataclass(slots=True)
class _Builder:
    """Gathers the pieces of all articles, and with them where each row's marks lie."""

    material: Material
    articles: list[list[Any]] = field(default_factory=list)
    claims: dict[int, list[Any]] = field(default_factory=dict)
    entities: dict[int, list[Any]] = field(default_factory=dict)
    sentences: dict[str, int] = field(default_factory=dict)

    def add(self, number: int, article: Row, claims: Mapping[int, Row], entities: Mapping[int, Row]) -> None:
        pieces, placed_claims, placed_entities = _cut(article, claims, entities)
        cells = [article.get(name) for name in _ARTICLE_CELLS]
        self.articles.append([*cells, "text" in article, [_packed(s) for s in pieces.segments]])
        for n, claim in claims.items():
            self.claims[n] = self._claim(claim, number, placed_claims[n], pieces)
        for n, entity in entities.items():
            place = placed_entities.get(n)
            at = place and pieces.pieces(place["start"], place["end"])
            self.entities[n] = [*(entity[name] for name in _ENTITY_CELLS), number, at]

    def _claim(self, claim: Row, article: int, place: Row, pieces: Cut) -> list[Any]:
        sentence = self.sentences.setdefault(claim["sentence"], len(self.sentences))
        sentence_end = place["sentence_start"] + len(place["sentence"])
        return [
            *(_filled(claim[name]) for name in _CLAIM_CELLS),
            amount(claim),
            _number(claim),
            *(None if claim[name] is None else grouped(claim[name]) for name in ("low", "high")),
            article,
            sentence,
            pieces.pieces(place["start"], place["end"]),
            pieces.pieces(place["sentence_start"], sentence_end),
            pieces.pieces(place["metric_start"], place["metric_end"]),
        ]


def payload(material: Material) -> dict[str, Any]:
    """All that the script needs, as JSON values."""
    builder = _Builder(material)
    claims, entities = by_article(material.claims), by_article(material.entities)
    for number, article in enumerate(material.articles):
        own = article["article_id"]
        builder.add(
            number,
            article,
            {n: material.claims[n] for n in claims.get(own, ())},
            {n: material.entities[n] for n in entities.get(own, ())},
        )
    return {
        "articles": _table((*_ARTICLE_CELLS, "whole", "pieces"), builder.articles),
        "claims": _table(
            (*_CLAIM_CELLS, "shown", "number", "low", "high", "article", "sentence", "at", "sentence_at", "metric_at"),
            [builder.claims[n] for n in range(len(material.claims))],
        ),
        "entities": _table(
            (*_ENTITY_CELLS, "article", "at"), [builder.entities[n] for n in range(len(material.entities))]
        ),
        "sentences": list(builder.sentences),
        "messages": {
            language: {key: text for key, text in texts.items() if key.partition(".")[0] in _SCRIPTED}
            for language, texts in messages().items()
        },
    }


def script_json(value: Any) -> str:
    """JSON that can stand in a script element: nothing in it can end the element or open another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _cut(
    article: Row, claims: Mapping[int, Row], entities: Mapping[int, Row]
) -> tuple[Cut, Mapping[int, Row], Mapping[int, Row]]:
    if "text" in article:
        return cut(article["text"] or "", claims, entities, article["chrome_spans"]), claims, entities
    text, moved_claims, moved_entities = excerpt(claims, entities)
    return cut(text, moved_claims, moved_entities), moved_claims, moved_entities


def _packed(segment: Segment) -> Any:
    """Plain text as a string, the rest as [text, kind, row]."""
    if segment.kind == TEXT:
        return segment.text
    return [segment.text, segment.kind] if segment.ref is None else [segment.text, segment.kind, segment.ref]


def _filled(cell: Any) -> Any:
    """An empty text as null: CSV cannot tell the two apart, and a page need not."""
    return None if cell == "" else cell


def _number(claim: Row) -> float | None:
    """What the value column is sorted by."""
    number = next((claim[name] for name in ("value", "low", "high") if claim[name] is not None), None)
    return None if number is None else float(min(max(Decimal(str(number)), Decimal("-1E+300")), Decimal("1E+300")))


def _table(columns: tuple[str, ...], rows: list[list[Any]]) -> dict[str, Any]:
    return {"columns": columns, "rows": rows}
