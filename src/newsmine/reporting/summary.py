"""The cards at the head of the page: how much there is of everything, and one line about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsmine.reporting.material import Material
from newsmine.reporting.messages import LANGUAGES, said, word
from newsmine.reporting.sides import by_severity

_JOINER = "\u2060"  # keeps a line from breaking inside a date


@dataclass(frozen=True, slots=True)
class Card:
    """One figure of the summary, and the section that it leads to."""

    section: str
    count: int | None
    name: Mapping[str, str]
    note: Mapping[str, str]


def cards(material: Material) -> list[Card]:
    """Articles, claims, entities, findings, failures."""
    names = {(e["label"], e["name"]) for e in material.entities}
    targets = sum(c["status"] == "target" for c in material.claims)
    findings = material.findings
    return [
        Card("articles", len(material.articles), said("card.articles"), _dates(material)),
        Card("claims", len(material.claims), said("card.claims"), said("card.targets", n=f"{targets:,}")),
        Card("names", len(names), said("card.entities"), said("card.mentions", n=f"{len(material.entities):,}")),
        Card("findings", None if findings is None else len(findings), said("card.findings"), _findings(material)),
        Card(
            "errors",
            len(material.errors),
            said("card.errors"),
            said("card.see_reasons" if material.errors else "card.all_read"),
        ),
    ]


def _dates(material: Material) -> Mapping[str, str]:
    days = sorted({a["published"] for a in material.articles if a["published"]})
    if not days:
        return said("card.undated")
    first, last = (days[n].replace("-", f"-{_JOINER}") for n in (0, -1))
    return said("card.dates" if len(days) > 1 else "card.date", first=first, last=last)


def _findings(material: Material) -> Mapping[str, str]:
    if material.findings is None:
        return said("card.not_checked")
    if not material.findings:
        return said("card.no_findings")
    counted = [(word("severity", severity), len(rows)) for severity, rows in by_severity(material.findings).items()]
    return {language: " · ".join(f"{name[language]} {n:,}" for name, n in counted) for language in LANGUAGES}
