"""The same rows in every format, cell for cell; what each format promises beside that."""

from __future__ import annotations

import json
import sqlite3
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from newsmine.batch import Job, run
from newsmine.batch.executors import in_this_process
from newsmine.errors import OutputError, UsageError
from newsmine.extraction import Options
from newsmine.formats import FORMATS, excel, open_writer, read_rows
from newsmine.progress import Progress
from newsmine.schema import CLAIMS, ENTITIES, TABLES
from newsmine.stored import is_output, read_table

TEXTS = {
    "a": "来源:滨海日报\n滨海市第一医院去年门诊量达到200.5万人次,比前年增长7.5%;"
    "平均住院日由9.2天缩短至7.8天,约三分之一患者来自外省。\n责任编辑:李四\n",
    "b/c": "=SUM(A1)是公式,投资3.1415926535亿元,人数5万至10万人。\u2028院长王建国医生说,今年将引进设备30余台。",
    "d": "",
}


def claim(**fields: Any) -> dict[str, Any]:
    return {name: [] if name == "flags" else None for name in CLAIMS.names} | {"claim_id": "x"} | fields


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    corpus, out = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("out") / "out"
    for name, text in TEXTS.items():
        path = corpus / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    (corpus / "bad.txt").write_bytes(b"\0\1" * 40)
    table = corpus.parent / "m.csv"
    table.write_text("article_id,published,authors\na,2024-03-01,甲;乙\n", encoding="utf-8")
    run(Job([corpus], out, Options(metadata=table), FORMATS), in_this_process, Progress())
    return out


@pytest.mark.parametrize("form", FORMATS[1:])
@pytest.mark.parametrize("table", TABLES)
def test_the_same_rows_cell_for_cell(out: Path, form: str, table: str) -> None:
    expected = list(read_rows("jsonl", out, TABLES[table]))
    assert expected
    found = list(read_rows(form, out, TABLES[table]))
    if form == "csv" and table == "articles":  # an empty cell is all that CSV has for nothing and for an empty text
        found = [{**row, "text": row["text"] or ""} for row in found]
    for mine, theirs in zip(found, expected, strict=True):
        assert {n: (v, type(v)) for n, v in mine.items()} == {n: (v, type(v)) for n, v in theirs.items()}


def test_the_fixture_holds_what_is_hard(out: Path) -> None:
    claims = list(read_table(out, "claims"))
    assert {"range", "exact"} <= {c["qualifier"] for c in claims}
    assert Decimal("314159265.35") in {c["value"] for c in claims}
    articles = list(read_table(out, "articles"))
    assert any(a["chrome_spans"] for a in articles)
    assert any(len(a["authors"]) == 2 for a in articles)
    assert any(c["sentence"].startswith("=") for c in claims)
    assert any(c["time_start"] for c in claims)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_read_back_alone(out: Path, form: str, tmp_path: Path) -> None:
    for path in out.iterdir():
        if path.suffix == f".{form}":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    assert is_output(tmp_path)
    assert list(read_table(tmp_path, "entities")) == list(read_table(out, "entities"))


def test_the_same_rows_are_the_same_bytes(out: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for form in FORMATS:
            writer = open_writer(form, tmp_path / name, TABLES)
            for table in TABLES.values():
                writer.write(table.name, read_rows("jsonl", out, table))
            writer.close()
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_parquet_has_lists_exact_decimals_and_dates(out: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    schema = parquet.read_schema(out / "claims.parquet")
    assert str(schema.field("value").type) == "decimal128(38, 12)"
    assert str(schema.field("time_start").type) == "date32[day]"
    assert str(schema.field("flags").type).startswith("list<")
    assert str(parquet.read_schema(out / "articles.parquet").field("chrome_spans").type).startswith("list<")


def test_parquet_says_what_its_decimals_cannot_hold(tmp_path: Path) -> None:
    writer = open_writer("parquet", tmp_path, TABLES)
    writer.write("claims", [claim(value=Decimal("1E+30"), low=Decimal("0.1234567890123"), high=Decimal(5))])
    writer.close()
    (row,) = read_rows("parquet", tmp_path, CLAIMS)
    assert (row["value"], row["low"], row["high"]) == (None, None, Decimal(5))
    assert row["flags"] == ["number_out_of_range"]


def test_sqlite_is_ready_for_questions(out: Path) -> None:
    database = sqlite3.connect(out / "tables.sqlite")
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    joined = "SELECT count(*) FROM claims JOIN articles USING (article_id) WHERE unit = '%' AND value < 8"
    assert database.execute(joined).fetchone() == (1,)
    keyed = database.execute("EXPLAIN QUERY PLAN SELECT * FROM claims WHERE metric_key = 'x'").fetchone()
    assert "INDEX claims_metric_key" in keyed[-1]
    search = "SELECT rowid FROM sentences_fts WHERE sentences_fts MATCH ?"
    assert len(database.execute(search, ("平均住院日",)).fetchall()) == 1
    sentences = {(c["article_id"], c["sentence_start"]) for c in read_table(out, "claims")}
    assert database.execute("SELECT count(*) FROM sentences").fetchone() == (len(sentences),)
    database.close()


def test_sqlite_numbers_come_back_to_the_digit(tmp_path: Path) -> None:
    writer = open_writer("sqlite", tmp_path, TABLES)
    values = [Decimal(v) for v in ("19.19", "350000000", "0.1234567890123456789", "1E+25", "-5")]
    writer.write("claims", [claim(claim_id=str(n), value=v) for n, v in enumerate(values)])
    writer.close()
    assert [r["value"] for r in read_rows("sqlite", tmp_path, CLAIMS)] == values


def test_excel_is_dressed_and_runs_nothing(out: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(out / "tables.xlsx")
    assert book.sheetnames == list(TABLES)
    sheet = book["claims"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref.startswith("A1:")) == ("A2", True)
    columns = {head.value: head.column for head in sheet[1]}
    lines = list(sheet.iter_rows(min_row=2))
    assert not any(target.data_type == "f" for line in lines for target in line)
    percent = next(line for line in lines if line[columns["unit"] - 1].value == "%")
    assert (percent[columns["value"] - 1].value, percent[columns["value"] - 1].number_format) == (7.5, 'General"%"')
    day = next(v for line in lines if (v := line[columns["time_start"] - 1]).value)
    assert (day.is_date, day.number_format) == (True, "yyyy-mm-dd")


def test_excel_says_what_a_sheet_cannot_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = open_writer("xlsx", tmp_path, TABLES)
    long = {"claim_id": "x", "sentence": "长" * 40_000, "metric": "a\x0bb", "value": Decimal("0.12345678901234567")}
    writer.write("claims", [claim(**long)])
    writer.close()
    (row,) = read_rows("xlsx", tmp_path, CLAIMS)
    assert (len(row["sentence"]), row["flags"], row["metric"]) == (32_767, ["text_cut"], "a\ufffdb")
    assert row["value"] == long["value"]
    monkeypatch.setattr(excel, "MOST_ROWS", 1)
    writer = open_writer("xlsx", tmp_path, TABLES)
    with pytest.raises(OutputError, match=r"entities has more: use --format parquet"):
        writer.write("entities", [dict.fromkeys(ENTITIES.names)] * 2)
    writer.discard()


@pytest.mark.parametrize(("form", "library"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter")])
def test_a_missing_library_is_named(form: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=rf"pip install 'newsmine\[{form}\]'"):
        open_writer(form, tmp_path, TABLES)


def test_the_package_describes_every_file(out: Path) -> None:
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    described = {r["path"] for r in package["resources"]}
    there = {p.name for p in out.iterdir() if p.is_file() and not p.name.endswith("json")}
    assert described == there
    assert len(package["resources"]) == len(FORMATS) * len(TABLES)
