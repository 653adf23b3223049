"""Read pattern files into entries, with errors that name the file, the entry and the reason."""

from __future__ import annotations

import difflib
import hashlib
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import InvalidOperation
from pathlib import Path
from typing import Any

import regex

from newsmine.errors import PatternError
from newsmine.packs.model import MAX_REGEX, Entry, Field, Stage, convert
from newsmine.packs.stages import STAGES

_REFERENCE = regex.compile(r"\{([a-z][a-z0-9_.]*)\}")
_OWN = ("id", "forms", "regex", "examples", "rejects", "note")
_EXAMPLE_SEPARATOR = " | "


@dataclass(frozen=True)
class Patterns:
    """All entries of the packs in use, by stage and by id, and the hash that names this very set."""

    entries: dict[str, Entry]
    digest: str

    def stage(self, name: str) -> list[Entry]:
        return [e for e in self.entries.values() if e.stage == name]

    def expand(self, pattern: str, origin: str = "") -> str:
        """A regex with its {references} filled in: a macro, or the forms of a stage's class (`{cue.carrier}`)."""

        def fill(match: regex.Match[str]) -> str:
            name = match.group(1)
            for entry in self.stage("macro"):
                if entry.id.rsplit(".", 1)[-1] == name and entry.regex is not None:
                    return f"(?:{self.expand(entry.regex, entry.origin)})"
            forms = self.forms_of(name)
            if not forms:
                raise PatternError(f"{origin}: nothing is named {{{name}}}; define it in a macro.toml")
            return "(?:" + "|".join(regex.escape(f, special_only=True) for f in forms) + ")"

        return _REFERENCE.sub(fill, pattern)

    def forms_of(self, name: str) -> list[str]:
        """The forms of a stage (`idiom`) or of one class of it (`cue.carrier`), longest first."""
        stage, _, kind = name.partition(".")
        forms = {f for e in self.stage(stage) if not kind or kind in e.get("class", ()) for f in e.forms}
        return sorted(forms, key=lambda f: (-len(f), f))

    def compile(self, entry: Entry) -> regex.Pattern[str]:
        try:
            return regex.compile(self.expand(entry.regex or "", entry.origin))
        except regex.error as reason:
            raise PatternError(f"{entry.origin}: {entry.id}: the regex does not compile: {reason}") from None


def read_packs(folders: Iterable[Path], fold: Callable[[str], str] = str, only: str | None = None) -> Patterns:
    """Every entry of the folders (of the stage `only`), later ones overriding earlier ones with the same full id;
    forms and regexes folded."""
    entries: dict[str, Entry] = {}
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.iterdir() if p.suffix in (".tsv", ".toml")):
            if only is not None and path.name.split(".", 1)[0] != only:
                continue
            data = path.read_bytes()
            digest.update(f"{folder.name}/{path.name}\0{len(data)}\0".encode() + data)
            seen: dict[str, str] = {}
            for entry in _read_file(path, data, fold):
                if entry.id in seen:
                    raise PatternError(f"{entry.origin}: {entry.id} stands twice; first at {seen[entry.id]}")
                seen[entry.id] = entry.origin
                entries[entry.id] = entry
    return Patterns(entries, digest.hexdigest())


def _read_file(path: Path, data: bytes, fold: Callable[[str], str]) -> Iterator[Entry]:
    stage_name = path.name.split(".", 1)[0]
    where = f"{path.parent.name}/{path.name}"
    if stage_name not in STAGES:
        near = difflib.get_close_matches(stage_name, STAGES, 1)
        hint = f"; did you mean {near[0]}?" if near else f"; the stages are {', '.join(STAGES)}"
        raise PatternError(f"{where}: a file is named after its stage, and there is no stage {stage_name!r}{hint}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as reason:
        raise PatternError(f"{where}: not UTF-8: {reason}") from None
    rows = _toml_rows(text, where) if path.suffix == ".toml" else _tsv_rows(text, where)
    for line, row in rows:
        yield _entry(row, path.parent.name, stage_name, f"{where}:{line}", fold)


def _tsv_rows(text: str, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    header: list[str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = [c.strip() for c in cells]
            continue
        if len(cells) > len(header):
            raise PatternError(f"{where}:{number}: {len(cells)} cells, but the header has {len(header)}")
        row: dict[str, Any] = {k: c.strip() for k, c in zip(header, cells, strict=False) if c.strip()}
        row["forms"] = row.get("forms", row.get("id", "")).split()
        for key in ("examples", "rejects"):
            row[key] = [x.strip() for x in row.get(key, "").split(_EXAMPLE_SEPARATOR) if x.strip()]
        yield number, row


def _toml_rows(text: str, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as reason:
        raise PatternError(f"{where}: not TOML: {reason}") from None
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.strip() == "[[entry]]"]
    rows = table.pop("entry", [])
    if table:
        raise PatternError(f"{where}: entries stand under [[entry]]; found {next(iter(table))!r}")
    yield from zip(lines, rows, strict=True)


def _entry(row: dict[str, Any], pack: str, stage_name: str, origin: str, fold: Callable[[str], str]) -> Entry:
    stage = STAGES[stage_name]
    if not row.get("id"):
        raise PatternError(f"{origin}: an entry needs an id")
    full = row["id"] if "/" in row["id"] else f"{pack}/{stage_name}.{row['id']}"
    keep = str if stage.raw else fold
    entry = Entry(
        id=full,
        stage=stage_name,
        forms=tuple(keep(f) for f in row.get("forms", ())),
        regex=keep(row["regex"]) if "regex" in row else None,
        fields=_fields(row, stage, f"{origin}: {full}", keep),
        examples=tuple(row.get("examples", ())),
        rejects=tuple(row.get("rejects", ())),
        origin=origin,
    )
    _check(entry, stage, row)
    return entry


def _fields(row: dict[str, Any], stage: Stage, origin: str, fold: Callable[[str], str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in row.items():
        if name in _OWN:
            continue
        if name not in stage.fields:
            known = [*_OWN, *stage.fields]
            near = difflib.get_close_matches(name, known, 1)
            raise PatternError(
                f"{origin}: unknown field {name!r}; "
                + (f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}")
            )
        values[name] = _value(value, stage.fields[name], f"{origin}: {name}", fold)
    missing = [n for n, spec in stage.fields.items() if spec.required and n not in values]
    if missing:
        raise PatternError(f"{origin}: field {missing[0]!r} is missing")
    return values


def _value(value: Any, spec: Field, origin: str, fold: Callable[[str], str]) -> Any:
    try:
        converted = convert(value, spec)
    except (ValueError, InvalidOperation) as reason:
        raise PatternError(
            f"{origin}: {value!r} does not do; expected {reason if str(reason) else spec.type}"
        ) from None
    if not spec.folded:
        return converted
    return tuple(fold(v) for v in converted) if isinstance(converted, tuple) else fold(converted)


def _check(entry: Entry, stage: Stage, row: dict[str, Any]) -> None:
    where = f"{entry.origin}: {entry.id}"
    if entry.regex is None and not entry.forms and stage.takes != "nothing":
        raise PatternError(f"{where}: an entry needs forms or a regex")
    if entry.regex is not None and stage.takes == "forms":
        raise PatternError(f"{where}: entries of this stage have forms, not a regex")
    if "forms" in row and entry.regex is None and stage.takes == "regex":
        raise PatternError(f"{where}: entries of this stage have a regex, not forms")
    if entry.regex is not None and len(entry.regex) > MAX_REGEX:
        raise PatternError(
            f"{where}: the regex has {len(entry.regex)} characters; "
            f"split it (at most {MAX_REGEX}), or name parts in macro.toml"
        )
    if stage.needs_examples and not entry.examples:
        raise PatternError(f"{where}: an entry needs an example (the span that it finds marked with 【】)")
