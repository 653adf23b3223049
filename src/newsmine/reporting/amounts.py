"""Numbers as people read them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from newsmine.reporting.messages import word
from newsmine.tables import Row, plain

_LOWER = {"at_least": "≥ ", "over": "> "}
_UPPER = {"at_most": "≤ ", "under": "< ", "nearly": "< "}
_LARGEST = Decimal("1E+18")  # what lies beyond is a slip of the text, and would flatten a plot
_SCALES = {
    "zh": ((12, "zh_1e12"), (8, "zh_1e8"), (4, "zh_1e4")),
    "en": ((12, "tn"), (9, "bn"), (6, "m"), (3, "k")),
}


def grouped(number: Any) -> str:
    """A number with its thousands parted: 2,005,000; 7.25; 1E+40."""
    text = plain(Decimal(str(number)))
    if "E" in text:
        return text
    whole, _, fraction = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    parted = f"{int(digits):,}"
    return f"{sign}{parted}.{fraction}" if fraction else f"{sign}{parted}"


def amount(claim: Row) -> str:
    """The value of a claim with its bounds, without its unit: 11.3; > 350,000,000; 20–30; ≈ 285."""
    value, low, high = (None if claim[name] is None else grouped(claim[name]) for name in ("value", "low", "high"))
    if low is not None and high is not None and low != high:
        return f"{low}–{high}"
    if low is not None and high is None:
        return f"{_LOWER.get(claim['qualifier'], '≥ ')}{low}"
    if high is not None and low is None:
        return f"{_UPPER.get(claim['qualifier'], '≤ ')}{high}"
    return f"{'≈ ' if claim['qualifier'] == 'about' else ''}{value or '–'}"


def with_unit(claim: Row) -> dict[str, str]:
    """The value of a claim with its unit, in every language."""
    return {language: _joined(amount(claim), unit) for language, unit in word("unit", claim["unit"]).items()}


def short(number: float) -> dict[str, str]:
    """A number on an axis, in every language: 150m in English."""
    return {"zh": _scaled(number, "zh"), "en": _scaled(number, "en")}


def drawable(claim: Row) -> float | None:
    """The value of a claim, or else its lower bound, where a plot can place it."""
    number = claim["value"] if claim["value"] is not None else claim["low"]
    return None if number is None or abs(number) > _LARGEST else float(number)


def _scaled(number: float, language: str) -> str:
    for power, name in _SCALES[language]:
        if abs(number) >= 10**power:
            return f"{number / 10**power:,.4g}{word('scale', name)[language]}"
    return f"{number:,.4g}"


def _joined(number: str, unit: str) -> str:
    return number + unit if unit in ("%", "‰") else f"{number} {unit}".strip()
