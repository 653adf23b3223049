"""The command `newsmine`: data to stdout, the rest to stderr. Heavy modules are imported when a command needs them."""

from __future__ import annotations

from typing import Annotated

import typer

from newsmine import commands, messages
from newsmine.commands.common import AsJson
from newsmine.commands.patterns import app as patterns_app
from newsmine.console import Commands, show_what_cannot_be_printed
from newsmine.messages import say

app = typer.Typer(
    cls=Commands,
    help="Chinese news articles in, tidy tables of figures and names out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(patterns_app, name="patterns")

for _command in (
    commands.extract,
    commands.show,
    commands.score,
    commands.sample,
    commands.report,
    commands.check,
    commands.diff,
    commands.export,
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
