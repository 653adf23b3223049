"""Rows into files and back; files whole or not at all; the manifests."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from newsmine.batch import Job, run
from newsmine.batch.executors import in_this_process
from newsmine.formats import open_writer
from newsmine.progress import Progress
from newsmine.schema import CLAIMS, TABLES
from newsmine.writers import WholeFile, cell, defused, json_value, put_bytes


def claim(**fields: Any) -> dict[str, Any]:
    return {name: [] if name == "flags" else None for name in CLAIMS.names} | fields


def written(form: str, folder: Path, row: dict[str, Any]) -> Path:
    """The claims file with one row."""
    writer = open_writer(form, folder, TABLES)
    writer.write("claims", [row])
    writer.close()
    return folder / f"claims.{form}"


def test_jsonl_numbers_are_exact_and_lists_are_lists(tmp_path: Path) -> None:
    row = claim(claim_id="x", value=Decimal("3.5E+8"), low=Decimal("19.190"), flags=["a"], text="一\u2028二")
    line = written("jsonl", tmp_path, row).read_text(encoding="utf-8")
    assert '"value": 350000000, "low": 19.19, "high": null' in line
    assert json.loads(line)["flags"] == ["a"]
    assert len(line.splitlines()) == 1
    assert json.loads(line)["text"] == "一\u2028二"


def test_json_refuses_what_is_no_number() -> None:
    for value in (Decimal("NaN"), float("inf")):
        with pytest.raises(ValueError, match=r"NaN|Out of range"):
            json_value(value)


def test_csv_has_a_mark_joins_lists_and_defuses_formulas(tmp_path: Path) -> None:
    text = '他说："是"\n换行'
    row = claim(text="=1+1", subject="-5%", metric="@x", sentence=text, flags=["a", "b"], value=Decimal(-5))
    data = written("csv", tmp_path, row).read_bytes()
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


def test_bytes_that_cannot_be_put_leave_nothing(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        put_bytes(tmp_path / "a", "text", tmp_path)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def go(corpus: Path, out: Path, **more: Any) -> Any:
    return run(Job([corpus], out, **more), in_this_process, Progress()).summary


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("门诊量200万人次。", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\0" * 9)
    return folder


def test_a_run_that_breaks_off_leaves_the_earlier_one(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    go(corpus, out)
    before = {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()}

    def broken(*arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("newsmine.batch.merge.Merged.add", broken)
    with pytest.raises(KeyboardInterrupt):
        go(corpus, out, force=True)
    assert {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()} == before


def test_tables_of_formats_not_written_are_removed(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text("old", encoding="utf-8")
    (tmp_path / "notes.csv").write_text("mine", encoding="utf-8")
    go(corpus, tmp_path, formats=("jsonl",), force=True)
    assert not (tmp_path / "claims.csv").exists()
    assert (tmp_path / "notes.csv").exists()


def test_manifests(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    summary = go(corpus, out, text=False)
    assert summary.exit_code == 3
    manifest = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert manifest["counts"] == {"articles": 1, "claims": 1, "entities": 0, "errors": 1}
    assert [(i["article_id"], Path(i["path"]).name, len(i["sha256"])) for i in manifest["inputs"]] == [
        ("a", "a.txt", 64),
        ("b", "b.txt", 64),
    ]
    assert len(manifest["patterns_sha256"]) == 64
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert [r["path"] for r in package["resources"]][:2] == ["articles.csv", "claims.csv"]
    for resource in package["resources"]:
        names = [f["name"] for f in resource["schema"]["fields"]]
        path = out / resource["path"]
        if resource["format"] == "csv":
            assert path.read_text(encoding="utf-8-sig").splitlines()[0].split(",") == names
        elif line := path.read_text(encoding="utf-8"):
            assert list(json.loads(line.splitlines()[0])) == names
