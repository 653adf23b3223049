"""A finding as the page shows it: what does not fit, and the sentences side by side with their figures marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsmine.reporting.material import Material
from newsmine.reporting.messages import word
from newsmine.reporting.segments import Segment, cut
from newsmine.tables import Row

SEVERITIES = ("mismatch", "doubt", "implied", "fits")
_OPEN = SEVERITIES[:2]  # what a reader wants to see first; the rest is there to be opened


@dataclass(frozen=True, slots=True)
class Side:
    """One sentence of a finding, in pieces, and where it stands."""

    segments: list[Segment]
    claim_id: str | None
    article: str | None
    publisher: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding with its sentences."""

    row: Row
    check: Mapping[str, str]
    message: Mapping[str, str]
    sides: list[Side]


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one severity."""

    severity: str
    name: Mapping[str, str]
    shown: bool
    findings: list[Finding]


def by_severity(findings: Sequence[Row]) -> dict[str, list[Row]]:
    """The findings of each severity, the gravest first."""
    found = {severity: [f for f in findings if f["severity"] == severity] for severity in SEVERITIES}
    for row in findings:
        if row["severity"] not in SEVERITIES:
            found.setdefault(str(row["severity"]), []).append(row)
    return {severity: rows for severity, rows in found.items() if rows}


def groups(material: Material) -> list[Group] | None:
    """All findings with their sentences; None where nobody looked for any."""
    if material.findings is None:
        return None
    claims = {c["claim_id"]: c for c in material.claims}
    return [
        Group(severity, word("severity", severity), severity in _OPEN, [_finding(row, claims) for row in rows])
        for severity, rows in by_severity(material.findings).items()
    ]


def _finding(finding: Row, claims: Mapping[str, Row]) -> Finding:
    """A side for every sentence: those of its claims, then those that it quotes besides."""
    own = [claims[i] for i in finding["claim_ids"] or () if i in claims]
    known = {_bare(c["sentence"]) for c in own}
    quoted = [s for s in finding["sentences"] or () if _bare(s) not in known]
    return Finding(
        finding,
        word("check", finding["check"]),
        {"zh": finding["message_zh"] or "", "en": finding["message_en"] or ""},
        [*_by_sentence(own), *(Side([Segment(s)], None, None, None, None) for s in quoted)],
    )


def _bare(sentence: str) -> str:
    """A sentence without its white space: findings quote line ends as spaces."""
    return "".join(sentence.split())


def _by_sentence(claims: list[Row]) -> list[Side]:
    """One side a sentence, all its figures of this finding marked."""
    grouped: dict[tuple[Any, ...], dict[int, Row]] = {}
    for number, claim in enumerate(claims):
        moved = {**claim, "start": claim["start"] - claim["sentence_start"], "sentence_start": 0, "metric_start": None}
        moved["end"] = claim["end"] - claim["sentence_start"]
        grouped.setdefault((claim["article_id"], claim["sentence_start"]), {})[number] = moved
    return [
        Side(
            cut(first["sentence"], rows, {}).segments,
            first["claim_id"],
            first["title"] or first["article_id"],
            first["publisher"],
            first["published"],
        )
        for rows in grouped.values()
        for first in [next(iter(rows.values()))]
    ]
