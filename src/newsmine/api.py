"""Numbers and quantities for notebooks: no article, no tables, only what stands in a string."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from newsmine.fold import fold
from newsmine.pipeline import quantity_tools
from newsmine.types import Number, Quantity, Span


def find_numbers(text: str) -> list[Number]:
    """Every number of a text, in order, with exact value and bounds; offsets are code points into `text`."""
    _, quantities, times = quantity_tools()
    folded = fold(text)
    dates = [Span(t.start, t.end) for t in times.find(folded)]
    return [replace(n, text=text[n.start : n.end]) for n in quantities.numbers(folded, dates)]


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity of a text: a number with its unit, its bounds and how exact it is. Dates and ordinals are none."""
    _, quantities, times = quantity_tools()
    folded = fold(text)
    found = quantities.find(folded, [Span(t.start, t.end) for t in times.find(folded)])
    return [replace(q, text=text[q.start : q.end]) for q in found]


def parse_number(text: str) -> Decimal:
    """The exact value of a number in digits, Chinese numerals or both.

    ValueError says what is wrong: the text is no number, or one without a definite value (several tens).
    """
    grammar, _, _ = quantity_tools()
    number = grammar.parse(fold(text.strip()))
    if number is None:
        raise ValueError(f"not a number: {text!r}")
    if number.value is None:
        bounds = " to ".join(str(b) for b in (number.low, number.high) if b is not None)
        raise ValueError(f"no definite value in {text!r} (bounds: {bounds}); use find_numbers for its bounds")
    return number.value
