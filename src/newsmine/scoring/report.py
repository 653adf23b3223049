"""A score for people, as aligned columns, and for programs, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from newsmine.scoring.scores import SPURIOUS, Score, Wrong
from newsmine.writers import json_value

_DIGITS = 4
_SHOWN = ("text", "kind", "value", "unit", "name")


def as_json(score: Score) -> str:
    """One object: measure to p, r, f and gold (the number of gold rows); the headline has low and high too."""
    table: dict[str, dict[str, float]] = {
        name: {**_rounded(p=c.precision, r=c.recall, f=c.f1), "gold": c.gold} for name, c in score.counts.items()
    }
    table[score.headline] |= _rounded(low=score.low, high=score.high)
    table[_by_article(score)] = {**_rounded(f=score.by_article), "gold": score.articles}
    return json.dumps(table, ensure_ascii=False)


def _by_article(score: Score) -> str:
    return f"{score.headline} by article"


def table_lines(score: Score) -> Iterator[str]:
    """The measures as aligned columns; a dash where there was nothing to find and nothing was said."""
    by_article = _by_article(score)
    width = max(map(len, [*score.counts, by_article]))
    yield f"{'measure':{width}}  precision  recall     F1   gold"
    for name, c in score.counts.items():
        figures = [f"{x:.3f}" if c.gold or c.predicted else "-" for x in (c.precision, c.recall, c.f1)]
        line = f"{name:{width}}  {figures[0]:>9}  {figures[1]:>6}  {figures[2]:>5}  {c.gold:5}"
        if name != score.headline:
            yield line
            continue
        yield line + (f"   95% interval {score.low:.3f} to {score.high:.3f}" if score.articles > 1 else "")
        yield f"{by_article:{width}}  {'':9}  {'':6}  {score.by_article:5.3f}  {score.articles:5}   articles"


def error_lines(score: Score, most: int) -> Iterator[str]:
    """Up to `most` wrong rows of each measure: article, text, what is right, what was said; tab-separated."""
    wrong: dict[str, list[Wrong]] = {name: [] for name in (*score.counts, SPURIOUS)}
    for one in score.wrong:
        wrong.setdefault(one.measure, []).append(one)
    for measure, found in wrong.items():
        yield from [f"\n{measure}: {len(found)} wrong"] if found else []
        yield from (f"  {_line(one)}" for one in found[:most])


def _line(wrong: Wrong) -> str:
    if wrong.expected is None:
        said = {field: wrong.said[field] for field in _SHOWN if wrong.said and wrong.said.get(field) is not None}
        return f"{wrong.article_id}\t{_fields(said)}"
    said_text = "missed" if wrong.said is None else f"said {_fields(wrong.said)}"
    return f"{wrong.article_id}\t{_one_line(wrong.text)}\tright {_fields(wrong.expected)}\t{said_text}"


def _fields(values: Mapping[str, Any]) -> str:
    return " ".join(f"{name}={_field(value)}" for name, value in values.items())


def _field(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return "/".join(map(_field, value)) or "null"
    return _one_line(value) if isinstance(value, str) else json_value(value)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _rounded(**figures: float) -> dict[str, float]:
    return {name: round(figure, _DIGITS) for name, figure in figures.items()}
