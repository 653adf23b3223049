"""Samples to judge by hand: what is drawn, what stands in the sheet, what the ticks show."""

from __future__ import annotations

import csv
import json
import random
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from newsmine.cli import app
from newsmine.errors import UsageError
from newsmine.sampling import judged, read_sheet, wilson, write_sheet
from newsmine.sampling.draw import COLUMNS, TICKS, reservoir


def run(*arguments: str | Path) -> Any:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder of tables with thirty claims."""
    folder = tmp_path / "out"
    folder.mkdir()
    rows = [
        {"article_id": f"a{n:02}", "claim_id": f"c{n}", "sentence": f"门诊量达{n}人。", "text": f"{n}人", "value": n}
        for n in range(30)
    ]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "claims.jsonl").write_text(text, encoding="utf-8")
    return folder


class TestWilson:
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3.
    @pytest.mark.parametrize(
        ("right", "total", "low", "high"),
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
    )
    def test_published_examples(self, right: int, total: int, low: float, high: float) -> None:
        assert wilson(right, total) == pytest.approx((low, high), abs=5e-5)

    def test_mirror(self) -> None:
        low, high = wilson(3, 10)
        assert wilson(7, 10) == pytest.approx((1 - high, 1 - low))
        assert wilson(20, 20)[1] == 1.0

    @pytest.mark.parametrize(("right", "total"), [(0, 0), (2, 1), (-1, 3)])
    def test_no_proportion(self, right: int, total: int) -> None:
        with pytest.raises(ValueError, match="no proportion"):
            wilson(right, total)


class TestReservoir:
    def test_every_row_is_as_likely_in_every_place(self) -> None:
        rows = [{"n": n} for n in range(6)]
        drawn = Counter(
            (place, row["n"])
            for seed in range(3000)
            for place, row in enumerate(reservoir(rows, 2, random.Random(seed))[0])
        )
        assert len(drawn) == 12
        assert all(400 < n < 600 for n in drawn.values())

    def test_all_where_there_are_fewer(self) -> None:
        rows = [{"n": n} for n in range(6)]
        kept, seen = reservoir(rows, 100, random.Random(1))
        assert (sorted(r["n"] for r in kept), seen) == (list(range(6)), 6)


class TestJudged:
    def test_ticks(self) -> None:
        cells = ["right", "WRONG ", "对", "错", True, False, 1, 0, 1.0, "✓", None, "", "?"]
        (found,) = judged([{"right": c, "sentence": "不管"} for c in cells])
        assert (found.column, found.right, found.judged) == ("right", 6, 10)
        assert found.value == 0.6

    def test_columns_of_fields(self) -> None:
        rows = [{"right": "", "right_metric": "y", "right_time": "n"}, {"right_metric": "n"}]
        assert [(p.column, p.right, p.judged) for p in judged(rows)] == [("right_metric", 1, 2), ("right_time", 0, 1)]

    @pytest.mark.parametrize(
        ("rows", "message"),
        [
            ([], "no column 'right'"),
            ([{"text": "x"}], "no column 'right'"),
            ([{"right": None}], "nothing is ticked"),
            ([{"right": "y"}, {"right": "perhaps"}], "line 3, column 'right': 'perhaps' is no tick"),
            ([{"right": 0.5}], "is no tick"),
        ],
    )
    def test_mistakes(self, rows: list[dict[str, Any]], message: str) -> None:
        with pytest.raises(UsageError, match=message):
            judged(rows)


ROW = {"row": 1, "sentence": "=1+1，\n“增长”\x07", "text": "1", "value": Decimal("1.5"), "flags": ["a", "b"]}


class TestSheets:
    def test_xlsx(self, tmp_path: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        path = tmp_path / "s.xlsx"
        write_sheet(path, ["row", "sentence", "value", "flags", "right"], [ROW], ["right"])
        (row,) = read_sheet(path)
        assert row == {"row": 1, "sentence": "=1+1，\n“增长”\ufffd", "value": 1.5, "flags": "a;b", "right": None}
        sheet = openpyxl.load_workbook(path).active
        assert sheet["B2"].data_type == "s"
        assert [str(v.sqref) for v in sheet.data_validations.dataValidation] == ["E2"]
        assert [p.name for p in tmp_path.iterdir()] == ["s.xlsx"]

    def test_csv(self, tmp_path: Path) -> None:
        path = tmp_path / "s.csv"
        write_sheet(path, ["row", "sentence", "value", "right"], [ROW])
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert read_sheet(path) == [{"row": "1", "sentence": "'=1+1，\n“增长”\x07", "value": "1.5", "right": ""}]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_csv_that_a_spreadsheet_saved(self, tmp_path: Path, encoding: str, separator: str) -> None:
        path = tmp_path / "s.csv"
        path.write_bytes(f"sentence{separator}right\r\n门诊{separator}对\r\n".encode(encoding))
        assert read_sheet(path) == [{"sentence": "门诊", "right": "对"}]

    def test_without_the_extra(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "openpyxl", None)
        with pytest.raises(UsageError, match=r"newsmine\[xlsx\]"):
            write_sheet(tmp_path / "s.xlsx", ["a"], [])

    @pytest.mark.parametrize("name", ["s.ods", "s", "none.csv", "none.xlsx"])
    def test_what_cannot_be_read(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(UsageError, match=name):
            read_sheet(tmp_path / name)

    def test_what_is_no_spreadsheet(self, tmp_path: Path) -> None:
        pytest.importorskip("openpyxl")
        (tmp_path / "s.xlsx").write_text("hello", encoding="utf-8")
        with pytest.raises(UsageError, match="no spreadsheet"):
            read_sheet(tmp_path / "s.xlsx")


class TestCommand:
    @pytest.mark.parametrize("suffix", ["csv", "xlsx"])
    def test_there_and_back(self, out: Path, tmp_path: Path, suffix: str) -> None:
        if suffix == "xlsx":
            pytest.importorskip("openpyxl")
        path = tmp_path / f"sample.{suffix}"
        drawn = run("sample", out, "-n", "12", "-o", path)
        assert (drawn.exit_code, drawn.stdout) == (0, "")
        assert "12 of 30 claims" in drawn.stderr
        rows = read_sheet(path)
        assert tuple(rows[0]) == COLUMNS
        assert len({r["claim_id"] for r in rows}) == 12
        assert all(not r[t] for r in rows for t in TICKS)
        assert all(r["text"] in r["sentence"] for r in rows)
        for row, tick in zip(rows, ["right"] * 9 + ["wrong"], strict=False):
            row["right"] = tick
        write_sheet(path, COLUMNS, rows)
        result = run("sample", path)
        assert result.exit_code == 0
        assert result.stdout.splitlines()[1].split() == ["right", "0.900", "0.596", "to", "0.982", "9", "10"]
        figures = json.loads(run("sample", path, "--json").stdout)
        assert figures == {"right": {"p": 0.9, "low": 0.5958, "high": 0.9821, "right": 9, "judged": 10}}

    def test_the_seed_decides(self, out: Path, tmp_path: Path) -> None:
        for name, seed in (("a", 1), ("b", 1), ("c", 2)):
            assert run("sample", out, "-n", "5", "--seed", str(seed), "-o", tmp_path / f"{name}.csv").exit_code == 0
        a, b, c = ((tmp_path / f"{n}.csv").read_bytes() for n in "abc")
        assert a == b != c

    def test_ticks_are_not_overwritten(self, out: Path, tmp_path: Path) -> None:
        path = tmp_path / "s.csv"
        path.write_text("right\nright\n", encoding="utf-8")
        result = run("sample", out, "-o", path)
        assert result.exit_code == 2
        assert "--force" in result.stderr
        assert run("sample", out, "-o", path, "--force").exit_code == 0
        with path.open(encoding="utf-8-sig", newline="") as handle:
            assert len(list(csv.DictReader(handle))) == 30

    def test_mistakes(self, out: Path, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        (tmp_path / "empty" / "claims.jsonl").touch()
        for arguments in (
            (out,),
            (out, "-o", tmp_path / "s.ods"),
            (out, "-n", "0", "-o", tmp_path / "s.csv"),
            (out, "-o", tmp_path / "none" / "s.csv"),
            (tmp_path / "empty", "-o", tmp_path / "s.csv"),
            (tmp_path, "-o", tmp_path / "s.csv"),
            (tmp_path / "none.csv",),
        ):
            result = run("sample", *arguments)
            assert (result.exit_code, result.stdout) == (2, ""), arguments
            assert not (tmp_path / "s.csv").exists()
