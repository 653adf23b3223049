"""Scoring: similarity, pairing, what counts, mistakes in gold, and the command."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from newsmine.errors import UsageError
from newsmine.scoring import doubts, read_gold, read_output, score, similar
from newsmine.scoring.pairing import matches
from newsmine.scoring.scores import Counts, interval
from newsmine.scoring.similarity import clean, same_number
from newsmine.scoring.units import same_unit
from newsmine.types import Span
from scored import CLAIM, DOCTOR, SAID, Row, at, counts, run, scored, write_gold, write_rows


class TestSimilarity:
    @pytest.mark.parametrize(
        ("a", "b", "expected"),
        [
            ("门诊量", "门诊量", 1.0),
            ("四级手术量", "四级手术", 8 / 9),
            ("手术量四级", "四级手术量", 1.0),
            ("“门诊”量", "门诊量。", 1.0),
            ("人人", "人", 2 / 3),
            ("门诊", "床位", 0.0),
            ("", "", 0.0),
            (None, "门诊", 0.0),
            ("，。", "，。", 0.0),
        ],
    )
    def test_similar(self, a: str | None, b: str | None, expected: float) -> None:
        assert similar(a, b) == pytest.approx(expected)
        assert similar(b, a) == pytest.approx(expected)

    def test_clean(self) -> None:
        assert clean(" CAR-T（治疗）1、") == "CART治疗1"

    @pytest.mark.parametrize(
        ("a", "b", "same"),
        [
            ("1", "1.0", True),
            ("33.333333", "33.33333333", True),
            ("1000000", "1000000.9", True),
            ("1", "1.00001", False),
        ],
    )
    def test_same_number(self, a: str, b: str, same: bool) -> None:
        assert same_number(Decimal(a), Decimal(b)) is same

    def test_null_is_no_number(self) -> None:
        assert same_number(None, None)
        assert not same_number(None, Decimal(0))
        assert not same_number(Decimal(0), None)

    @pytest.mark.parametrize(
        ("a", "b", "same"),
        [
            ("厘米", "cm", True),
            ("个百分点", "pp", True),
            ("％", "%", True),
            (None, "", True),
            (" 人 ", "人", True),
            ("pp", "%", False),
            ("人次", "人", False),
            ("", "人", False),
        ],
    )
    def test_same_unit(self, a: str | None, b: str | None, same: bool) -> None:
        assert same_unit(a, b) is same


class TestPairing:
    @pytest.mark.parametrize(
        ("gold", "said", "expected"),
        [
            ([(0, 4)], [(0, 4)], {0: 0}),
            ([(0, 4)], [(4, 8)], {}),
            ([(0, 4)], [(3, 8)], {0: 0}),
            # The equal span wins, wherever it stands.
            ([(0, 4)], [(0, 3), (0, 4)], {0: 1}),
            # The one that shares more wins; the other is left.
            ([(0, 10)], [(0, 3), (3, 10)], {0: 1}),
            # One to one: a long prediction answers one gold row alone.
            ([(0, 4), (5, 9)], [(0, 9)], {0: 0}),
            # A share of the longer span: the longer prediction is the worse partner.
            ([(2, 6)], [(0, 20), (3, 6)], {0: 1}),
            # What is taken by a better partner falls to the next.
            ([(0, 4), (4, 8)], [(0, 4), (3, 8)], {0: 0, 1: 1}),
            # Equals: the first in the text.
            ([(0, 4)], [(0, 2), (2, 4)], {0: 0}),
        ],
    )
    def test_matches(self, gold: list[Any], said: list[Any], expected: dict[int, int]) -> None:
        assert matches([Span(*s) for s in gold], [Span(*s) for s in said]) == expected


class TestWhatCounts:
    def test_missed_and_spurious(self, tmp_path: Path) -> None:
        result = scored(tmp_path, [CLAIM, at(CLAIM, 20, 24)], [SAID, at(SAID, 30, 34), at(SAID, 40, 44)])
        assert counts(result, "detect") == (1, 2, 3)
        assert result.counts["detect"].precision == pytest.approx(1 / 3)
        assert result.counts["detect"].recall == pytest.approx(1 / 2)
        assert result.counts["detect"].f1 == pytest.approx(2 / 5)
        assert sorted(w.measure for w in result.wrong if w.expected is None) == ["spurious", "spurious"]

    def test_optional_rows_count_nowhere(self, tmp_path: Path) -> None:
        optional = {"start": 20, "end": 24, "optional": True}
        # The first answers the optional row, the second touches it, the third touches it and something else.
        for said in ([], [at(SAID, 20, 24)], [at(SAID, 20, 22), at(SAID, 22, 24)], [at(SAID, 18, 21)]):
            assert counts(scored(tmp_path, [CLAIM, optional], [SAID, *said]), "claim") == (1, 1, 1)

    def test_a_row_that_answers_a_counted_one_counts_though_it_touches_an_optional_one(self, tmp_path: Path) -> None:
        optional = {"start": 13, "end": 16, "optional": True}
        assert counts(scored(tmp_path, [CLAIM, optional], [at(SAID, 10, 15)]), "overlap") == (1, 1, 1)

    def test_an_optional_row_can_take_the_partner_of_a_counted_one(self, tmp_path: Path) -> None:
        optional = at(CLAIM, 10, 16, optional=True)
        assert counts(scored(tmp_path, [CLAIM, optional], [at(SAID, 10, 16)]), "overlap") == (0, 1, 0)

    def test_optional_mentions_excuse_other_labels(self, tmp_path: Path) -> None:
        optional = {"start": 0, "end": 4, "text": "该院医生", "label": "HOSPITAL", "optional": True}
        said = at(DOCTOR, 2, 4)
        assert counts(scored(tmp_path, [optional], [said], "entities"), "DOCTOR") == (0, 0, 0)
        assert counts(scored(tmp_path, [], [said], "entities"), "DOCTOR") == (0, 0, 1)

    def test_nothing_to_find(self, tmp_path: Path) -> None:
        result = scored(tmp_path, [], [])
        assert {c.f1 for c in result.counts.values()} == {0.0}

    def test_a_label_of_another_pack_is_not_scored(self, tmp_path: Path) -> None:
        result = scored(tmp_path, [], [at(DOCTOR, 0, 2, label="PLACE")], "entities")
        assert all(c.predicted == 0 for c in result.counts.values())


class TestOverArticles:
    def test_headline(self, tmp_path: Path) -> None:
        gold = write_gold(tmp_path / "gold", {"a": {"claims": [CLAIM]}, "b": {"claims": [CLAIM, at(CLAIM, 20, 24)]}})
        out = write_rows(tmp_path / "out", {"a": {"claims": [SAID]}, "b": {"claims": [at(SAID, 20, 24, value=1)]}})
        result = score(read_gold(gold), read_output(out))
        assert counts(result, "claim") == (1, 3, 2)
        assert result.counts["claim"].f1 == pytest.approx(0.4)
        assert result.by_article == pytest.approx(0.5)
        assert (result.low, result.high) == (0.0, 1.0)
        assert score(read_gold(gold, ["a"]), read_output(out)).counts["claim"].f1 == 1.0

    def test_interval(self) -> None:
        assert interval([Counts(5, 10, 10)] * 20) == (0.5, 0.5)
        low, high = interval([Counts(10, 10, 10), Counts(0, 10, 10)] * 50)
        assert 0.38 < low < 0.42 < 0.58 < high < 0.62


class TestMistakes:
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("{", "cannot be read as JSON"),
            ("[]", "should be an object"),
            ('{"claims": {}}', "'claims' should be a list"),
            ('{"claims": [{"start": 1, "end": 2}]}', "'kind' is missing"),
            ('{"claims": [{"end": 2}]}', "'start' is missing"),
            ('{"claims": [{"start": 2, "end": 2, "kind": "count", "value": 1, "unit": ""}]}', "start before end"),
            ('{"claims": [{"start": 1, "end": 2, "kind": "count", "value": "x", "unit": ""}]}', "should be a number"),
            ('{"entities": [{"start": 1, "end": 2}]}', "'label' is missing"),
        ],
    )
    def test_gold_that_cannot_be_used(self, tmp_path: Path, content: str, message: str) -> None:
        (tmp_path / "a.json").write_text(content, encoding="utf-8")
        with pytest.raises(UsageError, match=message):
            read_gold(tmp_path)

    def test_a_claim_needs_little(self, tmp_path: Path) -> None:
        least = {k: CLAIM[k] for k in ("start", "end", "kind", "value", "unit")}
        assert counts(scored(tmp_path, [least], [SAID]), "claim") == (1, 1, 1)

    def test_no_gold(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="no such folder"):
            read_gold(tmp_path / "none")
        with pytest.raises(UsageError, match="holds no gold"):
            read_gold(tmp_path)
        with pytest.raises(UsageError, match="no gold for article 'b'"):
            read_gold(write_gold(tmp_path, {"a": {}}), ["b"])

    def test_no_tables(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="newsmine extract"):
            read_output(tmp_path)

    @pytest.mark.parametrize("row", [{"start": None}, {"start": "1"}, {"value": "viel"}])
    def test_rows_that_cannot_be_used(self, tmp_path: Path, row: Row) -> None:
        with pytest.raises(UsageError, match="row 1 of claims"):
            read_output(write_rows(tmp_path, {"a": {"claims": [{**SAID, **row}]}}))

    def test_doubts(self, tmp_path: Path) -> None:
        gold = read_gold(write_gold(tmp_path / "gold", {"a": {"claims": [CLAIM]}, "b": {"claims": [CLAIM]}}))
        out = write_rows(tmp_path / "out", {"a": {"claims": [SAID]}})
        assert list(doubts(gold, read_output(out))) == ["1 of 2 gold articles are not in OUT and count as missed: b"]
        articles = [{"article_id": "a", "text": "0123456789200人"}, {"article_id": "b", "text": "另一篇文章"}]
        (out / "articles.jsonl").write_text("\n".join(json.dumps(a) for a in articles), encoding="utf-8")
        assert list(doubts(gold, read_output(out))) == ["the gold of 1 articles fits another text than that in OUT: b"]
        with pytest.raises(UsageError, match="none of the articles"):
            list(doubts(gold, read_output(write_rows(tmp_path / "other", {"c": {"claims": [SAID]}}))))


class TestCommand:
    @pytest.fixture
    def folders(self, tmp_path: Path) -> tuple[Path, Path]:
        gold = {"a": {"claims": [CLAIM], "entities": [DOCTOR]}, "b": {"claims": [CLAIM]}}
        said = {"a": {"claims": [{**SAID, "metric": "床位"}, at(SAID, 30, 34)]}, "b": {"claims": [SAID]}}
        return write_gold(tmp_path / "gold", gold), write_rows(tmp_path / "out", said)

    def test_table(self, folders: tuple[Path, Path]) -> None:
        result = run("score", *folders)
        lines = result.stdout.splitlines()
        assert (result.exit_code, result.stderr) == (0, "")
        assert lines[0].split() == ["measure", "precision", "recall", "F1", "gold"]
        assert "\x1b" not in result.stdout
        row = next(line for line in lines if line.startswith("metric"))
        assert row.split() == ["metric", "0.333", "0.500", "0.400", "2"]
        assert next(line for line in lines if line.startswith("source")).split() == ["source", "-", "-", "-", "0"]

    def test_json(self, folders: tuple[Path, Path]) -> None:
        table = json.loads(run("score", *folders, "--json", "--errors", "1").stdout)
        assert table["metric"] == {"p": 0.3333, "r": 0.5, "f": 0.4, "gold": 2}
        assert set(table["claim"]) == {"p", "r", "f", "gold", "low", "high"}
        assert table["claim by article"] == {"f": 0.5, "gold": 2}

    def test_errors_and_only(self, folders: tuple[Path, Path]) -> None:
        shown = run("score", *folders, "--errors", "5").stdout
        assert "metric: 1 wrong\n  a\t200人\tright metric=门诊量\tsaid metric=床位\n" in shown
        assert "spurious: 1 wrong" in shown
        assert "1 wrong" not in run("score", *folders, "--only", "b", "--errors", "5").stdout

    def test_mistakes(self, folders: tuple[Path, Path], tmp_path: Path) -> None:
        gold, out = folders
        for arguments in ((tmp_path, out), (gold, tmp_path), (tmp_path / "none", out), (gold, out, "--only", "z")):
            result = run("score", *arguments)
            assert (result.exit_code, result.stdout) == (2, "")
            assert result.stderr.startswith("Error: ")
        write_gold(gold, {"c": {"claims": [CLAIM]}})
        result = run("score", gold, out)
        assert result.exit_code == 0
        assert "Warning: 1 of 3 gold articles" in result.stderr
