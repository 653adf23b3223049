"""`newsmine diff`: rows gained, lost, changed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from newsmine.batch import Job, run
from newsmine.batch.executors import in_this_process
from newsmine.cli import app
from newsmine.comparing import CHANGED, GAINED, LOST, differences
from newsmine.extraction import Options
from newsmine.progress import Progress

TEXT = "滨海市第一医院去年门诊量达到{}万人次,比前年增长7.5%。"


@pytest.fixture
def outs(tmp_path: Path) -> tuple[Path, Path]:
    corpus, one, other = tmp_path / "corpus", tmp_path / "one", tmp_path / "other"
    corpus.mkdir()
    for name in "abc":
        (corpus / f"{name}.txt").write_text(TEXT.format(200), encoding="utf-8")
    run(Job([corpus], one, formats=("csv",)), in_this_process, Progress())
    (corpus / "a.txt").unlink()
    (corpus / "b.txt").write_text(TEXT.format(300), encoding="utf-8")
    (corpus / "d.txt").write_bytes(b"\0" * 9)
    options = Options(host="南海医院")
    run(Job([corpus], other, options, formats=("jsonl",)), in_this_process, Progress())
    return one, other


def test_differences(outs: tuple[Path, Path]) -> None:
    found = list(differences(*outs))
    assert [d.sign for d in found if d.table == "articles"] == [LOST, CHANGED, CHANGED]
    claims = [d for d in found if d.table == "claims"]
    assert [(d.sign, d.row["article_id"]) for d in claims] == [(LOST, "a"), (LOST, "a"), (CHANGED, "b"), (CHANGED, "b")]
    assert claims[2].changes["value"] == (Decimal(2000000), Decimal(3000000))
    assert list(claims[3].changes) == ["sentence"]
    assert [(d.sign, d.row["stage"]) for d in found if d.table == "errors"] == [(GAINED, "decode")]
    assert list(differences(outs[0], outs[0])) == []


def test_the_command(outs: tuple[Path, Path]) -> None:
    said = CliRunner().invoke(app, ["diff", *map(str, outs), "-n", "1"])
    assert said.exit_code == 0
    lines = said.stdout.splitlines()
    assert "claims: 0 gained, 2 lost, 2 changed (sentence 2, text 1, value 1)" in lines
    assert sum(line.startswith("- a") for line in lines) == 3  # an article, a claim and a name
    every = CliRunner().invoke(app, ["diff", *map(str, outs), "--json"]).stdout.splitlines()
    assert len(every) == len(list(differences(*outs)))
    changed = [d for d in map(json.loads, every) if d["table"] == "claims" and "value" in d["changes"]]
    assert [d["changes"]["value"] for d in changed] == [{"before": 2000000, "after": 3000000}]
    assert CliRunner().invoke(app, ["diff", str(outs[0]), str(outs[0].parent)]).exit_code == 2
