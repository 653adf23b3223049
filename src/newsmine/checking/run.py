"""All checks over a folder of tables, and the findings table beside them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from newsmine.checking import (
    across,
    ages,
    average,
    base,
    change,
    changes,
    future,
    headline,
    limits,
    multiple,
    parts,
    points,
    reference,
    repetition,
    shares,
    yearly,
)
from newsmine.checking.figures import ArticleFigures, read_figures
from newsmine.checking.findings import Finding, finding_row
from newsmine.checking.knowledge import Knowledge, knowledge
from newsmine.formats import open_writer, table_file
from newsmine.manifest import add_to_package
from newsmine.schema import FINDINGS
from newsmine.stored import stored_formats
from newsmine.tables import Row

Check = Callable[[ArticleFigures, Knowledge], Iterator[Finding]]

CHECKS: tuple[Check, ...] = tuple(
    module.check
    for module in (
        change,
        changes,
        base,
        multiple,
        parts,
        shares,
        yearly,
        average,
        ages,
        headline,
        repetition,
        limits,
        points,
        future,
    )
)


def find(
    folder: Path,
    against: Path | None = None,
    watch: Callable[[Iterator[ArticleFigures]], Iterator[ArticleFigures]] = iter,
) -> list[Finding]:
    """What the checks find in a folder that `newsmine extract` wrote, by article and place.

    `against`: a CSV of reference figures (see `newsmine.checking.reference`). `watch`: sees the articles go by. Raises
    UsageError where the folder or the file cannot be read.
    """
    known = knowledge()
    references = reference.References(against, known) if against is not None else None
    index = across.Index(known)
    found: list[Finding] = []
    for article in watch(read_figures(folder, known)):
        index.add(article)
        for check in CHECKS:
            found += check(article, known)
        if references is not None:
            found += references.check(article)
    found += index.findings()
    return sorted(found, key=lambda f: f.order)


def write(folder: Path, findings: list[Finding]) -> list[Row]:
    """Write the findings table into the folder, in the formats of its other tables."""
    rows = [finding_row(f) for f in findings]
    formats = stored_formats(folder)
    for form in formats:
        _write(form, folder, rows)
    add_to_package(folder, formats, FINDINGS)
    return rows


def _write(form: str, folder: Path, rows: list[Row]) -> None:
    """The table in one format: there whole, or not at all."""
    name = table_file(form, FINDINGS.name)
    with tempfile.TemporaryDirectory(prefix=".findings-", dir=folder) as scratch:
        writer = open_writer(form, Path(scratch), {FINDINGS.name: FINDINGS})
        try:
            writer.write(FINDINGS.name, rows)
            writer.close()
        except BaseException:
            writer.discard()
            raise
        os.replace(Path(scratch) / name, folder / name)
