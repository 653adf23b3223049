"""Formats that are JSON: doccano, Label Studio, W3C Web Annotation, ClaimReview."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from newsmine.exchange.marked import Marked, Passage
from newsmine.tables import short_hash
from newsmine.writers import json_value

# Characters of context on both sides of a quotation, by which it is found again where the text has changed.
_CONTEXT = 32
_ANNOTATION = "http://www.w3.org/ns/anno.jsonld"


def write_doccano(articles: Iterable[Passage], path: Path) -> None:
    """doccano's JSONL for sequence labelling: one article a line, labels as [start, end, label] in code points."""
    with path.open("w", encoding="utf-8") as file:
        for passage in articles:
            labels = [[m.start, m.end, m.label] for m in passage.marked]
            file.write(json_value({"article_id": passage.article_id, "text": passage.text, "label": labels}) + "\n")


def write_label_studio(articles: Iterable[Passage], path: Path) -> None:
    """Tasks with predictions for Label Studio (a Labels control `label` on a Text `text`). It counts in UTF-16 units,
    as browsers do: a character outside the basic plane is two."""
    tasks = []
    for passage in articles:
        results = [_region(m, passage.text) for m in passage.marked]
        data = {"text": passage.text, "article_id": passage.article_id}
        tasks.append(
            {"data": data, "predictions": [{"model_version": f"newsmine {version('newsmine')}", "result": results}]}
        )
    path.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _region(mark: Marked, text: str) -> dict[str, Any]:
    start = utf16_length(text[: mark.start])
    end = start + utf16_length(text[mark.start : mark.end])
    value = {"start": start, "end": end, "text": text[mark.start : mark.end], "labels": [mark.label]}
    return {"id": mark.id, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def utf16_length(text: str) -> int:
    """The number of UTF-16 units of a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def write_web_annotation(articles: Iterable[Passage], path: Path) -> None:
    """A W3C annotation page: every mark by its quotation with context, and by its position in code points."""
    items = [item for passage in articles for item in _annotations(passage)]
    # A page needs a name of its own: that of what it holds.
    name = f"urn:newsmine:page:{short_hash(*(item['id'] for item in items))}"
    page = {"@context": _ANNOTATION, "id": name, "type": "AnnotationPage", "items": items}
    path.write_text(json.dumps(page, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _annotations(passage: Passage) -> Iterator[dict[str, Any]]:
    text = passage.text
    for mark in passage.marked:
        body = [{"type": "TextualBody", "purpose": "tagging", "value": mark.label}]
        if mark.is_claim:
            body.append({"type": "TextualBody", "purpose": "describing", "value": _said(mark)})
        quote = {
            "type": "TextQuoteSelector",
            "exact": text[mark.start : mark.end],
            "prefix": text[max(0, mark.start - _CONTEXT) : mark.start],
            "suffix": text[mark.end : mark.end + _CONTEXT],
        }
        position = {"type": "TextPositionSelector", "start": mark.start, "end": mark.end}
        target = {"source": f"urn:newsmine:article:{passage.article['sha256']}", "selector": [quote, position]}
        yield {"id": f"urn:newsmine:{mark.id}", "type": "Annotation", "body": body, "target": target}


def _said(mark: Marked) -> str:
    """A claim in one line: whose, what, how much, when."""
    row = mark.row
    parts = (row.get(name) for name in ("subject", "metric", "text", "time_text"))
    return " · ".join(str(part) for part in parts if part)


def write_claim_review(articles: Iterable[Passage], path: Path) -> None:
    """A draft of a schema.org ClaimReview for every claim, one a line: what was claimed, where and by whom is filled
    in; the rating, the reviewer and the day of the review are a person's to give."""
    with path.open("w", encoding="utf-8") as file:
        for passage in articles:
            for mark in passage.marked:
                if mark.is_claim:
                    file.write(json_value(_review(mark, passage)) + "\n")


def _review(mark: Marked, passage: Passage) -> dict[str, Any]:
    article, row = passage.article, mark.row
    appearance = {"@type": "NewsArticle", "headline": article.get("title"), "datePublished": article.get("published")}
    appearance["publisher"] = {"@type": "Organization", "name": article.get("publisher")}
    claim = {"@type": "Claim", "text": row["sentence"], "author": {"@type": "Thing", "name": row.get("source")}}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "identifier": mark.id,
        "claimReviewed": _said(mark),
        "itemReviewed": {**claim, "appearance": appearance},
        "author": {"@type": "Organization", "name": None},
        "datePublished": None,
        "url": None,
        "reviewRating": {"@type": "Rating", "ratingValue": None, "alternateName": None},
    }
