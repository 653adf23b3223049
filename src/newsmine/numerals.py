"""Numbers in digits, Chinese numerals or both, read exactly, on characters and before any segmentation.

The characters and their duties are data (`patterns/core/numeral.tsv`); this module is the grammar. A number is a run of items (digits,
times, scales ...); sections between scales add up, so 4.78 wan-yi and 25 wan 6 qian come out as they are said. What is vague comes
out with bounds: a few tens are 20 to 99, thirty-odd is 30 to 40, two-three tens are 20 to 30.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

import regex

from newsmine.packs import Patterns
from newsmine.types import Number

_ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})++(?:\.\d++)?(?![,，]?\d)|\d++(?:\.\d++)?)"
_SIX_PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a number: a role of numeral.tsv, or `arabic`."""

    role: str
    value: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number found in a text, with what later stages need to know of how it is written."""

    number: Number
    items: tuple[Item, ...]
    fraction: bool = False

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
        """A scale without a digit before it: no number by itself, but one after words such as nearly."""
        return bool(self.items) and self.items[0].role in ("times", "scale") and self.items[0].value > 10

    @property
    def is_one_word(self) -> bool:
        """The bare Chinese numeral one, which is mostly an article."""
        return len(self.items) == 1 and self.items[0].role == "digit" and self.items[0].value == 1


class NumeralGrammar:
    """Finds and reads numbers in folded text."""

    def __init__(self, patterns: Patterns) -> None:
        self._roles: dict[str, tuple[str, Decimal]] = {}
        forms: dict[str, list[str]] = {}
        for entry in patterns.stage("numeral"):
            for form in entry.forms:
                self._roles[form] = (entry.get("role"), entry.get("value", Decimal(0)))
                forms.setdefault(entry.get("role"), []).append(form)

        def chars(*roles: str) -> str:
            return "[" + regex.escape("".join(f for r in roles for f in forms.get(r, ()))) + "]"

        def words(role: str) -> str:
            return "(?:" + "|".join(sorted(map(regex.escape, forms.get(role, [r"(?!)"])), key=len, reverse=True)) + ")"

        han = chars("digit", "times", "tens", "few")
        more = chars("more", "roughly")
        # The point stands between digits, `more` before a scale or at the end, an Arabic part at the start or after a scale.
        run = (
            rf"(?:{_ARABIC}|{han})"
            rf"(?:{chars('times', 'scale')}|(?<!\d){chars('digit', 'tens', 'few')}|(?<={chars('scale', 'times')}){_ARABIC}"
            rf"|(?<={chars('digit')}){words('point')}(?={chars('digit')})|{more}(?={chars('scale')}))*+{more}?+"
        )
        bare = rf"{chars('scale', 'times')}++"
        whole = rf"(?:{run}|{words('half')}|{bare})"
        sign = rf"(?:(?<![0-9A-Za-z.%)])[-－]|{words('minus')})"
        self._regex = regex.compile(
            rf"(?<loose>{words('loose')})|(?<swarm>{words('swarm')}{bare})"
            rf"|(?:(?<whole>{run}){words('whole')})?(?<below>{run}|{bare}){words('parts')}(?<above>{run}|{words('half')})"
            rf"|(?<below>\d++)/(?<above>\d++)(?![/\d])"
            rf"|(?<sign>{sign})?(?<plain>{whole})"
        )
        self._item = regex.compile(rf"{_ARABIC}|{words('point')}|{chars(*{r for r, _ in self._roles.values()} - {'loose', 'parts'})}")
        # Pieces of regex for other grammars: a lone digit, any character of a number.
        self.digit = chars("digit")
        self.numeral = chars("digit", "times", "tens", "few", "scale", "more")

    def find(self, folded: str) -> Iterator[Numeral]:
        """Every number of the text, in order."""
        for match in self._regex.finditer(folded):
            numeral = self._read(match)
            if numeral is not None:
                yield numeral

    def parse(self, folded: str) -> Number | None:
        """The number that the whole text is, or None."""
        match = self._regex.fullmatch(folded)
        numeral = self._read(match) if match else None
        return numeral.number if numeral else None

    def _read(self, match: regex.Match[str]) -> Numeral | None:
        start, end, text = match.start(), match.end(), match.group()
        if match["loose"] is not None:
            low = self._roles[text][1]
            return Numeral(Number(start, end, text, None, low, None, "several"), ())
        if match["swarm"] is not None:
            low = evaluate(self.items(text[1:]))
            return Numeral(Number(start, end, text, None, low, None, "several"), ())
        if match["below"] is not None:
            return self._fraction(match)
        items = self.items(match["plain"])
        number = bounded(items)
        if number is None:
            return None
        if match["sign"] is not None:
            number = _negative(number)
        return Numeral(replace(number, start=start, end=end, text=text), tuple(items))

    def _fraction(self, match: regex.Match[str]) -> Numeral | None:
        slash = "/" in match.group()
        below = Decimal(match["above"] if slash else 0) if slash else evaluate(self.items(match["below"]))
        above = Number(0, 0, "", Decimal(match["below"])) if slash else bounded(self.items(match["above"]))
        whole = evaluate(self.items(match["whole"])) if match["whole"] else Decimal(0)
        if not below or above is None or whole is None:
            return None

        def part(value: Decimal | None) -> Decimal | None:
            if value is None:
                return None
            with localcontext() as context:
                context.prec = 40
                return whole + value / below

        number = Number(match.start(), match.end(), match.group(), part(above.value), part(above.low), part(above.high), above.qualifier)
        return Numeral(number, tuple(self.items(match["above"])), fraction=True)

    def items(self, text: str) -> list[Item]:
        """The items that a number's text is made of."""
        items = []
        for match in self._item.finditer(text):
            piece = match.group()
            role, value = self._roles.get(piece, ("arabic", Decimal(0)))
            if role == "arabic":
                value = Decimal(piece.replace(",", "").replace("，", ""))
            items.append(Item(role, value, piece))
        return items


def _negative(number: Number) -> Number:
    def minus(value: Decimal | None) -> Decimal | None:
        return None if value is None else -value

    return replace(number, value=minus(number.value), low=minus(number.high), high=minus(number.low))


def bounded(items: list[Item]) -> Number | None:
    """The number that the items say, with its bounds; None where they say none."""
    roles = [i.role for i in items]
    if "few" in roles:
        return _few(items)
    pair = _pair(items)
    if pair is not None:
        low, high = (evaluate(items[:pair] + [items[k]] + items[pair + 2 :]) for k in (pair, pair + 1))
        if low is None or high is None:
            return None
        return Number(0, 0, "", (low + high) / 2, low, high, "range")
    more = "more" in roles
    value = evaluate([i for i in items if i.role not in ("more", "roughly")])
    if value is None:
        return None
    if more:
        return Number(0, 0, "", value, value, value + step(value), "over")
    return Number(0, 0, "", value, None, None, "about" if "roughly" in roles else "exact")


def step(value: Decimal) -> Decimal:
    """The place of the last non-zero digit: 990 -> 10, 1200 -> 100, 30000 -> 10000."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def _few(items: list[Item]) -> Number | None:
    """A vague digit: several tens are 20 to 99, ten-odd are 11 to 19."""
    at = next(n for n, i in enumerate(items) if i.role == "few")
    ones = at == len(items) - 1
    if len(items) == 1 or (at and items[at - 1].role not in ("times", "scale")):
        return None

    def with_digit(digit: int) -> Decimal | None:
        return evaluate([*items[:at], Item("digit", Decimal(digit), ""), *(i for i in items[at + 1 :] if i.role != "more")], tail=False)

    low, high = (with_digit(1), with_digit(9)) if ones else (with_digit(2), with_digit(10))
    if low is None or high is None:
        return None
    return Number(0, 0, "", None, low, high if ones else high - 1, "several")


def _pair(items: list[Item]) -> int | None:
    """Where two neighbouring digits mean 'two or three' (two-three tens, seven-eight), not places of a number."""
    found = [n for n, (a, b) in enumerate(zip(items, items[1:], strict=False)) if a.role == b.role == "digit"]
    if len(found) != 1:
        return None
    first, second = items[found[0]], items[found[0] + 1]
    apart = (first.value, second.value)
    return found[0] if first.value and (apart[1] - apart[0] == 1 or apart == (3, 5)) else None


def evaluate(items: list[Item], tail: bool = True) -> Decimal | None:
    """The value of the items; None where they are no number. `tail`: a last lone digit stands one place below (one thousand three = 1300)."""
    if not items:
        return None
    if all(i.role in ("digit", "point") for i in items) and len(items) > 1:
        return _positional(items)
    total = section = Decimal(0)
    current: Decimal | None = None
    last_place = largest = Decimal(0)
    zero = False
    for position, item in enumerate(items):
        match item.role:
            case "tens":
                section += item.value
            case "arabic" | "digit" | "half":
                if current is not None and item.role != "digit":
                    return None
                if current is not None and not zero:
                    return _decimal_tail(items, position, total + section, current)
                zero = item.value == 0 and item.role == "digit"
                current = item.value
            case "times":
                value = item.value * (Decimal(1) if current is None else current)
                section, current, last_place = section + value, None, item.value
            case "scale":
                section += current or 0
                if not section and not total:
                    section = Decimal(1)
                if item.value > largest:
                    total, largest = (total + section) * item.value, item.value
                else:
                    total += section * item.value
                section, current, last_place = Decimal(0), None, item.value
            case "point":
                return _decimal_tail(items, position, total + section, current)
    if current is not None and tail and last_place > 10 and _is_tail(items):
        current *= last_place / 10
    return total + section + (current or 0)


def _is_tail(items: list[Item]) -> bool:
    """Whether the last item is a single digit that follows a times or scale directly (25 thousand as two-ten-thousand-five)."""
    return len(items) > 1 and items[-1].role == "digit" and items[-1].value > 0 and items[-2].role in ("times", "scale")


def _positional(items: list[Item]) -> Decimal:
    return Decimal("".join("." if i.role == "point" else str(i.value) for i in items))


def _decimal_tail(items: list[Item], position: int, above: Decimal, current: Decimal | None) -> Decimal | None:
    """Digits after a spoken point, with a scale behind them perhaps (three point five hundred million)."""
    if items[position].role != "point":
        return None
    digits, rest = [], list(items[position + 1 :])
    while rest and rest[0].role == "digit":
        digits.append(str(rest.pop(0).value))
    value = above + (current or 0) + Decimal("0." + "".join(digits))
    for item in rest:
        if item.role not in ("times", "scale"):
            return None
        value *= item.value
    return value


def percent(value: Decimal) -> Decimal:
    """A share as a percentage, to six places: a third is 33.333333."""
    return (value * 100).quantize(_SIX_PLACES)


def shortest(value: Decimal) -> Decimal:
    """The same value without trailing zeros and without an exponent."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()
