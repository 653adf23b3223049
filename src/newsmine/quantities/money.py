"""The currency of a bare unit: that of the place that the article is about."""

from __future__ import annotations

import regex

from newsmine.lexicon import FormIndex
from newsmine.packs import Patterns

_DEFAULT = "CNY"


def local_currency(folded: str, patterns: Patterns, script: str) -> str:
    """ISO 4217 code that the article declares, else that of the place whose words it uses most.

    These words are the `cue` class money_place; CNY where none leads clearly. One such word is enough in a text in
    traditional characters, which mainland papers do not use.
    """
    declared = _declared(folded, patterns)
    if declared is not None:
        return declared
    counts = {
        entry.id.rsplit(".", 1)[-1].upper(): sum(folded.count(form) for form in entry.forms)
        for entry in patterns.stage("cue")
        if "money_place" in entry.get("class")
    }
    mainland = counts.pop("CNY", 0)
    name, number = max(counts.items(), key=lambda item: (item[1], item[0]), default=(_DEFAULT, 0))
    return name if number > (0 if script == "hant" else max(1, mainland)) else _DEFAULT


def _declared(folded: str, patterns: Patterns) -> str | None:
    """The currency that the article says it means from there on (US dollars, the same below), if it says so."""
    match = regex.search(patterns.expand(r"{same_below}"), folded)
    if match is None:
        return None
    units = FormIndex(e for e in patterns.stage("unit") if e.get("kind") == "money" and e.get("place") != "before")
    named = next((e.get("unit") for _, e in units.ending(folded, match.start())), None)
    return named if named != "LOCAL" else None
