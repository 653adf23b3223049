"""Numbers with their units: value, bounds, qualifier, unit and kind, as the guidelines define them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal

import regex

from newsmine.lexicon import FormIndex
from newsmine.numerals import Numeral, NumeralGrammar, bounded, percent, shortest
from newsmine.packs import Entry, Patterns
from newsmine.types import Number, Quantity, Span

LOCAL = "LOCAL"
# The macros that make a row without a unit entry.
_FRACTION = "core/numeral.parts"
_INDEX = "core/macro.index_noun"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A numeral with the unit that was read behind (or before) it."""

    start: int
    end: int
    number: Number
    numeral: Numeral
    entry: Entry | None
    # The unit is written once, behind a later number.
    shared: bool = False


class QuantityFinder:
    """Finds quantities in folded text. What Chinese calls a unit is data (`unit`, `qualifier`, `idiom` entries)."""

    def __init__(self, patterns: Patterns, grammar: NumeralGrammar) -> None:
        self._grammar = grammar
        units = patterns.stage("unit")
        self._units = FormIndex(e for e in units if e.get("place") != "before")
        self._signs = FormIndex(e for e in units if e.get("place") == "before")
        qualifiers = patterns.stage("qualifier")
        self._before = FormIndex(e for e in qualifiers if e.get("place") == "before")
        self._after = FormIndex(e for e in qualifiers if e.get("place") == "after")
        self._idioms = _idioms(patterns)
        self._more = _forms(patterns, "more")
        self._half = _forms(patterns, "half")
        self._join = regex.compile(patterns.expand(r"\s?{join}\s?"))
        self._shared = regex.compile(patterns.expand(r"(?:{and})"))
        self._counting = regex.compile(patterns.expand(r"(?:{counting_one})\s?$"))
        self._ordinal = regex.compile(patterns.expand(r"(?:{ordinal_before})$"))
        self._index = regex.compile(patterns.expand(r"(?:{index_noun}){index_gap}$"))
        self._gap = regex.compile(patterns.expand(r"(?r)(?:{qualifier_gap})"))
        self._decimals = regex.compile(rf"\d{{1,2}}(?![\d.])|{grammar.digit}(?!{grammar.numeral})")
        self._glued = regex.compile(r"[A-Za-z_]|[-－.]\d|[:：]\d")

    def find(self, folded: str, skip: Iterable[Span] = (), money: str = "CNY") -> list[Quantity]:
        """Quantities in order. Nothing is found inside `skip` (times, names); `money` is the currency of a bare unit."""
        blocked = _Blocked([*skip, *self._not_numbers(folded)])
        readings = [r for n in self._grammar.find(folded) if (r := self._reading(folded, n, blocked)) is not None]
        joined = self._ranges(folded, _compound(readings))
        return [self._quantity(folded, reading, number, money) for reading, number in joined]

    def _not_numbers(self, folded: str) -> list[Span]:
        return [Span(m.start(), m.end()) for idiom in self._idioms for m in idiom.finditer(folded)]

    # -- one numeral and its unit -----------------------------------------------------------------------------------------------

    def _reading(self, folded: str, numeral: Numeral, blocked: _Blocked) -> _Reading | None:
        start, end = numeral.start, numeral.end
        if (blocked.hits(start, end) and not numeral.fraction) or self._ordinal.search(folded, max(0, start - 2), start):
            return None
        if start and folded[start - 1].isascii() and folded[start - 1].isalpha() and not self._sign_before(folded, start):
            return None
        reading = self._prefixed(folded, numeral) or self._suffixed(folded, numeral) or self._index_number(folded, numeral)
        if reading is None or not self._is_amount(folded, numeral, reading):
            return None
        return reading

    def _sign_before(self, folded: str, start: int) -> bool:
        return next(iter(self._signs.ending(folded, start)), None) is not None

    def _prefixed(self, folded: str, numeral: Numeral) -> _Reading | None:
        """A currency sign before the number; a unit word may stand behind it as well."""
        for start, entry in self._signs.ending(folded, numeral.start):
            ends = [e for e, u in self._units.starting(folded, numeral.end) if u.get("kind") == "money"]
            return _Reading(start, max(ends, default=numeral.end), numeral.number, numeral, entry)
        return None

    def _suffixed(self, folded: str, numeral: Numeral) -> _Reading | None:
        if numeral.fraction:
            return _Reading(numeral.start, numeral.end, numeral.number, numeral, None)
        retracted = self._retracted(folded, numeral)
        if retracted is not None:
            return retracted
        position = numeral.end
        if position < len(folded) and folded[position] == " " and not folded[position + 1 : position + 2].isdigit():
            position += 1
        halved = self._half_between(folded, numeral)
        if halved is not None:
            return halved
        plain = folded[numeral.start].isdigit()
        for end, entry in self._units.starting(folded, position, numeral.start, lenient=plain or len(numeral.items) > 1):
            if _has_what_it_needs(entry, numeral, plain, position == numeral.end):
                return self._with_tail(folded, numeral, entry, end)
        return None

    def _retracted(self, folded: str, numeral: Numeral) -> _Reading | None:
        """A unit that begins like a numeral (a kilowatt after a thousand's character) takes that character back."""
        last = numeral.end - 1
        if len(numeral.items) < 2 or numeral.items[-1].role not in ("times", "scale") or folded[last] != numeral.items[-1].text:
            return None
        for end, entry in self._units.starting(folded, last, numeral.start):
            number = bounded(list(numeral.items[:-1])) if end > numeral.end else None
            if number is not None:
                short = replace(numeral, number=replace(number, start=numeral.start, end=last), items=numeral.items[:-1])
                return _Reading(numeral.start, end, short.number, short, entry)
        return None

    def _with_tail(self, folded: str, numeral: Numeral, entry: Entry, end: int) -> _Reading:
        """What may still follow the unit: and a half, and a bit more."""
        if entry.get("opens"):
            return _doubling(folded, numeral, entry, end)
        if entry.get("tail") == "decimal":
            return self._with_decimals(folded, numeral, entry, end)
        number = numeral.number
        plain = number.value is not None and number.qualifier == "exact" and entry.get("kind") != "money"
        tail = folded[end : end + 1]
        if plain and number.value is not None and tail in self._half and (entry.get("kind") == "measure" or entry.get("tail")):
            return _Reading(numeral.start, end + 1, replace(number, value=number.value + Decimal("0.5")), numeral, entry)
        if plain and number.value is not None and tail in self._more and folded[end + 1 : end + 2] not in self._half:
            over = replace(number, low=number.value, high=_next_whole(number.value), qualifier="over")
            return _Reading(numeral.start, end + 1, over, numeral, entry)
        return _Reading(numeral.start, end, number, numeral, entry)

    def _with_decimals(self, folded: str, numeral: Numeral, entry: Entry, end: int) -> _Reading:
        """Digits right behind the unit, with nothing that counts behind them, are its decimals (2m08)."""
        number, tail = numeral.number, self._decimals.match(folded, end)
        following = next(iter(self._units.starting(folded, tail.end())), None) if tail else None
        if folded[end : end + 1] in self._half and number.value is not None and not folded.startswith(tuple(self._more), end + 1):
            return _Reading(numeral.start, end + 1, replace(number, value=number.value + Decimal("0.5")), numeral, entry)
        if tail is None or following is not None or number.value is None or number.qualifier != "exact" or number.value % 1:
            return _Reading(numeral.start, end, number, numeral, entry)
        digits = "".join(str(i.value) for i in self._grammar.items(tail.group()))
        value = number.value + Decimal(f"0.{digits}")
        return _Reading(numeral.start, tail.end(), replace(number, value=value), numeral, entry)

    def _half_between(self, folded: str, numeral: Numeral) -> _Reading | None:
        """Two-and-a-half hours: the half (or the bit more) stands between the classifier and the unit."""
        for middle, entry in self._units.starting(folded, numeral.end):
            if entry.get("kind") != "count" or folded[middle : middle + 1] not in self._half | self._more:
                continue
            for end, unit in self._units.starting(folded, middle + 1):
                return self._with_middle(folded, numeral, middle, end, unit)
        return None

    def _with_middle(self, folded: str, numeral: Numeral, middle: int, end: int, unit: Entry) -> _Reading:
        number, value = numeral.number, numeral.number.value
        if value is not None and folded[middle] in self._half:
            number = replace(number, value=value + Decimal("0.5"))
        elif value is not None:
            number = replace(number, low=value, high=_next_whole(value), qualifier="over")
        return _Reading(numeral.start, end, number, numeral, unit)

    def _index_number(self, folded: str, numeral: Numeral) -> _Reading | None:
        """A bare number after an index noun (a coefficient, a score): a measure without unit."""
        after = folded[numeral.end : numeral.end + 2]
        if self._glued.match(after) or numeral.is_one_word or after[:1] in ("%", "/"):
            return None
        if not self._index.search(folded, max(0, numeral.start - 16), numeral.start):
            return None
        return _Reading(numeral.start, numeral.end, numeral.number, numeral, None)

    def _is_amount(self, folded: str, numeral: Numeral, reading: _Reading) -> bool:
        """The bare article one counts only where the sentence counts; a bare scale only after words such as nearly."""
        one = numeral.is_one_word and not folded[numeral.start].isdigit()
        if one and reading.entry is not None and reading.entry.get("kind") == "count":
            return bool(self._counting.search(folded, max(0, numeral.start - 6), numeral.start))
        if numeral.is_bare_scale and numeral.number.qualifier == "exact":
            return next(iter(self._before.ending(folded, numeral.start)), None) is not None
        return True

    # -- ranges and neighbours --------------------------------------------------------------------------------------------------

    def _ranges(self, folded: str, readings: list[_Reading]) -> list[tuple[_Reading, Number]]:
        """Pairs joined by nothing but a range mark become one; the rest stay."""
        found: list[tuple[_Reading, Number]] = []
        for reading in readings:
            joined = self._left_part(folded, reading)
            if joined is not None:
                left, number = joined
                if found and found[-1][0].start >= left:
                    found.pop()
                reading = replace(reading, start=left)
                found.append((reading, number))
            else:
                shared = self._sharing(folded, reading, found[-1][0].end if found else 0)
                found += [*shared, (reading, reading.number)]
        return found

    def _left_part(self, folded: str, reading: _Reading) -> tuple[int, Number] | None:
        """The number before a range mark right before this reading, with its own unit or none."""
        mark = regex.search(r"(?r)" + self._join.pattern, folded, pos=max(0, reading.start - 4), endpos=reading.start)
        if mark is None or mark.end() != reading.start or reading.number.value is None:
            return None
        for numeral in self._grammar.find(folded[max(0, mark.start() - 16) : mark.start()]):
            shift = max(0, mark.start() - 16)
            end = numeral.end + shift
            start = numeral.start + shift
            whole = end if end == mark.start() else self._unit_end(folded, end, reading)
            if whole == mark.start() and self._plain_left(folded, numeral, start) and reading.number.qualifier == "exact":
                low = _scaled(numeral, reading.numeral, end == mark.start())
                high = reading.number.value
                if low < high:
                    return start, Number(start, reading.end, "", (low + high) / 2, low, high, "range")
        return None

    def _plain_left(self, folded: str, numeral: Numeral, start: int) -> bool:
        """Neither an ordinal nor a number with a qualifier of its own, which would make two rows."""
        if numeral.number.qualifier != "exact" or self._ordinal.search(folded, max(0, start - 2), start):
            return False
        before = next(iter(self._before.ending(folded, start)), None)
        return before is None or before[1].get("qualifier") == "about"

    def _unit_end(self, folded: str, end: int, reading: _Reading) -> int:
        return next((e for e, u in self._units.starting(folded, end) if u is reading.entry), -1)

    def _sharing(self, folded: str, reading: _Reading, floor: int) -> list[tuple[_Reading, Number]]:
        """A number without a unit that shares this one's (0.2 and 0.4 percentage points)."""
        if reading.entry is None or reading.entry.get("kind") not in ("percent", "money", "measure"):
            return []
        start = reading.start - 1
        if start < 1 or not self._shared.match(folded, start, reading.start):
            return []
        window = max(floor, start - 12)
        for numeral in self._grammar.find(folded[window:start]):
            if numeral.end + window == start and numeral.number.value is not None and numeral.number.qualifier == "exact":
                number = replace(numeral.number, start=numeral.start + window, end=start)
                left = replace(reading, start=number.start, end=start, number=number, shared=True)
                return [(left, replace(number, value=_scaled(numeral, reading.numeral, True)))]
        return []

    # -- the row ------------------------------------------------------------------------------------------------------------------

    def _quantity(self, folded: str, reading: _Reading, number: Number, money: str) -> Quantity:
        entry = reading.entry
        kind = entry.get("kind") if entry else ("percent" if reading.numeral.fraction else "measure")
        start = reading.start
        factor = _factor(entry, number)
        number = _mapped(number, percent if reading.numeral.fraction and kind == "percent" else lambda v: v * factor)
        outer_start, outer_end, number = self._qualified(folded, start, reading.end, number)
        return Quantity(
            start=start,
            end=reading.end,
            text=folded[start : reading.end],
            kind=kind,
            value=number.value,
            low=number.low,
            high=number.high,
            qualifier=number.qualifier,
            unit=self._unit_name(folded, reading, entry, money),
            rule=entry.id if entry else _FRACTION if reading.numeral.fraction else _INDEX,
            flags=("unit_inherited",) if reading.shared else (),
            outer_start=outer_start,
            outer_end=outer_end,
        )

    def _unit_name(self, folded: str, reading: _Reading, entry: Entry | None, money: str) -> str:
        if entry is None:
            return "%" if reading.numeral.fraction else ""
        unit: str = entry.get("unit", "")
        if unit != LOCAL:
            return unit or _form(entry, folded, reading.end)
        named = next(((s, e) for s, e in self._units.ending(folded, reading.start) if e.get("kind") == "money"), None)
        return named[1].get("unit") if named and named[1].get("unit") != LOCAL else money

    def _qualified(self, folded: str, start: int, end: int, number: Number) -> tuple[int, int, Number]:
        """The words around the figure that say how exact it is, and the bounds that they give."""
        position = start
        while position and folded[position - 1] == " ":
            position -= 1
        before = next(iter(self._before.ending(folded, position)), None)
        gap = self._gap.match(folded, 0, position) if before is None else None
        if gap is not None:
            before = next((b for b in self._before.ending(folded, gap.start()) if len(folded[b[0] : gap.start()]) > 1), None)
        after = next(iter(self._after.starting(folded, end)), None)
        outer = before[0] if before else start, after[0] if after else end
        chosen = (before or after) if number.qualifier == "exact" else None
        word = chosen[1].get("qualifier") if chosen else number.qualifier
        if before and after and number.qualifier == "exact" and before[1].get("qualifier") == "about":
            word = after[1].get("qualifier")
        if word == number.qualifier:
            return *outer, number
        low = number.value if word in ("over", "at_least") else None
        high = number.value if word in ("nearly", "under", "at_most") else None
        return *outer, replace(number, qualifier=word, low=low, high=high)


class _Blocked:
    """Spans that hold no quantity."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._places: set[int] = {i for s in spans for i in range(s.start, s.end)}

    def hits(self, start: int, end: int) -> bool:
        return any(i in self._places for i in range(start, end))


def _mapped(number: Number, function: Callable[[Decimal], Decimal]) -> Number:
    values = [None if v is None else shortest(function(v)) for v in (number.value, number.low, number.high)]
    return replace(number, value=values[0], low=values[1], high=values[2])


def _idioms(patterns: Patterns) -> list[regex.Pattern[str]]:
    entries = patterns.stage("idiom")
    forms = sorted({f for e in entries for f in e.forms}, key=lambda f: (-len(f), f))
    words = [regex.compile("|".join(map(regex.escape, forms)))] if forms else []
    return words + [patterns.compile(e) for e in entries if e.regex is not None]


def _forms(patterns: Patterns, role: str) -> frozenset[str]:
    return frozenset(f for e in patterns.stage("numeral") if e.get("role") == role for f in e.forms)


def _has_what_it_needs(entry: Entry, numeral: Numeral, digits: bool, adjacent: bool) -> bool:
    """bare: nothing between number and noun; digits: no Chinese numeral; half: a half; many: more than a grade would be."""
    needs = entry.get("needs", ())
    value = numeral.number.value
    return (
        ("bare" not in needs or adjacent)
        and ("digits" not in needs or digits)
        and ("half" not in needs or (value is not None and value % 1 != 0))
        and ("many" not in needs or (value is not None and value > 20))
    )


def _factor(entry: Entry | None, number: Number) -> Decimal:
    if entry is None or (entry.get("below") and number.value is not None and number.value >= entry.get("below")):
        return Decimal(1)
    factor: Decimal = entry.get("factor", Decimal(1))
    return factor


def _next_whole(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_FLOOR) + 1


def _doubling(folded: str, numeral: Numeral, entry: Entry, end: int) -> _Reading:
    """To double n times is to reach 2 to the n; the verb belongs to the figure."""
    value = numeral.number.value
    start = next((numeral.start - len(w) for w in entry.get("opens") if folded.endswith(w, 0, numeral.start)), numeral.start)
    doubled = replace(numeral.number, value=None if value is None else Decimal(2) ** int(value))
    return _Reading(start, end, doubled, numeral, entry)


def _scaled(left: Numeral, right: Numeral, bare: bool) -> Decimal:
    """The left number of a pair, with the right one's scale where it is written once for both."""
    value = left.number.value or Decimal(0)
    if not bare or left.has_scale:
        return value
    scale = Decimal(1)
    for item in right.items:
        if item.role == "scale" or (item.role == "times" and right.items[0].role == "arabic"):
            scale *= item.value
    mantissa = right.items[0].value if right.items else Decimal(0)
    return value * scale if scale > 1 and (value <= mantissa or right.items[0].role != "arabic") else value


def _compound(readings: list[_Reading]) -> list[_Reading]:
    """A year and ten months are one amount, in the smaller unit."""
    joined: list[_Reading] = []
    for reading in readings:
        left = joined[-1] if joined else None
        times = _smaller_units(left, reading)
        if left is not None and times and left.number.value is not None and reading.number.value is not None:
            total = replace(reading.number, value=left.number.value * times + reading.number.value)
            joined[-1] = replace(reading, start=left.start, number=total)
        else:
            joined.append(reading)
    return joined


def _smaller_units(left: _Reading | None, right: _Reading) -> Decimal:
    """How many of the right reading's units make one of the left's, where it is written right behind; else 0."""
    if left is None or left.entry is None or right.entry is None or left.end != right.start:
        return Decimal(0)
    names = dict(part.split(":") for part in left.entry.get("smaller", ()))
    return Decimal(names.get(right.entry.get("unit", ""), 0))


def _form(entry: Entry, folded: str, end: int) -> str:
    """The form of the entry that ends at `end` (a bit-more tail left out)."""
    for stop in (end, end - 1):
        for form in sorted(entry.forms, key=len, reverse=True):
            if folded.endswith(form, 0, stop):
                return form
    return entry.forms[0]
