"""The currency of a bare unit: that of the place that the article is about."""

from __future__ import annotations

from newsmine.lexicon import FormIndex
from newsmine.packs import Patterns

_DEFAULT = "CNY"


class LocalCurrency:
    """Tells what a bare unit of money means in an article: an ISO 4217 code."""

    def __init__(self, patterns: Patterns) -> None:
        places = [e for e in patterns.stage("cue") if "money_place" in e.get("class")]
        self._places = {e.id.rsplit(".", 1)[-1].upper(): e.forms for e in places}
        self._same_below = patterns.compiled(r"{same_below}")
        self._units = FormIndex(
            e for e in patterns.stage("unit") if e.get("kind") == "money" and e.get("place") != "before"
        )

    def __call__(self, folded: str, script: str) -> str:
        """The currency that the article declares, else that of the place whose words it uses most.

        These words are the `cue` class money_place; CNY where none leads clearly. One such word is enough in a text in
        traditional characters, which mainland papers do not use.
        """
        declared = self._declared(folded)
        if declared is not None:
            return declared
        counts = {code: sum(map(folded.count, forms)) for code, forms in self._places.items()}
        mainland = counts.pop("CNY", 0)
        name, number = max(counts.items(), key=lambda item: (item[1], item[0]), default=(_DEFAULT, 0))
        return name if number > (0 if script == "hant" else max(1, mainland)) else _DEFAULT

    def _declared(self, folded: str) -> str | None:
        """The currency that the article says it means from there on (US dollars, the same below), if it says so."""
        match = self._same_below.search(folded)
        if match is None:
            return None
        named = next((e.get("unit") for _, e in self._units.ending(folded, match.start())), None)
        return named if named != "LOCAL" else None
