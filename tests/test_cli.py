"""The commands as a user types them: what comes out, which status, never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import newsmine
from newsmine.cli import app
from newsmine.errors import UsageError

TEXT = "滨海市第一医院去年门诊量达到200.5万人次，比前年增长7.5%。"


def run(*arguments: str | Path, stdin: bytes | None = None) -> Any:
    result = CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "c.md").write_bytes(TEXT.encode("gb18030"))
    return folder


def test_extract(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    result = run("extract", corpus, "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 articles" in result.stderr
    assert sorted(p.name for p in out.iterdir() if p.name != ".newsmine") == sorted(
        [f"{t}.{f}" for t in ("articles", "claims", "entities", "errors") for f in ("csv", "jsonl")]
        + ["datapackage.json", "run.json", "run-times.json", "folder-stats.json"]
    )
    articles = {a["article_id"]: a for a in rows(out, "articles")}
    assert list(articles) == ["b/a", "c"]
    assert articles["c"]["encoding"] == "gb18030"
    assert articles["c"]["n_claims"] == 2
    for table in ("claims", "entities"):
        for row in rows(out, table):
            assert articles[row["article_id"]]["text"][row["start"] : row["end"]] == row["text"]
    assert [c["value"] for c in rows(out, "claims")] == [2005000, 7.5] * 2


def test_the_same_input_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        run("extract", corpus, "-o", tmp_path / name, "-q")
        written.append(
            {
                p.name: p.read_bytes()
                for p in (tmp_path / name).glob("*.*")
                if p.is_file() and p.name != "run-times.json"
            }
        )
    assert written[0] == written[1]


def test_options_of_extract(corpus: Path, tmp_path: Path) -> None:
    out, table, listed = tmp_path / "out", corpus / "m.csv", tmp_path / "list"
    table.write_text("article_id,published,host\nc,2024-03-01,滨海医院\n", encoding="utf-8")
    listed.write_text(f"{corpus}\n", encoding="utf-8")
    options = ("--format", "jsonl", "--metadata", table, "--limit", "2", "--no-text", "--host", "南海医院", "-q")
    result = run("extract", "--files-from", listed, "-o", out, *options)
    assert (result.exit_code, result.output) == (0, "")
    assert not (out / "claims.csv").exists()
    first, second = rows(out, "articles")
    assert "text" not in first
    assert (first["host"], second["host"], second["published"]) == ("南海医院", "滨海医院", "2024-03-01")
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["options"]["limit"] == 2


def test_stdin_in_another_encoding(tmp_path: Path) -> None:
    result = run("extract", "-", "-o", tmp_path / "out", "--encoding", "gbk", stdin=TEXT.encode("gb18030"))
    assert result.exit_code == 0
    assert [(a["article_id"], a["text"]) for a in rows(tmp_path / "out", "articles")] == [("stdin", TEXT)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extract", "-o", "out"], "nothing to read"),
        (["extract", "nothing.txt", "-o", "out"], "nothing.txt: no such file"),
        (["extract", "a.txt", "-o", "full"], "--force"),
        (["extract", "a.txt", "-o", "a.txt"], "this is a file"),
        (["extract", "a.txt", "-o", "out", "--format", "xls"], "there are csv, jsonl, parquet"),
        (["extract", "a.txt", "-o", "out", "--encoding", "x-9"], "no such encoding"),
        (["extract", "a.txt", "-o", "out", "--domain", "sports"], "no pack named 'sports'"),
        (["extract", "a.txt", "-o", "out", "--patterns", "none"], "no such folder of patterns"),
        (["extract", "a.txt", "-o", "out", "--metadata", "none.csv"], "none.csv"),
        (["extract", "--files-from", "none", "-o", "out"], "--files-from none"),
        (["extract", "a.txt", "-o", "out", "--limit", "0"], "--limit"),
        (["extract", "a.txt"], "--out"),
        (["show", "none.txt"], "none.txt: no such file"),
        (["show", "full"], "not one that newsmine extract wrote"),
        (["show", "a.txt", "--claim", "x"], "--claim needs the folder"),
        (["patterns", "list", "--patterns", "bad"], "bad/unit.tsv:2"),
        (["nonsense"], "No such command"),
    ],
)
def test_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("x", encoding="utf-8")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "unit.tsv").write_text("id\tforms\tkind\nx\t个\tweird\n", encoding="utf-8")
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.replace("│", " ").split())
    assert not (tmp_path / "out").exists()


def test_force_replaces_tables_and_leaves_other_files(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("extract", corpus, "-o", out)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert run("extract", corpus / "c.md", "-o", out, "--force", "--format", "jsonl").exit_code == 0
    assert len(rows(out, "articles")) == 1
    assert (out / "notes.txt").exists()
    assert not (out / "claims.csv").exists()


def test_nothing_that_could_be_processed(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    assert run("extract", folder, "-o", tmp_path / "one").exit_code == 1
    (folder / "a.txt").write_bytes(b"\0\0")
    result = run("extract", folder, "-o", tmp_path / "two")
    assert result.exit_code == 1
    assert len(rows(tmp_path / "two", "errors")) == 1


@pytest.mark.parametrize("given", ["text", "file", "stdin"])
def test_show(corpus: Path, given: str) -> None:
    what: str | Path = {"text": TEXT, "file": corpus / "c.md", "stdin": "-"}[given]
    result = run("show", what, stdin=TEXT.encode())
    assert result.exit_code == 0
    assert TEXT in result.stderr
    shown = [json.loads(line) for line in result.stdout.splitlines()]
    assert [r["text"] for r in shown if r["table"] == "claims"] == ["200.5万人次", "7.5%"]


def test_show_a_claim_of_a_folder(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("extract", corpus, "-o", out, "--no-text")
    claim_id = rows(out, "claims")[1]["claim_id"]
    result = run("show", out, "--claim", claim_id)
    assert result.exit_code == 0
    assert TEXT in result.stderr
    assert json.loads(result.stdout.splitlines()[0])["claim_id"] == claim_id
    assert run("show", out, "--claim", "zzz").exit_code == 2
    assert run("show", out).exit_code == 2


def test_show_without_anything_to_find() -> None:
    result = run("show", "hello world")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no figures" in result.stderr


def test_patterns_list() -> None:
    result = run("patterns", "list")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert all(line.count("\t") == 2 for line in lines)
    assert any(line.startswith("core/furniture.ticker\t") for line in lines)


def test_patterns_list_counts_packs_and_takes_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    result = run("patterns", "list", "core/unit")
    assert {line.split("\t")[0].split(".")[0] for line in result.stdout.splitlines()} == {"core/unit"}
    packs = {row[0]: row[1:5] for line in result.stderr.splitlines()[1:] if (row := line.split())}
    assert {"core", "medical", "economy", "public"} <= set(packs)
    assert all(counts[0] != "0" for counts in packs.values())
    entries = run("patterns", "list").stdout.splitlines()
    assert int(packs["core"][0].replace(",", "")) == sum(e.split("\t")[2].startswith("core/") for e in entries)
    assert run("patterns", "list", "sport").exit_code == 2


def test_patterns_new_writes_a_pack_that_passes(tmp_path: Path) -> None:
    result = run("patterns", "new", tmp_path / "looms")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(list((tmp_path / "looms").iterdir())) == 5
    checked = run("patterns", "check", tmp_path / "looms")
    assert (checked.exit_code, checked.stdout) == (0, "")
    for name, said in (("looms", "is there already"), ("core", "there is a pack core already"), ("Looms", "no name")):
        again = run("patterns", "new", tmp_path / name)
        assert again.exit_code == 2
        assert said in again.stderr


def test_help_and_version_import_nothing_heavy() -> None:
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom newsmine.cli import app\n"
        "assert CliRunner().invoke(app, ['extract', '--help']).exit_code == 0\n"
        "assert CliRunner().invoke(app, ['--version']).output.startswith('newsmine ')\n"
        "print([m for m in ('spacy', 'pandas', 'jieba', 'opencc', 'regex') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_python_api(corpus: Path) -> None:
    tables = newsmine.extract(corpus)
    assert list(tables.articles["article_id"]) == ["b/a", "c"]
    assert [r.article_id for r in newsmine.stream([corpus / "c.md", corpus / "b"])] == ["a", "c"]
    tables = newsmine.extract(text=TEXT, published="2024-03-01", title="标题")
    assert list(tables.claims["title"]) == ["标题", "标题"]
    assert list(tables.claims["published"]) == ["2024-03-01"] * 2
    for wrong in ({}, {"text": TEXT, "published": "soon"}, {"inputs": corpus, "title": "x"}):
        with pytest.raises(UsageError):
            newsmine.extract(**wrong)  # type: ignore[arg-type]


def test_patterns_check_of_a_pack_with_a_wrong_example(tmp_path: Path) -> None:
    (tmp_path / "toy").mkdir()
    entry = '[[entry]]\nid = "x"\nreach = "match"\nregex = "abc"\nexamples = ["【abd】"]\n'
    (tmp_path / "toy" / "furniture.toml").write_text(entry, encoding="utf-8")
    result = run("patterns", "check", tmp_path / "toy")
    assert result.exit_code == 1
    assert result.stdout.startswith("toy/furniture.toml:1: toy/furniture.x: ")
    assert run("patterns", "check", tmp_path / "none").exit_code == 2
