"""One numeral with its unit: what stands behind it (or before it), and what may still follow the unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from newsmine.lexicon import FormIndex, allowed
from newsmine.numbers.numerals import Numeral, NumeralGrammar, reread
from newsmine.packs import Entry, Patterns
from newsmine.quantities.bare import Surroundings
from newsmine.quantities.tails import next_whole, unglued
from newsmine.types import Number

_HALF = Decimal("0.5")
_SECOND = 2
_LARGE = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """A numeral with the unit that was read behind (or before) it."""

    start: int
    end: int
    number: Number
    numeral: Numeral
    entry: Entry | None
    # The unit is written once, behind a later number.
    shared: bool = False
    # What the unit is per, where a stroke and another unit follow it (m3/s).
    over: Entry | None = None
    # A count whose unit is not written at all (400 thousand of what was counted before).
    unitless: bool = False
    # A range whose mark was lost between its ends.
    glued: bool = False
    # One side of a score: what stands between it and the other is no range mark.
    side: bool = False


class UnitReader:
    """Reads the unit of a numeral. What Chinese calls a unit is data (`unit` entries)."""

    def __init__(self, patterns: Patterns, grammar: NumeralGrammar) -> None:
        self._grammar = grammar
        units = patterns.stage("unit")
        numbered = [e for e in units if e.get("value") is None]
        self.units = FormIndex(e for e in numbered if e.get("place") != "before")
        self.signs = FormIndex(e for e in numbered if e.get("place") == "before")
        self._whole = {f: e for e in units if e.get("value") is not None for f in e.forms}
        words = sorted(self._whole, key=lambda f: (-len(f), f))
        self._whole_regex = regex.compile("|".join(map(regex.escape, words)) or r"(?!)")
        self._more = _forms(patterns, "more")
        self._half = _forms(patterns, "half")
        self._per = patterns.compiled(r"(?:{per_stroke})")
        self._wrapped = patterns.compiled(r"(?:{wrapped})")
        self._index = patterns.compiled(r"(?:{index_noun}){index_gap}$")
        self._index_to = patterns.compiled(r"(?:{index_noun}){index_to}$")
        self._money = {e.get("place") or "noun": e for e in units if e.get("kind") == "money" and e.get("bare")}
        self._age = next((e for e in units if e.get("kind") == "measure" and e.get("bare")), None)
        self._score = next((e for e in numbered if "pair" in e.get("needs", ())), None)
        self.around = Surroundings(patterns)
        self._spent = patterns.compiled(r"(?:{spent})$")
        self._told = {word: e for e in numbered for word in e.get("said_by", ())}
        told = "|".join(map(regex.escape, sorted(self._told, key=lambda w: (-len(w), w))))
        self._told_by = patterns.compiled(rf"(?P<told>{told}){{spent_gap}}$") if told else None
        self._round = patterns.compiled(r"(?:{round_of_match})")
        self._priced = patterns.compiled(r"(?:{priced})$")
        self._priced_ends = patterns.compiled(r"(?:{priced_ends})")
        self._share = patterns.compiled(r"(?:{share_after})")
        self._glued = regex.compile(r"[A-Za-z_]|[-－.~～—]\d|[:：]\d")
        self._ends = patterns.compiled(r"\s?(?:$|{count_ends})")
        self._goes_on = patterns.compiled(r"(?!{decimal_end})\p{Han}")
        self._decimals = regex.compile(rf"\d{{1,2}}(?![\d.])|{grammar.digit}(?!{grammar.numeral})")

    def read(self, folded: str, numeral: Numeral) -> Reading | None:
        """The numeral's unit, or None where it has none."""
        found = (
            self._side_of_score(folded, numeral)
            or self._prefixed(folded, numeral)
            or self._suffixed(folded, numeral)
            or self._bare_age(folded, numeral)
            or self._told_count(folded, numeral)
            or self._bare_money(folded, numeral)
            or self._bare_count(folded, numeral)
            or self._index_number(folded, numeral)
        )
        return self._with_stroke(folded, found) if found else None

    def is_score(self, folded: str, numeral: Numeral) -> bool:
        """Whether the numeral is one side of a score."""
        plain = len(numeral.items) == 1 and numeral.items[0].role == "arabic"
        return plain and self._score is not None and self.around.is_score(folded, numeral.start, numeral.end)

    def whole_words(self, folded: str) -> Iterator[Reading]:
        """Words that are number and unit in one (a half, half price)."""
        for match in self._whole_regex.finditer(folded):
            entry = self._whole[match.group()]
            if not allowed(entry, folded, match.start(), match.end()):
                continue
            number = Number(match.start(), match.end(), match.group(), entry.get("value"))
            yield Reading(match.start(), match.end(), number, Numeral(number, ()), entry)

    def sign_before(self, folded: str, start: int) -> bool:
        """Whether a currency sign ends here."""
        return next(iter(self.signs.ending(folded, start)), None) is not None

    def _side_of_score(self, folded: str, numeral: Numeral) -> Reading | None:
        if not self.is_score(folded, numeral):
            return None
        return Reading(numeral.start, numeral.end, numeral.number, numeral, self._score, side=True)

    # -- before the number -------------------------------------------------------------------------

    def _prefixed(self, folded: str, numeral: Numeral) -> Reading | None:
        """A currency sign before the number; a unit word may stand behind it as well."""
        for start, entry in self.signs.ending(folded, numeral.start):
            ends = [e for e, u in self.units.starting(folded, numeral.end) if u.get("kind") == "money"]
            return Reading(start, max(ends, default=numeral.end), numeral.number, numeral, entry)
        return None

    # -- behind the number -------------------------------------------------------------------------

    def _suffixed(self, folded: str, numeral: Numeral) -> Reading | None:
        if numeral.fraction:
            return self._fraction(folded, numeral)
        retracted = self._retracted(folded, numeral)
        if retracted is not None:
            return retracted
        halved = self._half_between(folded, numeral)
        if halved is not None:
            return halved
        position = self._skip_space(folded, numeral.end)
        plain = folded[numeral.start].isdigit() or numeral.number.qualifier == "several"
        many = len(numeral.items) > 1
        for end, entry in self.units.starting(folded, position, numeral.start, lenient=plain or many):
            if _has_what_it_needs(entry, numeral, plain, position == numeral.end):
                return self._with_tail(folded, numeral, entry, end)
        return None

    def _skip_space(self, folded: str, position: int) -> int:
        """A space, or the end of a line that was broken at its width, may part number and unit."""
        if folded[position : position + 1] == " " and not folded[position + 1 : position + 2].isdigit():
            return position + 1
        wrapped = self._wrapped.match(folded, position) if folded[position : position + 1] == "\n" else None
        return wrapped.end() if wrapped and "\n" not in folded[max(0, position - 24) : position] else position

    def _fraction(self, folded: str, numeral: Numeral) -> Reading | None:
        """A share. Written with a stroke it is one only where the words around say so: it may be a date."""
        if self._round.match(folded, numeral.end):
            return None
        if "/" in numeral.number.text:
            value = numeral.number.value
            if self.around.is_part(folded, numeral.end):
                position = self._skip_space(folded, numeral.end)
                unit = next(
                    ((e, u) for e, u in self.units.starting(folded, position) if u.get("kind") != "money"), None
                )
                return Reading(numeral.start, unit[0], numeral.number, numeral, unit[1]) if unit else None
            around = self._share.match(folded, numeral.end)
            if value is None or not 0 < value < 1 or around is None:
                return None
        return Reading(numeral.start, numeral.end, numeral.number, numeral, None)

    def _retracted(self, folded: str, numeral: Numeral) -> Reading | None:
        """A unit that begins like a numeral (a kilowatt after a thousand's character) takes that character back."""
        count = len(numeral.items) - 1
        if count < 1 or numeral.items[count].role not in ("times", "scale") or numeral.items[count].end != numeral.end:
            return None
        last = numeral.items[count].start
        for end, entry in self.units.starting(folded, last, numeral.start):
            short = reread(numeral, count) if end > numeral.end else None
            if short is not None:
                return Reading(short.start, end, short.number, short, entry)
        return None

    def _with_tail(self, folded: str, numeral: Numeral, entry: Entry, end: int) -> Reading:
        """What may still follow the unit: and a half, and a bit more."""
        if entry.get("opens"):
            return _doubling(folded, numeral, entry, end)
        parted = unglued(numeral.number, entry.get("glued", 0))
        if parted is not None:
            return Reading(numeral.start, end, parted, numeral, entry, glued=True)
        if entry.get("tail") == "decimal":
            decimal = self._with_decimals(folded, numeral, entry, end)
            if decimal is not None:
                return decimal
        number = numeral.number
        value = number.value if number.qualifier == "exact" and entry.get("kind") != "money" else None
        tail, behind = folded[end : end + 1], folded[end + 1 : end + 2]
        if value is not None and tail in self._half and (entry.get("kind") == "measure" or entry.get("tail")):
            return Reading(numeral.start, end + 1, replace(number, value=value + _HALF), numeral, entry)
        if (
            value is not None
            and tail in self._more
            and behind not in self._half
            and not self._more_begins_a_word(folded, end)
        ):
            over = replace(number, low=value, high=next_whole(value), qualifier="over")
            return Reading(numeral.start, end + 1, over, numeral, entry)
        return Reading(numeral.start, end, number, numeral, entry)

    def _more_begins_a_word(self, folded: str, end: int) -> bool:
        """Whether `more` behind the unit begins a word of its own (many times) and is none of the number's."""
        return any(e.get("kind") == "count" for _, e in self.units.starting(folded, end + 1))

    def _with_decimals(self, folded: str, numeral: Numeral, entry: Entry, end: int) -> Reading | None:
        """Digits right behind the unit, with nothing that counts behind them, are its decimals (2m08)."""
        number, tail = numeral.number, self._decimals.match(folded, end)
        if number.value is None or number.qualifier != "exact" or number.value % 1:
            return None
        if folded[end : end + 1] in self._half and not folded.startswith(tuple(self._more), end + 1):
            return Reading(numeral.start, end + 1, replace(number, value=number.value + _HALF), numeral, entry)
        if tail is None or (entry.get("kind") == "money" and self._goes_on.match(folded, tail.end())):
            return None
        # Tenths have one digit behind them, and what they are tenths of may follow: 9.8 tenths of citizens.
        tenths = entry.get("kind") == "percent"
        if tenths and len(tail.group()) > 1:
            return None
        if next(iter(self.units.starting(folded, tail.end(), lenient=not tenths)), None) is not None:
            return None
        digits = tail.group()
        digits = digits if digits.isdigit() else "".join(str(i.value) for i in self._grammar.items(digits))
        value = number.value + Decimal(f"0.{digits}")
        return Reading(numeral.start, tail.end(), replace(number, value=value), numeral, entry)

    def _half_between(self, folded: str, numeral: Numeral) -> Reading | None:
        """Two-and-a-half hours: the half (or the bit more) stands between the classifier and the unit."""
        for middle, entry in self.units.starting(folded, numeral.end):
            if entry.get("kind") != "count" or folded[middle : middle + 1] not in self._half | self._more:
                continue
            for end, unit in self.units.starting(folded, middle + 1):
                if unit.get("kind") != "measure":
                    break
                return self._with_middle(folded, numeral, middle, end, unit)
        return None

    def _with_middle(self, folded: str, numeral: Numeral, middle: int, end: int, unit: Entry) -> Reading:
        number, value = numeral.number, numeral.number.value
        if value is not None and folded[middle] in self._half:
            number = replace(number, value=value + _HALF)
        elif value is not None:
            number = replace(number, low=value, high=next_whole(value), qualifier="over")
        return Reading(numeral.start, end, number, numeral, unit)

    def _with_stroke(self, folded: str, reading: Reading) -> Reading:
        """A second unit behind a stroke: per what."""
        entry = reading.entry
        if entry is None or entry.get("kind") not in ("measure", "money", "count"):
            return reading
        stroke = self._per.match(folded, reading.end)
        if stroke is None:
            return reading
        for end, unit in self.units.starting(folded, stroke.end(), lenient=True):
            if unit.get("kind") in ("measure", "count"):
                return replace(reading, end=end, over=unit)
        return reading

    # -- without a unit ----------------------------------------------------------------------------

    def _bare_age(self, folded: str, numeral: Numeral) -> Reading | None:
        """An age told without its unit (nearly seventy this year)."""
        if self._age is None or not self.around.is_age(folded, numeral.start, numeral.end, numeral.number.value):
            return None
        return Reading(numeral.start, numeral.end, numeral.number, numeral, self._age)

    def _index_number(self, folded: str, numeral: Numeral) -> Reading | None:
        """A bare number after an index noun (a coefficient, a score): a measure without unit."""
        after = folded[numeral.end : numeral.end + 2]
        if self.around.is_side(folded, numeral.start, numeral.end):
            return Reading(numeral.start, numeral.end, numeral.number, numeral, None)
        if self._glued.match(after) or numeral.is_one_word or after[:1] in ("%", "/"):
            return None
        near = max(0, numeral.start - 30)
        if not (
            self._index.search(folded, near + 14, numeral.start) or self._index_to.search(folded, near, numeral.start)
        ):
            return None
        return Reading(numeral.start, numeral.end, numeral.number, numeral, None)

    def _bare_money(self, folded: str, numeral: Numeral) -> Reading | None:
        """Money told without its unit, behind a word of paying (spent twelve thousand)."""
        number, entry = numeral.number, self._money.get("noun")
        lowest = number.value if number.value is not None else number.low
        if entry is not None and lowest is not None and self._is_price(folded, numeral, lowest):
            return Reading(numeral.start, numeral.end, number, numeral, entry)
        if (
            entry is None
            or lowest is None
            or lowest < 1000
            or not any(i.role in ("times", "scale") for i in numeral.items)
        ):
            return None
        if self.around.is_sum(folded, numeral.end):
            return Reading(numeral.start, numeral.end, number, numeral, entry)
        if not self._spent.search(folded, max(0, numeral.start - 8), numeral.start):
            return None
        behind = folded[numeral.end : numeral.end + 1]
        return (
            None
            if behind.isalnum() and behind not in entry.get("bare")
            else Reading(numeral.start, numeral.end, number, numeral, entry)
        )

    def _is_price(self, folded: str, numeral: Numeral, value: Decimal) -> bool:
        """Whether digits alone are the price that a headline tells (now for 399)."""
        if value < _LARGE or not folded[numeral.start].isdigit():
            return False
        before = self._priced.search(folded, max(0, numeral.start - 6), numeral.start)
        return before is not None and self._priced_ends.match(folded, numeral.end) is not None

    def _told_count(self, folded: str, numeral: Numeral) -> Reading | None:
        """A large count whose unit the noun before it tells (a population of 1.37 million)."""
        if self._told_by is None or not numeral.has_scale or numeral.is_bare_scale:
            return None
        told = self._told_by.search(folded, max(0, numeral.start - 12), numeral.start)
        if told is None or not self._ends.match(folded, numeral.end):
            return None
        return Reading(numeral.start, numeral.end, numeral.number, numeral, self._told[told["told"]])

    def _bare_count(self, folded: str, numeral: Numeral) -> Reading | None:
        """A large count told without its unit (now 400 thousand): a scale, and nothing it counts right behind."""
        if not numeral.has_scale or numeral.is_bare_scale or not self._ends.match(folded, numeral.end):
            return None
        return Reading(numeral.start, numeral.end, numeral.number, numeral, None, unitless=True)


def _forms(patterns: Patterns, role: str) -> frozenset[str]:
    return frozenset(f for e in patterns.stage("numeral") if e.get("role") == role for f in e.forms)


def _has_what_it_needs(entry: Entry, numeral: Numeral, digits: bool, adjacent: bool) -> bool:
    """bare: nothing in between, no decimals, not the two that counts no pair but names a second one; digits: no Chinese
    numeral; pair: the other side of a score; half: a half; small, many: less, more than 1000, 20; large: 100 or more;
    whole: no decimals."""
    needs = entry.get("needs", ())
    value = numeral.number.value
    whole = value is None or (value % 1 == 0 and (numeral.has_scale or "." not in numeral.number.text))
    second = (
        len(numeral.items) == 1 and value == _SECOND and numeral.items[0].role == "digit" and not numeral.items[0].lone
    )
    return (
        "pair" not in needs
        and ("bare" not in needs or (adjacent and whole and not second))
        and ("digits" not in needs or digits)
        and ("half" not in needs or (value is not None and value % 1 != 0))
        and ("small" not in needs or value is None or value < 1000)
        and ("whole" not in needs or whole)
        and ("large" not in needs or (value is not None and value >= _LARGE))
        and ("many" not in needs or (value is not None and value > 20))
    )


def _doubling(folded: str, numeral: Numeral, entry: Entry, end: int) -> Reading:
    """To double n times is to reach 2 to the n; the verb belongs to the figure."""
    value = numeral.number.value
    start = next(
        (numeral.start - len(w) for w in entry.get("opens") if folded.endswith(w, 0, numeral.start)), numeral.start
    )
    doubled = value is not None and value <= 64 and value % 1 == 0
    number = (
        replace(numeral.number, value=Decimal(2) ** int(value)) if doubled and value is not None else numeral.number
    )
    return Reading(start, end, number, numeral, entry)
