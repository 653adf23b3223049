"""Runs over many inputs: the same bytes whoever did the work, whatever interrupted it; one input harms no other."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import newsmine
from newsmine import checking
from newsmine.batch import Done, Job, Settings, executors, processes, run
from newsmine.batch import job as job_module
from newsmine.batch.parts import entries_of
from newsmine.batch.processes import Processes
from newsmine.errors import OutputError, UsageError
from newsmine.extraction import Options
from newsmine.formats import read_rows
from newsmine.progress import Progress
from newsmine.schema import FINDINGS
from newsmine.stored import read_table

SENTENCE = "滨海市第{0}医院去年门诊量达到{1}.5万人次,比前年增长7.{2}%。院长王建国说,今年计划引进设备{2}台。"
ARTICLES = 140


def article(number: int) -> str:
    return "".join(SENTENCE.format(number % 9 + 1, 100 + number + line, line) for line in range(8))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for number in range(ARTICLES):
        path = folder / f"{number // 35}" / f"article-{number:03d}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(article(number), encoding="utf-8")
    (folder / "broken.txt").write_bytes(b"\0" * 50)
    return folder


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What an uninterrupted run with one worker writes."""
    out = tmp_path_factory.mktemp("whole") / "out"
    go(corpus, out)
    return hashes(out)


def go(corpus: Path, out: Path, workers: Any = None, **more: Any) -> Done:
    return run(Job([corpus], out, **more), workers or processes(1), Progress())


def hashes(out: Path) -> dict[str, str]:
    """Every file of a run, the hidden ones too, but for the times."""
    files = [p for p in out.rglob("*") if p.is_file() and p.name not in ("run-times.json", "done.json")]
    return {p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "newsmine.cli", "extract", *map(str, arguments), "-q"]


def test_inputs_by_url_give_the_rows_of_the_folder(corpus: Path, whole: dict[str, str], tmp_path: Path) -> None:
    pytest.importorskip("fsspec", reason="newsmine[remote] is not installed")
    run(Job([corpus.as_uri()], tmp_path / "out"), processes(2), Progress())
    assert {n: hashes(tmp_path / "out")[n] for n in ("claims.jsonl", "entities.jsonl")} == {
        n: whole[n] for n in ("claims.jsonl", "entities.jsonl")
    }


def test_two_workers_write_the_same_bytes(corpus: Path, whole: dict[str, str], tmp_path: Path) -> None:
    done = go(corpus, tmp_path / "out", processes(2))
    assert (done.summary.articles, done.summary.errors, done.fresh) == (ARTICLES, 1, ARTICLES + 1)
    assert hashes(tmp_path / "out") == whole


def test_killed_at_any_moment_and_resumed(corpus: Path, whole: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    drawn = random.Random(7)
    kept = []
    for _ in range(10):
        started = subprocess.Popen(
            command(corpus, "-o", out, "--workers", "2", *(["--resume"] if out.exists() else []))
        )
        time.sleep(drawn.uniform(0.3, 3.5))
        started.send_signal(signal.SIGKILL)
        started.wait()
        kept.append(len(list((out / ".newsmine" / "parts").glob("*.zip"))) if out.exists() else 0)
    assert kept == sorted(kept)
    assert subprocess.run(command(corpus, "-o", out, "--resume"), check=False).returncode == 3
    assert hashes(out) == whole


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_keeps_finished_shards(
    corpus: Path, whole: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    out = tmp_path / "out"
    # A shell that starts the tests in the background has them ignore Ctrl-C, and their children too.
    before = signal.signal(number, signal.SIG_DFL)
    started = subprocess.Popen(command(corpus, "-o", out, "--workers", "1"), stderr=subprocess.PIPE)
    signal.signal(number, before)
    parts = out / ".newsmine" / "parts"
    wait_for(lambda: parts.is_dir() and any(parts.glob("*.zip")))
    started.send_signal(number)
    _, said = started.communicate(timeout=20)
    assert (started.returncode, b"Traceback" in said, b"--resume" in said) == (130, False, True)
    assert not (out / "claims.jsonl").exists()
    assert not (out / ".newsmine" / "scratch").exists()
    done = go(corpus, out, resume=True)
    assert done.fresh is not None
    assert done.fresh < ARTICLES
    assert hashes(out) == whole


def test_workers_end_when_the_conductor_is_gone(corpus: Path, tmp_path: Path) -> None:
    code = (
        "import sys, time; from newsmine.batch.processes import Processes\n"
        "from newsmine.batch import Settings, Request\n"
        "from newsmine.extraction import Options; from pathlib import Path\n"
        "folder = Path(sys.argv[2]); team = Processes(Settings(Options(), folder, folder), 1)\n"
        "team.plan(Request((sys.argv[1],))); print(team._all[0].process.pid, flush=True); time.sleep(60)"
    )
    started = subprocess.Popen([sys.executable, "-c", code, str(corpus), str(tmp_path)], stdout=subprocess.PIPE)
    assert started.stdout is not None
    worker = int(started.stdout.readline())
    started.kill()
    started.communicate()
    wait_for(lambda: not Path(f"/proc/{worker}").exists() or not alive(worker))


def test_resume_does_what_is_new_or_changed_and_drops_what_is_gone(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    for number in range(100):
        (corpus / f"{number:03d}.txt").write_text(article(number), encoding="utf-8")
    go(corpus, out)
    (corpus / "003.txt").unlink()
    (corpus / "090.txt").write_text(article(999), encoding="utf-8")
    (corpus / "0905.txt").write_text(article(998), encoding="utf-8")
    assert go(corpus, out, resume=True).fresh == 2
    go(corpus, tmp_path / "fresh")
    shown = {name: value for name, value in hashes(out).items() if not name.startswith(".")}
    assert shown == {n: v for n, v in hashes(tmp_path / "fresh").items() if not n.startswith(".")}


def test_a_finished_run_resumed_does_nothing(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(corpus, out)
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*")}
    assert go(corpus, out, resume=True).fresh is None
    assert {p: p.stat().st_mtime_ns for p in out.rglob("*") if p != out / ".newsmine"} == {
        p: t for p, t in before.items() if p != out / ".newsmine"
    }


def test_resume_with_other_formats_analyses_nothing(corpus: Path, whole: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(corpus, out, formats=("jsonl",))
    assert not (out / "claims.csv").exists()
    assert go(corpus, out, resume=True, formats=("csv",)).fresh == 0
    assert not (out / "claims.jsonl").exists()
    assert hashes(out)["claims.csv"] == whole["claims.csv"]


@pytest.mark.parametrize("change", [{"text": False}, {"options": Options(host="南海医院")}])
def test_resume_with_other_options_does_all_again(corpus: Path, tmp_path: Path, change: dict[str, Any]) -> None:
    go(corpus, tmp_path / "out", limit=3)
    assert go(corpus, tmp_path / "out", limit=3, resume=True, **change).fresh == 3


def test_resume_redoes_those_whose_metadata_changed(corpus: Path, tmp_path: Path) -> None:
    table, out = tmp_path / "m.csv", tmp_path / "out"
    table.write_text("article_id,published\n0/article-001,2024-01-02\n", encoding="utf-8")
    options = Options(metadata=table)
    go(corpus, out, options=options, limit=5)
    table.write_text("article_id,published\n0/article-001,2025-01-02\n", encoding="utf-8")
    assert go(corpus, out, options=options, limit=5, resume=True).fresh == 1
    assert rows(out, "articles")[1]["published"] == "2025-01-02"


def test_a_damaged_part_is_done_again(corpus: Path, whole: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(corpus, out)
    part = sorted((out / ".newsmine" / "parts").iterdir())[0]
    lost = len(entries_of(part))
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 0xFF
    part.write_bytes(data)
    assert go(corpus, out, resume=True).fresh == lost
    assert hashes(out) == whole


def test_what_is_there_is_not_overwritten(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="no run to go on with"):
        go(corpus, out, resume=True)
    go(corpus, out, force=True, limit=2)
    with pytest.raises(UsageError, match="--resume to go on"):
        go(corpus, out)
    with pytest.raises(UsageError, match="one of them"):
        go(corpus, out, force=True, resume=True)
    assert (out / "mine").exists()


@pytest.fixture
def trap(tmp_path: Path) -> tuple[Path, Options]:
    """A folder in which one article makes a (bad) pattern of the user's run away."""
    patterns, corpus = tmp_path / "trap", tmp_path / "corpus"
    patterns.mkdir()
    corpus.mkdir()
    entry = '[[entry]]\nid = "trap"\nregex = "(?:q|qq)+z$"\nyields = "none"\nexamples = ["【qqz】"]\n'
    (patterns / "time.toml").write_text(entry, encoding="utf-8")
    for number in range(6):
        (corpus / f"{number}.txt").write_text(article(number), encoding="utf-8")
    (corpus / "2.txt").write_text(article(2) + "q" * 60 + "!z。z", encoding="utf-8")
    return corpus, Options(patterns=(patterns,))


def test_an_article_that_hangs_is_given_up_and_costs_no_other(trap: tuple[Path, Options], tmp_path: Path) -> None:
    corpus, options = trap
    done = go(corpus, tmp_path / "out", processes(2), options=replace(options, max_seconds=4))
    assert (done.summary.articles, done.summary.exit_code) == (6, 3)
    (error,) = rows(tmp_path / "out", "errors")
    assert (Path(error["path"]).name, error["stage"], error["error"]) == ("2.txt", "analyze", "TimeoutError")
    assert "4 seconds" in error["message"]
    (kept,) = (a for a in rows(tmp_path / "out", "articles") if a["article_id"] == "2")
    assert (kept["flags"], kept["n_claims"]) == (["unfinished"], 0)
    (corpus / "2.txt").write_text(article(2), encoding="utf-8")
    assert go(corpus, tmp_path / "out", options=options, resume=True).fresh == 1
    assert rows(tmp_path / "out", "errors") == []


def test_an_article_that_hangs_in_the_first_pass_costs_no_other(trap: tuple[Path, Options], tmp_path: Path) -> None:
    corpus, options = trap
    (folder,) = options.patterns
    (folder / "time.toml").unlink()
    entry = '[[entry]]\nid = "trap"\nreach = "match"\nregex = "(?:q|qq)+z$"\nexamples = ["【qqz】"]\n'
    (folder / "furniture.toml").write_text(entry, encoding="utf-8")
    done = go(corpus, tmp_path / "out", processes(2), options=replace(options, max_seconds=4))
    assert done.summary.articles == 5
    (error,) = rows(tmp_path / "out", "errors")
    assert (Path(error["path"]).name, error["error"]) == ("2.txt", "TimeoutError")


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "sqlite", "xlsx"])
def test_rows_of_tables_keep_their_columns_when_others_come(tmp_path: Path, form: str) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    (corpus / "a.csv").write_text(f'id,Kind,text\nx,要闻,"{article(1)}"\n', encoding="utf-8")
    (corpus / "b.txt").write_text(article(2), encoding="utf-8")
    go(corpus, out, formats=(form,))
    (corpus / "c.csv").write_text(f'id,版次,text\ny,A1,"{article(3)}"\n', encoding="utf-8")
    go(corpus, out, formats=(form,), resume=True)
    go(corpus, tmp_path / "fresh", formats=(form,))
    assert hashes(out) == hashes(tmp_path / "fresh")
    found = {a["article_id"]: (a.get("Kind_kept"), a.get("版次")) for a in read_table(out, "articles")}
    assert found == {"a#x": ("要闻", None), "b": (None, None), "c#y": (None, "A1")}


def test_resume_redoes_those_that_a_new_input_tells_more_about(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    for name, number, day in (("b", 1, 5), ("c", 40, 6)):
        (corpus / f"{name}.txt").write_text(f"滨海晚报2024年3月{day}日讯\n{article(number)}", encoding="utf-8")
    go(corpus, out)
    assert {a["duplicate_of"] for a in rows(out, "articles")} == {None}
    (corpus / "a.txt").write_text(f"滨海晚报2024年3月1日讯\n{article(1)}", encoding="utf-8")
    assert go(corpus, out, resume=True).fresh == 2
    assert {a["article_id"]: a["duplicate_of"] for a in rows(out, "articles")} == {"a": None, "b": "a", "c": None}
    go(corpus, tmp_path / "fresh")
    before, after = hashes(tmp_path / "fresh"), hashes(out)
    assert {n: h for n, h in after.items() if "/" not in n} == {n: h for n, h in before.items() if "/" not in n}


def test_findings_stay_while_nothing_changes(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(corpus, out, formats=("jsonl", "sqlite"))
    checking.write(out, checking.find(out))
    assert go(corpus, out, formats=("jsonl", "sqlite"), resume=True).fresh is None
    assert (out / "findings.sqlite").exists()
    assert list(read_table(out, "findings")) == list(read_rows("sqlite", out, FINDINGS))
    go(corpus, out, formats=("jsonl",), force=True)
    assert not list(out.glob("findings.*"))


def test_a_worker_that_dies_costs_the_article_that_it_was_at(trap: tuple[Path, Options], tmp_path: Path) -> None:
    corpus, options = trap
    team: list[Processes] = []

    def workers(settings: Settings) -> Processes:
        team.append(Processes(settings, 1))
        return team[0]

    def kill_at_the_third_article() -> None:
        wait_for(lambda: bool(team and team[0]._all and team[0]._all[0].position == 2))
        os.kill(team[0]._all[0].process.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_at_the_third_article)
    killer.start()
    # Without the first pass over the folder, in which the worker is at its third article as well.
    done = run(Job([corpus], tmp_path / "out", options, folder_stats=False), workers, Progress())
    killer.join()
    assert done.summary.articles == 5
    (error,) = rows(tmp_path / "out", "errors")
    assert (Path(error["path"]).name, error["error"]) == ("2.txt", "WorkerError")


def test_a_full_disk_leaves_the_tables_as_they_were(corpus: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: the parts fit, a table does not."""
    out = tmp_path / "out"
    go(corpus, out, limit=1)
    before = {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()}
    code = (
        "import resource, sys; from newsmine.cli import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); main()"
    )
    arguments = ["extract", str(corpus), "-o", str(out), "--resume", "--workers", "1"]
    full = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert (full.returncode, "Traceback" in full.stderr) == (1, False)
    assert "cannot be written: File too large" in full.stderr
    assert {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()} == before
    assert go(corpus, out, resume=True).fresh == 0


def test_a_part_that_cannot_be_written(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("newsmine.batch.parts.put_bytes", full)
    with pytest.raises(OutputError, match="No space left"):
        go(corpus, tmp_path / "out", executors.in_this_process)


def test_huge_inputs_make_more_parts_not_larger_ones(
    corpus: Path, whole: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsmine.batch.shard.PART_BYTES", 50_000)
    go(corpus, tmp_path / "out", executors.in_this_process)
    parts = list((tmp_path / "out" / ".newsmine" / "parts").iterdir())
    assert len(parts) > ARTICLES // job_module.SHARD_SIZE + 5
    assert {n: v for n, v in hashes(tmp_path / "out").items() if not n.startswith(".")} == {
        n: v for n, v in whole.items() if not n.startswith(".")
    }


def test_one_failing_article_stops_nothing(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from newsmine.pipeline import Analyzer

    finished = Analyzer.finished

    def fails_on_one(self: Analyzer, given: Any, watch: Any = None) -> Any:
        if given.article.article_id == "0/article-001":
            raise RuntimeError("no\nway")
        return finished(self, given, watch)

    monkeypatch.setattr(Analyzer, "finished", fails_on_one)
    done = go(corpus, tmp_path / "out", executors.in_this_process, limit=3)
    assert done.summary.exit_code == 3
    (error,) = rows(tmp_path / "out", "errors")
    assert (error["stage"], error["error"], error["message"]) == ("analyze", "RuntimeError", "no way")
    assert [a["article_id"] for a in rows(tmp_path / "out", "articles")] == ["0/article-000", "0/article-002"]


def test_stream_with_workers_gives_what_it_gives_without(corpus: Path) -> None:
    alone, together = (list(newsmine.stream(corpus, workers=n)) for n in (1, 2))
    assert together == alone
    assert len(alone) == ARTICLES + 1


def test_stream_can_be_left(corpus: Path) -> None:
    streamed = newsmine.stream(corpus, workers=2)
    assert next(streamed).article_id == "0/article-000"
    assert isinstance(streamed, Iterator)
    streamed.close()  # type: ignore[attr-defined]
    with pytest.raises(UsageError):
        newsmine.stream(corpus, workers=0)


def wait_for(reached: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def alive(process: int) -> bool:
    return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
