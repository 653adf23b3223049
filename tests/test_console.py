"""What the terminal shows: messages in two languages, consoles that cannot print everything, `newsmine doctor`."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from newsmine import doctor, messages
from newsmine.cli import app

SOURCE = Path(messages.__file__).parent.parent
CATALOGUE = tomllib.loads((SOURCE / "messages" / "zh.toml").read_text(encoding="utf-8"))["messages"]
PLACE = re.compile(r"\{\w+\}")
TEXT = "滨海市第一医院去年门诊量达到200.5万人次，比前年增长7.5%•😀é。"


def strings() -> str:
    """Every string of the source, with a mark where something is filled in."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))]
    found = [n.value for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    return "\n".join([*(str(f) for f in found), os.strerror(2), os.strerror(13), os.strerror(21)])


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_everything_that_is_translated_is_said_somewhere() -> None:
    said = strings()
    parts = [(e["en"], part) for e in CATALOGUE for part in PLACE.split(e["en"])]
    assert [entry for entry, part in parts if len(part.strip(" :;,()")) > 3 and part.strip(": ") not in said] == []


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda e: e["en"][:30])
def test_a_translation_fills_in_what_the_message_does(entry: dict[str, str]) -> None:
    assert set(PLACE.findall(entry["zh"])) <= set(PLACE.findall(entry["en"]))
    example = PLACE.sub(lambda m: f"<{m.group()[1:-1]}>", entry["en"])
    messages.use("zh")
    try:
        assert messages.say(example) != example
    finally:
        messages.use(None)


@pytest.mark.parametrize(
    ("locale", "expected"), [("zh_CN.UTF-8", "错误："), ("zh_TW.Big5", "错误："), ("C", "Error: "), ("", "Error: ")]
)
def test_the_locale_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, locale: str, expected: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, locale)
    result = run("extract", tmp_path / "none.txt", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr.startswith(expected)


@pytest.mark.parametrize("arguments", [["--lang", "zh"], ["--lang=zh"]])
def test_the_language_may_be_asked_for_anywhere(tmp_path: Path, arguments: list[str]) -> None:
    command = ["extract", tmp_path / "none.txt", "-o", tmp_path / "out"]
    for n in (0, 1, len(command)):
        assert "没有这个文件" in run(*command[:n], *arguments, *command[n:]).stderr
    assert run("--lang", "fr", "doctor").exit_code == 2


def test_tables_are_the_same_in_every_language(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(b"\0\0")
    for language in messages.LANGUAGES:
        assert run("extract", tmp_path / "in", "-o", tmp_path / language, "--lang", language).exit_code == 3
    for table in ("errors.jsonl", "articles.jsonl", "claims.csv", "folder-stats.json"):
        assert (tmp_path / "zh" / table).read_bytes() == (tmp_path / "en" / table).read_bytes()


@pytest.mark.parametrize("encoding", ["cp936", "ascii", "utf-8"])
@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_console_that_cannot_print_everything(tmp_path: Path, encoding: str, language: str) -> None:
    (tmp_path / "é•😀.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "é.png").write_bytes(b"\x89PNG")
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    program = [sys.executable, "-c", "from newsmine.cli import main; main()", "--lang", language]
    for status, *command in (
        (0, "show", TEXT),
        (3, "extract", str(tmp_path), "-o", str(tmp_path / "•😀")),
        (2, "extract", str(tmp_path / "é•😀"), "-o", str(tmp_path / "out")),
        (0, "--help"),
    ):
        done = subprocess.run([*program, *command], env=environment, capture_output=True, check=False)
        assert done.returncode == status, done.stderr
        assert b"Traceback" not in done.stderr
        if command[0] == "show":
            # Click takes a console that says ASCII for a mistake, and writes UTF-8.
            printed = done.stdout.decode("utf-8" if encoding == "ascii" else encoding)
            rows = [json.loads(line) for line in printed.splitlines()]
            assert [r["text"] for r in rows if r["table"] == "claims"] == ["200.5万人次", "7.5%"]
            assert rows[0]["sentence"] == TEXT


def test_doctor_finds_nothing_wrong_here() -> None:
    result = run("doctor")
    assert (result.exit_code, result.stderr) == (0, "nothing wrong was found\n")
    for said in ("newsmine", "python", "jieba", "trafilatura [html]", "opencc", "cache", "entries"):
        assert said in result.stdout
    rows = json.loads(run("doctor", "--json").stdout)
    assert {"section", "name", "value", "problem"} == set(rows[0])


def test_doctor_sees_two_libraries_under_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    owners = {**importlib.metadata.packages_distributions(), "opencc": ["OpenCC", "opencc-python-reimplemented"]}
    monkeypatch.setattr(importlib.metadata, "packages_distributions", lambda: owners)
    result = run("doctor")
    assert result.exit_code == 1
    assert "OpenCC and opencc-python-reimplemented both install opencc" in result.stderr


def test_doctor_survives_what_it_looks_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[doctor.Finding]:
        raise RuntimeError("dictionary gone")

    broken.__name__ = "_dictionaries"
    monkeypatch.setattr(doctor, "_dictionaries", broken)
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    problems = [f.problem for f in doctor.examine() if f.problem]
    assert any("dictionary gone" in p for p in problems)
    assert any("import trafilatura fails" in p for p in problems)
