"""Readings side by side: ranges, units that two numbers share, amounts told in two units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from math import prod

from newsmine.numbers.numerals import Numeral
from newsmine.packs import Patterns
from newsmine.quantities.qualifying import Qualifier
from newsmine.quantities.readings import Reading, UnitReader
from newsmine.types import Number

_JOINT = 4  # characters that a range mark takes at most
Joined = list[tuple[Reading, Number]]


class Joiner:
    """Joins the readings of a text, given all of its numerals by where they end."""

    def __init__(
        self, patterns: Patterns, reader: UnitReader, qualifier: Qualifier, is_ordinal: Callable[[str, int], bool]
    ) -> None:
        self._reader = reader
        self._qualifier = qualifier
        self._is_ordinal = is_ordinal
        self._join = patterns.compiled(r"(?r) ?{join} ?")
        self._shared = patterns.compiled(r"(?:{and})")
        self._product = patterns.compiled(r"(?r)(?:{product})")
        self._units_between = 6  # characters that a unit before a range mark takes at most
        self._zeros = tuple(
            f for e in patterns.stage("numeral") if e.get("role") == "digit" and not e.get("value") for f in e.forms
        )

    def join(self, folded: str, readings: list[Reading], numerals: dict[int, Numeral]) -> Joined:
        """Pairs joined by nothing but a range mark become one; the rest stay."""
        found: Joined = []
        for reading in self._compound(folded, readings):
            joined = self._left_part(folded, reading, numerals) or self._listed_pair(folded, reading, numerals)
            if joined is None:
                if found:
                    found[-1] = self._same_unit(folded, found[-1], reading)
                found += self._sharing(folded, reading, numerals, found[-1][0].end if found else 0)
                found.append((reading, reading.number))
                continue
            left, number = joined
            if found and found[-1][0].end > left:
                left, number = _with_whole_left(found.pop(), left, number)
            found.append((replace(reading, start=left), number))
        return found

    def _left_part(self, folded: str, reading: Reading, numerals: dict[int, Numeral]) -> tuple[int, Number] | None:
        """The number before a range mark right before this reading, with its own unit or none."""
        if reading.number.value is None or reading.number.qualifier != "exact" or reading.side:
            return None
        start = reading.numeral.start if reading.start < reading.numeral.start else reading.start
        for edge in (reading.start, start):
            mark = self._join.match(folded, max(0, edge - _JOINT), edge)
            if mark is None:
                continue
            for end in range(mark.start(), max(0, mark.start() - self._units_between) - 1, -1):
                numeral = numerals.get(end)
                joined = self._range(folded, numeral, mark.start(), reading) if numeral is not None else None
                if joined is not None:
                    return joined
        return None

    def _listed_pair(self, folded: str, reading: Reading, numerals: dict[int, Numeral]) -> tuple[int, Number] | None:
        """Two neighbouring numerals with a list comma between them: three or four days."""
        end = reading.start - 1
        left, right = numerals.get(end), reading.numeral
        if left is None or not self._shared.match(folded, end, reading.start) or len(left.items) != 1:
            return None
        if reading.number.qualifier != "exact" or not right.items or not self._neighbours(folded, left, reading):
            return None
        scale = prod((i.value for i in right.items[1:]), start=Decimal(1))
        low, high = left.items[0].value * scale, right.items[0].value * scale
        return left.start, Number(left.start, reading.end, "", (low + high) / 2, low, high, "range")

    def _neighbours(self, folded: str, left: Numeral, reading: Reading) -> bool:
        """Whether two single digits follow each other (five, six cases); digits count things, and are no list mark."""
        one, two = left.items[0], reading.numeral.items[0]
        if one.role != two.role or two.value - one.value != 1 or two.value >= 10 or one.value < 1:
            return False
        if any(i.role not in ("times", "scale") for i in reading.numeral.items[1:]):
            return False
        counts = reading.entry is not None and reading.entry.get("kind") == "count"
        if one.role == "arabic" and (not counts or self._is_mark(folded, left)):
            return False
        return one.role in ("digit", "arabic") and one.value % 1 == 0

    def _is_mark(self, folded: str, numeral: Numeral) -> bool:
        """Whether a number is an ordinal, or digits at the start of a line, which number the items of a list."""
        first = folded[max(0, numeral.start - 1) : numeral.start] in ("", "\n")
        return (first and folded[numeral.start].isdigit()) or self._is_ordinal(folded, numeral.start)

    def _same_unit(self, folded: str, left: tuple[Reading, Number], right: Reading) -> tuple[Reading, Number]:
        """A classifier that begins the next figure's unit stands for that unit: 8 (points) and 5 percentage points."""
        reading, number = left
        between = folded[reading.end : right.start]
        if (
            reading.entry is None
            or right.entry is None
            or reading.entry.get("kind") != "count"
            or not self._shared.fullmatch(between)
        ):
            return left
        unit, whole = folded[reading.numeral.end : reading.end], folded[right.numeral.end : right.end]
        if right.entry.get("kind") not in ("percent", "measure") or not unit or not whole.startswith(unit):
            return left
        return replace(reading, entry=right.entry, shared=True), number

    def _range(self, folded: str, numeral: Numeral, mark: int, reading: Reading) -> tuple[int, Number] | None:
        whole = numeral.end if numeral.end == mark else self._unit_end(folded, numeral, reading)
        if whole != mark or not self._plain_left(folded, numeral, numeral.end == mark):
            return None
        low, high = _scaled(numeral, reading.numeral, numeral.end == mark), reading.number.value
        if high is None or low >= high:
            return None
        start = numeral.start
        sign = next((s for s, e in self._reader.signs.ending(folded, start) if e is reading.entry), start)
        return sign, Number(sign, reading.end, "", (low + high) / 2, low, high, "range")

    def _plain_left(self, folded: str, numeral: Numeral, bare: bool) -> bool:
        """Neither an ordinal nor a number with a unit and a qualifier of its own, which would make two rows."""
        if numeral.number.qualifier != "exact" or self._is_ordinal(folded, numeral.start):
            return False
        before = self._qualifier.before(folded, numeral.start)
        return bare or before is None or before[1].get("qualifier") == "about"

    def _unit_end(self, folded: str, numeral: Numeral, reading: Reading) -> int:
        if numeral.fraction and reading.numeral.fraction:
            return numeral.end
        return next((e for e, u in self._reader.units.starting(folded, numeral.end) if u is reading.entry), -1)

    def _sharing(self, folded: str, reading: Reading, numerals: dict[int, Numeral], floor: int) -> Joined:
        """A number without a unit that shares this one's (0.2 and 0.4 percentage points)."""
        found: Joined = []
        edge, listed = reading.start, True
        while reading.entry is not None and (mark := self._mark(folded, reading, edge, listed)) is not None:
            numeral = numerals.get(mark[0])
            if numeral is None or numeral.start < floor or (mark[1] and self._is_mark(folded, numeral)):
                break
            number, listed = numeral.number, mark[1]
            if number.value is None or number.qualifier != "exact":
                break
            left = replace(reading, start=number.start, end=mark[0], number=number, shared=True)
            value = _scaled(numeral, reading.numeral, True) if listed else number.value
            found.insert(0, (left, replace(number, value=value)))
            edge = number.start
        return found

    def _mark(self, folded: str, reading: Reading, edge: int, listed: bool) -> tuple[int, bool] | None:
        """Where what joins a number to the next one begins, and whether it joins a list (else a size)."""
        kind = reading.entry.get("kind") if reading.entry is not None else ""
        if listed and kind in ("percent", "money", "measure") and self._shared.match(folded, edge - 1, edge):
            return edge - 1, True
        size = self._product.match(folded, max(0, edge - _JOINT), edge) if kind in ("count", "measure") else None
        if size is None or (kind == "count" and "/" in size.group()):
            return None
        return size.start(), False

    def _compound(self, folded: str, readings: list[Reading]) -> list[Reading]:
        """A year and ten months are one amount, in the smaller unit; three yuan five jiao stay in yuan."""
        joined: list[Reading] = []
        for reading in readings:
            left = joined[-1] if joined else None
            both = self._both(folded, left, reading) if left is not None else None
            if both is not None:
                joined[-1] = both
            else:
                joined.append(reading)
        return joined

    def _both(self, folded: str, left: Reading, right: Reading) -> Reading | None:
        if not self._touch(folded, left, right) or left.entry is None or right.entry is None:
            return None
        big, small = left.number.value, right.number.value
        if big is None or small is None or left.number.qualifier != "exact":
            return None
        if left.entry.get("kind") == right.entry.get("kind") == "money":
            ratio = right.entry.get("factor", Decimal(1)) / left.entry.get("factor", Decimal(1))
            if ratio >= 1:
                return None
            return replace(right, start=left.start, number=replace(left.number, value=big / ratio + small))
        names = dict(part.split(":") for part in left.entry.get("smaller", ()))
        times = Decimal(names.get(right.entry.get("unit", ""), 0))
        if not times or (right.number.qualifier != "exact" and right.number.low is None):
            return None
        return replace(right, start=left.start, number=_raised(right.number, big * times))

    def _touch(self, folded: str, left: Reading, right: Reading) -> bool:
        """Nothing, or a zero that stands for skipped places, between the two."""
        return folded[left.end : right.start] in ("", *self._zeros)


def _raised(number: Number, by: Decimal) -> Number:
    values = [None if v is None else v + by for v in (number.value, number.low, number.high)]
    return replace(number, value=values[0], low=values[1], high=values[2])


def _scaled(left: Numeral, right: Numeral, bare: bool) -> Decimal:
    """The left number of a pair, with the right one's scale where it is written once for both."""
    value = left.number.value or Decimal(0)
    if not bare or left.has_scale or left.fraction or not right.items:
        return value
    scale = Decimal(1)
    digits = right.items[0].role == "arabic"
    for item in right.items:
        if item.role == "scale" or (item.role == "times" and digits):
            scale *= item.value
    return value * scale if scale > 1 and (value <= right.items[0].value or not digits) else value


def _with_whole_left(before: tuple[Reading, Number], left: int, joined: Number) -> tuple[int, Number]:
    """A range whose left end was read as more than its last digit (seven and a half, seven-tenths eight): all of it."""
    reading, own = before
    low, high = own.value, joined.high
    if reading.start >= left or low is None or high is None or own.qualifier != "exact" or low >= high:
        return left, joined
    return reading.start, replace(joined, start=reading.start, value=(low + high) / 2, low=low)
