"""Options that several commands have, and how all of them show progress."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsmine.console import console

if TYPE_CHECKING:
    from newsmine.progress import Progress

Out = Annotated[Path, typer.Argument(metavar="OUT", help="A folder that newsmine extract wrote.")]
PatternFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--patterns", metavar="DIR", help="Pattern files that add to or override the packaged ones; repeatable."
    ),
]
Domains = Annotated[
    list[str] | None,
    typer.Option("--domain", metavar="NAME", help="Use only these packs (and core); repeatable. Default: all."),
]
Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="The encoding of the files, if guessing it goes wrong.")
]
Host = Annotated[str | None, typer.Option(metavar="NAME", help="The hospital that an article means by 'our hospital'.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]


def progress(quiet: bool) -> Progress:
    """A bar where somebody looks."""
    from newsmine.progress import Progress

    return Progress(None if quiet or not sys.stderr.isatty() else console())
