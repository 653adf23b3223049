"""`newsmine show`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from newsmine.commands.common import Domains, Encoding, Host, PatternFolders
from newsmine.console import console, told
from newsmine.errors import UsageError


def show(
    what: Annotated[
        str,
        typer.Argument(
            metavar="TEXT|-|FILE|OUT", help="A text, - for stdin, a file, or with --claim a folder of tables."
        ),
    ],
    claim: Annotated[str | None, typer.Option(metavar="ID", help="Show this claim of OUT.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show which patterns proposed what, and what weighed for the winner.")
    ] = False,
    patterns: PatternFolders = None,
    domain: Domains = None,
    encoding: Encoding = None,
    host: Host = None,
) -> None:
    """One text: figures, times and names in colour, its rows below. Piped on, stdout gets the rows as JSONL."""
    from newsmine.extraction import Options
    from newsmine.showing import explained_rows, stored_rows, text_rows
    from newsmine.view import explained_table
    from newsmine.view import show as print_view
    from newsmine.writers import json_object

    with told():
        options = Options(tuple(patterns or ()), tuple(domain or ()), encoding, host)
        folder = _existing(what)
        if folder is not None and folder.is_dir():
            shown = stored_rows(folder, claim)
        elif claim is not None:
            raise UsageError(f"--claim needs the folder of tables it stands in; {what} is no folder")
        else:
            shown = text_rows(what, folder, options)
        if explain and claim is not None:
            raise UsageError("--explain needs the whole text: give the file or the text instead of OUT --claim")
        explained = explained_rows(what, folder, options) if explain else []
    print_view(console(), shown.text, shown.claims, shown.entities)
    if explained:
        console().print(explained_table(explained))
    if not sys.stdout.isatty():
        for table, rows in (("claims", shown.claims), ("entities", shown.entities)):
            for row in rows:
                typer.echo(json_object({"table": table, **row}, ("table", *row)))
        for row in (e.row() for e in explained):
            typer.echo(json_object(row, row))


def _existing(what: str) -> Path | None:
    """The file or folder of this name, if there is one; a text is too long or too strange for a name, and is none."""
    with suppress(OSError, ValueError):
        if what != "-" and os.path.lexists(what):
            return Path(what)
    return None
