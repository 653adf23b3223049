"""Planted contradictions: each case's articles with the contradiction and with its clean twin, checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import regex

from newsmine.checking import Finding, find
from newsmine.checking.findings import DOUBT, MISMATCH
from newsmine.extraction import Extractor
from newsmine.formats import open_writer
from newsmine.schema import TABLES

CASES = Path(__file__).resolve().parent / "checking"
MISSED = CASES / "missed.toml"

DOUBTS = (DOUBT, MISMATCH)

_PLANT = regex.compile(r"\{\{(?P<bad>[^|{}]*)\|(?P<good>[^|{}]*)\}\}")


@dataclass(frozen=True)
class Checked:
    """What the checks say of one case: the doubts that are about its contradiction, and all findings on its twin."""

    found: list[Finding]
    on_twin: list[Finding]

    @property
    def doubts_on_twin(self) -> list[Finding]:
        return [f for f in self.on_twin if f.severity in DOUBTS]


def cases() -> list[dict[str, Any]]:
    """All cases, check by check."""
    files = [path for path in sorted(CASES.glob("*.toml")) if path != MISSED]
    return [case for path in files for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]


def missed() -> dict[str, str]:
    """The cases that are not found yet, with the reason."""
    return tomllib.loads(MISSED.read_text(encoding="utf-8"))["missed"]


def checked(case: dict[str, Any], extractor: Extractor, folder: Path) -> Checked:
    """One case, both ways; `folder` is where its tables go."""
    bad, place = _texts(case, "bad")
    findings = _findings(bad, case["published"], extractor, folder / "bad")
    about = [f for f in findings if f.severity in DOUBTS and f.check in case["check"] and _holds(f, place)]
    good, _ = _texts(case, "good")
    return Checked(about, _findings(good, case["published"], extractor, folder / "good"))


def _texts(case: dict[str, Any], side: str) -> tuple[list[str], tuple[str, int]]:
    """The articles with one of the two readings, and where it stands (article, offset)."""
    texts, place = [], ("", 0)
    for number, text in enumerate(case["texts"]):
        planted = _PLANT.search(text.lstrip())
        if planted is not None:
            place = (f"{number:02}", planted.start())
        texts.append(_PLANT.sub(lambda m: m[side], text.lstrip()))
    return texts, place


def _findings(texts: list[str], published: list[str], extractor: Extractor, folder: Path) -> list[Finding]:
    """What the checks find in these articles, by way of tables on disk."""
    folder.mkdir(parents=True)
    writer = open_writer("jsonl", folder, TABLES)
    for number, (text, day) in enumerate(zip(texts, published, strict=True)):
        article = replace(extractor.reader.article(f"{number:02}", text), published=date.fromisoformat(day))
        result = extractor.analyzed(article)
        assert result.article is not None, result.errors
        writer.write("articles", [result.article])
        writer.write("claims", result.claims)
        writer.write("entities", result.entities)
    writer.close()
    return find(folder)


def _holds(finding: Finding, place: tuple[str, int]) -> bool:
    """Whether one of the finding's sentences holds the place."""
    article_id, at = place
    return any(
        f.article_id == article_id and f.sentence_start <= at < f.sentence_start + len(f.sentence)
        for f in finding.figures
    )


def measure(folder: Path) -> str:
    """How many contradictions are found and how many twins are clean, case by case."""
    extractor = Extractor()
    lines, found, clean, everything = [], 0, 0, cases()
    for case in everything:
        result = checked(case, extractor, folder / case["id"])
        found += bool(result.found)
        clean += not result.doubts_on_twin
        if not result.found or result.doubts_on_twin:
            on_twin = ", ".join(f"{f.check}: {f.said}" for f in result.doubts_on_twin)
            lines.append(f"{case['id']}: {'found' if result.found else 'missed'}; on the twin: {on_twin or 'nothing'}")
    total = len(everything)
    return "\n".join([*lines, f"found {found} of {total}; twins without a finding {clean} of {total}"])


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        print(measure(Path(name)))
