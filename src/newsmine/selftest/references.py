"""What entries name must be there: labels, classes of cue words, the entries that they replace."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

import regex

from newsmine.packs import Entry, Patterns
from newsmine.selftest.finding import Finding

_CLASS = regex.compile(r"\{cue\.(\w+)\}")
_ELEMENT = regex.compile(r"[a-z_]+")


def unknown_labels(patterns: Patterns, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Entries with a label that no pack declares."""
    declared = sorted(e.id.rsplit(".", 1)[-1] for e in patterns.stage("label"))
    for entry in entries:
        labels = entry.get("label", ())
        for label in (labels,) if isinstance(labels, str) else labels:
            if label not in declared:
                hint = near(label, declared) or f"declare it in a label.toml; there are {', '.join(declared)}"
                yield Finding(entry.origin, entry.id, f"no label {label!r}", hint)


def unknown_classes(known: Patterns, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Cue words of a class that no other pack has and no regex or clause pattern asks for: no stage will read them."""
    classes = {c for e in known.stage("cue") for c in e.get("class")}
    mine = list(entries)
    asked = {c for e in (*known.entries.values(), *mine) if e.regex for c in _CLASS.findall(e.regex)}
    asked |= {c for e in mine for c in _ELEMENT.findall(e.get("pattern", ""))}
    for entry in mine:
        for name in entry.get("class") if entry.stage == "cue" else ():
            if name not in classes | asked:
                hint = near(name, sorted(classes)) or "newsmine patterns list core/cue shows those that are read"
                yield Finding(entry.origin, entry.id, f"no stage reads the class {name!r}", hint)


def wrong_overrides(earlier: Patterns, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Entries with the full id of another pack that replace nothing there, or something of another stage."""
    for entry in entries:
        if entry.id.split("/", 1)[0] == entry.origin.split("/", 1)[0]:
            continue
        replaced = earlier.entries.get(entry.id)
        if replaced is None:
            hint = near(entry.id, list(earlier.entries)) or "write an id without / for an entry of your own"
            yield Finding(entry.origin, entry.id, "replaces nothing: no pack has an entry of this id", hint)
        elif replaced.stage != entry.stage:
            yield Finding(
                entry.origin, entry.id, f"would replace an entry of the stage {replaced.stage}",
                f"put it into a file {replaced.stage}.*",
            )  # fmt: skip


def near(name: str, known: list[str]) -> str:
    """The known name that was probably meant, as a suggestion; '' where none is like it."""
    found = difflib.get_close_matches(name, known, 1)
    return f"did you mean {found[0]}?" if found else ""
