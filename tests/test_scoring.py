"""Scoring: pairing, what counts, every measure by hand, and agreement with the scorer of the real articles."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from newsmine.cli import app
from newsmine.errors import UsageError
from newsmine.scoring import Score, doubts, read_gold, read_output, score, similar
from newsmine.scoring.pairing import matches
from newsmine.scoring.scores import Counts, interval
from newsmine.scoring.similarity import clean, same_number
from newsmine.scoring.units import same_unit
from newsmine.types import Span

Row = dict[str, Any]

CLAIM: Row = {
    "start": 10, "end": 14, "text": "200人", "kind": "count", "value": 200, "low": None, "high": None,
    "qualifier": "exact", "unit": "人", "role": "level", "direction": None, "basis": None, "metric": ["门诊量"],
    "subject": ["滨海市第一医院", "滨海一院"], "time_text": "2022年", "time": ["2022-01-01", "2022-12-31"],
    "status": "actual", "source": None,
}  # fmt: skip
SAID: Row = {
    **CLAIM, "metric": "门诊量", "subject": "滨海市第一医院", "time_start": "2022-01-01", "time_end": "2022-12-31",
}  # fmt: skip
DOCTOR: Row = {
    "start": 0, "end": 2, "text": "周波", "label": "DOCTOR", "name": "周波", "title": ["主任医师", "院长"],
    "hospital": "滨海市第一医院",
}  # fmt: skip


def at(row: Row, start: int, end: int, **changes: Any) -> Row:
    return {**row, "start": start, "end": end, **changes}


def write_gold(folder: Path, articles: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in articles.items():
        gold = {"article_id": name, "claims": [], "entities": [], **content}
        (folder / f"{name}.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return folder


def write_rows(folder: Path, articles: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for table in ("claims", "entities"):
        lines = [
            json.dumps({"article_id": name, **row}, ensure_ascii=False) + "\n"
            for name, content in articles.items()
            for row in content.get(table, [])
        ]
        (folder / f"{table}.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


Scored = Callable[..., Score]


@pytest.fixture
def scored(tmp_path: Path) -> Scored:
    """Scores predicted claims and entities of one article against gold ones."""

    def run(gold: list[Row], said: list[Row], table: str = "claims") -> Score:
        gold_folder = write_gold(tmp_path / "gold", {"a": {table: gold}})
        out = write_rows(tmp_path / "out", {"a": {table: said}})
        return score(read_gold(gold_folder), read_output(out))

    return run


def counts(result: Score, measure: str) -> tuple[int, int, int]:
    c = result.counts[measure]
    return c.right, c.gold, c.predicted


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
    def test_missed_and_spurious(self, scored: Scored) -> None:
        result = scored([CLAIM, at(CLAIM, 20, 24)], [SAID, at(SAID, 30, 34), at(SAID, 40, 44)])
        assert counts(result, "detect") == (1, 2, 3)
        assert result.counts["detect"].precision == pytest.approx(1 / 3)
        assert result.counts["detect"].recall == pytest.approx(1 / 2)
        assert result.counts["detect"].f1 == pytest.approx(2 / 5)
        assert sorted(w.measure for w in result.wrong if w.expected is None) == ["spurious", "spurious"]

    def test_optional_rows_count_nowhere(self, scored: Scored) -> None:
        optional = {"start": 20, "end": 24, "optional": True}
        # The first answers the optional row, the second touches it, the third touches it and something else.
        for said in ([], [at(SAID, 20, 24)], [at(SAID, 20, 22), at(SAID, 22, 24)], [at(SAID, 18, 21)]):
            assert counts(scored([CLAIM, optional], [SAID, *said]), "claim") == (1, 1, 1)

    def test_a_row_that_answers_a_counted_one_counts_though_it_touches_an_optional_one(self, scored: Scored) -> None:
        optional = {"start": 13, "end": 16, "optional": True}
        assert counts(scored([CLAIM, optional], [at(SAID, 10, 15)]), "overlap") == (1, 1, 1)

    def test_an_optional_row_can_take_the_partner_of_a_counted_one(self, scored: Scored) -> None:
        optional = at(CLAIM, 10, 16, optional=True)
        assert counts(scored([CLAIM, optional], [at(SAID, 10, 16)]), "overlap") == (0, 1, 0)

    def test_optional_mentions_excuse_other_labels(self, scored: Scored) -> None:
        optional = {"start": 0, "end": 4, "text": "该院医生", "label": "HOSPITAL", "optional": True}
        said = at(DOCTOR, 2, 4)
        assert counts(scored([optional], [said], "entities"), "DOCTOR") == (0, 0, 0)
        assert counts(scored([], [said], "entities"), "DOCTOR") == (0, 0, 1)

    def test_nothing_to_find(self, scored: Scored) -> None:
        result = scored([], [])
        assert {c.f1 for c in result.counts.values()} == {0.0}

    def test_a_label_of_another_pack_is_not_scored(self, scored: Scored) -> None:
        result = scored([], [at(DOCTOR, 0, 2, label="PLACE")], "entities")
        assert all(c.predicted == 0 for c in result.counts.values())


class TestClaimMeasures:
    @pytest.mark.parametrize(
        ("measure", "gold", "said", "expected"),
        [
            ("detect", {}, {}, (1, 1, 1)),
            ("detect", {}, {"end": 15}, (0, 1, 1)),
            ("overlap", {}, {"end": 15}, (1, 1, 1)),
            ("quantity", {}, {"value": 200.0}, (1, 1, 1)),
            ("quantity", {}, {"value": 201}, (0, 1, 1)),
            ("quantity", {}, {"value": None}, (0, 1, 1)),
            ("quantity", {"value": None}, {"value": None}, (1, 1, 1)),
            ("quantity", {}, {"unit": "名"}, (0, 1, 1)),
            ("quantity", {}, {"kind": "measure"}, (0, 1, 1)),
            ("quantity", {"unit": ""}, {"unit": None}, (1, 1, 1)),
            ("bounds", {"low": 200, "qualifier": "over"}, {"low": 200, "qualifier": "over"}, (1, 1, 1)),
            ("bounds", {"low": 200, "qualifier": "over"}, {"low": None, "qualifier": "over"}, (0, 1, 1)),
            ("bounds", {}, {"high": 300}, (0, 1, 1)),
            ("bounds", {}, {"qualifier": "about"}, (0, 1, 1)),
            ("bounds", {}, {"value": 1}, (0, 1, 1)),
            ("change", {}, {}, (0, 0, 0)),
            ("change", {"role": "change", "direction": "up"}, {"role": "change", "direction": "up"}, (1, 1, 1)),
            ("change", {"role": "change", "direction": "up"}, {"role": "change", "direction": "down"}, (0, 1, 1)),
            ("change", {"role": "change", "basis": "yoy"}, {"role": "change", "basis": "yoy"}, (1, 1, 1)),
            ("change", {"role": "change", "basis": "yoy"}, {"role": "change", "basis": None}, (0, 1, 1)),
            ("change", {"role": "to"}, {}, (0, 1, 0)),
            ("change", {}, {"role": "to"}, (0, 0, 1)),
            ("change", {}, {"role": None}, (0, 0, 0)),
            ("metric", {}, {}, (1, 1, 1)),
            ("metric", {}, {"metric": "门诊总量"}, (1, 1, 1)),
            ("metric", {}, {"metric": "床位"}, (0, 1, 1)),
            ("metric", {}, {"metric": None}, (0, 1, 1)),
            ("metric", {"metric": ["住院量", "门诊量"]}, {}, (1, 1, 1)),
            ("metric", {"metric": []}, {"metric": "床位"}, (1, 1, 1)),
            ("metric", {}, {"metric": ["门诊量"]}, (0, 1, 1)),
            ("metric", {"metric": ["门诊量" * 20]}, {"metric": "门诊量" * 20}, (0, 1, 1)),
            ("subject", {}, {"subject": "滨海一院"}, (1, 1, 1)),
            ("subject", {}, {"subject": "滨海市第一医院。"}, (1, 1, 1)),
            ("subject", {}, {"subject": "滨海市第一"}, (0, 1, 1)),
            ("subject", {}, {"subject": None}, (0, 1, 0)),
            ("subject", {"subject": []}, {}, (0, 0, 1)),
            ("subject", {"subject": []}, {"subject": None}, (0, 0, 0)),
            ("time", {}, {"time_text": None}, (1, 1, 1)),
            ("time", {}, {"time_start": "2021-01-01"}, (0, 1, 1)),
            ("time", {}, {"time_start": "2022-01-01T00:00:00"}, (1, 1, 1)),
            ("time", {}, {"time_start": None, "time_end": None}, (0, 1, 1)),
            ("time", {"time": [None, "2022-12-31"]}, {"time_start": None}, (1, 1, 1)),
            ("time", {"time": None}, {"time_start": None, "time_end": None}, (1, 1, 1)),
            ("time", {"time": None, "time_text": "近年来"}, {"time_text": "近年"}, (1, 1, 1)),
            ("time", {"time": None, "time_text": "近年来"}, {"time_text": "去年"}, (0, 1, 1)),
            ("time", {"time": None, "time_text": None}, {}, (0, 0, 1)),
            ("time", {}, {"time_text": None, "time_start": None, "time_end": None}, (0, 1, 0)),
            ("target", {}, {}, (0, 0, 0)),
            ("target", {"status": "target"}, {"status": "target"}, (1, 1, 1)),
            ("target", {"status": "target"}, {}, (0, 1, 0)),
            ("target", {}, {"status": "target"}, (0, 0, 1)),
            ("source", {"source": "市统计局"}, {"source": "统计局"}, (1, 1, 1)),
            ("source", {"source": ["张三", "市卫健委"]}, {"source": "张三"}, (1, 1, 1)),
            ("source", {"source": "市统计局"}, {"source": None}, (0, 1, 0)),
            ("source", {}, {"source": "据统计"}, (0, 0, 1)),
            ("claim", {}, {}, (1, 1, 1)),
            ("claim", {}, {"end": 15}, (1, 1, 1)),
            ("claim", {}, {"metric": "床位"}, (0, 1, 1)),
            ("claim", {}, {"subject": None}, (0, 1, 1)),
            ("claim", {"subject": []}, {}, (1, 1, 1)),
            ("claim", {}, {"role": "to"}, (0, 1, 1)),
            ("claim", {}, {"value": 1}, (0, 1, 1)),
            ("claim", {}, {"time_start": None, "status": "target", "qualifier": "about"}, (1, 1, 1)),
        ],
    )
    def test_measure(self, scored: Scored, measure: str, gold: Row, said: Row, expected: Any) -> None:
        assert counts(scored([{**CLAIM, **gold}], [{**SAID, **said}]), measure) == expected

    def test_another_metric_of_the_article(self, scored: Scored) -> None:
        # Similar enough to the right one, but equal to that of another row.
        other = at(CLAIM, 20, 24, metric=["专家门诊量"])
        said = {**SAID, "metric": "专家门诊量"}
        assert counts(scored([CLAIM], [said]), "metric") == (1, 1, 1)
        assert counts(scored([CLAIM, other], [said]), "metric") == (0, 2, 1)
        # Where it is right too, it stays right.
        assert counts(scored([{**CLAIM, "metric": ["专家门诊量"]}, other], [said]), "metric") == (1, 2, 1)


class TestEntityMeasures:
    @pytest.mark.parametrize(
        ("measure", "gold", "said", "expected"),
        [
            ("DOCTOR", {}, {}, (1, 1, 1)),
            ("DOCTOR", {}, {"end": 3}, (0, 1, 1)),
            ("DOCTOR overlap", {}, {"end": 3}, (1, 1, 1)),
            ("DOCTOR", {}, {"label": "HOSPITAL"}, (0, 1, 0)),
            ("HOSPITAL", {}, {"label": "HOSPITAL"}, (0, 0, 1)),
            ("DOCTOR name", {}, {"name": "周 波"}, (1, 1, 1)),
            ("DOCTOR name", {}, {"name": "周"}, (0, 1, 1)),
            ("DOCTOR name", {"name": ["周波", "周大波"]}, {"name": "周大波"}, (1, 1, 1)),
            ("DOCTOR name", {"name": None}, {}, (1, 1, 1)),
            ("DOCTOR title", {}, {"title": "院长"}, (1, 1, 1)),
            ("DOCTOR title", {}, {"title": "护士"}, (0, 1, 1)),
            ("DOCTOR title", {}, {"title": None}, (0, 1, 0)),
            ("DOCTOR title", {"title": []}, {"title": "院长"}, (0, 0, 1)),
            ("DOCTOR title", {}, {"start": 50, "end": 52}, (0, 1, 0)),
            ("DOCTOR hospital", {}, {"hospital": "滨海市第一医院"}, (1, 1, 1)),
            ("DOCTOR hospital", {}, {"hospital": "滨海一院"}, (0, 1, 1)),
            ("DOCTOR hospital", {"hospital": None}, {}, (0, 0, 1)),
        ],
    )
    def test_measure(self, scored: Scored, measure: str, gold: Row, said: Row, expected: Any) -> None:
        row = {**DOCTOR, "title": "主任医师", **said}
        assert counts(scored([{**DOCTOR, **gold}], [row], "entities"), measure) == expected


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

    def test_a_claim_needs_little(self, scored: Scored) -> None:
        least = {k: CLAIM[k] for k in ("start", "end", "kind", "value", "unit")}
        assert counts(scored([least], [SAID]), "claim") == (1, 1, 1)

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


def run(*arguments: str | Path) -> Any:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


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


def theirs(shared: Path, gold: Path, out: Path) -> dict[str, Any]:
    command = [sys.executable, str(shared / "eval" / "score.py"), str(gold), str(out), "--json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def agree(shared: Path, gold: Path, out: Path) -> dict[str, Any]:
    ours, reference = json.loads(run("score", gold, out, "--json").stdout), theirs(shared, gold, out)
    assert list(ours) == list(reference)
    for measure, figures in reference.items():
        assert ours[measure] == pytest.approx(figures, abs=0.0005), measure
    return ours


class TestAgreement:
    """With the scorer that stands beside the real articles: every measure, to three digits."""

    @pytest.mark.parametrize("form", ["jsonl", "csv"])
    def test_on_the_dev_set(self, shared: Path, tmp_path: Path, form: str) -> None:
        dev, out = shared / "eval" / "dev", tmp_path / "out"
        extracted = run("extract", dev / "text", "-o", out, "--metadata", dev / "metadata.csv", "--format", "csv,jsonl")
        assert extracted.exit_code == 0
        reference = theirs(shared, dev / "gold", out)
        if form == "csv":
            for table in out.glob("*.jsonl"):
                table.unlink()
        ours = json.loads(run("score", dev / "gold", out, "--json").stdout)
        assert list(ours) == list(reference)
        for measure, figures in reference.items():
            assert ours[measure] == pytest.approx(figures, abs=0.0005), measure

    @pytest.mark.parametrize("seed", range(4))
    def test_on_spoilt_gold(self, shared: Path, tmp_path: Path, seed: int) -> None:
        """Gold as prediction, with every kind of mistake in it: there both scorers meet what our rows never hold."""
        gold = shared / "eval" / "dev" / "gold"
        chance = random.Random(seed)
        said = {}
        for path in sorted(gold.glob("*.json")):
            content = json.loads(path.read_text(encoding="utf-8"))
            said[content["article_id"]] = {t: spoilt_rows(content[t], chance) for t in ("claims", "entities")}
        figures = agree(shared, gold, write_rows(tmp_path / "out", said))
        assert 0.1 < figures["claim"]["f"] < 0.9


def spoilt_rows(rows: list[Row], chance: random.Random) -> list[Row]:
    """Rows with fields exchanged between them, lost and changed, spans moved, rows dropped and doubled."""
    said = []
    for row in rows:
        first, last = row.get("time") or (None, None)
        answer = {
            k: chance.choice(v) if isinstance(v, list) and v and k != "time" else v or None for k, v in row.items()
        }
        answer |= {"value": row.get("value"), "time_start": first, "time_end": last}
        for field in set(answer) - {"start", "end", "label"}:
            if chance.random() < 0.08:
                answer[field] = chance.choice([None, chance.choice(rows).get(field)])
        if chance.random() < 0.2:
            answer["start"] += chance.choice([-3, -1, 0, 1])
            answer["end"] = max(answer["start"] + 1, answer["end"] + chance.choice([-1, 0, 2, 9]))
        said += [answer] * chance.choice([0, 1, 1, 1, 1, 1, 1, 1, 2])
    chance.shuffle(said)
    return said
