"""Sentence cases: what a sentence's rows must be, written from how Chinese says things. See tests/cases/*.toml."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from newsmine.fold import fold
from newsmine.pipeline import analyzer
from newsmine.scoring import similar
from newsmine.tables import claim_row, entity_row
from newsmine.types import Article

CASES = Path(__file__).parent / "cases"
KNOWN = tomllib.loads((CASES / "known_failures.toml").read_text(encoding="utf-8"))["failures"]


def load_cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get("case", []):
            reason = KNOWN.get(case["id"])
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            found.append(pytest.param(case, id=case["id"], marks=marks))
    return found


@pytest.mark.parametrize("case", load_cases())
def test_case(case: dict[str, Any]) -> None:
    article = Article("case", case["text"], published=_day(case.get("published")))
    analysis = analyzer().analyze(article)
    if "claims" in case:
        rows = [claim_row(article, c, fold) for c in analysis.claims]
        compare(_counted(rows, case.get("optional", []), case["claims"]), case["claims"])
    if "entities" in case:
        labels = case.get("labels", ("HOSPITAL", "DOCTOR", "PROCEDURE"))
        rows = [entity_row(article, m, fold) for m in analysis.mentions if m.label in labels]
        compare(_counted(rows, case.get("optional_entities", []), case["entities"]), case["entities"])


def compare(rows: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    assert [r["text"] for r in rows] == [e["text"] for e in expected]
    wrong = [
        f"{e['text']}: {k} is {r.get(k)!r}, not {v!r}"
        for r, e in zip(rows, expected, strict=True)
        for k, v in e.items()
        if not right(r, k, v)
    ]
    assert not wrong


def right(row: dict[str, Any], field: str, expected: Any) -> bool:
    if field == "time":
        said = [row["time_start"], row["time_end"]]
        return said == ([None, None] if expected == "null" else [None if x == "null" else x for x in expected])
    said = row[field]
    if expected == "null" or expected == []:
        return said is None
    if field in ("value", "low", "high"):
        return said is not None and abs(Decimal(said) - Decimal(expected)) <= abs(Decimal(expected)) * Decimal("1e-6")
    answers = expected if isinstance(expected, list) else [expected]
    if field in ("metric", "source", "time_text"):
        return max(similar(said, a) for a in answers) >= 0.6
    return said in answers


def _counted(rows: list[dict[str, Any]], optional: list[str], expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows without optional ones."""
    wanted = {e["text"] for e in expected}
    return [r for r in rows if r["text"] in wanted or r["text"] not in optional]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
