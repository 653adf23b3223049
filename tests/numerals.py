"""Random values written as Chinese writes numbers: for the property tests and tools/numeral_round_trip.py."""

from __future__ import annotations

import random
from decimal import Decimal

_DIGITS = {
    "lower": "零一二三四五六七八九",
    "circle": "〇一二三四五六七八九",
    "capital": "零壹贰叁肆伍陆柒捌玖",
    "traditional": "零壹貳叄肆伍陸柒捌玖",
}
_TIMES = {"lower": " 十百千", "circle": " 十百千", "capital": " 拾佰仟", "traditional": " 拾佰仟"}
_SCALES = {"lower": ("", "万", "亿", "万亿"), "circle": ("", "萬", "億", "萬億"), "capital": ("", "万", "亿", "万亿")}
_SCALES["traditional"] = ("", "萬", "億", "萬億")
_FULL = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
STYLES = tuple(_DIGITS)


def in_words(value: int, style: str, say_two: bool = False) -> str:
    """A whole number in numerals, with a zero for skipped places."""
    digits = _DIGITS[style]
    if not value:
        return digits[0]
    groups, text, gap = [], "", False
    while value:
        value, group = divmod(value, 10_000)
        groups.append(group)
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(text)
            continue
        text += digits[0] if text and (gap or group < 1000) else ""
        text += _group(group, style, say_two) + _SCALES[style][place]
        gap = False
    return text


def _group(group: int, style: str, say_two: bool) -> str:
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = group // 10**power % 10
        if not digit:
            gap = bool(text)
            continue
        text += _DIGITS[style][0] if gap else ""
        said = "两" if say_two and digit == 2 and power >= 2 and style == "lower" else _DIGITS[style][digit]
        text += said + _TIMES[style][power].strip()
        gap = False
    return text


def notation(random_source: random.Random) -> tuple[str, Decimal]:
    """A text and the value that it says."""
    size = random_source.randrange(1, 16)
    value = random_source.randrange(10**size)
    kind = random_source.randrange(9)
    style = random_source.choice(STYLES)
    if kind == 0:
        return str(value), Decimal(value)
    if kind == 1:
        return f"{value:,}", Decimal(value)
    if kind == 2:
        places = random_source.randrange(1, 5)
        number = Decimal(value).scaleb(-places)
        return f"{number:f}", number
    if kind == 3:
        scale, factor = random_source.choice(
            (("万", 10**4), ("亿", 10**8), ("千万", 10**7), ("百万", 10**6), ("万亿", 10**12), ("兆", 10**12))
        )
        number = Decimal(value % 10**6).scaleb(-2)
        return f"{number:f}{scale}", number * factor
    if kind == 4:
        return in_words(value, style, say_two=True), Decimal(value)
    if kind == 5:
        tail = "".join(random_source.choice(_DIGITS[style]) for _ in range(random_source.randrange(1, 6)))
        shown = "".join(str(_DIGITS[style].index(c)) for c in tail)
        return f"{in_words(value % 10**8, style)}点{tail}", Decimal(f"{value % 10**8}.{shown}")
    if kind == 6:
        below, above = random_source.randrange(2, 1000), random_source.randrange(1, 1000)
        return f"{in_words(below, style)}分之{in_words(above, style)}", Decimal(above) / Decimal(below)
    if kind == 7:
        sign = random_source.choice(("-", "负", "－"))
        return sign + str(value + 1), Decimal(-value - 1)
    return (f"{value:,}" if value % 2 else str(value)).translate(_FULL), Decimal(value)
