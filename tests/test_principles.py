"""The five sentences of PRINCIPLES.md, as far as a test can hold them."""

from __future__ import annotations

import ast
import csv
from pathlib import Path

import pytest
import regex

from newsmine.extraction import Extractor, Options
from newsmine.packs import pack_folders, patterns_root, read_packs
from newsmine.packs.model import MAX_REGEX
from newsmine.pipeline import analyzer
from newsmine.reading import find_sources

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
HAN = regex.compile(r"\p{Han}")
ARTICLES = sorted((ROOT / "corpus" / "articles").glob("*.txt"))


def string_literals(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [(n.lineno, n.value) for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_han_character_in_a_string_literal(path: Path) -> None:
    found = [f"line {line}: {text[:40]!r}" for line, text in string_literals(path) if HAN.search(text)]
    assert not found


def test_regexes_stay_short() -> None:
    entries = read_packs(pack_folders()).entries.values()
    assert [e.id for e in entries if e.regex and len(e.regex) > MAX_REGEX] == []


@pytest.mark.parametrize("path", sorted(patterns_root().rglob("*.tsv")), ids=lambda p: p.name)
def test_lists_have_no_row_twice(path: Path) -> None:
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    ids = [row[0] for row in csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)]
    assert len(ids) == len(set(ids))


@pytest.fixture(scope="module")
def outcomes() -> list:
    extractor = Extractor(Options((), (), None, None, None))
    return [extractor.outcome(source) for source in find_sources([ROOT / "corpus" / "articles"])]


def test_every_offset_points_into_the_article(outcomes: list) -> None:
    for outcome in outcomes:
        text = outcome.result.article["text"]
        for row in (*outcome.result.claims, *outcome.result.entities):
            assert text[row["start"] : row["end"]] == row["text"]
        for row in outcome.result.claims:
            start = row["sentence_start"]
            assert text[start : start + len(row["sentence"])] == row["sentence"]
            assert start <= row["start"] < row["end"] <= start + len(row["sentence"])


def test_every_rule_is_a_known_entry(outcomes: list) -> None:
    known = analyzer().patterns.entries
    rules = {row["rule"] for o in outcomes for row in (*o.result.claims, *o.result.entities)}
    assert rules - set(known) == set()


def test_bounds_are_in_order_and_hold_the_value(outcomes: list) -> None:
    for row in (row for o in outcomes for row in o.result.claims):
        low, value, high = row["low"], row["value"], row["high"]
        assert low is None or high is None or low <= high
        assert value is None or low is None or low <= value
        assert value is None or high is None or value <= high


def test_nothing_is_found_in_page_furniture(outcomes: list) -> None:
    for outcome in outcomes:
        for low, high in outcome.result.article["chrome_spans"]:
            for row in (*outcome.result.claims, *outcome.result.entities):
                assert row["end"] <= low or row["start"] >= high


def test_one_article_does_not_change_another() -> None:
    extractor = Extractor(Options((), (), None, None, None))
    sources = find_sources([ROOT / "corpus" / "articles"])
    forward = {s.article_id: extractor.outcome(s).result.claims for s in sources}
    backward = {s.article_id: extractor.outcome(s).result.claims for s in reversed(sources)}
    assert forward == backward
