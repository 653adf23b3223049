"""All checks of pattern files, in the order in which one mends them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from newsmine.errors import PatternError
from newsmine.fold import Folder, folder
from newsmine.packs import Entry, Patterns, read_packs
from newsmine.selftest.clauses import link_findings
from newsmine.selftest.examples import SelfTest
from newsmine.selftest.finding import Finding, of_error
from newsmine.selftest.forms import claimed_forms, dead_forms, repeated_forms
from newsmine.selftest.references import unknown_classes, unknown_labels, wrong_overrides
from newsmine.selftest.regexes import regex_findings


def check(folders: Sequence[Path], own: Sequence[Path] = ()) -> list[Finding]:
    """What is to be said of the packs of these folders: of those in `own` alone, where some are given, and of what
    they do to the others. Examples are run when the files are sound."""
    faults: list[PatternError] = []
    fold = _fold(folders)
    packs = {f: read_packs([f], fold, faults=faults) for f in folders}
    # Later entries replace earlier ones with their id.
    patterns = _together([packs[f] for f in folders])
    mine = [e for f in (own or folders) for e in packs[f].entries.values()]
    rest = _together([packs[f] for f in folders if f not in own])
    findings = [of_error(reason) for reason in faults]
    findings += _of_files(patterns, rest, mine)
    if any(not f.warning for f in findings):
        return findings
    in_force = [e for e in mine if patterns.entries[e.id] is e]
    test = SelfTest(patterns, fold)
    findings += list(test.run(in_force))
    findings += list(dead_forms(in_force, test))
    return findings + (list(_broken(patterns, rest, test, fold)) if own else [])


def _fold(folders: Sequence[Path]) -> Folder:
    """The folding of these packs; the packaged one where theirs cannot be read, which is then told with the rest."""
    try:
        return folder(tuple(folders))
    except PatternError:
        return folder()


def _together(packs: Sequence[Patterns]) -> Patterns:
    entries = dict(chain.from_iterable(p.entries.items() for p in packs))
    return Patterns(entries, "", any(p.guarded for p in packs))


def _of_files(patterns: Patterns, rest: Patterns, mine: Sequence[Entry]) -> list[Finding]:
    """What can be said without running anything."""
    return [
        *wrong_overrides(rest, mine),
        *unknown_labels(patterns, mine),
        *unknown_classes(rest, mine),
        *regex_findings(patterns, mine),
        *link_findings(patterns, mine),
        *repeated_forms(mine),
        *claimed_forms(mine, rest.entries.values()),
    ]


def _broken(patterns: Patterns, rest: Patterns, test: SelfTest, fold: Folder) -> Iterator[Finding]:
    """Examples of the other packs that hold without the user's own pack and no longer do with it."""
    failed = list(test.run(e for i, e in rest.entries.items() if patterns.entries[i] is e))
    entries = [rest.entries[i] for i in dict.fromkeys(f.id for f in failed)]
    before = {(f.id, f.message) for f in SelfTest(rest, fold).run(entries)} if entries else set()
    for finding in failed:
        if (finding.id, finding.message) not in before:
            yield Finding(
                finding.origin, finding.id, f"with this pack, {finding.message}",
                "narrow the entry of yours that claims this text (not_before, not_after, a longer form)",
            )  # fmt: skip
