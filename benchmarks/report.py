"""How large the page of a folder of articles is, and how soon a browser can be worked with: the median of N rounds.

    python benchmarks/report.py FOLDER [--limit 1000] [--repeat 5]

Needs Chromium (Debian: apt install chromium) and Playwright (pip install -e ".[browser]"). "ready" is the time from
opening the file to the page's first table; "worked" is that and typing a search, opening the first row it finds, and
the mark standing in the article on the screen. Exit status 1 where the page is over 15 MB or "worked" over 3 s.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from typer.testing import CliRunner

from newsmine.cli import app
from newsmine.reporting import read_material, write_report
from newsmine.stored import is_output

MOST_BYTES, MOST_SECONDS = 15_000_000, 3.0
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def tables(folder: Path, limit: int, work: Path) -> Path:
    """The folder itself where it holds tables, else the tables of the first articles in it."""
    if is_output(folder):
        return folder
    arguments = ["extract", str(folder), "-o", str(work / "out"), "--limit", str(limit), "--format", "jsonl", "-q"]
    result = CliRunner().invoke(app, arguments)
    if result.exit_code not in (0, 3):
        sys.exit(result.output)
    return work / "out"


def opened(browser: Browser, page_file: Path, word: str) -> tuple[float, float]:
    """Seconds until the page is ready, and until it has been searched and an article read at its mark."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    start = time.perf_counter()
    page.goto(page_file.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    ready = time.perf_counter() - start
    page.fill("#filters [name=search]", word)
    page.wait_for_selector("#clear", state="visible")
    page.click("#claims-table a.open >> nth=0")
    page.wait_for_selector("#reader-text .chosen", state="visible")
    worked = time.perf_counter() - start
    page.close()
    return ready, worked


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("no Chromium is installed (Debian: apt install chromium)")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        material = read_material(tables(options.folder, options.limit, Path(name)))
        page_file = Path(name) / "report.html"
        start = time.perf_counter()
        size = write_report(material, page_file)
        print(f"{len(material.articles)} articles, {len(material.claims)} claims, {len(material.entities)} mentions")
        print(f"page: {size / 1e6:.1f} MB, made in {time.perf_counter() - start:.1f} s")
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        word = next(c["metric"] for c in material.claims if c["metric"])
        rounds = [opened(browser, page_file, word) for _ in range(options.repeat)]
        browser.close()
    ready, worked = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(f"ready: {ready:.2f} s, worked: {worked:.2f} s (median of {options.repeat})")
    return int(size > MOST_BYTES or worked > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
