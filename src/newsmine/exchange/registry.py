"""The formats by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from newsmine.errors import UsageError
from newsmine.exchange.brat import write_brat
from newsmine.exchange.docbin import write_docbin
from newsmine.exchange.lines import write_claim_review, write_doccano, write_label_studio, write_web_annotation
from newsmine.exchange.marked import Passage, passages


@dataclass(frozen=True, slots=True)
class Exchange:
    """A format: what it is for, and what writes it (a file, or a folder where `folder`)."""

    meaning: str
    write: Callable[[Iterable[Passage], Path], None]
    folder: bool = False


EXCHANGE: dict[str, Exchange] = {
    "doccano": Exchange("JSONL to import into doccano (sequence labelling)", write_doccano),
    "label-studio": Exchange("JSON tasks with predictions for Label Studio", write_label_studio),
    "brat": Exchange("a folder of brat standoff files", write_brat, folder=True),
    "web-annotation": Exchange("a W3C Web Annotation page (JSON-LD)", write_web_annotation),
    "docbin": Exchange("a spaCy DocBin, to train on", write_docbin),
    "claim-review": Exchange("ClaimReview drafts (JSON-LD lines) for people to finish", write_claim_review),
}


def export(folder: Path, form: str, path: Path, *, force: bool = False) -> None:
    """Write what a run found into a file (brat: a folder) for another tool. UsageError where that is there already."""
    if form not in EXCHANGE:
        raise UsageError(f"--to {form}: no such format; there are {', '.join(EXCHANGE)}")
    chosen = EXCHANGE[form]
    if path.exists() and (chosen.folder or not force):
        hint = "remove it, or take another name" if chosen.folder else "--force overwrites it"
        raise UsageError(f"{path}: is there already; {hint}")
    path.parent.mkdir(parents=True, exist_ok=True)
    chosen.write(passages(folder), path)
