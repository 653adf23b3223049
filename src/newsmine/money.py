"""The currency of a bare unit: that of the place that the article is about."""

from __future__ import annotations

from newsmine.packs import Patterns

_DEFAULT = "CNY"


def local_currency(folded: str, patterns: Patterns, script: str) -> str:
    """ISO 4217 code of the place whose words (`cue` class money_place) the article uses most; CNY where none leads clearly.

    One such word is enough in a text in traditional characters, which mainland papers do not use.
    """
    counts = {
        entry.id.rsplit(".", 1)[-1].upper(): sum(folded.count(form) for form in entry.forms)
        for entry in patterns.stage("cue")
        if "money_place" in entry.get("class")
    }
    mainland = counts.pop("CNY", 0)
    name, number = max(counts.items(), key=lambda item: (item[1], item[0]), default=(_DEFAULT, 0))
    return name if number > (0 if script == "hant" else max(1, mainland)) else _DEFAULT
