"""Numbers with their units: value, bounds, qualifier, unit and kind, as the guidelines define them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import replace
from decimal import Decimal, localcontext

from newsmine.lexicon import any_of
from newsmine.numbers.items import EXACT
from newsmine.numbers.numerals import Numeral, NumeralGrammar, percent, shortest
from newsmine.numbers.spacing import Closed
from newsmine.packs import Entry, Patterns
from newsmine.quantities.qualifying import Qualifier
from newsmine.quantities.ranges import Joiner
from newsmine.quantities.readings import Reading, UnitReader
from newsmine.types import Number, Quantity, Span

LOCAL = "LOCAL"
# The sign that every place with a dollar of its own means by it.
DOLLAR = "DOLLAR"
# The macros that make a row without a unit entry.
_FRACTION = "core/numeral.parts"
_INDEX = "core/macro.index_noun"
_BARE_COUNT = "core/macro.count_ends"
# How far a count without a unit looks for one that has it.
_NEAR = 80
_LARGE = 10_000
# What is longer is a code, not an amount.
_MOST_DIGITS = 40


class QuantityFinder:
    """Finds quantities in folded text. What Chinese calls a unit is data (`unit`, `qualifier`, `idiom` entries)."""

    def __init__(self, patterns: Patterns, grammar: NumeralGrammar) -> None:
        self._grammar = grammar
        self._reader = UnitReader(patterns, grammar)
        self._qualifier = Qualifier(patterns)
        idioms = patterns.stage("idiom")
        self._codes = [patterns.compile(e) for e in idioms if e.regex is not None]
        self._words = any_of(patterns.forms_of("idiom"))
        self._counting = patterns.compiled(r"(?:{counting_one})\s?$")
        self._listed_one = patterns.compiled(r"{listed_one}")
        self._ordinal = patterns.compiled(r"(?:{ordinal_before})$")
        self._lasting = patterns.compiled(r"(?:{lasting})$")
        self._joiner = Joiner(patterns, self._reader, self._qualifier, self._is_ordinal)

    def find(self, folded: str, skip: Iterable[Span] = (), money: str = "CNY") -> list[Quantity]:
        """Quantities in order, none inside `skip` (times, names); `money` is the currency of a bare unit."""
        closed = self._grammar.spacing.close(folded)
        times = [Span(closed.inward(s.start), closed.inward(s.end)) for s in skip if not self._lasts(folded, s)]
        with localcontext(EXACT):
            found = [self._quantity(closed.text, r, n, money) for r, n in self._joined(closed.text, times)]
        found = self._with_units_of_others(found, closed.text)
        return [_opened(q, closed, folded) for q in found]

    def numbers(self, folded: str, skip: Iterable[Span] = ()) -> list[Number]:
        """Numbers, with or without a unit, that are no part of an idiom, a name, a code or one of `skip`."""
        closed = self._grammar.spacing.close(folded)
        text = closed.text
        blocked = self._blocked(text, [Span(closed.inward(s.start), closed.inward(s.end)) for s in skip])
        found = []
        for numeral in self._grammar.find(text):
            number = numeral.percent or (
                replace(numeral.number, value=numeral.base) if numeral.base is not None else numeral.number
            )
            in_words = numeral.fraction and "/" not in numeral.number.text
            if numeral.is_bare_scale or numeral.is_shy or (blocked.hits(number.start, number.end) and not in_words):
                continue
            start, end = closed.start(number.start), closed.end(number.end)
            found.append(replace(number, start=start, end=end, text=folded[start:end]))
        return found

    def _joined(self, folded: str, skip: list[Span]) -> list[tuple[Reading, Number]]:
        blocked = self._blocked(folded, skip)
        numerals = self._grammar.find(folded)
        words = list(self._reader.whole_words(folded))
        taken = {place for w in words for place in range(w.start, w.end)}
        dated = {place for s in skip for place in range(s.start, s.end)}
        readings = [r for n in numerals if n.start not in taken and (r := self._reading(folded, n, blocked, dated))]
        ordered = _apart(sorted([*readings, *words], key=lambda r: r.start))
        return self._joiner.join(folded, ordered, {n.end: n for n in numerals})

    def _lasts(self, folded: str, time: Span) -> bool:
        """Whether a period is an amount of time by the verb before it: waited nearly twenty months."""
        return self._lasting.search(folded, max(0, time.start - 4), time.start + 1) is not None

    def _blocked(self, folded: str, skip: list[Span]) -> Blocked:
        words = [Span(*m.span()) for m in self._words.finditer(folded)]
        codes = [Span(*m.span()) for code in self._codes for m in code.finditer(folded)]
        return Blocked([*skip, *codes], words)

    # -- one numeral and its unit ------------------------------------------------------------------

    def _with_units_of_others(self, found: list[Quantity], folded: str) -> list[Quantity]:
        """Large figures without a unit or a noun take kind and unit of the count or sum of money beside them."""
        lone = {q.start for q in found if q.kind == "count" and not q.unit and not self._counts(folded, q)}
        money = {q.start for q in found if not self._reader.around.is_no_money(folded, q.start)}
        return [_with_unit_of(q, found, folded, q.start in money) if q.start in lone else q for q in found]

    def _counts(self, folded: str, quantity: Quantity) -> bool:
        return self._reader.around.is_counted(folded, quantity.end)

    def _reading(self, folded: str, numeral: Numeral, blocked: Blocked, dated: Set[int]) -> Reading | None:
        start, end = numeral.start, numeral.end
        if end - start > _MOST_DIGITS or self._is_ordinal(folded, start):
            return None
        told = (numeral.fraction and "/" not in numeral.number.text) or (
            start not in dated and self._reader.is_score(folded, numeral)
        )
        if blocked.hits(start, end) and not told:
            return None
        if (
            start
            and folded[start].isdigit()
            and folded[start - 1].isascii()
            and folded[start - 1].isalpha()
            and not self._reader.sign_before(folded, start)
        ):
            return None
        reading = self._reader.read(folded, numeral)
        if reading is None or not self._is_amount(folded, numeral, reading):
            return None
        return reading

    def _is_ordinal(self, folded: str, start: int) -> bool:
        return self._ordinal.search(folded, max(0, start - 2), start) is not None

    def _is_amount(self, folded: str, numeral: Numeral, reading: Reading) -> bool:
        """The bare article one counts only where the sentence counts; a bare scale only after words such as nearly."""
        kind = reading.entry.get("kind") if reading.entry is not None else ""
        if numeral.is_shy and kind != "money":
            return False
        if reading.entry is not None and numeral.number.value == reading.entry.get("below", 0) != 0:
            return False
        if numeral.is_one_word and not folded[numeral.start].isdigit() and kind == "count":
            told = self._counting.search(folded, max(0, numeral.start - 6), numeral.start)
            return told is not None or self._listed_one.match(folded, numeral.start) is not None
        if numeral.is_bare_scale and numeral.number.qualifier == "exact" and not numeral.fraction:
            crowd = (
                kind in ("count", "measure", "money") and numeral.items[-1].role == "scale" and len(numeral.items) > 1
            )
            return crowd or self._qualifier.beside(folded, numeral.start, reading.end)
        return True

    # -- the row -----------------------------------------------------------------------------------

    def _quantity(self, folded: str, reading: Reading, number: Number, money: str) -> Quantity:
        entry = reading.entry
        kind = entry.get("kind") if entry else _kind_without_unit(reading)
        factor = _factor(entry, number)
        number = _mapped(number, percent if reading.numeral.fraction and kind == "percent" else lambda v: v * factor)
        around = self._qualifier.qualify(folded, reading.start, reading.end, number, kind, reading.numeral)
        outer_start, outer_end, number = around
        return Quantity(
            start=reading.start,
            end=reading.end,
            text=folded[reading.start : reading.end],
            kind=kind,
            value=number.value,
            low=number.low,
            high=number.high,
            qualifier=number.qualifier,
            unit=self._unit_name(folded, reading, entry, money),
            rule=entry.id if entry else _rule_without_unit(reading),
            flags=_flags(reading),
            outer_start=outer_start,
            outer_end=outer_end,
        )

    def _unit_name(self, folded: str, reading: Reading, entry: Entry | None, money: str) -> str:
        if entry is None:
            return "%" if reading.numeral.fraction else ""
        unit: str = entry.get("unit", "")
        if unit == DOLLAR:
            return money if money.endswith("D") else "USD"
        if unit != LOCAL:
            unit = unit or _form(entry, folded, reading.end)
            per = reading.over.get("unit", "") or reading.over.forms[0] if reading.over else ""
            return f"{unit}/{per}" if per and entry.get("kind") != "money" else unit
        named = next(
            ((s, e) for s, e in self._reader.units.ending(folded, reading.start) if e.get("kind") == "money"), None
        )
        return named[1].get("unit") if named and named[1].get("unit") != LOCAL else money


class Blocked:
    """Where numerals are none: in times, names and codes, and in words that hold a numeral.

    A span that lies inside a longer numeral (a word for perhaps in a hundred and one wan one thousand) does not
    block it; a word does not block a numeral that begins before it, either.
    """

    def __init__(self, spans: list[Span], words: list[Span]) -> None:
        self._at: dict[int, tuple[int, int]] = {}
        for start, end, least in [*((s.start, s.end, s.start) for s in spans), *((w.start, w.end, -1) for w in words)]:
            for place in range(start, end):
                self._at[place] = max(self._at.get(place, (0, 0)), (end, start if least < 0 else -start - 1))

    def hits(self, start: int, end: int) -> bool:
        """Whether the numeral at [start, end) is blocked."""
        return any(place in self._at and self._blocks(*self._at[place], start, end) for place in range(start, end))

    @staticmethod
    def _blocks(stop: int, begin: int, start: int, end: int) -> bool:
        word, begin = begin >= 0, begin if begin >= 0 else -begin - 1
        inside = start <= begin and stop <= end and (begin, stop) != (start, end)
        return not inside and not (word and start < begin)


def _flags(reading: Reading) -> tuple[str, ...]:
    named = {"unit_inherited": reading.shared, "damaged_range": reading.glued}
    return tuple(name for name, holds in named.items() if holds)


def _kind_without_unit(reading: Reading) -> str:
    return "percent" if reading.numeral.fraction else "count" if reading.unitless else "measure"


def _rule_without_unit(reading: Reading) -> str:
    return _FRACTION if reading.numeral.fraction else _BARE_COUNT if reading.unitless else _INDEX


def _with_unit_of(quantity: Quantity, found: list[Quantity], folded: str, money: bool) -> Quantity:
    """The nearest neighbour gives the unit, large ones before small ones (30 wan beside 18 wan yuan and two knees);
    `money`: sums of money may."""
    near = [
        ((q.value or 0) < _LARGE, distance, q.start, q)
        for q in found
        if (q.kind == "count" or (money and q.kind == "money"))
        and q.unit
        and (distance := _distance(quantity, q, folded)) <= _NEAR
    ]
    if not near:
        return quantity
    other = min(near, key=lambda n: n[:3])[3]
    return replace(quantity, kind=other.kind, unit=other.unit, flags=(*quantity.flags, "unit_inherited"))


def _distance(one: Quantity, other: Quantity, folded: str) -> int:
    """The characters between two quantities; out of reach where a line ends between them."""
    first, last = sorted((one, other), key=lambda q: q.start)
    return _NEAR + 1 if "\n" in folded[first.end : last.start] else last.start - first.end


def _apart(readings: list[Reading]) -> list[Reading]:
    """The readings without those that begin inside the one before (half an hour in two and a half hours)."""
    kept: list[Reading] = []
    for reading in readings:
        if not kept or reading.start >= kept[-1].end:
            kept.append(reading)
    return kept


def _opened(quantity: Quantity, closed: Closed, folded: str) -> Quantity:
    """The quantity with the offsets of the text as it was before spaces were taken out."""
    if closed.text == folded:
        return quantity
    start, end = closed.start(quantity.start), closed.end(quantity.end)
    outer_start, outer_end = closed.start(quantity.outer_start), closed.end(quantity.outer_end)
    return replace(quantity, start=start, end=end, text=folded[start:end], outer_start=outer_start, outer_end=outer_end)


def _mapped(number: Number, function: Callable[[Decimal], Decimal]) -> Number:
    values = [None if v is None else shortest(function(v)) for v in (number.value, number.low, number.high)]
    return replace(number, value=values[0], low=values[1], high=values[2])


def _factor(entry: Entry | None, number: Number) -> Decimal:
    if entry is None or (entry.get("below") and number.value is not None and number.value >= entry.get("below")):
        return Decimal(1)
    factor: Decimal = entry.get("factor", Decimal(1))
    return factor


def _form(entry: Entry, folded: str, end: int) -> str:
    """The form of the entry that ends at `end` (a bit-more tail left out)."""
    for stop in (end, end - 1):
        for form in sorted(entry.forms, key=len, reverse=True):
            if folded.endswith(form, 0, stop):
                return form
    return entry.forms[0]
