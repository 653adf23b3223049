"""Rows for the tests of the report, and a folder of tables whose articles mean harm."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from newsmine.cli import app
from newsmine.reporting import Material

BEYOND_BMP = "𠮷野县😀𠮷野医院"
HOSTILE_ID = "<b onclick=window.hacked=1>x"
HOSTILE_TITLE = '"><script>window.hacked=1</script>'
HOSTILE = (
    f"{BEYOND_BMP}去年门诊量达到200.5万人次，比前年增长7.5%。\r\n"
    "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>床位增加到300张。</script><!-- <script>\n"
    '=HYPERLINK("http://example.org/","x")住院量下降12%。{{ 7*7 }}${7*7}&amp;&lt;b&gt;\n'
    "\u202e倒着写的手术量为86台\u202c，\u2066隔开的\u2069护士有42名。\u0000\n"
    + "很长的一行没有标点" * 1200
    + "医生共9名。\n"
)


def extracted(inputs: Path, out: Path, *options: str | Path) -> Path:
    """The folder of tables that newsmine extract makes of some articles."""
    result = CliRunner().invoke(app, ["extract", str(inputs), "-o", str(out), "-q", *map(str, options)])
    assert result.exit_code in (0, 3), result.output
    return out


def hostile_tables(folder: Path) -> Path:
    """Tables of one article whose text, name and headline try to be run; and findings and errors of the same sort."""
    articles = folder / "articles"
    articles.mkdir(parents=True)
    (articles / f"{HOSTILE_ID}.txt").write_bytes(HOSTILE.encode())
    (articles / "empty <i>.txt").write_bytes(b"\xff\xfe\x00")
    table = folder / "metadata.csv"
    quoted = HOSTILE_TITLE.replace('"', '""')
    table.write_text(f'article_id,title,published\n"{HOSTILE_ID}","{quoted}",2024-03-01\n', encoding="utf-8")
    out = extracted(articles, folder / "out", "--metadata", table)
    claims = [json.loads(line) for line in (out / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    evil = "</script><script>window.hacked=1</script>\u202e"
    write_rows(out, "findings", [finding(claims[:2], message_zh=evil, message_en=evil, said=evil, check=evil)])
    write_rows(out, "errors", [{"path": evil, "stage": "read", "error": "InputError", "message": evil}])
    return out


def finding(claims: list[dict[str, Any]], **given: Any) -> dict[str, Any]:
    """A row of the findings table about some claims."""
    row = {
        "finding_id": "f1",
        "check": "arithmetic",
        "severity": "mismatch",
        "article_ids": sorted({c["article_id"] for c in claims}),
        "claim_ids": [c["claim_id"] for c in claims],
        "said": "12",
        "expected": "13",
        "message_zh": "对不上",
        "message_en": "does not fit",
        "sentences": [c["sentence"] for c in claims],
    }
    return row | given


def write_rows(out: Path, table: str, rows: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (out / f"{table}.jsonl").write_text(text, encoding="utf-8")


def claim(number: int = 0, **given: Any) -> dict[str, Any]:
    """A row of the claims table; what is not given is empty or usual."""
    empty = dict.fromkeys(
        ("title", "publisher", "published", "low", "high", "per", "direction", "basis", "basis_text", "metric_start",
         "metric_end", "subject_entity", "time_text", "time_start", "time_end", "source")
    )  # fmt: skip
    row = {
        "claim_id": f"c{number}", "article_id": "a", "start": 4, "end": 7, "text": "12张", "sentence": "床位共有12张。",
        "sentence_start": 0, "kind": "count", "value": Decimal(12), "qualifier": "exact", "unit": "张", "role": "level",
        "metric": "床位", "metric_key": "床位", "subject": "滨海医院", "status": "actual", "rule": "core/unit.zhang",
        "flags": [],
    }  # fmt: skip
    return empty | row | given


def material(*claims: dict[str, Any], **given: Any) -> Material:
    """Claims with the one article that they stand in."""
    article = {
        "article_id": "a", "title": "标题", "publisher": None, "published": "2024-03-01", "authors": [],
        "script": "hans", "chrome_spans": [], "flags": [], "duplicate_of": None, "n_claims": len(claims),
        "n_entities": 0, "text": "床位共有12张。",
    }  # fmt: skip
    return Material(**({"name": "out", "articles": [article], "claims": list(claims), "entities": []} | given))
