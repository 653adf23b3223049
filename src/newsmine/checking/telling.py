"""Findings in the terminal: what does not fit, with its sentences, and how many of each there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from newsmine.checking.findings import DOUBT, MISMATCH, SEVERITIES, Finding, label, message
from newsmine.errors import UsageError
from newsmine.tables import Row


def told_lines(findings: Sequence[Finding], rows: Sequence[Row], language: str) -> Iterator[str]:
    """Doubts and mismatches: where, what, and the sentences that it stands in."""
    for finding, row in zip(findings, rows, strict=True):
        if finding.severity in (MISMATCH, DOUBT):
            yield f"[{label(finding.severity, language)}] {'; '.join(row['article_ids'])} ({finding.check})"
            yield f"  {message(finding, language)}"
            yield from (f"    > {sentence}" for sentence in row["sentences"])


def summary_lines(findings: Sequence[Finding], language: str) -> Iterator[str]:
    """How many findings there are, by severity and check."""
    for severity in reversed(SEVERITIES):
        counts = Counter(f.check for f in findings if f.severity == severity)
        if counts:
            by_check = ", ".join(f"{check} {number}" for check, number in sorted(counts.items()))
            yield f"{label(severity, language)}: {counts.total()} ({by_check})"


def severities_from(least: str | None) -> tuple[str, ...]:
    """The severities from the least one asked for up; none where none is asked for."""
    if least is None:
        return ()
    if least not in SEVERITIES:
        raise UsageError(f"--fail-on {least}: no such severity; there are {', '.join(SEVERITIES)}")
    return SEVERITIES[SEVERITIES.index(least) :]
