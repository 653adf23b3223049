"""How right the tables are, and how they differ: `newsmine score`, `newsmine sample`, `newsmine diff`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsmine.commands.common import AsJson, Out
from newsmine.console import told
from newsmine.messages import say


def score(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="A folder with <article_id>.json files, or brat's; a doccano .jsonl.")
    ],
    out: Out,
    as_json: AsJson = False,
    errors: Annotated[int, typer.Option(min=0, metavar="N", help="Show up to N wrong rows of each measure.")] = 0,
    only: Annotated[list[str] | None, typer.Option(metavar="ID", help="This article alone; repeatable.")] = None,
) -> None:
    """How right OUT is: precision, recall and F1 of its tables against your own gold."""
    from newsmine import scoring

    with told():
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

    with told():
        if what.is_dir():
            drawn = sampling.write_sample(what, out, size, seed, force=force)
            typer.echo(say(f"{len(drawn.rows)} of {drawn.population} claims -> {out}"), err=True)
            return
        found = sampling.judged(sampling.read_sheet(what))
    for line in [sampling.as_json(found)] if as_json else sampling.precision_lines(found):
        typer.echo(line)


def diff(
    one: Annotated[Path, typer.Argument(metavar="OUT1", help="The tables of one run.")],
    other: Annotated[Path, typer.Argument(metavar="OUT2", help="The tables of another run.")],
    rows: Annotated[int, typer.Option("-n", "--rows", min=0, metavar="N", help="Show so many rows a table.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print every difference as a JSON object a line.")] = False,
) -> None:
    """What changed between two runs: rows gained, lost and changed, and in which columns."""
    from newsmine import comparing

    with told():
        found = comparing.differences(one, other)
        for line in map(comparing.as_json, found) if as_json else comparing.summary_lines(found, rows):
            typer.echo(line)
