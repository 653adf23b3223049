"""The documentation is whole: current where it is made from code, complete, and without dead links."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

import newsmine
from newsmine.cli import app
from newsmine.formats.excel import CUT
from newsmine.formats.parquet import OUT_OF_RANGE
from newsmine.pipeline import UNFINISHED
from newsmine.reading.decode import REPLACED
from newsmine.schema import FINDINGS, FLAGS, TABLES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "README.zh-CN.md"])


def commands(group: Any, path: str = "newsmine") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        found[f"{path} {name}"] = command
        if hasattr(command, "commands"):
            found |= commands(command, f"{path} {name}")
    return found


ALL = commands(typer.main.get_command(app))


def test_the_reference_pages_are_what_the_code_says() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "tools" / "reference.py"), "--check"], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("command", ALL)
def test_every_command_and_option_stands_in_the_documentation(command: str) -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    section = page.split(f"\n## {command}\n", 1)[1].split("\n## ", 1)[0]
    params = [p for p in ALL[command].params if p.name != "help"]
    options = [name for p in params for name in (*p.opts, *p.secondary_opts) if name.startswith("-")]
    assert [name for name in options if f"`{name}" not in section] == []


def test_every_column_stands_in_the_documentation() -> None:
    page = (DOCS / "columns.md").read_text(encoding="utf-8")
    for table in (*TABLES.values(), FINDINGS):
        section = page.split(f"\n## {table.name}\n", 1)[1].split("\n## ", 1)[0]
        assert [c.name for c in table.columns if f"| `{c.name}` |" not in section] == []


def test_every_flag_is_told() -> None:
    """Those that rows have, and those that the code writes on rare occasions."""
    tables = newsmine.extract(ROOT / "corpus" / "articles")
    seen = {f for table in (tables.articles, tables.claims, tables.entities) for flags in table["flags"] for f in flags}
    rare = {UNFINISHED, CUT, OUT_OF_RANGE, REPLACED, "year_inferred", "unresolved_pronoun"}
    assert seen
    assert seen | rare == set(FLAGS)


def test_both_readmes_name_every_command() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        missing = [c for c in ALL if c.count(" ") == 1 and f"{c}" not in text]
        assert missing == [], name


def test_both_readmes_have_the_same_set_up_commands() -> None:
    english, chinese = (
        re.findall(r"^```sh[^\n]*\n(python3 -m venv.*?)\n```", (ROOT / name).read_text(encoding="utf-8"), re.M)
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese
    assert len(english) == 2


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_and_files_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    linked = [t for t in re.findall(r"\]\(([^)#]+)\)", text) if not re.match(r"\w+:", t)]
    linked += re.findall(r'src="([^"]+)"', text)
    assert [t for t in linked if not (page.parent / t).exists()] == []
    named = re.findall(r"`((?:docs|patterns|corpus|tests|tools|benchmarks)/[\w./-]+\.\w+)`", text)
    assert [p for p in named if not (ROOT / p).exists()] == []


def test_every_page_is_in_the_menu_and_only_pages() -> None:
    listed = re.findall(r":\s+([\w-]+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M)
    assert sorted(listed) == sorted(p.name for p in DOCS.glob("*.md"))
