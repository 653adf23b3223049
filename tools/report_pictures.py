"""The pictures of the report in the documentation, taken of the project's own corpus.

    python tools/report_pictures.py [docs/images]

Needs Chromium and Playwright (pip install -e ".[browser]").
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from typer.testing import CliRunner

from newsmine.cli import app

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PICTURES = {
    "report.png": {"viewport": {"width": 1440, "height": 860}, "color_scheme": "light"},
    "report-phone.png": {"viewport": {"width": 390, "height": 780}, "color_scheme": "dark", "device_scale_factor": 1.5},
}


def newsmine(*arguments: str | Path) -> None:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if result.exit_code:
        sys.exit(result.output)


def taken(browser: Any, page_file: Path, picture: Path, options: dict[str, Any]) -> None:
    """One picture: an article of the corpus, open at one of its figures."""
    page = browser.new_page(**options)
    page.goto(page_file.as_uri())
    page.fill("#filters [name=search]", "门诊")
    page.wait_for_selector("#clear", state="visible")
    page.click("#claims-table a.open >> nth=1")
    page.wait_for_selector("#reader-text .chosen", state="visible")
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=picture)
    page.close()


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    chromium = shutil.which("chromium") or sys.exit("no Chromium is installed (Debian: apt install chromium)")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        out, page_file = Path(name) / "corpus", Path(name) / "report.html"
        newsmine("extract", ROOT / "corpus/articles", "--metadata", ROOT / "corpus/metadata.csv", "-o", out, "-q")
        newsmine("report", out, "-o", page_file, "-q")
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        for picture, options in PICTURES.items():
            taken(browser, page_file, folder / picture, options)
        browser.close()


if __name__ == "__main__":
    main()
