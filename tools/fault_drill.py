"""Faults at random moments of a run, then --resume: python tools/fault_drill.py [ROUNDS] [--seed S]

Every round begins a run over copies of the corpus and lets one thing go wrong: the disk is full (a limit on the size of
files), a worker is killed, the conductor is killed or asked to end (SIGTERM), or OUT cannot be written. Then nothing
half-written may stand in OUT, no article that was finished may be lost, and --resume must bring the bytes of a run
without a fault. Prints a line a round; status 1 if one fails. POSIX only. For root, who may write anywhere, OUT or its
folder of parts is made immutable (chattr); where that cannot be done, the round ends by SIGTERM.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "articles"
COPIES = 6
FAULTS = ("full disk", "worker killed", "SIGTERM", "SIGKILL", "read-only OUT")
TABLES = tuple(f"{name}.{form}" for name in ("articles", "claims", "entities", "errors") for form in ("jsonl", "csv"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rounds", type=int, nargs="?", default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    draw, failed = random.Random(asked.seed), 0
    with tempfile.TemporaryDirectory() as folder:
        texts = copies(Path(folder) / "texts")
        assert run(texts, Path(folder) / "whole").wait() in (0, 3)
        whole = hashes(Path(folder) / "whole")
        for number in range(asked.rounds):
            fault = FAULTS[number % len(FAULTS)]
            problems = one_round(fault, texts, Path(folder) / f"out{number}", whole, draw)
            failed += bool(problems)
            print(f"{number + 1}\t{fault}\t{'; '.join(problems) or 'held'}", flush=True)
    print(f"{asked.rounds} rounds, seed {asked.seed}: {failed} failed")
    return 1 if failed else 0


def copies(folder: Path) -> Path:
    """The corpus several times over, each copy with a number of its own in it."""
    folder.mkdir()
    for path in sorted(CORPUS.glob("*.txt")):
        for n in range(COPIES):
            (folder / f"{path.stem}-{n}.txt").write_bytes(path.read_bytes() + f"\n{1000 + n}".encode())
    return folder


def run(texts: Path, out: Path, *more: str, before: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "newsmine", "extract", str(texts), "-o", str(out), "--workers", "2", "-q", *more]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, preexec_fn=before)


def one_round(fault: str, texts: Path, out: Path, whole: dict[str, str], draw: random.Random) -> list[str]:
    """What did not hold in a round."""
    limit = draw.randint(20_000, 400_000)

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    started = run(texts, out, before=full if fault == "full disk" else None)
    time.sleep(draw.uniform(0.5, 6.0))
    shut = draw.choice((out, out / ".newsmine" / "parts")) if fault == "read-only OUT" else None
    if shut is None or not (shut.is_dir() and closed(shut, True)):
        strike(fault, started)
        shut = None
    finished_before = started.poll() is not None
    status = started.wait(timeout=120)
    if shut is not None:
        closed(shut, False)
    problems = unsound(out, whole)
    if shut is not None and status == 0 and not finished_before:
        problems.append("all well, said a run that could not write")
    finished = parts(out)
    if run(texts, out, "--resume").wait() not in (0, 3):
        problems.append("--resume failed")
    if hashes(out) != whole:
        problems.append("other bytes than without the fault")
    if not finished <= parts(out):
        problems.append("a finished part was lost")
    return problems


def closed(folder: Path, shut: bool) -> bool:
    """Forbid everybody to write into a folder, or allow it again; whether that could be done. Root is stopped by the
    attribute `immutable` alone, which not every file system has."""
    if os.getuid():
        folder.chmod(0o555 if shut else 0o755)
        return True
    try:
        return subprocess.run(["chattr", "+i" if shut else "-i", folder], stderr=subprocess.DEVNULL).returncode == 0
    except FileNotFoundError:
        return False


def strike(fault: str, started: subprocess.Popen[bytes]) -> None:
    if fault == "worker killed":
        asked = ["ps", "-o", "pid=", "--ppid", str(started.pid)]
        workers = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()
        for pid in workers[-1:]:
            os.kill(int(pid), signal.SIGKILL)
    elif fault == "SIGKILL":
        started.kill()
    elif fault != "full disk":
        started.terminate()


def unsound(out: Path, whole: dict[str, str]) -> list[str]:
    """Tables that are there and not whole (one with a row of `errors` for a killed worker's article is whole), parts
    that cannot be read."""
    found = [f"{n} is half-written" for n, digest in hashes(out).items() if digest != whole[n] and not ended(out / n)]
    for path in (out / ".newsmine" / "parts").glob("*.zip"):
        try:
            damaged = zipfile.ZipFile(path).testzip()
        except (zipfile.BadZipFile, OSError) as reason:
            damaged = str(reason)
        found += [f"{path.name}: {damaged}"] if damaged else []
    return found


def ended(table: Path) -> bool:
    """Whether a table ends with the end of a row, and its JSON can be read."""
    data = table.read_bytes()
    if not data.endswith(b"\n"):
        return not data
    try:
        return table.suffix != ".jsonl" or bool([json.loads(line) for line in data.splitlines()])
    except ValueError:
        return False


def hashes(out: Path) -> dict[str, str]:
    """The tables that are there, by what they hold."""
    return {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in TABLES if (out / name).is_file()}


def parts(out: Path) -> set[str]:
    return {path.name for path in (out / ".newsmine" / "parts").glob("*.zip")}


if __name__ == "__main__":
    sys.exit(main())
