"""Numbers in digits, Chinese numerals or both, found on characters and before any segmentation.

The characters and their duties are data (`patterns/core/numeral.tsv`); this module finds runs of them,
`amounts` reads the runs. What is vague comes out with bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

import regex

from newsmine.numbers.items import EXACT, Amount, Item
from newsmine.numbers.spacing import Spacing
from newsmine.numbers.vague import Reader
from newsmine.packs import Patterns
from newsmine.types import Number

# Digits with separators of thousands, a decimal part or a power of ten (none of zero, which has no power of zero or
# below). No part of them can be read twice.
_POWER = r"(?<![\d.])(?=[0.]*+[1-9])\d++(?:\.\d++)?(?:[eE][+-]?\d{1,3}|\^[+-]{0,2}\d{1,2})(?![\dA-Za-z.])"
_SLASH = r"(?<![\d/.])(?:\d{1,3} )?\d{1,6}/(?=\d*[1-9])\d{1,6}(?:\.\d{1,2})?(?![\d/.]| ?mm)"
_COMMA = r"\d{1,3}(?:[,，]\d{3}){1,9}+(?![,，]?\d)(?:\.\d++)?"
_ARABIC = rf"(?:{_POWER}|{_SLASH}|{_COMMA}|(?<![\w.)）])\.\d++|\d++(?:\.\d++)?)"
_SPECIAL = regex.compile(r"[eE^/]")
_SIX_PLACES = Decimal("0.000001")
_DIGITS_OF_A_QUOTIENT = 40
_MINUS = ("-", "\u2212")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number found in a text, with what later stages need to know of how it is written."""

    number: Number
    items: tuple[Item, ...]
    fraction: bool = False
    # Of a percentage in words (N of a hundred): the number N by itself.
    percent: Number | None = None
    # What a vague number with a scale names without its vague digit: twenty-odd wan is more than 200,000.
    base: Decimal | None = None

    @property
    def start(self) -> int:
        return self.number.start

    @property
    def end(self) -> int:
        return self.number.end

    @property
    def has_scale(self) -> bool:
        return any(i.role == "scale" for i in self.items)

    @property
    def is_bare_scale(self) -> bool:
        """Times and scales without a digit: no number by itself, but one after words such as nearly."""
        return bool(self.items) and self.items[0].value > 10 and all(i.role in ("times", "scale") for i in self.items)

    @property
    def is_one_word(self) -> bool:
        """The bare Chinese numeral one, which is mostly an article."""
        return len(self.items) == 1 and self.items[0].role == "digit" and self.items[0].value == 1

    @property
    def is_shy(self) -> bool:
        """A lone character that is mostly another word (land, squad): a number only beside a unit of money."""
        return len(self.items) == 1 and self.items[0].shy and not self.fraction


class NumeralGrammar:
    """Finds and reads numbers in folded text."""

    def __init__(self, patterns: Patterns) -> None:
        self._roles: dict[str, Item] = {}
        for entry in patterns.stage("numeral"):
            for form in entry.forms:
                value = entry.get("value", Decimal(0))
                self._roles[form] = Item(
                    entry.get("role"), value, form, lone=entry.get("lone", False), shy=entry.get("shy", False)
                )
        self._mega = tuple(f for f, i in self._roles.items() if i.role == "mega")
        self._mega_value = next((i.value for i in self._roles.values() if i.role == "mega"), Decimal(1))
        words = [f for f, i in self._roles.items() if i.role != "mega" and len(f) > 1]
        letters, single = (
            self._class("letter"),
            "".join(f for f, i in self._roles.items() if len(f) == 1 and not f.isascii() and i.role != "mega"),
        )
        item = rf"{_ARABIC}|(?<=\d) ?{letters}(?![A-Za-z\d])|{'|'.join(map(regex.escape, words))}|[{single}]"
        self._item = regex.compile(item)
        self._run = regex.compile(rf"(?:{item})++")
        self._no_minus = patterns.compiled(r"(?:{no_minus})$")
        self._no_sign = patterns.compiled(r"(?:{no_sign})$")
        self.spacing = Spacing(patterns, self._roles)
        self.digit = self._class("digit")
        self.numeral = self._class("digit", "times", "tens", "few", "scale", "more")

    def _class(self, *roles: str) -> str:
        """A piece of regex for other grammars: any character with one of these roles."""
        return "[" + regex.escape("".join(f for f, i in self._roles.items() if i.role in roles)) + "]"

    def find(self, folded: str) -> list[Numeral]:
        """Every number of the text, in order."""
        found: list[Numeral] = []
        with localcontext(EXACT):
            for run in self._run.finditer(folded):
                items = self.items(run.group(), run.start(), folded)
                found += self._numerals(folded, items)
        return found

    def parse(self, folded: str) -> Number | None:
        """The number that the whole text is, or None."""
        text = self.spacing.close(folded).text
        found = self.find(text)
        if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text)):
            return None
        return found[0].number

    def items(self, text: str, start: int = 0, folded: str = "") -> list[Item]:
        """The items that a run of a text is made of."""
        items = []
        for match in self._item.finditer(text):
            piece, at = match.group(), start + match.start()
            known = self._roles.get(piece.strip())
            if known is None:
                items.append(Item(*_arabic(piece), piece, at, at + len(piece)))
                continue
            mega = known.role == "scale" and known.value > 10**9 and folded.startswith(self._mega, at + 1)
            value = self._mega_value if mega else known.value
            items.append(Item(known.role, value, known.text, at, at + len(piece), known.lone, known.shy))
        return items

    # -- numbers of a run --------------------------------------------------------------------------

    def _numerals(self, folded: str, items: list[Item]) -> Iterator[Numeral]:
        at = 0
        while at < len(items):
            numeral, behind = self._numeral(folded, items, at)
            if numeral is not None:
                yield numeral
            at = behind

    def _numeral(self, folded: str, items: list[Item], at: int) -> tuple[Numeral | None, int]:
        role = items[at].role
        if role == "loose":
            return _crowd(folded, items[at : at + 1], items[at].value), at + 1
        if role == "swarm":
            return self._swarm(folded, items, at)
        first = at + 1 if role == "minus" and at + 1 < len(items) else at
        if first != at and self._no_sign.search(folded, max(0, items[at].start - 1), items[at].end):
            at = first
        if items[first].role in ("slash", "power"):
            number = Number(0, 0, "", items[first].value)
            fraction = items[first].role == "slash"
            return self._signed(folded, items, at, first, first + 1, number, fraction), first + 1
        amount = Reader(items, first).read()
        if amount is None:
            return None, at + 1
        return self._fraction(folded, items, at, first, amount) or (
            self._signed(folded, items, at, first, amount.end, _number(amount)),
            amount.end,
        )

    def _swarm(self, folded: str, items: list[Item], at: int) -> tuple[Numeral | None, int]:
        """A crowd of hundreds or more: at least so many."""
        amount = Reader(items, at + 1).read()
        crowd = items[at + 1 : amount.end] if amount is not None else []
        if (
            amount is None
            or amount.value is None
            or amount.value < 100
            or any(i.role not in ("times", "scale") for i in crowd)
        ):
            return None, at + 1
        return _crowd(folded, items[at : amount.end], amount.value), amount.end

    def _fraction(
        self, folded: str, items: list[Item], at: int, first: int, amount: Amount
    ) -> tuple[Numeral, int] | None:
        """N of M parts, with a whole before it perhaps; None where the items are no fraction."""
        whole, below = None, amount
        if _role(items, amount.end) == "whole" and amount.value is not None:
            whole, below = amount.value, Reader(items, amount.end + 1).read() or amount
        if _role(items, below.end) != "parts" or not below.value or (whole is None) != (below is amount):
            return None
        top = below.end + 1
        negative = _role(items, top) == "minus"
        above = Reader(items, top + negative).read()
        if above is None:
            return None
        number = _divided(_number(above), below.value, whole or Decimal(0))
        number = _negative(number) if negative else number
        signed = self._signed(folded, items, at, first, above.end, number, fraction=True)
        if whole is None and below.end - first == 1 and below.value == 100:
            plain = self._signed(folded, items, top, top + negative, above.end, _number(above))
            signed = replace(signed, percent=plain.number)
        return replace(signed, items=tuple(items[top : above.end])), above.end

    def _signed(
        self, folded: str, items: list[Item], at: int, first: int, end: int, number: Number, fraction: bool = False
    ) -> Numeral:
        start, stop = items[at].start, items[end - 1].end
        if at != first:
            number = _negative(number)
        elif (
            folded[start - 1 : start] in _MINUS
            and start
            and not self._no_minus.search(folded[max(0, start - 6) : start - 1])
        ):
            start, number = start - 1, _negative(number)
        whole = replace(number, start=start, end=stop, text=folded[start:stop])
        base = _base(items[first:end]) if number.value is None and not fraction else None
        return Numeral(whole, tuple(items[first:end]), fraction, base=base)


def _role(items: list[Item], at: int) -> str:
    return items[at].role if at < len(items) else ""


def _base(items: list[Item]) -> Decimal | None:
    """The value without the vague digit, where a digit stands before it and a scale behind it."""
    at = next((n for n, item in enumerate(items) if item.role == "few"), 0)
    before = items[:at] if at and items[at - 1].value else items[: max(at - 1, 0)]
    amount = Reader(before + items[at + 1 :]).read() if before and items[-1].role == "scale" else None
    return amount.value if amount is not None else None


def _crowd(folded: str, items: list[Item], low: Decimal) -> Numeral:
    start, end = items[0].start, items[-1].end
    return Numeral(Number(start, end, folded[start:end], None, low, None, "several"), ())


def _number(amount: Amount) -> Number:
    return Number(0, 0, "", amount.value, amount.low, amount.high, amount.qualifier)


def reread(numeral: Numeral, count: int) -> Numeral | None:
    """The numeral of the first `count` items alone (what follows them belongs to a unit)."""
    with localcontext(EXACT):
        amount = Reader(list(numeral.items), 0, count).read()
    if amount is None or amount.end != count:
        return None
    end = numeral.items[count - 1].end
    text = numeral.number.text[: end - numeral.start]
    number = replace(_number(amount), start=numeral.start, end=end, text=text)
    return Numeral(_negative(number) if numeral.start < numeral.items[0].start else number, numeral.items[:count])


def _arabic(text: str) -> tuple[str, Decimal]:
    """Role and exact value of digits as written."""
    plain = text.replace(",", "").replace("，", "")
    if not _SPECIAL.search(plain):
        return "arabic", Decimal(plain)
    if "/" in plain:
        whole, _, parts = plain.rpartition(" ")
        above, _, below = parts.partition("/")
        return "slash", Decimal(whole or 0) + _quotient(Decimal(above), Decimal(below))
    if "^" in plain:
        base, _, power = plain.partition("^")
        exponent = int(power.lstrip("+-")) * (-1) ** power.count("-")
        return "power", _power(Decimal(base), exponent)
    return "power", Decimal(plain)


def _power(base: Decimal, exponent: int) -> Decimal:
    with localcontext() as context:
        context.prec = _DIGITS_OF_A_QUOTIENT + len(base.as_tuple().digits) * abs(exponent)
        return base**exponent


def _quotient(above: Decimal, below: Decimal) -> Decimal:
    with localcontext(EXACT) as context:
        context.prec = _DIGITS_OF_A_QUOTIENT + len(above.as_tuple().digits) + len(below.as_tuple().digits)
        return above / below


def _divided(number: Number, below: Decimal, whole: Decimal) -> Number:
    def part(value: Decimal | None) -> Decimal | None:
        return None if value is None else whole + _quotient(value, below)

    return replace(number, value=part(number.value), low=part(number.low), high=part(number.high))


def _negative(number: Number) -> Number:
    def minus(value: Decimal | None) -> Decimal | None:
        return None if value is None else -value

    return replace(number, value=minus(number.value), low=minus(number.high), high=minus(number.low))


def percent(value: Decimal) -> Decimal:
    """A share as a percentage, to six places where it has no end: a third is 33.333333."""
    share = value * 100
    return share.quantize(_SIX_PLACES) if len(share.as_tuple().digits) > _DIGITS_OF_A_QUOTIENT else share


def shortest(value: Decimal) -> Decimal:
    """The same value without trailing zeros and without an exponent."""
    with localcontext(EXACT):
        short = value.normalize()
        return short.quantize(Decimal(1)) if int(short.as_tuple().exponent) > 0 else short
