"""Articles made to do harm, and what must hold of every row whatever the article; also for `tools/fuzz.py`."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import regex

from newsmine.packs import Patterns
from newsmine.tables import Result, Row

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "articles"
# What the unit of each kind looks like; an index number has none, and a count of nothing in particular.
_UNITS = {
    "percent": regex.compile("%|pp"),
    "money": regex.compile("[A-Z]{3}"),
    "multiple": regex.compile("倍"),
    "measure": regex.compile(r"\S{0,12}"),
    "count": regex.compile(r"[\p{Han}\p{L}]{0,8}(?:/\w{1,8})?"),
}
_SEEDS = (
    "该院2022年度门诊量达200.5万人次，较2019年增长74.76%。院长周海明说，今年将新增床位300张。",
    "截至6月底，全市共有三百二十余家企业，总投资约3.5亿至4亿元，同比下降近两成。",
    "3,874萬人次搭乘，比去年同期多一成二；票價由1490元調至1,530元。",
)
_WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})
# Zero width, bidi, marks of joining, a byte order mark in the middle, non-BMP, lone surrogates, controls, separators.
_ODD = (
    *"\u200b\u200c\u200d\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069\u0301\ufe0f\x00\x07\x1b\x85\u2028",
    *"\U00020000\U0001f600\U0002a6a5\U000e0100\ud800\udfff\ufffd\ue000\uffff𝟘٣८½Ⅳ⑨㈩〇○",
)
_BRACKETS = ("（", "“", "《", "(", "「", "『", "【", "<", "'", "[")
_NUMERALS = "一二三四五六七八九十百千万亿兆零两半点几多余0123456789.,%％‰-—～至倍成元年月日人次"

Mutation = Callable[[random.Random, str], str]


def seeds() -> list[str]:
    """Sentences to begin with: some of our own, and pieces of the corpus."""
    texts = [p.read_text(encoding="utf-8", errors="ignore") for p in sorted(CORPUS.glob("*.txt"))]
    pieces = [text[n : n + 160] for text in texts for n in range(0, len(text), 160)]
    return [*_SEEDS, *(p for p in pieces if len(p) > 50)]


def fuzzed(draw: random.Random, texts: Sequence[str], longest: int = 600) -> str:
    """An article: a text, or two glued together, with one to eight mutations."""
    text = draw.choice(texts)
    if draw.random() < 0.2:
        text = text[: len(text) // 2] + draw.choice(texts)
    for _ in range(draw.randint(1, 8)):
        text = draw.choice(MUTATIONS)(draw, text)
    return text[:longest]


def _spot(draw: random.Random, text: str) -> tuple[int, int]:
    start = draw.randint(0, len(text))
    return start, min(len(text), start + draw.randint(1, 12))


def _deleted(draw: random.Random, text: str) -> str:
    a, b = _spot(draw, text)
    return text[:a] + text[b:]


def _doubled(draw: random.Random, text: str) -> str:
    a, b = _spot(draw, text)
    return text[:a] + text[a:b] * draw.choice((2, 3, 30)) + text[b:]


def _swapped(draw: random.Random, text: str) -> str:
    a, b = _spot(draw, text)
    return text[:a] + text[a:b][::-1] + text[b:]


def _widened(draw: random.Random, text: str) -> str:
    a, b = _spot(draw, text)
    return text[:a] + text[a:b].translate(_WIDE) + text[b:]


def _odd(draw: random.Random, text: str) -> str:
    for _ in range(draw.randint(1, 6)):
        a, _end = _spot(draw, text)
        text = text[:a] + draw.choice(_ODD) + text[a:]
    return text


def _numerals(draw: random.Random, text: str) -> str:
    a, b = _spot(draw, text)
    return text[:a] + "".join(draw.choices(_NUMERALS, k=draw.randint(1, 20))) + text[b:]


def _nested(draw: random.Random, text: str) -> str:
    a, b = _spot(draw, text)
    return text[:a] + draw.choice(_BRACKETS) * draw.choice((1, 2, 60)) + text[a:b] + text[b:]


def _digits(draw: random.Random, text: str) -> str:
    a, _end = _spot(draw, text)
    return text[:a] + draw.choice("0179三万亿") * draw.choice((20, 200)) + text[a:]


def _lines(draw: random.Random, text: str) -> str:
    a, _end = _spot(draw, text)
    return text[:a] + draw.choice(("\n", "\r\n", "\n\n\n", "\t", " ", "\u3000")) + text[a:]


MUTATIONS: tuple[Mutation, ...] = (
    _deleted,
    _doubled,
    _swapped,
    _widened,
    _odd,
    _numerals,
    _nested,
    _digits,
    _lines,
)


def broken(result: Result, patterns: Patterns) -> list[str]:
    """What does not hold of the rows of an article."""
    if result.errors or result.article is None:
        return [f"an error: {e['error']}: {e['message']}" for e in result.errors] or ["no article"]
    text = result.article["text"]
    entities = {e["entity_id"] for e in result.entities}
    found = [f"ids of {what} twice" for what, ids in _ids(result) if len(ids) != len(set(ids))]
    for row in (*result.claims, *result.entities):
        found += _of_place(row, text)
        if row["rule"] not in patterns.entries:
            found.append(f"a rule that nobody knows: {row['rule']}")
    for claim in result.claims:
        found += _of_claim(claim, text)
        if claim["subject_entity"] is not None and claim["subject_entity"] not in entities:
            found.append("a subject that is no entity")
    counts = (result.article["n_claims"], result.article["n_entities"])
    return found if counts == (len(result.claims), len(result.entities)) else [*found, "counts"]


def _ids(result: Result) -> list[tuple[str, list[str]]]:
    return [
        ("claims", [c["claim_id"] for c in result.claims]),
        ("entities", [e["entity_id"] for e in result.entities]),
    ]


def _of_place(row: Row, text: str) -> list[str]:
    start, end = row["start"], row["end"]
    whole = 0 <= start < end <= len(text) and text[start:end] == row["text"]
    return [] if whole else [f"offsets: {start}-{end} {row['text']!r}"]


def _of_claim(claim: Row, text: str) -> list[str]:
    found = []
    value, low, high = claim["value"], claim["low"], claim["high"]
    if any(isinstance(n, Decimal) and not n.is_finite() for n in (value, low, high)):
        found.append("a number that is none")
    elif low is not None and high is not None and low > high:
        found.append(f"bounds in disorder: {low} {high} {claim['text']!r}")
    elif value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        found.append(f"value {value} outside {low} to {high}: {claim['text']!r}")
    if not _UNITS[claim["kind"]].fullmatch(claim["unit"]):
        found.append(f"kind or unit: {claim['kind']} {claim['unit']!r}")
    start = claim["sentence_start"]
    if text[start : start + len(claim["sentence"])] != claim["sentence"] or not start <= claim["start"]:
        found.append("a sentence that is not there")
    if claim["metric_start"] is not None and not 0 <= claim["metric_start"] < claim["metric_end"] <= len(text):
        found.append("a metric that is not there")
    first, last = claim["time_start"], claim["time_end"]
    if first is not None and last is not None and first > last:
        found.append(f"a time that ends before it begins: {claim['time_text']!r}")
    return found
