"""Rows into files and back; files whole or not at all; the manifests."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from newsmine.extraction import Outcome
from newsmine.output import write
from newsmine.reading import Source
from newsmine.schema import CLAIMS, ERRORS, tables
from newsmine.stored import read_table
from newsmine.tables import Result
from newsmine.writers import CsvWriter, JsonlWriter, WholeFile, cell, defused, json_value


def claim(**fields: Any) -> dict[str, Any]:
    return {name: [] if name == "flags" else None for name in CLAIMS.names} | fields


def outcome(article_id: str, *claims: dict[str, Any]) -> Outcome:
    article = dict.fromkeys(tables()["articles"].names) | {
        "article_id": article_id,
        "chars": 3,
        "authors": ["甲", "乙"],
        "chrome_spans": [[0, 1], [2, 3]],
        "flags": [],
        "text": "一\n二",
    }
    return Outcome(Source(article_id, f"{article_id}.txt", None), "00", Result(article, list(claims)))


def test_jsonl_numbers_are_exact_and_lists_are_lists(tmp_path: Path) -> None:
    writer = JsonlWriter(tmp_path / "c.jsonl", CLAIMS)
    writer.write([claim(claim_id="x", value=Decimal("3.5E+8"), low=Decimal("19.190"), flags=["a"], text="一\u2028二")])
    writer.close()
    line = (tmp_path / "c.jsonl").read_text(encoding="utf-8")
    assert '"value": 350000000, "low": 19.19, "high": null' in line
    assert json.loads(line)["flags"] == ["a"]
    assert len(line.splitlines()) == 1
    assert json.loads(line)["text"] == "一\u2028二"


def test_json_refuses_what_is_no_number() -> None:
    for value in (Decimal("NaN"), float("inf")):
        with pytest.raises(ValueError, match=r"NaN|Out of range"):
            json_value(value)


def test_csv_has_a_mark_joins_lists_and_defuses_formulas(tmp_path: Path) -> None:
    writer = CsvWriter(tmp_path / "c.csv", CLAIMS)
    writer.write(
        [
            claim(
                text="=1+1",
                subject="-5%",
                metric="@x",
                sentence='他说："是"\n换行',
                flags=["a", "b"],
                value=Decimal(-5),
            )
        ]
    )
    writer.close()
    data = (tmp_path / "c.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfclaim_id,")
    row = next(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True)))
    assert (row["text"], row["subject"], row["metric"]) == ("'=1+1", "-5%", "'@x")
    assert (row["flags"], row["value"], row["low"]) == ("a;b", "-5", "")
    assert row["sentence"] == '他说："是"\n换行'


def test_cells() -> None:
    assert cell([[0, 5], [7, 9]]) == "0-5;7-9"
    assert cell(True) == 1
    assert defused("＝cmd") == "'＝cmd"
    assert defused("一般") == "一般"


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")
    file = WholeFile(tmp_path / "a")
    file.handle.write("new")
    file.discard()
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [("a", "old")]
    with WholeFile(tmp_path / "a") as handle:
        handle.write("new")
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [("a", "new")]


def test_a_run_that_breaks_off_leaves_the_earlier_one(tmp_path: Path) -> None:
    write([outcome("a")], tmp_path, ["jsonl"], options={}, patterns="")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def broken() -> Any:
        yield outcome("b")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(broken(), tmp_path, ["jsonl", "csv"], options={}, patterns="")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_tables_of_formats_not_written_are_removed(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text("old", encoding="utf-8")
    (tmp_path / "notes.csv").write_text("mine", encoding="utf-8")
    write([outcome("a")], tmp_path, ["jsonl"], options={}, patterns="")
    assert not (tmp_path / "claims.csv").exists()
    assert (tmp_path / "notes.csv").exists()


def test_what_is_written_is_read_back_from_either_format(tmp_path: Path) -> None:
    row = claim(claim_id="x", start=1, value=Decimal("19.19"), text="=19", flags=["a"])
    for form in ("jsonl", "csv"):
        folder = tmp_path / form
        folder.mkdir()
        write([outcome("a", row)], folder, [form], options={}, patterns="")
        assert list(read_table(folder, "claims")) == [row]
        assert next(read_table(folder, "articles"))["chrome_spans"] == [[0, 1], [2, 3]]


def test_manifests(tmp_path: Path) -> None:
    failed = Outcome(Source("b", "b.txt", None), None, Result(errors=[dict.fromkeys(ERRORS.names, "x")]))
    summary = write(
        [outcome("a"), failed], tmp_path, ["csv", "jsonl"], options={"limit": None}, patterns="p", text=False
    )
    assert summary.exit_code == 3
    run = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert run["counts"] == {"articles": 1, "claims": 0, "entities": 0, "errors": 1}
    assert run["inputs"] == [
        {"article_id": "a", "path": "a.txt", "sha256": "00"},
        {"article_id": "b", "path": "b.txt", "sha256": None},
    ]
    assert run["patterns_sha256"] == "p"
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert [r["path"] for r in package["resources"]][:2] == ["articles.csv", "claims.csv"]
    for resource in package["resources"]:
        names = [f["name"] for f in resource["schema"]["fields"]]
        path = tmp_path / resource["path"]
        if resource["format"] == "csv":
            assert path.read_text(encoding="utf-8-sig").splitlines()[0].split(",") == names
        elif line := path.read_text(encoding="utf-8"):
            assert list(json.loads(line.splitlines()[0])) == names
