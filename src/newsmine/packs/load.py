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
from newsmine.packs.guarded import guarded
from newsmine.packs.model import MAX_REGEX, Entry, Field, Stage, convert
from newsmine.packs.root import pattern_files, patterns_root
from newsmine.packs.stages import STAGES

_REFERENCE = regex.compile(r"\{([a-z][a-z0-9_.]*)\}")
_OWN = ("id", "forms", "regex", "examples", "rejects", "note")
_EXAMPLE_SEPARATOR = " | "
_ENTRY = regex.compile(r"\s*\[\[\s*entry\s*\]\]")


@dataclass(frozen=True)
class Patterns:
    """All entries of the packs in use, by stage and by id, and the hash that names this very set."""

    entries: dict[str, Entry]
    digest: str
    # Whether regexes are among them that did not come with newsmine.
    guarded: bool = False

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

    def compiled(self, pattern: str, origin: str = "") -> regex.Pattern[str]:
        """A regex with its references filled in, compiled; under a timeout where a pack of somebody else has a regex,
        which any of them may refer to."""
        compiled = regex.compile(self.expand(pattern, origin))
        return guarded(compiled) if self.guarded else compiled

    def compile(self, entry: Entry) -> regex.Pattern[str]:
        try:
            return self.compiled(entry.regex or "", entry.origin)
        except regex.error as reason:
            raise PatternError(f"{entry.origin}: {entry.id}: the regex does not compile: {reason}") from None


def read_packs(
    folders: Iterable[Path],
    fold: Callable[[str], str] = str,
    only: str | None = None,
    faults: list[PatternError] | None = None,
) -> Patterns:
    """Every entry of the folders (of the stage `only`), later ones overriding earlier ones with the same full id;
    forms and regexes folded. What is wrong goes into `faults` and its entry is left out; without that it is raised."""
    entries: dict[str, Entry] = {}
    digest = hashlib.sha256()
    own, foreign = patterns_root(), False
    for folder in folders:
        seen: dict[str, str] = {}
        for path in pattern_files(folder):
            if only is not None and _stage_of(path) != only:
                continue
            data = path.read_bytes()
            digest.update(f"{folder.name}/{path.name}\0{len(data)}\0".encode() + data)
            for entry in _read_file(path, data, fold, faults):
                if entry.id in seen:
                    _tell(
                        PatternError(
                            f"{entry.origin}: {entry.id}: the id stands twice, first at {seen[entry.id]}; "
                            "give one of them another id"
                        ),
                        faults,
                    )
                    continue
                seen[entry.id] = entry.origin
                entries[entry.id] = entry
                foreign = foreign or (entry.regex is not None and folder.parent != own)
    return Patterns(entries, digest.hexdigest(), foreign)


def _tell(reason: PatternError, faults: list[PatternError] | None) -> None:
    if faults is None:
        raise reason
    faults.append(reason)


def _stage_of(path: Path) -> str:
    return path.name.split(".", 1)[0]


def _read_file(
    path: Path, data: bytes, fold: Callable[[str], str], faults: list[PatternError] | None
) -> Iterator[Entry]:
    where = f"{path.parent.name}/{path.name}"
    try:
        rows = list(_rows(path, data, where))
    except PatternError as reason:
        _tell(reason, faults)
        return
    for line, row in rows:
        try:
            entry = _entry(row, path.parent.name, _stage_of(path), f"{where}:{line}", fold)
        except PatternError as reason:
            _tell(reason, faults)
            continue
        yield entry


def _rows(path: Path, data: bytes, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a file with their lines."""
    stage_name = _stage_of(path)
    if stage_name not in STAGES:
        near = difflib.get_close_matches(stage_name, STAGES, 1)
        hint = f"; did you mean {near[0]}?" if near else f"; the stages are {', '.join(STAGES)}"
        raise PatternError(f"{where}: a file is named after its stage, and there is no stage {stage_name!r}{hint}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise PatternError(f"{where}: not UTF-8 ({reason}); save it as UTF-8") from None
    yield from _toml_rows(text, where) if path.suffix == ".toml" else _tsv_rows(text, where)


def _tsv_rows(text: str, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    header: list[str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = [c.strip() for c in cells]
            if len(header) == 1 and " " in header[0]:
                raise PatternError(f"{where}:{number}: the header is one cell; part the columns by tabs, not spaces")
            continue
        if len(cells) > len(header):
            raise PatternError(
                f"{where}:{number}: {len(cells)} cells, but the header has {len(header)}; several forms in a cell are "
                "parted by spaces"
            )
        row: dict[str, Any] = {k: c.strip() for k, c in zip(header, cells, strict=False) if c.strip()}
        row["forms"] = row.get("forms", row.get("id", "")).split()
        for key in ("examples", "rejects"):
            row[key] = [x.strip() for x in row.get(key, "").split(_EXAMPLE_SEPARATOR) if x.strip()]
        yield number, row


def _toml_rows(text: str, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as reason:
        raise PatternError(f"{where}: not TOML ({reason}); mend that line") from None
    rows = table.pop("entry", [])
    if table or not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        found = next(iter(table), "entry")
        raise PatternError(f"{where}: found {found!r}; every entry stands under a line [[entry]]")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _ENTRY.match(line)]
    yield from zip(lines if len(lines) == len(rows) else [1] * len(rows), rows, strict=True)


def _entry(row: dict[str, Any], pack: str, stage_name: str, origin: str, fold: Callable[[str], str]) -> Entry:
    stage = STAGES[stage_name]
    if not row.get("id"):
        raise PatternError(f"{origin}: an entry needs an id; give it a short name of its own")
    _check_types(row, origin)
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


def _check_types(row: dict[str, Any], origin: str) -> None:
    """In TOML a value has a type: a word where a list of words belongs would be taken for its characters."""
    for name in ("forms", "examples", "rejects"):
        value = row.get(name, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise PatternError(f'{origin}: {row["id"]}: {name}: {value!r} is no list of texts; write ["..."]')
    for name in ("id", "regex"):
        if not isinstance(row.get(name, ""), str):
            raise PatternError(f"{origin}: {row['id']}: {name}: {row[name]!r} is no text; put it in quotes")


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
