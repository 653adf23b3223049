"""What a check finds, and how it is told: severities, messages in two languages, rows of the findings table."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from importlib import resources
from typing import Any

from newsmine.checking.amounts import Amount
from newsmine.checking.figures import Figure
from newsmine.tables import Row, short_hash

FITS, IMPLIED, DOUBT, MISMATCH = "fits", "implied", "doubt", "mismatch"
# From the least to the most serious. fits: the figures agree; implied: what follows from them, with nothing stated to
# hold against it; doubt: odd, and maybe right; mismatch: they cannot all hold as they are told.
SEVERITIES = (FITS, IMPLIED, DOUBT, MISMATCH)
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: which check, how serious, the figures it is about, what the text says and what was expected.

    `message` names the text in messages/check.toml (the check's own, unless it has several); `values` fill it.
    """

    check: str
    severity: str
    figures: tuple[Figure, ...]
    said: str
    expected: str | Amount
    message: str = ""
    values: dict[str, str] = field(default_factory=dict)

    @property
    def order(self) -> tuple[str, int, str, tuple[str, ...]]:
        first = self.figures[0]
        return first.article_id, first.start, self.check, tuple(f.claim_id for f in self.figures)


def finding_row(finding: Finding) -> Row:
    """The row of the findings table."""
    figures = finding.figures
    claim_ids = [f.claim_id for f in figures]
    return {
        "finding_id": short_hash(finding.check, finding.said, finding.expected, *claim_ids),
        "check": finding.check,
        "severity": finding.severity,
        "article_ids": list(dict.fromkeys(f.article_id for f in figures)),
        "claim_ids": claim_ids,
        "said": finding.said,
        "expected": str(finding.expected),
        **{f"message_{language}": message(finding, language) for language in LANGUAGES},
        "sentences": _sentences(figures),
    }


def message(finding: Finding, language: str) -> str:
    """What is found, in words."""
    texts: dict[str, str] = _messages()[finding.message or f"{finding.check}_{finding.severity}"]
    figures = [f.text for f in finding.figures]
    return texts[language].format(
        said=finding.said,
        expected=told(finding.expected, language),
        first=figures[0],
        last=figures[-1],
        **finding.values,
    )


def told(expected: str | Amount, language: str) -> str:
    """What was expected, in words."""
    if isinstance(expected, str):
        return expected
    words = _messages()["amount"][language]
    scales = [(word, Decimal(value)) for word, value in words["scales"]]
    return expected.told(scales, words["units"], apart=words["apart"])


def label(name: str, language: str) -> str:
    """A word of the interface."""
    return str(_messages()["label"][name][language])


def _sentences(figures: Sequence[Figure]) -> list[str]:
    places = dict.fromkeys((f.article_id, f.sentence_start, str(f.row["sentence"])) for f in figures)
    return [" ".join(sentence.split()) for _, _, sentence in places]


@functools.cache
def _messages() -> dict[str, Any]:
    text = (resources.files("newsmine") / "messages" / "check.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
