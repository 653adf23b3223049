"""Whole runs of `newsmine extract`: workers, memory, cold start, time against the number of articles.

    python benchmarks/batch.py workers [FOLDER] [--chars N] [--dask]
    python benchmarks/batch.py memory [--counts 2000 50000]
    python benchmarks/batch.py start
    python benchmarks/batch.py growth [--counts 1000 2000 4000 8000] [--plot growth.png]

Runs that are compared take turns, and the least time of each counts. Memory is the largest resident size of the process
that conducts the run. The plot needs matplotlib; the figures are printed in any case.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from repeated import repeat_to, short_articles

ROOT = Path(__file__).resolve().parent.parent
NEWSMINE = [sys.executable, "-m", "newsmine.cli"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("workers", "memory", "start", "growth"))
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpus" / "articles")
    parser.add_argument("--chars", type=int, default=2_000_000)
    parser.add_argument("--counts", type=int, nargs="+", default=[2000, 50_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        globals()[options.what](options, Path(scratch))


def workers(options: argparse.Namespace, scratch: Path) -> None:
    chars = repeat_to(options.folder, scratch / "texts", options.chars)
    kinds = {"one worker": ["--workers", "1"], "two workers": ["--workers", "2"]}
    if options.dask:
        kinds["dask local, two workers"] = ["--dask", "local", "--workers", "2"]
    best = dict.fromkeys(kinds, float("inf"))
    for _ in range(options.repeat):
        for name, more in kinds.items():
            best[name] = min(best[name], extract(scratch / "texts", scratch / "out", *more)[0])
    for name, seconds in best.items():
        print(
            f"{name:28} {seconds:8.1f} s  {chars / seconds:10,.0f} characters a second  "
            f"{best['one worker'] / seconds:5.2f} times one worker"
        )


def memory(options: argparse.Namespace, scratch: Path) -> None:
    for count in options.counts:
        short_articles(scratch / str(count), count)
        seconds, kilobytes = extract(scratch / str(count), scratch / "out")
        print(f"{count:8} articles  {seconds:8.1f} s  {kilobytes / 1024:8.1f} MB in the parent")


def start(options: argparse.Namespace, scratch: Path) -> None:
    python = [sys.executable, "-c"]
    pairs = {
        "newsmine --help": ([*NEWSMINE, "--help"], [*python, "import typer"]),
        "newsmine show": (
            [*NEWSMINE, "show", "门诊量达200.5万人次"],
            [*python, "import spacy, jieba; jieba.initialize()"],
        ),
    }
    for name, commands in pairs.items():
        best = [float("inf")] * 2
        for _ in range(options.repeat + 1):
            best = [min(b, timed(c)) for b, c in zip(best, commands, strict=True)]
        print(f"{name:18} {best[0]:6.2f} s  {best[0] / best[1]:5.2f} times {commands[1][-1]!r} ({best[1]:.2f} s)")


def growth(options: argparse.Namespace, scratch: Path) -> None:
    times = []
    for count in options.counts:
        short_articles(scratch / str(count), count)
        times.append(min(extract(scratch / str(count), scratch / "out")[0] for _ in range(options.repeat)))
        print(f"{count:8} articles  {times[-1]:8.1f} s  {count / times[-1]:8.1f} articles a second")
    if options.plot:
        from matplotlib import pyplot

        pyplot.plot(options.counts, times, "o-")
        pyplot.xlabel("short articles")
        pyplot.ylabel("seconds")
        pyplot.savefig(options.plot, dpi=120)


def extract(texts: Path, out: Path, *more: str) -> tuple[float, int]:
    """Seconds and the parent's peak memory (in KB) of one run."""
    shutil.rmtree(out, ignore_errors=True)
    command = [*NEWSMINE, "extract", str(texts), "-o", str(out), "--format", "jsonl", "-q", *more]
    started = time.perf_counter()
    process, peak = subprocess.Popen(command), 0
    while process.poll() is None:
        peak = max(peak, peak_memory(process.pid))
        time.sleep(0.02)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: status {process.returncode}")
    return time.perf_counter() - started, peak


def peak_memory(process: int) -> int:
    """The largest resident size that a process had so far, in KB (Linux)."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def timed(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
