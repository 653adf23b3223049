"""The command `newsmine`: data to stdout, the rest to stderr. Heavy modules are imported when a command needs them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from newsmine import messages
from newsmine.console import Commands, show_what_cannot_be_printed
from newsmine.console import console as _console
from newsmine.console import told as _told
from newsmine.errors import UsageError
from newsmine.messages import say
from newsmine.patterns_cli import Domains, PatternFolders
from newsmine.patterns_cli import app as patterns_app

if TYPE_CHECKING:
    from newsmine.extraction import Extractor, Options
    from newsmine.output import Summary
    from newsmine.reading import Source

T = TypeVar("T")

app = typer.Typer(
    cls=Commands,
    help="Chinese news articles in, tidy tables of figures and names out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(patterns_app, name="patterns")

Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="The encoding of the files, if guessing it goes wrong.")
]
Host = Annotated[str | None, typer.Option(metavar="NAME", help="The hospital that an article means by 'our hospital'.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]


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
def extract(
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="INPUT...", help="Files, folders, globs, or - for a text on stdin.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="The folder for the tables.")] = ...,  # type: ignore[assignment]
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="Which formats, parted by commas: jsonl, csv.")
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
    force: Annotated[bool, typer.Option("--force", help="Overwrite the tables that are in OUT.")] = False,
    quiet: Quiet = False,
) -> None:
    """Articles in, tables out: OUT/articles, claims, entities, errors, run.json and datapackage.json."""
    from newsmine.extraction import Extractor, Options, describe, outcomes
    from newsmine.output import formats_of, prepare, write
    from newsmine.reading import find_sources

    with _told():
        wanted = formats_of(formats)
        if not inputs and files_from is None:
            raise UsageError("nothing to read: name files, folders, globs, - or --files-from LIST")
        options = Options(tuple(patterns or ()), tuple(domain or ()), encoding, host, metadata, text_key, text_column)
        found = find_sources(inputs or [], listed=files_from, skip=[out, *([metadata] if metadata else [])])
        extractor = Extractor(options)
        sources = extractor.reader.expand(found)[:limit]
        prepare(out, force=force)
        options = _surveyed(options, extractor, sources, out, quiet) if folder_stats else options
        extractor = Extractor(options)
        done = _progress(outcomes(sources, extractor), len(sources), quiet)
        shown = {**describe(options), "formats": list(wanted), "limit": limit, "text": text}
        kept = dict.fromkeys(name for source in sources for name in source.kept)
        summary = write(done, out, wanted, options=shown, patterns=extractor.digest, text=text, kept=kept)
    _tell(summary, out, quiet)
    raise typer.Exit(summary.exit_code)


@app.command()
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

    with _told():
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
    print_view(_console(), shown.text, shown.claims, shown.entities)
    if explained:
        _console().print(explained_table(explained))
    if not sys.stdout.isatty():
        for table, rows in (("claims", shown.claims), ("entities", shown.entities)):
            for row in rows:
                typer.echo(json_object({"table": table, **row}, ("table", *row)))
        for row in (e.row() for e in explained):
            typer.echo(json_object(row, row))


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
        typer.echo(say(f"Warning: {doubt}"), err=True)
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
            typer.echo(say(f"{len(drawn.rows)} of {drawn.population} claims -> {out}"), err=True)
            return
        found = sampling.judged(sampling.read_sheet(what))
    for line in [sampling.as_json(found)] if as_json else sampling.precision_lines(found):
        typer.echo(line)


@app.command()
def report(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that newsmine extract wrote.")],
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

    with _told():
        size = write_report(read_material(out, article), page)
    if not quiet:
        typer.echo(f"{size / 1e6:.1f} MB -> {page}", err=True)


@app.command()
def check(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that newsmine extract wrote.")],
    against: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Your own figures: a CSV with subject, metric, period, value and source."),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(metavar="SEVERITY", help="Status 1 for findings this serious or more: mismatch, doubt, ..."),
    ] = None,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="The language of the messages.")] = None,
    quiet: Quiet = False,
) -> None:
    """Do these figures hold together? Writes OUT/findings and says what does not fit, with its sentences."""
    from newsmine import checking
    from newsmine.writers import json_object

    with _told():
        language, failing = checking.language_of(lang), checking.severities_from(fail_on)
        total = checking.article_count(out)
        findings = checking.find(out, against, lambda articles: _progress(articles, total, quiet))
        rows = checking.write(out, findings)
    if not quiet:
        for line in (*checking.told_lines(findings, rows, language), *checking.summary_lines(findings, language)):
            typer.echo(line, err=True)
    for row in () if sys.stdout.isatty() else rows:
        typer.echo(json_object(row, row))
    raise typer.Exit(1 if any(f.severity in failing for f in findings) else 0)


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


def _existing(what: str) -> Path | None:
    """The file or folder of this name, if there is one; a text is too long or too strange for a name, and is none."""
    with suppress(OSError, ValueError):
        if what != "-" and os.path.lexists(what):
            return Path(what)
    return None


def _progress(done: Iterator[T], total: int | None, quiet: bool) -> Iterator[T]:
    from newsmine.progress import shown_when_long

    return done if quiet else shown_when_long(done, total, _console(), say("articles"))


def _surveyed(options: Options, extractor: Extractor, sources: Sequence[Source], out: Path, quiet: bool) -> Options:
    """The options with what was learnt of the whole folder, saved in OUT."""
    from dataclasses import replace

    from newsmine.progress import shown_when_long
    from newsmine.reading.survey import FILE

    read = iter(sources) if quiet else shown_when_long(iter(sources), len(sources), _console(), say("reading"))
    extractor.reader.survey(read).write(out / FILE)
    return replace(options, folder_stats=out / FILE)


def _tell(summary: Summary, out: Path, quiet: bool) -> None:
    if summary.errors:
        typer.echo(say(f"inputs that failed: {summary.errors}; {out / 'errors'}.* says why"), err=True)
    if not summary.articles:
        typer.echo(say("nothing could be processed: among the inputs is none that can be read"), err=True)
    elif not quiet:
        told = f"{summary.articles} articles, {summary.claims} claims, {summary.entities} entities -> {out}"
        typer.echo(say(told), err=True)
