"""`newsmine patterns`: what packs there are, whether they are sound, and one to start from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsmine.commands.common import Domains, PatternFolders
from newsmine.console import console, told
from newsmine.messages import say

if TYPE_CHECKING:
    from newsmine.packs.inventory import PackCount

app = typer.Typer(help="The pattern files: list them, test them, start some.", no_args_is_help=True)


@app.command("list")
def list_entries(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="These alone: a pack, a stage of it (core/unit) or an id.")
    ] = None,
    patterns: PatternFolders = None,
    domain: Domains = None,
) -> None:
    """Every entry in use: its id (the `rule` of tables), its forms or regex, and where it stands; then the packs."""
    from newsmine.packs import pack_folders, read_packs
    from newsmine.packs.inventory import count_packs

    with told():
        folders = pack_folders(tuple(patterns or ()), tuple(domain or ()))
        entries = list(read_packs(folders).entries.values())
        counts = count_packs(folders)
    chosen = [e for e in entries if name is None or e.id == name or e.id.startswith((f"{name}/", f"{name}."))]
    for entry in chosen:
        said = " ".join((entry.regex or " ".join(entry.forms)).split())
        typer.echo(f"{entry.id}\t{said}\t{entry.origin}")
    if chosen:
        _show_packs(counts)
        return
    typer.echo(say(f"no entry is called {name}"), err=True)
    raise typer.Exit(2)


def _show_packs(counts: list[PackCount]) -> None:
    from rich.table import Table

    columns = ("entries", "forms", "examples", "rejects")
    table = Table(box=None, header_style="bold")
    table.add_column(say("pack"))
    for column in columns:
        table.add_column(say(column), justify="right")
    table.add_column(say("folder"), overflow="fold")
    for count in counts:
        table.add_row(count.name, *(f"{getattr(count, c):,}" for c in columns), str(count.folder))
    console().print(table, highlight=False)


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Pattern files of your own, checked with the packaged ones.")
    ] = None,
) -> None:
    """Validate the pattern files and run the examples and rejects of every entry. Status 1 if something is wrong."""
    from newsmine.packs import pack_folders
    from newsmine.selftest import check as findings_of

    with told():
        packaged = pack_folders()
        folders = pack_folders((folder,)) if folder else packaged
        findings = findings_of(folders, folders[len(packaged) :])
    for finding in findings:
        typer.echo(str(finding))
    wrong = sum(not f.warning for f in findings)
    console().print(say(f"found wrong: {wrong}" if wrong else "all examples and rejects hold"), highlight=False)
    raise typer.Exit(1 if wrong else 0)


@app.command()
def new(
    name: Annotated[Path, typer.Argument(metavar="NAME", help="The pack's name: the folder that is made for it.")],
) -> None:
    """A small commented pack to start from: a unit, a metric, a title, a kind of named thing."""
    from newsmine.packs.new import new_pack

    with told():
        written = new_pack(name)
    for path in written:
        typer.echo(str(path))
    typer.echo(say(f"now edit them, and run: newsmine patterns check {name}"), err=True)


@app.command("learn")
def learn_weights(
    gold: Annotated[
        list[Path],
        typer.Argument(metavar="GOLD...", help="Annotated folders: gold, text (or articles), and metadata.csv."),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="The pack that weight.*.tsv are written into.")
    ],
    patterns: PatternFolders = None,
    domain: Domains = None,
) -> None:
    """Learn from annotated articles what decides between the candidates for a figure's metric and subject."""
    from newsmine.errors import UsageError
    from newsmine.learning import Learner, lessons, weight_file
    from newsmine.packs import pack_folders, read_packs
    from newsmine.pipeline import analyzer

    with told():
        if not out.is_dir():
            raise UsageError(f"{out}: no such folder; start a pack with newsmine patterns new NAME")
        dirs = tuple(patterns or ())
        learnt_from = lessons(gold, dirs)
        fold = analyzer(dirs, tuple(domain or ())).fold
        weights, reports = Learner(read_packs(pack_folders(dirs, tuple(domain or ())), fold), learnt_from).learn()
        for report in reports:
            text = weight_file(report.slot, weights[report.slot], report.figures, len(learnt_from))
            (out / f"weight.{report.slot}.tsv").write_text(text, encoding="utf-8")
            typer.echo(
                f"{report.slot}: {report.right:.3f} right on articles held out, {report.recall:.3f} have a right "
                f"candidate ({report.figures} figures, {len(learnt_from)} articles)",
                err=True,
            )
