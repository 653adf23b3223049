"""`newsmine extract`."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsmine.commands.common import Domains, Encoding, Host, PatternFolders, Quiet, progress
from newsmine.console import told
from newsmine.errors import UsageError
from newsmine.limits import DEFAULT_CHARS, DEFAULT_SECONDS
from newsmine.messages import say

if TYPE_CHECKING:
    from newsmine.batch.run import Done


def extract(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT...", help="Files, folders, globs, URLs of any of these, or - for a text on stdin."
        ),
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
    text_key: Annotated[
        str | None, typer.Option(metavar="KEY", help="The key of JSON objects that holds the text; dots go deeper.")
    ] = None,
    text_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of CSV, TSV and XLSX files that holds the text.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Read only the first N inputs.")] = None,
    text: Annotated[
        bool, typer.Option("--text/--no-text", help="Keep the articles' text in the articles table.")
    ] = True,
    folder_stats: Annotated[
        bool,
        typer.Option(
            "--folder-stats/--no-folder-stats",
            help="Read the whole folder once before: lines that its articles repeat, stories that stand there twice.",
        ),
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
    max_seconds: Annotated[
        float,
        typer.Option(min=0.01, metavar="S", help="Give up an article that takes longer; long ones get more."),
    ] = DEFAULT_SECONDS,
    max_chars: Annotated[
        int, typer.Option(min=1, max=DEFAULT_CHARS, metavar="N", help="Read no figures out of a longer article.")
    ] = DEFAULT_CHARS,
    follow_links: Annotated[
        bool, typer.Option("--follow-links", help="Follow links that lead out of an input folder.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Begin anew, and overwrite the tables that are in OUT.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Articles in, tables out: OUT/articles, claims, entities, errors, run.json and datapackage.json."""
    from newsmine.batch import Job, run
    from newsmine.extraction import options_of
    from newsmine.output import formats_of

    with told():
        wanted = formats_of(formats)
        if not inputs and files_from is None:
            raise UsageError("nothing to read: name files, folders, globs, - or --files-from LIST")
        options = options_of(
            patterns or (),
            domain or (),
            encoding,
            host,
            metadata,
            text_key,
            text_column,
            max_seconds,
            max_chars,
            follow_links,
        )
        job = Job(inputs or [], out, options, wanted, files_from, limit, text, force, resume, folder_stats)
        with _stopped_by_sigterm():
            done = run(job, _workers(workers, dask), progress(quiet))
    _tell(done, out, quiet)
    raise typer.Exit(done.summary.exit_code)


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


def _workers(count: int | None, dask: str | None) -> Any:
    from newsmine.batch import executors
    from newsmine.batch.processes import default_workers
    from newsmine.batch.run import processes

    count = count or default_workers()
    return processes(count) if dask is None else executors.dask(dask, count)


def _tell(done: Done, out: Path, quiet: bool) -> None:
    summary = done.summary
    if summary.errors:
        typer.echo(say(f"inputs that failed: {summary.errors}; {out / 'errors'}.* says why"), err=True)
    if not summary.articles:
        typer.echo(say("nothing could be processed: among the inputs is none that can be read"), err=True)
    elif not quiet:
        counts = f"{summary.articles} articles, {summary.claims} claims, {summary.entities} entities -> {out}"
        typer.echo(say(f"{counts} (all there already)" if done.fresh is None else counts), err=True)
