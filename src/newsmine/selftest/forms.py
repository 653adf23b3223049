"""Forms that can do nothing: said twice, claimed by another pack, or never found as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsmine.packs import Entry
from newsmine.packs.stages import STAGES
from newsmine.selftest.examples import SelfTest, unmark
from newsmine.selftest.finding import Finding

# Stages whose forms are looked up by themselves, so that one in the place of another in an example must be found too.
_ALONE = ("unit", "time")


def repeated_forms(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Forms that stand twice in an entry, once they are folded."""
    for entry in entries:
        if STAGES[entry.stage].raw:
            continue
        twice = sorted({f for f in entry.forms if entry.forms.count(f) > 1})
        if twice:
            yield Finding(
                entry.origin, entry.id, f"stands twice: {' '.join(twice)}",
                "once will do (traditional forms are folded at load)", warning=True,
            )  # fmt: skip


def claimed_forms(own: Iterable[Entry], others: Iterable[Entry]) -> Iterator[Finding]:
    """Forms that an entry of another pack has for the same purpose."""
    known: dict[tuple[str, str], list[Entry]] = {}
    for entry in others:
        for form in entry.forms:
            known.setdefault((entry.stage, form), []).append(entry)
    for entry in own:
        claims: dict[str, list[str]] = {}
        for form in dict.fromkeys(entry.forms):
            for other in known.get((entry.stage, form), ()):
                if _pack(other) != _pack(entry) and other.id != entry.id and _alike(entry, other):
                    claims.setdefault(other.id, []).append(form)
        for other_id, forms in claims.items():
            yield Finding(
                entry.origin, entry.id, f"{other_id} has it too: {' '.join(forms)}",
                f"leave it out, or give the entry the id {other_id} to replace that one whole", warning=True,
            )  # fmt: skip


def dead_forms(entries: Iterable[Entry], test: SelfTest) -> Iterator[Finding]:
    """Forms that are not found where an example of their entry has another, and cue words that jieba cuts apart."""
    for entry in entries:
        if entry.stage == "cue":
            dead = [f for f in entry.forms if not test.is_word(f)]
            hint = "write the words that it is cut into"
        elif entry.stage in _ALONE:
            dead = [f for f in entry.forms if _is_dead(entry, f, test)]
            hint = "another entry takes it first, or its fields forbid it there; show it in an example, or leave it out"
        else:
            continue
        if dead:
            yield Finding(entry.origin, entry.id, f"never found: {' '.join(dead)}", hint, warning=True)


def _is_dead(entry: Entry, form: str, test: SelfTest) -> bool:
    """Whether the form is found in no example of its entry, put where the example has one of the entry's forms."""
    tried = False
    for example in entry.examples:
        marked = unmark(example)
        if marked is None:
            continue
        text, span = marked
        inside = text[span.start : span.end]
        said = next((f for f in sorted(entry.forms, key=len, reverse=True) if f in inside), None)
        if said is None:
            continue
        tried = True
        changed = inside.replace(said, form)
        hits = test.hits(entry, text[: span.start] + changed + text[span.end :])
        if (span.start, span.start + len(changed)) in hits:
            return False
    return tried


def _pack(entry: Entry) -> str:
    return entry.origin.split("/", 1)[0]


def _alike(entry: Entry, other: Entry) -> bool:
    """Whether two entries use a form for the same: a class or label in common, where their stage has such."""
    for name in ("class", "label", "qualifier", "role", "field"):
        mine, theirs = _values(entry, name), _values(other, name)
        if mine and theirs and mine.isdisjoint(theirs):
            return False
    return True


def _values(entry: Entry, name: str) -> frozenset[str]:
    value = entry.get(name, ())
    return frozenset((value,) if isinstance(value, str) else value)
