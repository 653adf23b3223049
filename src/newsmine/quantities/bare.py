"""What the words around a number without a unit tell of it: an age, money, a size, a count of what follows."""

from __future__ import annotations

from decimal import Decimal

import regex

from newsmine.packs import Patterns

_BEFORE = 14  # characters before a number that are looked at
_OLDEST = 130


class Surroundings:
    """The words beside numbers without a unit (the macros age_*, money_after, dimension*, score_*,
    part_of_unit, counted, counted_before)."""

    def __init__(self, patterns: Patterns) -> None:
        def piece(name: str, end: str = "") -> regex.Pattern[str]:
            return patterns.compiled(f"(?:{{{name}}}){end}")

        self._age_before, self._age_after = piece("age_before", "$"), piece("age_after")
        self._age_sure = piece("age_sure")
        self._money_after = piece("money_after")
        self._first, self._second = piece("dimension_first"), piece("dimension")
        self._more = piece("product")
        self._part = piece("part_of_unit")
        self._counted, self._counted_before = piece("counted"), piece("counted_before", "$")
        self._score_first = patterns.compiled("(?:{score_mark})(?:{score_other})(?:{score_end})")
        self._score_second = patterns.compiled("(?:{score_start})(?:{score_other})(?:{score_mark})$")
        self._score_close = piece("score_close")
        self._score_start, self._score_end = piece("score_start"), piece("score_end")
        self._score_before, self._score_after = piece("score_before", "$"), piece("score_after")

    def is_age(self, folded: str, start: int, end: int, value: Decimal | None) -> bool:
        """Whether the number at [start, end) is an age in years."""
        if value is None or value % 1 or not 0 < value < _OLDEST:
            return False
        if self._age_sure.match(folded, end):
            return True
        if not self._age_after.match(folded, end):
            return False
        return self._age_before.search(folded, max(0, start - _BEFORE), start) is not None

    def is_sum(self, folded: str, end: int) -> bool:
        """Whether what is paid stands behind a number (15 million funding)."""
        return self._money_after.match(folded, end) is not None

    def is_side(self, folded: str, start: int, end: int) -> bool:
        """Whether the number is one of the two numbers of a size without a unit (1280 x 720)."""
        if self._more.match(folded, end):
            return self._first.match(folded, end) is not None
        return self._second.search(folded, max(0, start - _BEFORE), start) is not None

    def is_score(self, folded: str, start: int, end: int) -> bool:
        """Whether the number is one of the two sides of a match's score (beat them 100 to 82)."""
        behind = self._score_first.match(folded, end)
        ahead = None if behind else self._score_second.search(folded, max(0, start - 6), start)
        if behind is not None:
            first, last = start, behind.end()
        elif ahead is not None and self._score_end.match(folded, end):
            first, last = ahead.start(), end
        else:
            return False
        if not self._score_start.match(folded, first):
            return False
        if self._score_after.match(folded, last):
            return True
        told = self._score_before.search(folded, max(0, first - _BEFORE), first)
        return told is not None and self._score_close.match(folded, last) is not None

    def is_part(self, folded: str, end: int) -> bool:
        """Whether a unit that is counted in fractions with a stroke stands behind a number."""
        return self._part.match(folded, end) is not None

    def is_counted(self, folded: str, end: int) -> bool:
        """Whether the noun that a large number counts stands behind it."""
        return self._counted.match(folded, end) is not None

    def is_no_money(self, folded: str, start: int) -> bool:
        """Whether the noun before a large number says that it counts something."""
        return self._counted_before.search(folded, max(0, start - _BEFORE), start) is not None
