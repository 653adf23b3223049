"""What is made of tables that are there: `newsmine report`, `newsmine check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from newsmine import messages
from newsmine.commands.common import Out, Quiet, progress
from newsmine.console import told


def report(
    out: Out,
    page: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The HTML file to write.")] = Path(
        "report.html"
    ),
    article: Annotated[
        str | None, typer.Option("--article", metavar="ID", help="This article alone (its article_id).")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """A page to look at: figures to filter, articles with their marks, charts, findings. One offline HTML file."""
    from newsmine.reporting import read_material, write_report

    with told():
        size = write_report(read_material(out, article), page)
    if not quiet:
        typer.echo(f"{size / 1e6:.1f} MB -> {page}", err=True)


def check(
    out: Out,
    against: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Your own figures: a CSV with subject, metric, period, value and source."),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(metavar="SEVERITY", help="Status 1 for findings this serious or more: mismatch, doubt, ..."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Do these figures hold together? Writes OUT/findings and says what does not fit, with its sentences."""
    from newsmine import checking
    from newsmine.progress import shown_when_long
    from newsmine.writers import json_object

    with told():
        language, failing = messages.language(), checking.severities_from(fail_on)
        total = checking.article_count(out)
        findings = checking.find(out, against, lambda articles: shown_when_long(articles, total, progress(quiet)))
        rows = checking.write(out, findings)
    if not quiet:
        for line in (*checking.told_lines(findings, rows, language), *checking.summary_lines(findings, language)):
            typer.echo(line, err=True)
    for row in () if sys.stdout.isatty() else rows:
        typer.echo(json_object(row, row))
    raise typer.Exit(1 if any(f.severity in failing for f in findings) else 0)
