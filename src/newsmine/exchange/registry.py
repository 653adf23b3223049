"""The formats by name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from newsmine.errors import OutputError, UsageError
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
    """Write what a run found into a file (brat: a folder) for another tool: whole, or not at all. UsageError where that
    is there already, OutputError where it cannot be written."""
    if form not in EXCHANGE:
        raise UsageError(f"--to {form}: no such format; there are {', '.join(EXCHANGE)}")
    chosen = EXCHANGE[form]
    if path.exists() and (chosen.folder or not force):
        hint = "remove it, or take another name" if chosen.folder else "--force overwrites it"
        raise UsageError(f"{path}: is there already; {hint}")
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        chosen.write(passages(folder), scratch)
        os.replace(scratch, path)
    except OSError as reason:
        raise OutputError(f"{path}: cannot be written: {reason.strerror or reason}") from None
    finally:
        _remove(scratch)


def _remove(path: Path) -> None:
    """Remove what an export that failed has left, a file or a folder."""
    if path.is_dir():
        shutil.rmtree(path)
    elif path.is_file():
        path.unlink()
