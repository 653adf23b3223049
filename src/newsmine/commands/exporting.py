"""`newsmine export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsmine.commands.common import Out
from newsmine.console import told
from newsmine.messages import say


def export(
    out: Out,
    form: Annotated[
        str,
        typer.Option(
            "--to", metavar="FORMAT", help="doccano, label-studio, brat, web-annotation, docbin or claim-review."
        ),
    ],
    path: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Where it goes; for brat a new folder.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE.")] = False,
) -> None:
    """What a run found, for annotation tools, for training with spaCy, for fact checks."""
    from newsmine import exchange

    with told():
        exchange.export(out, form, path, force=force)
    typer.echo(say(f"{out} -> {path}"), err=True)
