"""The words around a figure that say how exact it is, and the bounds that they give."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from newsmine.lexicon import FormIndex
from newsmine.numbers.numerals import Numeral
from newsmine.packs import Entry, Patterns
from newsmine.types import Number

_FARTHEST = 40  # characters before a figure in which its qualifier is looked for


class Qualifier:
    """Finds the `qualifier` entries beside a figure."""

    def __init__(self, patterns: Patterns) -> None:
        entries = patterns.stage("qualifier")
        self._before = FormIndex(e for e in entries if e.get("place") == "before")
        self._after = FormIndex(e for e in entries if e.get("place") == "after")
        self._money = FormIndex(
            e for e in patterns.stage("unit") if e.get("kind") == "money" and e.get("place") != "before"
        )
        self._gap = patterns.compiled(r"(?r)(?:{qualifier_gap})")
        self._basis = patterns.compiled(r"(?:{qualifier_of_basis})$")

    def before(self, folded: str, position: int) -> tuple[int, Entry] | None:
        """Where a qualifier that ends at `position` starts, and which."""
        return next(iter(self._before.ending(folded, position)), None)

    def beside(self, folded: str, start: int, end: int) -> bool:
        """Whether a qualifier ends where a figure starts, or starts where it ends."""
        behind = next(iter(self._after.starting(folded, end)), None)
        return behind is not None or self.before(folded, start) is not None

    def qualify(
        self, folded: str, start: int, end: int, number: Number, kind: str, numeral: Numeral
    ) -> tuple[int, int, Number]:
        """Start and end of the figure with the words that qualify it, and the number with the bounds that they give."""
        before = self._ahead(folded, start, kind, numeral)
        after = next((a for a in self._after.starting(folded, end) if _suits(a[1], kind, numeral)), None)
        outer = before[0] if before else start, after[0] if after else end
        chosen = (before or after) if number.qualifier == "exact" else None
        word = chosen[1].get("qualifier") if chosen else number.qualifier
        if before and after and number.qualifier == "exact" and before[1].get("qualifier") == "about":
            word = after[1].get("qualifier")
        return *outer, number if word == number.qualifier else _bounded(number, word)

    def _ahead(self, folded: str, start: int, kind: str, numeral: Numeral) -> tuple[int, Entry] | None:
        position = self._edge(folded, start, kind)
        for found in self._before.ending(folded, position):
            if _suits(found[1], kind, numeral):
                return found
        gap = self._gap.match(folded, max(0, position - _FARTHEST), position)
        if gap is not None:
            for found in self._before.ending(folded, gap.start()):
                if gap.start() - found[0] > 1 and _suits(found[1], kind, numeral):
                    return found
        return self._of_basis(folded, position) if kind in ("percent", "multiple") else None

    def _edge(self, folded: str, start: int, kind: str) -> int:
        """Where the figure begins for its qualifier: spaces, a line end and the name of a currency are left out."""
        while start and folded[start - 1] in " \n" and folded[start - 2 : start - 1] not in ("\n", "\u3002"):
            start -= 1
        if kind == "money":
            named = next(iter(self._money.ending(folded, start)), None)
            return named[0] if named else start
        return start

    def _of_basis(self, folded: str, position: int) -> tuple[int, Entry] | None:
        """A qualifier before what a share is of: less than the original third."""
        match = self._basis.search(folded, max(0, position - 20), position)
        if match is None:
            return None
        return self.before(folded, match.end("word"))


def _suits(entry: Entry, kind: str, numeral: Numeral) -> bool:
    kinds, needs = entry.get("kinds"), entry.get("needs", ())
    return (not kinds or kind in kinds) and ("scale" not in needs or numeral.has_scale or numeral.is_bare_scale)


def _bounded(number: Number, word: str) -> Number:
    low: Decimal | None = number.value if word in ("over", "at_least") else None
    high: Decimal | None = number.value if word in ("nearly", "under", "at_most") else None
    return replace(number, qualifier=word, low=low, high=high)
