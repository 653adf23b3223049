"""Vague parts of a number: a vague digit, a bit more, about, a half, dozens and thousands by letter."""

from __future__ import annotations

from decimal import Decimal

from newsmine.numbers.amounts import PlaceReader
from newsmine.numbers.items import Item, added, multiplied, step

_ZERO = Decimal(0)


class Reader(PlaceReader):
    """Reads one number, its vague parts with it. Call it in the EXACT context."""

    def _read_few(self, item: Item) -> int:
        after = self._peek(1)
        before_places = after is not None and after.role in ("times", "scale")
        if self._round_digits() and not item.shy:
            return self._teens(before_places)
        if self._current is not None or self._word != "exact":
            return 0
        if not self._place and not self._zero:
            if not before_places:
                return 0
            bounds = (Decimal(2), Decimal(10))
        elif after is not None and after.role == "times":
            if after.value >= self._limit:
                return 0
            bounds = (Decimal(2), Decimal(10))
        elif before_places:
            bounds = (Decimal(1), Decimal(10))
        elif self._place > 10 and not self._zero:
            return self._vague("over")
        else:
            bounds = (Decimal(1), Decimal(9))
        self._current, self._word, self._inclusive = bounds, "several", bounds[1] == 9
        return 1

    def _round_digits(self) -> bool:
        """Whether digits that end in a zero stand right before this item."""
        before = self._items[self._at - 1] if self._at > self._first else None
        round_ = before is not None and before.role == "arabic" and before.value > 0 and before.value % 10 == 0
        return round_ and self._current is not None and self._word == "exact"

    def _teens(self, before_places: bool) -> int:
        """Ten in digits and a vague digit: 11 to 19, and before a scale less than 20 of it."""
        tens = self._current[0] if self._current is not None else _ZERO
        self._current, self._word = (tens + 1, tens + (10 if before_places else 9)), "several"
        self._inclusive = not before_places
        return 1

    def _read_more(self, item: Item) -> int:
        return self._vague("over")

    def _read_roughly(self, item: Item) -> int:
        return self._vague("about")

    def _vague(self, word: str) -> int:
        """A bit more, or about: before the scale it blurs the section, at the end the whole."""
        before = self._items[self._at - 1] if self._at > self._first else None
        if before is None or self._word != "exact" or before.role not in ("times", "scale", "tens", "arabic"):
            return 0
        if before.role == "arabic" and (before.value % 10 if word == "about" else before.value in range(10)):
            return 0
        section = self._section if self._current is None else added(self._section, self._current)
        value = section[0]
        if self._is_scale(1) and value:
            self._word, self._section, self._current = (
                word,
                (value, value + step(value) if word == "over" else value),
                None,
            )
            return 1
        size = step(value or self._total[0])
        self._section, self._current = (value, value + size if word == "over" else value), None
        self._word, self._done = word, True
        return 1

    def _read_half(self, item: Item) -> int:
        """Half a hundred is fifty; otherwise a half stands alone."""
        after = self._peek(1)
        if self._at != self._first:
            return 0
        self._current = (item.value, item.value)
        self._done = after is None or after.role != "times" or after.value != 100
        return 1

    def _read_letter(self, item: Item) -> int:
        """A thousand (k) right behind digits."""
        before = self._items[self._at - 1] if self._at > self._first else None
        if before is None or before.role != "arabic" or self._current is None:
            return 0
        self._current, self._done = multiplied(self._current, item.value), True
        return 1

    def _read_dozen(self, item: Item) -> int:
        if self._at == self._first or self._word != "exact":
            return 0
        whole = self._sum(tail=True)
        self._total, self._section, self._current = multiplied(whole, item.value), (_ZERO, _ZERO), None
        self._done, self._place = True, _ZERO
        return 1
