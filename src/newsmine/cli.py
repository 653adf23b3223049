"""The command `newsmine`: data to stdout, the rest to stderr. Heavy modules are imported when a command needs them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsmine.errors import NewsmineError, OutputError, UsageError, WorkerError

if TYPE_CHECKING:
    from rich.console import Console

    from newsmine.batch.run import Done
    from newsmine.progress import Progress

app = typer.Typer(
    help="Chinese news articles in, tidy tables of figures and names out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
patterns_app = typer.Typer(help="The pattern files: list them, test them.", no_args_is_help=True)
app.add_typer(patterns_app, name="patterns")

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


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    if version:
        from newsmine import __version__

        typer.echo(f"newsmine {__version__}")
        raise typer.Exit


@app.command()
def extract(
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="INPUT...", help="Files, folders, globs, or - for a text on stdin.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="The folder for the tables.")] = ...,  # type: ignore[assignment]
    formats: Annotated[
        str,
        typer.Option(
            "--format", metavar="LIST", help="Which formats, parted by commas: jsonl, csv, parquet, sqlite, xlsx."
        ),
    ] = "csv,jsonl",
    files_from: Annotated[
        Path | None, typer.Option(metavar="LIST", help="A text file that names one input a line.")
    ] = None,
    patterns: PatternFolders = None,
    domain: Domains = None,
    encoding: Encoding = None,
    host: Host = None,
    metadata: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="CSV or JSONL with article_id or path, and title, publisher, published, authors or host.",
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Read only the first N inputs.")] = None,
    text: Annotated[
        bool, typer.Option("--text/--no-text", help="Keep the articles' text in the articles table.")
    ] = True,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="How many processes work. Default: one a core.")
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS|local", help="Let a dask cluster work: its scheduler's address, or local."),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Go on with what is in OUT: do what is new or changed, drop what is gone."),
    ] = False,
    time_limit: Annotated[
        float,
        typer.Option(min=0.1, metavar="SECONDS", help="Give up an article that takes longer; long ones get more."),
    ] = 60.0,
    force: Annotated[
        bool, typer.Option("--force", help="Begin anew, and overwrite the tables that are in OUT.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Articles in, tables out: OUT/articles, claims, entities, errors, run.json and datapackage.json."""
    from newsmine.batch import Job, run
    from newsmine.extraction import Options
    from newsmine.output import formats_of

    with _told():
        wanted = formats_of(formats)
        if not inputs and files_from is None:
            raise UsageError("nothing to read: name files, folders, globs, - or --files-from LIST")
        options = Options(tuple(patterns or ()), tuple(domain or ()), encoding, host, metadata)
        job = Job(inputs or [], out, options, wanted, files_from, limit, text, force, resume, time_limit)
        with _stopped_by_sigterm():
            done = run(job, _workers(workers, dask), _progress(quiet))
    _tell(done, out, quiet)
    raise typer.Exit(done.summary.exit_code)


@app.command()
def show(
    what: Annotated[
        str,
        typer.Argument(
            metavar="TEXT|-|FILE|OUT", help="A text, - for stdin, a file, or with --claim a folder of tables."
        ),
    ],
    claim: Annotated[str | None, typer.Option(metavar="ID", help="Show this claim of OUT.")] = None,
    patterns: PatternFolders = None,
    domain: Domains = None,
    encoding: Encoding = None,
    host: Host = None,
) -> None:
    """One text: figures, times and names in colour, its rows below. Piped on, stdout gets the rows as JSONL."""
    from newsmine.extraction import Options
    from newsmine.showing import stored_rows, text_rows
    from newsmine.view import show as print_view
    from newsmine.writers import json_object

    with _told():
        options = Options(tuple(patterns or ()), tuple(domain or ()), encoding, host)
        folder = _existing(what)
        if folder is not None and folder.is_dir():
            shown = stored_rows(folder, claim)
        elif claim is not None:
            raise UsageError(f"--claim needs the folder of tables it stands in; {what} is no folder")
        else:
            shown = text_rows(what, folder, options)
    print_view(_console(), shown.text, shown.claims, shown.entities)
    if not sys.stdout.isatty():
        for table, rows in (("claims", shown.claims), ("entities", shown.entities)):
            for row in rows:
                typer.echo(json_object({"table": table, **row}, ("table", *row)))


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A folder with <article_id>.json files.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that newsmine extract wrote.")],
    as_json: AsJson = False,
    errors: Annotated[int, typer.Option(min=0, metavar="N", help="Show up to N wrong rows of each measure.")] = 0,
    only: Annotated[list[str] | None, typer.Option(metavar="ID", help="This article alone; repeatable.")] = None,
) -> None:
    """How right OUT is: precision, recall and F1 of its tables against your own gold."""
    from newsmine import scoring

    with _told():
        articles, output = scoring.read_gold(gold, only or ()), scoring.read_output(out)
        doubts = list(scoring.doubts(articles, output))
    for doubt in doubts:
        typer.echo(f"Warning: {doubt}", err=True)
    result = scoring.score(articles, output)
    lines = [scoring.as_json(result)] if as_json else list(scoring.table_lines(result))
    typer.echo(lines[0] if as_json else typer.style(lines[0], bold=True))
    for line in lines[1:]:
        typer.echo(line)
    for line in scoring.error_lines(result, errors) if errors else ():
        typer.echo(line, err=as_json)


@app.command()
def sample(
    what: Annotated[
        Path, typer.Argument(metavar="OUT|SAMPLE", help="A folder of tables to draw from, or a sample with your ticks.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where the sample goes: .xlsx or .csv.")
    ] = None,
    size: Annotated[int, typer.Option("-n", "--size", min=1, metavar="N", help="How many claims to draw.")] = 200,
    seed: Annotated[int, typer.Option(metavar="N", help="Another seed draws other claims.")] = 1,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE, ticks and all.")] = False,
    as_json: AsJson = False,
) -> None:
    """Claims drawn at random to tick right or wrong; given back, prints precision with its 95% interval."""
    from newsmine import sampling

    with _told():
        if what.is_dir():
            drawn = sampling.write_sample(what, out, size, seed, force=force)
            typer.echo(f"{len(drawn.rows)} of {drawn.population} claims -> {out}", err=True)
            return
        found = sampling.judged(sampling.read_sheet(what))
    for line in [sampling.as_json(found)] if as_json else sampling.precision_lines(found):
        typer.echo(line)


@app.command()
def diff(
    one: Annotated[Path, typer.Argument(metavar="OUT1", help="The tables of one run.")],
    other: Annotated[Path, typer.Argument(metavar="OUT2", help="The tables of another run.")],
    rows: Annotated[int, typer.Option("-n", "--rows", min=0, metavar="N", help="Show so many rows a table.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print every difference as a JSON object a line.")] = False,
) -> None:
    """What changed between two runs: rows gained, lost and changed, and in which columns."""
    from newsmine import comparing

    with _told():
        found = comparing.differences(one, other)
        for line in map(comparing.as_json, found) if as_json else comparing.summary_lines(found, rows):
            typer.echo(line)


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
    _console().print(f"found wrong: {len(findings)}" if findings else "all examples and rejects hold", highlight=False)
    raise typer.Exit(1 if findings else 0)


def main() -> None:
    """The entry point. A console that cannot print a character shows its escape instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    app(prog_name="newsmine")


def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True, soft_wrap=False)


@contextmanager
def _told() -> Iterator[None]:
    """Turns what newsmine raises on purpose into a message and status 2, and an interruption into 130."""
    try:
        yield
    except NewsmineError as reason:
        typer.secho("Error: ", err=True, fg="red", nl=False)
        typer.echo(str(reason), err=True)
        raise typer.Exit(1 if isinstance(reason, OutputError | WorkerError) else 2) from None
    except KeyboardInterrupt:
        typer.echo("Interrupted; nothing was overwritten, and extract --resume goes on where it stopped.", err=True)
        raise typer.Exit(130) from None


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """A request to end is an interruption: what is finished is kept."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not the main thread: whoever embeds newsmine handles signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _existing(what: str) -> Path | None:
    """The file or folder of this name, if there is one; a text is too long or too strange for a name, and is none."""
    with suppress(OSError, ValueError):
        if what != "-" and os.path.lexists(what):
            return Path(what)
    return None


def _workers(count: int | None, dask: str | None) -> Any:
    from newsmine.batch import executors
    from newsmine.batch.processes import default_workers
    from newsmine.batch.run import processes

    count = count or default_workers()
    return processes(count) if dask is None else executors.dask(dask, count)


def _progress(quiet: bool) -> Progress:
    from newsmine.progress import Progress

    return Progress(None if quiet or not sys.stderr.isatty() else _console())


def _tell(done: Done, out: Path, quiet: bool) -> None:
    summary = done.summary
    if summary.errors:
        typer.echo(f"inputs that failed: {summary.errors}; {out / 'errors'}.* says why", err=True)
    if not summary.articles:
        typer.echo("nothing could be processed: among the inputs is no .txt or .md file that can be read", err=True)
    elif not quiet:
        how = " (all there already)" if done.fresh is None else ""
        typer.echo(
            f"{summary.articles} articles, {summary.claims} claims, {summary.entities} entities -> {out}{how}", err=True
        )


if __name__ == "__main__":
    main()
