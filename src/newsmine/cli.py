"""The command `newsmine`: data to stdout, the rest to stderr. Heavy modules are imported when a command needs them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsmine import commands, messages
from newsmine.commands.common import AsJson, Domains, PatternFolders
from newsmine.console import Commands, show_what_cannot_be_printed
from newsmine.console import console as _console
from newsmine.console import told as _told
from newsmine.messages import say

app = typer.Typer(
    cls=Commands,
    help="Chinese news articles in, tidy tables of figures and names out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
patterns_app = typer.Typer(help="The pattern files: list them, test them.", no_args_is_help=True)
app.add_typer(patterns_app, name="patterns")

for _command in (
    commands.extract,
    commands.show,
    commands.score,
    commands.sample,
    commands.report,
    commands.check,
    commands.diff,
):
    app.command()(_command)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="zh|en", help="The language of messages. Default: the locale's.")
    ] = None,
) -> None:
    if lang is not None and lang not in messages.LANGUAGES:
        raise typer.BadParameter(f"{lang!r} is none of {', '.join(messages.LANGUAGES)}", param_hint="--lang")
    messages.use(lang)
    if version:
        from newsmine import __version__

        typer.echo(f"newsmine {__version__}")
        raise typer.Exit


@patterns_app.command("list")
def patterns_list(patterns: PatternFolders = None, domain: Domains = None) -> None:
    """Every entry in use: its id (the `rule` of the tables), its forms or regex, and where it stands."""
    from newsmine.packs import pack_folders, read_packs

    with _told():
        entries = read_packs(pack_folders(tuple(patterns or ()), tuple(domain or ()))).entries
    for entry in entries.values():
        typer.echo(f"{entry.id}\t{entry.regex or ' '.join(entry.forms)}\t{entry.origin}")


@patterns_app.command("check")
def patterns_check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Pattern files of your own, checked with the packaged ones.")
    ] = None,
) -> None:
    """Validate the pattern files and run the examples and rejects of every entry. Status 1 if any of them fails."""
    from newsmine.packs import pack_folders
    from newsmine.selftest import check

    with _told():
        findings = check(pack_folders((folder,) if folder else ()), folder)
    for finding in findings:
        typer.echo(": ".join(filter(None, (finding.origin, finding.id, finding.message))))
    told = f"found wrong: {len(findings)}" if findings else "all examples and rejects hold"
    _console().print(say(told), highlight=False)
    raise typer.Exit(1 if findings else 0)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Versions, dictionaries, back ends, caches, conflicts: what to paste into a bug report."""
    import json

    from newsmine.doctor import as_rows, examine, lines

    findings = examine()
    problems = [f.problem for f in findings if f.problem]
    if as_json:
        typer.echo(json.dumps(as_rows(findings), ensure_ascii=False, indent=1))
    else:
        for line in lines(findings):
            typer.echo(line)
    for problem in problems:
        typer.secho(say(f"problem: {problem}"), err=True, fg="red")
    if not problems:
        typer.secho(say("nothing wrong was found"), err=True, fg="green")
    raise typer.Exit(1 if problems else 0)


def main() -> None:
    """The entry point."""
    show_what_cannot_be_printed()
    app(prog_name="newsmine")


if __name__ == "__main__":
    main()
