"""What `newsmine show` shows: the rows of one text, or one claim out of a folder of tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from newsmine.errors import UsageError
from newsmine.explaining import Explained, explain
from newsmine.extraction import TEXT_ID, Extractor, Options
from newsmine.reading import READ_SUFFIXES, STDIN, Source, find_sources
from newsmine.stored import is_output, read_table
from newsmine.tables import Result, Row


@dataclass(frozen=True, slots=True)
class Shown:
    """A text (empty where only a sentence of it is at hand) and its rows."""

    text: str
    claims: list[Row] = field(default_factory=list)
    entities: list[Row] = field(default_factory=list)


def text_rows(what: str, file: Path | None, options: Options) -> Shown:
    """The rows of a text, of a file, or of what comes on stdin (`-`)."""
    if file is None and _named_like_a_file(what):
        raise UsageError(f"{what}: no such file")
    extractor = Extractor(options)
    if file is None and what != STDIN:
        return _shown(extractor.analyzed(extractor.reader.article(TEXT_ID, what)))
    sources: list[Source] = extractor.reader.expand(find_sources([what if file is None else file]))
    return _shown(extractor.outcome(sources[0]).result)


def explained_rows(what: str, file: Path | None, options: Options) -> list[Explained]:
    """Why each figure of a text or a file has its metric and its subject."""
    if what == STDIN:
        raise UsageError("--explain reads the text twice: give a file or the text itself, not -")
    extractor = Extractor(options)
    if file is None:
        return explain(extractor.analyzer, extractor.reader.article(TEXT_ID, what))
    source = extractor.reader.expand(find_sources([file]))[0]
    return explain(extractor.analyzer, extractor.reader.read(source, extractor.reader.load(source)))


def stored_rows(folder: Path, claim_id: str | None) -> Shown:
    """One claim of a folder of tables, with the other claims and the names of its sentence."""
    if not is_output(folder):
        raise UsageError(
            f"{folder}: a folder, but not one that newsmine extract wrote; give a text, a file, or such a folder"
        )
    if claim_id is None:
        raise UsageError(f"{folder}: say which claim: newsmine show {folder} --claim ID (the column claim_id)")
    claim = next((c for c in read_table(folder, "claims") if c["claim_id"] == claim_id), None)
    if claim is None:
        raise UsageError(f"{folder}: no claim {claim_id!r} in its claims table")
    start, end = claim["sentence_start"], claim["sentence_start"] + len(claim["sentence"])
    entities = [
        e
        for e in read_table(folder, "entities")
        if e["article_id"] == claim["article_id"] and start <= e["start"] and e["end"] <= end
    ]
    return Shown("", [claim], entities)


def _named_like_a_file(what: str) -> bool:
    """Whether somebody meant a file: an ASCII name with a suffix, and nothing that could be read as Chinese."""
    return what.isascii() and not any(map(str.isspace, what)) and Path(what).suffix.lower() in READ_SUFFIXES


def _shown(result: Result) -> Shown:
    if result.article is None:
        raise UsageError("; ".join(f"{e['path']}: {e['message']}" for e in result.errors))
    return Shown(str(result.article["text"]), result.claims, result.entities)
