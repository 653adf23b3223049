"""Writes docs/columns.md and docs/commands.md: every column of every table, every command with its options.

    python tools/reference.py [--check]

Both pages are made from the code that they describe. `--check` writes nothing and fails where a page is not current.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from newsmine.cli import app
from newsmine.schema import FINDINGS, FLAGS, TABLES, Table

DOCS = Path(__file__).resolve().parent.parent / "docs"
_MADE = "<!-- Made by tools/reference.py from the code; run it after a change there. -->"


def columns_page() -> str:
    """Every table with its columns, their types and meanings."""
    parts = [
        _MADE,
        "# Columns",
        "What `newsmine extract` writes, and the findings that `newsmine check` adds. The same columns stand in every "
        "format and in `datapackage.json`; formats without null leave a cell empty. Offsets count code points of the "
        "text in `articles.text`, the end is not included.",
        *(_table(table) for table in (*TABLES.values(), FINDINGS)),
        _flags(),
    ]
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> str:
    head = f"## {table.name}\n\nA row is {table.row}. Key: {', '.join(f'`{k}`' for k in table.key)}.\n\n"
    rows = [f"| `{c.name}` | {c.type} | {_cell(c.meaning)} |" for c in table.columns]
    return head + "\n".join(["| column | type | meaning |", "| --- | --- | --- |", *rows])


def _flags() -> str:
    rows = [f"| `{name}` | {_cell(meaning)} |" for name, meaning in FLAGS.items()]
    head = "## Flags\n\nWhat the column `flags` holds.\n\n| flag | meaning |\n| --- | --- |\n"
    return head + "\n".join(rows)


def commands_page() -> str:
    """Every command with its arguments and options."""
    root: Any = typer.main.get_command(app)
    parts = [
        _MADE,
        "# Commands",
        "Data goes to stdout, messages to stderr. Exit status: 0 done, 1 the job could not go on, 2 a wrong call, 3 "
        "done but some inputs failed (`errors` says which), 130 interrupted.",
        "## newsmine\n\n" + _options(root),
        *_described("newsmine", root),
    ]
    return "\n\n".join(parts) + "\n"


def _described(path: str, group: Any) -> Iterator[str]:
    for name in sorted(group.commands):
        command = group.commands[name]
        yield f"## {path} {name}\n\n{' '.join((command.help or '').split())}\n\n{_options(command)}".rstrip()
        if hasattr(command, "commands"):
            yield from _described(f"{path} {name}", command)


def _options(command: Any) -> str:
    rows = [_option(p) for p in command.params if p.name != "help"]
    return "\n".join(["| | |", "| --- | --- |", *rows]) if rows else ""


def _option(param: Any) -> str:
    if param.param_type_name == "argument":
        called = f"`{param.metavar or param.name.upper()}`"
    else:
        taken = "" if param.is_flag else f" {param.metavar or param.type.name.upper()}"
        called = ", ".join(f"`{name}{taken}`" for name in (*param.opts, *param.secondary_opts))
    default = param.default
    told = f" Default: {default}." if isinstance(default, int | float) and not isinstance(default, bool) else ""
    return f"| {_cell(called)} | {_cell(' '.join((param.help or '').split()))}{told} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


PAGES = {"columns.md": columns_page, "commands.md": commands_page}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = 0
    for name, page in PAGES.items():
        path, text = DOCS / name, page()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if check:
            print(f"docs/{name} is not current: run python tools/reference.py", file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8")
    return stale if check else 0


if __name__ == "__main__":
    sys.exit(main())
