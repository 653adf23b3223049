"""Hostile input and hostile patterns: refused, bounded, told; nothing lost, no one let in. See docs/reliability.md."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import newsmine
from fuzzing import broken, fuzzed, seeds
from newsmine import cutting
from newsmine.cli import app
from newsmine.errors import InputError
from newsmine.extraction import Extractor
from newsmine.reading import archives

ROOT = Path(__file__).resolve().parent.parent
SENTENCE = "全年手术6000台，同比增长8%。"


def packed(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def errors_of(*inputs: Path) -> list[str]:
    return [str(m) for m in newsmine.extract(list(inputs)).errors.message]


@pytest.fixture(scope="module")
def nothing() -> bytes:
    return bytes(archives.UNSUSPECTED + 1)


def test_a_zip_bomb_costs_one_error_row_and_no_memory(tmp_path: Path, nothing: bytes) -> None:
    (tmp_path / "in.zip").write_bytes(packed({"bomb.txt": nothing, "good.txt": SENTENCE.encode()}))
    tables = newsmine.extract(tmp_path / "in.zip")
    assert [("refused" in m) for m in tables.errors.message] == [True]
    assert list(tables.claims.text) == ["6000台", "8%"]


def test_endless_gzip_is_refused_before_it_is_unpacked(tmp_path: Path, nothing: bytes) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(nothing * 4))
    assert [("refused" in m) for m in errors_of(tmp_path / "a.txt.gz")] == [True]


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_office_files_that_explode_are_refused(tmp_path: Path, suffix: str, nothing: bytes) -> None:
    pytest.importorskip("docx" if suffix == "docx" else "openpyxl", reason="needs an extra")
    entities = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "boom">]><a>&b;</a>'
    (tmp_path / f"entities.{suffix}").write_bytes(packed({"word/document.xml": entities, "xl/workbook.xml": entities}))
    (tmp_path / f"huge.{suffix}").write_bytes(packed({"word/document.xml": nothing}))
    said = errors_of(tmp_path / f"entities.{suffix}", tmp_path / f"huge.{suffix}")
    assert len(said) == 2
    assert all("refused" in message for message in said)


def test_members_that_climb_out_of_their_archive_stay_names(tmp_path: Path) -> None:
    (tmp_path / "in.zip").write_bytes(packed({"../../evil.txt": SENTENCE.encode(), "/etc/x.txt": SENTENCE.encode()}))
    out = tmp_path / "deep" / "out"
    done = CliRunner().invoke(app, ["extract", str(tmp_path / "in.zip"), "-o", str(out), "--workers", "1"])
    assert done.exit_code in (0, 3)
    assert not list(tmp_path.parent.rglob("evil*"))
    assert {p.name for p in tmp_path.iterdir()} == {"in.zip", "deep"}


def test_large_members_that_pack_as_text_does_are_no_bombs() -> None:
    archives.refuse_bomb(5_000_000, 50_000_000)
    with pytest.raises(InputError):
        archives.refuse_bomb(archives.LARGEST_MEMBER, archives.LARGEST_MEMBER + 1)


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_links_out_of_the_input_folder_are_told_and_followed_only_when_asked(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out-of-it"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text(SENTENCE, encoding="utf-8")
    (inside / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (inside / "same.txt").symlink_to(inside / "a.txt")
    (inside / "file.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    said = errors_of(inside)
    assert len(said) == 2
    assert all("--follow-links" in message for message in said)
    asked = ["extract", str(inside), "-o", str(tmp_path / "tables"), "--workers", "1", "--follow-links"]
    assert CliRunner().invoke(app, asked).exit_code == 0


def test_a_poisoned_dictionary_cache_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = cutting._tokenizer()
    (cache,) = (tmp_path / "newsmine").glob("*.cache")
    assert os.stat(cache.parent).st_mode & 0o077 == 0
    whole = cache.read_bytes()
    cache.write_bytes(b"poison")
    again = cutting._tokenizer()
    assert again.FREQ == first.FREQ
    assert hashlib.sha256(cache.read_bytes()).digest() == hashlib.sha256(whole).digest()


def test_two_processes_that_start_at_once_both_cut(tmp_path: Path) -> None:
    code = "import newsmine; print(len(newsmine.extract(text='全年手术6000台。').claims))"
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    both = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    assert [process.communicate()[0].strip() for process in both] == [b"1", b"1"]


def test_an_article_over_the_limit_of_characters_keeps_its_row() -> None:
    tables = newsmine.extract(text=SENTENCE * 100, max_chars=500)
    assert len(tables.articles) == 1
    assert list(tables.articles["flags"]) == [["unfinished"]]
    assert "--max-chars 500" in tables.errors.message[0]
    assert len(tables.claims) == 0


@pytest.fixture
def runaway(tmp_path: Path) -> Path:
    pack = tmp_path / "theirs"
    pack.mkdir()
    (pack / "time.toml").write_text(
        '[[entry]]\nid = "slow"\nyields = "none"\nuse = "none"\n'
        "regex = '(?:[1-9]+)+[甲乙]'\n"
        'examples = ["【11甲】"]\n',
        encoding="utf-8",
    )
    return pack


def test_a_runaway_regex_of_a_user_is_found_by_patterns_check(runaway: Path) -> None:
    done = CliRunner().invoke(app, ["patterns", "check", str(runaway)])
    assert done.exit_code == 1
    assert "the regex is slow" in done.output


def test_a_runaway_regex_ends_in_time_and_is_told(runaway: Path) -> None:
    tables = newsmine.extract(text=f"{SENTENCE}编号{'1' * 5000}。", patterns=[runaway], max_seconds=1.0)
    assert len(tables.articles) == 1
    assert len(tables.errors) == 1
    assert "second" in tables.errors.message[0]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_fuzzed_articles_break_no_invariant(seed: int) -> None:
    extractor = Extractor()
    text = fuzzed(random.Random(seed), seeds(), 400)
    result = extractor.analyzed(extractor.reader.article("a", text, {}))
    assert broken(result, extractor.analyzer.patterns) == []


@pytest.mark.parametrize(
    "text", ["1" * 1_000_000, "（" * 50_000 + "5%" + "）" * 50_000, "“" * 50_000 + "5%。"], ids=len
)
def test_huge_and_deep_texts_come_to_an_end(text: str) -> None:
    tables = newsmine.extract(text=text)
    assert len(tables.articles) == 1


def test_no_command_opens_a_connection(tmp_path: Path) -> None:
    """Every command that reads or writes tables, with sockets that fail."""
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    code = (
        "import socket, sys\n"
        "def closed(*a, **k): raise AssertionError('a connection')\n"
        "socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = closed\n"
        "from typer.testing import CliRunner\n"
        "from newsmine.cli import app\n"
        "for line in sys.stdin.read().splitlines():\n"
        "    done = CliRunner().invoke(app, line.split())\n"
        "    assert done.exit_code == 0, (line, done.output, done.exception)\n"
    )
    out, page = tmp_path / "out", tmp_path / "report.html"
    lines = [
        f"extract {tmp_path}/a.txt -o {out} --workers 1",
        f"show {tmp_path}/a.txt",
        f"check {out}",
        f"report {out} -o {page}",
        f"export {out} --to doccano -o {tmp_path}/x.jsonl",
        "doctor",
    ]
    subprocess.run([sys.executable, "-c", code], input="\n".join(lines), text=True, check=True)


def test_rows_are_the_same_whatever_the_hash_seed_locale_and_time_zone(tmp_path: Path) -> None:
    texts = [
        ROOT / "corpus" / "articles" / f"{name}.txt" for name in ("med-partnership", "eco-company", "transport-tw")
    ]
    found = set()
    for n, (seed, locale, zone) in enumerate(
        [("0", "C", "UTC"), ("1", "C.UTF-8", "Asia/Shanghai"), ("2", "C", "America/Lima")]
    ):
        out = tmp_path / str(n)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "LANG": locale, "TZ": zone}
        command = [
            sys.executable,
            "-m",
            "newsmine",
            "extract",
            *map(str, texts),
            "-o",
            str(out),
            "--workers",
            "1",
            "-q",
        ]
        subprocess.run(command, env=environment, check=True)
        names = ("claims.jsonl", "entities.csv", "articles.jsonl")
        found.add(tuple(hashlib.sha256((out / name).read_bytes()).hexdigest() for name in names))
    assert len(found) == 1
