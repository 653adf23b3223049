"""Properties of numbers: what is written is read back; nothing raises, nothing takes more than linear time."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmine import find_numbers, find_quantities, parse_number
from numerals import STYLES, in_words, notation

ALPHABET = (
    "一二两三九十百千万亿兆零〇点几数多余来分之又半负上打壹拾廿卅"
    "0123456789.,，%‰/ -~－至到和、个年月日元角块成折倍番度岁\neE^kMＫ￥$约超近左右第"
)
HOSTILE = {
    "digits": "1",
    "ten thousands": "一万",
    "scales": "万",
    "parts": "一分之",
    "and": "一又",
    "numerals": "一二三四五六七八九",
    "commas": "1,111,",
    "spaced": "一 ",
    "points": "1.",
    "ranges": "5-",
    "signs": "负",
    "tens": "十",
    "powers": "1e5",
    "years": "1年",
    "percent": "百分之",
    "blank": " ",
    "lines": "\n",
}


def equal(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= abs(other) * Decimal("1e-25")


def test_random_notations() -> None:
    source = random.Random(20)
    wrong = [(t, v) for t, v in (notation(source) for _ in range(3000)) if not equal(parse_number(t), v)]
    assert wrong == []


@given(st.integers(min_value=0, max_value=10**16 - 1), st.sampled_from(STYLES), st.booleans())
@settings(deadline=None)
def test_words(value: int, style: str, say_two: bool) -> None:
    assert parse_number(in_words(value, style, say_two)) == value


@given(st.text(alphabet=ALPHABET, max_size=60))
@settings(deadline=None, max_examples=400)
def test_any_text(text: str) -> None:
    for number in find_numbers(text):
        assert text[number.start : number.end] == number.text
        assert "\n" not in number.text
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
    with contextlib.suppress(ValueError):
        parse_number(text)


@pytest.mark.parametrize("name", HOSTILE)
def test_linear_time(name: str) -> None:
    def seconds(length: int, call: Callable[[str], Any]) -> float:
        text = (HOSTILE[name] * length)[:length]
        started = time.process_time()
        call(text)
        return time.process_time() - started

    for call in (find_numbers, find_quantities):
        call("1")
        short, long = min(seconds(3000, call) for _ in range(2)), seconds(24000, call)
        assert long < 20 * short + 0.5


def test_long_numbers_are_exact() -> None:
    digits = "123456789" * 1000
    assert parse_number(digits) == Decimal(digits)
    assert str(parse_number(digits + "万")) == digits + "0000"
    with pytest.raises(ValueError, match="not a number"):
        parse_number("2e99999")


@pytest.mark.parametrize("text", ["0^0", "0^-3个", "0.0^-1", "0e-5"])
def test_zero_has_no_power_that_fails(text: str) -> None:
    find_quantities(text)
    with contextlib.suppress(ValueError):
        parse_number(text)
