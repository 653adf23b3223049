"""Items of a number, read from left to right into an exact amount with bounds.

A number is a run of items (digits, times, scales ...). Sections between scales add up, so 4.78 wan-yi and 25
wan 6 qian come out as they are said; what is malformed ends the number before it. Low and high are reckoned
side by side: a few tens are 20 to 99, thirty-odd is 30 to 40, two-three tens are 20 to 30. Every item is read
at most twice, so that no text takes more than linear time.
"""

from __future__ import annotations

from decimal import Decimal

from newsmine.numbers.items import Amount, Item, Pair, added, is_pair, multiplied, places, step

_ZERO = Decimal(0)
_INFINITE = Decimal("Infinity")
_MOST_SCALES = 3


class PlaceReader:
    """Reads one number that starts at an item. Call it in the EXACT context."""

    def __init__(self, items: list[Item], at: int = 0, end: int | None = None) -> None:
        self._items = items
        self._first = self._at = at
        self._stop = len(items) if end is None else end
        self._total: Pair = (_ZERO, _ZERO)
        self._last: Pair = (_ZERO, _ZERO)  # what the last scale added
        self._section: Pair = (_ZERO, _ZERO)
        self._current: Pair | None = None
        self._zero = False  # a zero stands for skipped places
        self._limit = _INFINITE  # the last times of the section: the next one is smaller
        self._place = _ZERO  # the last times or scale
        self._scale = _INFINITE
        self._largest = _ZERO
        self._scales = 0  # scales right behind each other
        self._word = "exact"
        self._inclusive = True  # the upper bound is a value that may be reached
        self._saved: tuple[int, Pair] | None = None
        self._done = False

    def read(self) -> Amount | None:
        """The amount, or None where no number starts here."""
        while self._at < self._stop and not self._done:
            item = self._items[self._at]
            self._scales = self._scales if item.role == "scale" else 0
            taken = getattr(self, f"_read_{item.role}", self._other)(item)
            if not taken:
                break
            self._at += taken
        if self._at == self._first:
            return None
        low, high = self._sum(tail=self._word != "over")
        if not self._inclusive:
            high -= 1
        match self._word:
            case "several":
                return Amount(None, low, high, "several", self._at)
            case "range":
                return Amount((low + high) / 2, low, high, "range", self._at)
            case "over":
                return Amount(low, low, high, "over", self._at)
        return Amount(low, None, None, self._word, self._at)

    # -- one item each: how many items were taken, 0 to end the number before this one -------------

    def _other(self, item: Item) -> int:
        return 0

    def _read_arabic(self, item: Item) -> int:
        if self._current is not None:
            return 0
        if self._place and not self._fits(item):
            return 0
        self._current = (item.value, item.value)
        return 1

    def _fits(self, item: Item) -> bool:
        """Whether digits can go on a number: 25 wan 6 qian, 2 wan 3500, 1 qian ling 5, and 3 wan 5 at its end."""
        after = self._peek(1)
        if after is not None and after.role == "times":
            return item.value < 10 and after.value < self._limit
        if after is not None and after.role == "scale":
            return after.value < self._scale
        value = item.value
        if value % 1 or value >= self._place or not value:
            return False
        return self._zero or len(item.text) == 1 or value >= self._place / 10

    def _read_digit(self, item: Item) -> int:
        if self._current is not None:
            return 0
        group = places(self._group(self._at))
        if self._place:
            return self._inner_digit(item, group)
        after = self._peek(len(group))
        if len(group) > 1 and after is not None and after.role == "times" and not is_pair(group):
            group = group[:-1]
        if len(group) == 1:
            if not item.value and after is not None and after.role in ("times", "tens"):
                self._zero = True
                return 1
            self._current = (item.value, item.value)
            return 1
        if is_pair(group) and not self._point_follows(len(group)):
            return self._take_pair(group)
        value = Decimal("".join(str(i.value) for i in group))
        self._current = (value, value)
        return len(group)

    def _inner_digit(self, item: Item, group: list[Item]) -> int:
        """A digit behind a times or a scale."""
        if not item.value:
            self._zero = True
            return 1 if not self._zero_ends() else 0
        after = self._peek(len(group))
        if after is not None and after.role == "times" and after.value >= self._limit:
            return 0
        if len(group) == 2 and is_pair(group):
            return self._take_pair(group)
        if len(group) > 1:
            return 0
        self._current = (item.value, item.value)
        return 1

    def _zero_ends(self) -> bool:
        """A zero with nothing of this number behind it belongs to what follows."""
        after = self._peek(1)
        return after is None or after.role not in ("arabic", "digit", "times", "tens", "few")

    def _take_pair(self, group: list[Item]) -> int:
        self._current = (group[0].value, group[1].value)
        self._word = "range"
        return 2

    def _read_tens(self, item: Item) -> int:
        if self._current is not None or self._limit <= 10:
            return 0
        self._section = added(self._section, (item.value, item.value))
        self._limit = self._place = Decimal(10)
        return 1

    def _read_times(self, item: Item) -> int:
        if item.value >= self._limit:
            return 0
        current = self._current
        if current is None:
            if self._at != self._first and not self._zero and (item.value != 10 or not self._limit > 10):
                return 0
            current = (Decimal(1), Decimal(1))
        elif self._items[self._at - 1].role == "arabic" and not self._times_digits(item, current[0]):
            return 0
        self._section = added(self._section, multiplied(current, item.value))
        self._current, self._zero, self._limit, self._place = None, False, item.value, item.value
        return 1

    def _times_digits(self, item: Item, value: Decimal) -> bool:
        """A hundred and a thousand go behind digits, ten does not; a year before a hundred is no amount of hundreds."""
        return item.value > 10 and (value < 1000 or value % 1 != 0 or self._is_scale(1))

    def _read_scale(self, item: Item) -> int:
        if self._scales:
            return self._next_scale(item)
        section = self._section if self._current is None else added(self._section, self._current)
        if section == (_ZERO, _ZERO) and self._current is None and self._limit == _INFINITE:
            if self._at != self._first and not (self._zero and not self._place):
                return 0
            section = (Decimal(1), Decimal(1))
        if self._total == (_ZERO, _ZERO) or item.value < self._scale:
            self._last = multiplied(section, item.value)
            self._total = added(self._total, self._last)
        elif item.value > self._largest:
            self._last = self._total = multiplied(added(self._total, section), item.value)
        else:
            return self._roll_back()
        self._close(item.value)
        return 1

    def _next_scale(self, item: Item) -> int:
        """A scale right behind a scale multiplies it: ten thousand times a hundred million."""
        if item.value < self._scale or self._scales >= _MOST_SCALES:
            return 0
        rest = (self._total[0] - self._last[0], self._total[1] - self._last[1])
        self._last = multiplied(self._last, item.value)
        self._total = added(rest, self._last)
        self._close(self._scale * item.value)
        return 1

    def _close(self, scale: Decimal) -> None:
        self._section, self._current, self._zero = (_ZERO, _ZERO), None, False
        self._limit, self._place, self._scale = _INFINITE, scale, scale
        self._largest = max(self._largest, scale)
        self._scales += 1
        self._saved = (self._at + 1, self._total)

    def _roll_back(self) -> int:
        """Two numbers of the same size stand side by side: this one ends behind its last scale."""
        if self._saved is not None:
            self._at, self._total = self._saved
            self._section, self._current = (_ZERO, _ZERO), None
        return 0

    def _read_point(self, item: Item) -> int:
        digits = self._group(self._at + 1)
        digits = [] if digits and digits[0].lone else places(digits)
        if self._at == self._first or not digits or self._word != "exact" or self._items[self._at - 1].role == "arabic":
            return 0
        after = self._peek(1 + len(digits))
        if after is not None and after.role == "times" and not self._is_scale(2 + len(digits)):
            return 0
        whole = self._sum(tail=True)[0]
        value = whole + Decimal("0." + "".join(str(i.value) for i in digits))
        taken = 1 + len(digits)
        scaled = self._scale < _INFINITE
        while (
            not scaled
            and (follower := self._peek(taken)) is not None
            and follower.role in ("times", "scale")
            and taken < 6 + len(digits)
        ):
            value *= follower.value
            taken += 1
        self._total, self._section, self._current = (value, value), (_ZERO, _ZERO), None
        self._place, self._done, self._zero = _ZERO, True, False
        more = self._peek(taken)
        if more is not None and more.role == "more":
            self._word, self._total = "over", (value, value + step(value))
            taken += 1
        return taken

    # -- looking around ----------------------------------------------------------------------------

    def _sum(self, tail: bool) -> Pair:
        value = added(self._total, self._section)
        if self._current is None:
            return value
        return added(value, multiplied(self._current, self._place / 10) if tail and self._is_tail() else self._current)

    def _is_tail(self) -> bool:
        """A last lone digit right behind a times or a scale stands one place below it: one thousand three is 1300."""
        lone = self._current is not None and self._current[1] <= 10 and self._current[0] % 1 == 0
        return self._place > 10 and not self._zero and lone

    def _peek(self, distance: int) -> Item | None:
        position = self._at + distance
        return self._items[position] if position < self._stop else None

    def _is_scale(self, distance: int) -> bool:
        item = self._peek(distance)
        return item is not None and item.role == "scale"

    def _point_follows(self, distance: int) -> bool:
        item, digit = self._peek(distance), self._peek(distance + 1)
        return item is not None and item.role == "point" and digit is not None and digit.role == "digit"

    def _group(self, position: int) -> list[Item]:
        """The digits that stand side by side from here."""
        group: list[Item] = []
        while position < self._stop and self._items[position].role == "digit":
            group.append(self._items[position])
            position += 1
        return group
