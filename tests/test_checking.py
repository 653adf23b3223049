"""`newsmine check`: planted contradictions and their clean twins, rounding, the table, the command."""

from __future__ import annotations

import csv
import json
import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import planted
from newsmine.checking import find, finding_row, message
from newsmine.checking.across import Index
from newsmine.checking.amounts import Amount
from newsmine.checking.bounds import Bounds, bounds_of, shown, step
from newsmine.checking.figures import ArticleFigures, figure_of
from newsmine.checking.findings import FITS, told
from newsmine.checking.knowledge import knowledge
from newsmine.checking.periods import named_period
from newsmine.checking.run import CHECKS
from newsmine.cli import app
from newsmine.errors import UsageError
from newsmine.extraction import Extractor
from newsmine.schema import FINDINGS

CASES = planted.cases()
MISSED = planted.missed()
# Checks that say so where a contradiction's clean twin holds together.
CONFIRMING = ("across", "ages", "average", "base", "change", "changes", "multiple", "parts", "shares", "yearly")

ARTICLE = """东陂医院去年忙了不少
2023年，东陂医院门诊量由2021年的40.0万人次增至60.0万人次，增长70%。
住院病人中，本县的占61.5%，外县的占30.5%，外省的占8.0%。东陂医院2023年末开放床位500张。
"""


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="module")
def checked(extractor: Extractor, tmp_path_factory: pytest.TempPathFactory) -> dict[str, planted.Checked]:
    folder = tmp_path_factory.mktemp("planted")
    return {case["id"]: planted.checked(case, extractor, folder / case["id"]) for case in CASES}


class TestPlanted:
    def test_there_are_enough_of_each_kind(self) -> None:
        kinds = Counter(case["check"][0] for case in CASES)
        assert len(CASES) >= 40
        assert min(kinds.values()) >= 3
        assert set(MISSED) <= {case["id"] for case in CASES}

    @pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
    def test_found(self, case: dict[str, Any], checked: dict[str, planted.Checked]) -> None:
        assert bool(checked[case["id"]].found) == (case["id"] not in MISSED), MISSED.get(case["id"], "missed")

    @pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
    def test_twin_is_clean(self, case: dict[str, Any], checked: dict[str, planted.Checked]) -> None:
        assert [message(f, "en") for f in checked[case["id"]].doubts_on_twin] == []

    @pytest.mark.parametrize("case", [c for c in CASES if c["check"][0] in CONFIRMING], ids=lambda c: c["id"])
    def test_twin_is_confirmed(self, case: dict[str, Any], checked: dict[str, planted.Checked]) -> None:
        if case["id"] in MISSED or case.get("unconfirmed"):
            pytest.skip("its figures are not tied together, or do not make up a whole")
        fits = [f for f in checked[case["id"]].on_twin if f.severity == FITS]
        assert case["check"][0] in {f.check for f in fits}


_UNITS = st.sampled_from(["%", "pp", "人", "人次", "CNY", "倍", "岁", "d", "a", ""])
_ROW = st.fixed_dictionaries(
    {
        "value": st.none() | st.sampled_from([0, 1, 2, 10, 34, 120, 500, "0.5", -3, 10**30]).map(Decimal),
        "unit": _UNITS,
        "role": st.sampled_from(["level", "change", "from", "to"]),
        "direction": st.sampled_from(["up", "down", None]),
        "basis": st.sampled_from([None, "yoy", "mom", "vs"]),
        "basis_text": st.sampled_from([None, "2019年", "上年"]),
        "per": st.sampled_from([None, "year", "day", "person"]),
        "metric_key": st.sampled_from([None, "门诊", "东陂医院门诊", "满意度"]),
        "subject": st.sampled_from([None, "东陂医院", "全市"]),
        "time_start": st.sampled_from([None, "2019-01-01", "2024-02-29", "2030-01-01"]),
        "time_end": st.sampled_from([None, "2019-12-31", "2024-12-31"]),
        "status": st.sampled_from(["actual", "target"]),
        "kind": st.sampled_from(["count", "percent", "multiple", "money"]),
    }
)
_SENTENCE = "1952年出生的人数，其中占0，年均0、人均0，近5年0，0，0，0。"


@given(st.lists(_ROW, max_size=7), st.integers(1, 2))
def test_no_odd_row_stops_the_checks(rows: list[dict[str, Any]], sentences: int) -> None:
    """Whatever stands in the columns, each check ends, and each finding has its row."""
    places = [i for i, c in enumerate(_SENTENCE) if c == "0"]
    for number, (row, at) in enumerate(zip(rows, places, strict=False)):
        begin = number % sentences * 100
        row |= {"claim_id": str(number), "article_id": "a", "title": None, "published": "2024-05-01", "text": "0"}
        row |= {"sentence": _SENTENCE, "sentence_start": begin, "start": begin + at, "end": begin + at + 1}
        row |= {"low": None, "high": None, "qualifier": "exact", "subject_entity": None, "time_text": None}
        row |= {"metric": row["metric_key"], "metric_start": None, "metric_end": None}
    figures = [f for r in rows if (f := figure_of(r, [], knowledge())) is not None]
    article = ArticleFigures("a", date(2024, 5, 1), None, None, tuple(sorted(figures, key=lambda f: f.start)))
    index = Index(knowledge())
    index.add(article)
    found = [f for check in CHECKS for f in check(article, knowledge())] + list(index.findings())
    assert [set(finding_row(f)) for f in found] == [set(FINDINGS.names)] * len(found)


class TestBounds:
    @pytest.mark.parametrize(
        ("text", "value", "expected"),
        [
            ("58.3万人次", "583000", "1000"),
            ("2270人次", "2270", "1"),
            ("3,874万", "38740000", "10000"),
            ("３.５亿", "350000000", "10000000"),
            ("五百台", "500", "100"),
            ("十二人", "12", "1"),
        ],
    )
    def test_step_of_the_last_digit(self, text: str, value: str, expected: str) -> None:
        assert step(text, Decimal(value), percent=False) == Decimal(expected)

    @pytest.mark.parametrize(("text", "value"), [("三成", "30"), ("一半", "50"), ("1/4", "25")])
    def test_fractions_are_coarse(self, text: str, value: str) -> None:
        assert step(text, Decimal(value), percent=True) == 5

    @pytest.mark.parametrize(
        ("qualifier", "low", "high", "expected"),
        [
            ("exact", None, None, ("499.5", "500.5")),
            ("about", None, None, ("475", "525")),
            ("over", 500, None, ("499.5", None)),
            ("nearly", None, 500, (None, "500.5")),
            ("over", 500, 510, ("499.5", "510.5")),
        ],
    )
    def test_qualifiers(self, qualifier: str, low: int | None, high: int | None, expected: tuple[Any, Any]) -> None:
        ends = [None if e is None else Decimal(e) for e in (low, high)]
        found = bounds_of("500元", Decimal(500), *ends, qualifier, "money", Decimal("0.05"))
        assert (found.low, found.high) == tuple(None if e is None else Decimal(e) for e in expected)

    def test_counts_down_to_the_last_one_are_exact(self) -> None:
        about = Decimal("0.05")
        exact = bounds_of("126人", Decimal(126), None, None, "exact", "count", about)
        rounded = bounds_of("1.2万人", Decimal(12000), None, None, "exact", "count", about)
        rate = bounds_of("10项", Decimal(10), None, None, "exact", "rate", about)
        assert (exact.low, exact.high, rounded.low, rate.low) == (126, 126, 11500, Decimal("9.5"))

    def test_open_ends_overlap(self) -> None:
        assert Bounds(Decimal(5), None).overlaps(Bounds(Decimal(7), Decimal(8)))
        assert not Bounds(Decimal(9), None).overlaps(Bounds(Decimal(7), Decimal(8)))

    @pytest.mark.parametrize(
        ("value", "expected"),
        [("165.7342657", "165.7"), ("1147288.6", "1,147,000"), ("0.5", "0.5"), ("0", "0"), ("-0.6", "-0.6")],
    )
    def test_shown_with_four_digits(self, value: str, expected: str) -> None:
        assert shown(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024-01-01/2024-06-30", ("2024-01-01", "2024-06-30")),
        ("2024年上半年", ("2024-01-01", "2024-06-30")),
        ("soon", None),
        ("2024-13", None),
    ],
)
def test_periods_of_references(text: str, expected: tuple[str, str] | None) -> None:
    found = named_period(text)
    assert (found and tuple(map(str, found))) == expected


def test_every_message_is_there_in_both_languages() -> None:
    text = (resources.files("newsmine") / "messages" / "check.toml").read_text(encoding="utf-8")
    messages = tomllib.loads(text)
    languages = {"amount": messages.pop("amount"), **messages.pop("label"), **messages}
    for name, texts in languages.items():
        assert set(texts) == {"zh", "en"}, name


def run(*arguments: str | Path) -> Any:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "m.csv").write_text("article_id,published\na,2024-02-01\n", encoding="utf-8")
    folder = tmp_path / "out"
    assert run("extract", tmp_path / "a.txt", "--metadata", tmp_path / "m.csv", "-o", folder).exit_code == 0
    return folder


@pytest.mark.parametrize(
    ("value", "unit", "plain", "zh", "en"),
    [
        ("1147288", "人次", "1,147,000 人次", "114.7万人次", "1.147 million 人次"),
        ("58300000000", "CNY", "58,300,000,000 CNY", "583亿元", "58.3 billion CNY"),
        ("-0.6", "pp", "-0.6pp", "-0.6个百分点", "-0.6 percentage points"),
        ("165.734", "%", "165.7%", "165.7%", "165.7%"),
        ("35", "项", "35 项", "35项", "35 项"),
        ("72", "", "72", "72", "72"),
    ],
)
def test_amounts_in_words(value: str, unit: str, plain: str, zh: str, en: str) -> None:
    amount = Amount(Decimal(value), unit)
    assert (str(amount), told(amount, "zh"), told(amount, "en")) == (plain, zh, en)


class TestCommand:
    def test_table_and_summary(self, out: Path) -> None:
        result = run("check", out, "--lang", "zh")
        assert result.exit_code == 0
        assert "对不上: 1 (change 1)" in result.stderr
        rows = [json.loads(line) for line in result.stdout.splitlines()]
        assert rows == [json.loads(line) for line in (out / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [tuple(row) for row in rows] == [FINDINGS.names] * len(rows)
        mismatch = next(row for row in rows if row["severity"] == "mismatch")
        assert (mismatch["said"], mismatch["expected"]) == ("70%", "50%")
        assert "70%" in mismatch["message_zh"]
        assert mismatch["sentences"] == ["2023年，东陂医院门诊量由2021年的40.0万人次增至60.0万人次，增长70%。"]

    def test_no_message_calls_a_figure_false(self) -> None:
        messages = tomllib.loads((resources.files("newsmine") / "messages" / "check.toml").read_text(encoding="utf-8"))
        texts = " ".join(
            str(text).lower() for name, told in messages.items() if name != "amount" for text in told.values()
        )
        assert not [w for w in ("false", "wrong", "错误", "虚假", "造假") if w in texts]

    def test_status_for_scripts(self, out: Path) -> None:
        assert run("check", out, "--fail-on", "mismatch").exit_code == 1
        assert run("check", out, "--fail-on", "fits", "--quiet").exit_code == 1
        assert run("check", out, "--fail-on", "never").exit_code == 2
        assert run("check", out, "--lang", "de").exit_code == 2

    def test_clean_tables_do_not_fail(self, tmp_path: Path) -> None:
        (tmp_path / "b.txt").write_text("医院有床位500张。\n", encoding="utf-8")
        run("extract", tmp_path / "b.txt", "-o", tmp_path / "out")
        result = run("check", tmp_path / "out", "--fail-on", "fits")
        assert (result.exit_code, result.stdout) == (0, "")
        assert (tmp_path / "out" / "findings.jsonl").read_text(encoding="utf-8") == ""

    def test_same_bytes_again_and_from_csv(self, out: Path) -> None:
        run("check", out)
        first = {form: (out / f"findings.{form}").read_bytes() for form in ("jsonl", "csv")}
        for name in ("articles", "claims", "entities"):
            (out / f"{name}.jsonl").unlink()
        run("check", out)
        assert (out / "findings.csv").read_bytes() == first["csv"]

    def test_described_in_the_data_package(self, out: Path) -> None:
        run("check", out)
        run("check", out)
        package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
        names = [r["name"] for r in package["resources"]]
        assert sorted(n for n in names if n.startswith("findings")) == ["findings-csv", "findings-jsonl"]

    def test_a_new_run_drops_old_findings(self, out: Path, tmp_path: Path) -> None:
        run("check", out)
        run("extract", tmp_path / "a.txt", "-o", out, "--force")
        assert not list(out.glob("findings.*"))

    def test_no_tables(self, tmp_path: Path) -> None:
        result = run("check", tmp_path)
        assert result.exit_code == 2
        assert "newsmine extract" in result.stderr


class TestReferences:
    def table(self, folder: Path, rows: str) -> Path:
        path = folder / "facts.csv"
        path.write_text("subject,metric,period,value,source\n" + rows, encoding="utf-8-sig")
        return path

    def references(self, out: Path, facts: Path) -> list[tuple[str, str, str]]:
        return [(f.severity, f.said, f.expected) for f in find(out, facts) if f.check == "reference"]

    def test_match_and_mismatch(self, out: Path, tmp_path: Path) -> None:
        facts = self.table(tmp_path, "東陂醫院,門診量,2023,60.04萬人次,年報\n东陂医院,门诊量,2021,41万,年报\n")
        assert self.references(out, facts) == [
            ("mismatch", "40.0万人次", "41万"),
            ("fits", "60.0万人次", "60.04萬人次"),
        ]

    def test_source_is_told(self, out: Path, tmp_path: Path) -> None:
        facts = self.table(tmp_path, "东陂医院,门诊量,2021,41万,统计年鉴第7页\n")
        assert "统计年鉴第7页" in run("check", out, "--against", facts, "--lang", "zh").stderr

    def test_other_units_and_periods_do_not_meet(self, out: Path, tmp_path: Path) -> None:
        facts = self.table(
            tmp_path, "东陂医院,门诊量,2022,41万,x\n东陂医院,门诊量,2021,41万元,x\n西陂医院,门诊量,2021,41万,x\n"
        )
        assert self.references(out, facts) == []

    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("subject,metric,value\n", "'period' is missing"),
            ("subject,metric,period,value\na,b,soon,1\n", "no period"),
            ("subject,metric,period,value\na,b,2021,many\n", "no amount"),
            ("subject,metric,period,value\n,b,2021,1\n", "must be filled"),
        ],
    )
    def test_bad_rows_are_told(self, out: Path, tmp_path: Path, text: str, wanted: str) -> None:
        path = tmp_path / "facts.csv"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match=wanted):
            find(out, path)

    def test_no_file(self, out: Path, tmp_path: Path) -> None:
        assert run("check", out, "--against", tmp_path / "none.csv").exit_code == 2


def test_reposts_count_once(extractor: Extractor, tmp_path: Path) -> None:
    """An article that repeats another is no second report."""
    case = next(c for c in CASES if c["id"] == "across-4")
    folder = tmp_path / "case"
    planted.checked(case, extractor, folder)
    path = folder / "bad" / "articles.jsonl"
    first, second = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    second["duplicate_of"] = first["article_id"]
    path.write_text("".join(json.dumps(a) + "\n" for a in (first, second)), encoding="utf-8")
    assert [f for f in find(folder / "bad") if f.check == "across"] == []


def test_the_seeds(shared: Path, tmp_path: Path) -> None:
    """The repetitions and fits of two real articles."""
    run("extract", shared / "seeds", "-o", tmp_path / "out")
    run("check", tmp_path / "out")
    with (tmp_path / "out" / "findings.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = [(r["check"], r["severity"], r["said"], r["expected"]) for r in csv.DictReader(handle)]
    assert {(c, said) for c, severity, said, _ in rows if severity == "fits"} >= {
        ("repetition", "532台"),
        ("repetition", "460次"),
        ("yearly", "34项"),
    }
    implied = {expected for _, severity, _, expected in rows if severity == "implied"}
    assert implied >= {"165.7%", "1,147,000 人次", "63,080 人次"}
    assert not [r for r in rows if r[1] in ("doubt", "mismatch")]
