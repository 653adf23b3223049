"""The report as it is made in Python: pieces of text, plots, the page's safety, the command."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from newsmine.cli import app
from newsmine.formats import open_writer
from newsmine.reporting import displacy_dict, page, read_material
from newsmine.reporting import messages as texts
from newsmine.reporting.amounts import amount, grouped, short, with_unit
from newsmine.reporting.excerpts import excerpt
from newsmine.reporting.page import SCRIPTS, STYLES, asset, environment
from newsmine.reporting.payload import payload, script_json
from newsmine.reporting.scales import Scale, day_ticks, ticks, value_scale
from newsmine.reporting.segments import Segment, cut
from newsmine.reporting.sides import groups
from newsmine.reporting.strip import strip
from newsmine.reporting.timeline import plot, series_of
from newsmine.schema import FINDINGS
from newsmine.stored import read_table
from reports import BEYOND_BMP, HOSTILE, HOSTILE_ID, claim, extracted, finding, hostile_tables, material, write_rows

ROOT = Path(__file__).resolve().parent.parent
REPORTING = ROOT / "src" / "newsmine" / "reporting"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report") / "corpus"
    return extracted(ROOT / "corpus" / "articles", folder, "--metadata", ROOT / "corpus" / "metadata.csv")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_tables(tmp_path_factory.mktemp("hostile"))


def run(*arguments: Any) -> Any:
    return CliRunner().invoke(app, ["report", *map(str, arguments)])


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def rows_of(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


# ---------------------------------------------------------------- pieces of text


def test_a_character_beyond_the_basic_plane_shifts_nothing() -> None:
    text = "😀𠮷有12张床"
    row = claim(start=3, end=6, sentence_start=0, sentence=text)
    pieces = cut(text, {0: row}, {})
    assert pieces.segments == [Segment("😀𠮷有"), Segment("12张", "c", 0), Segment("床")]
    assert pieces.pieces(3, 6) == (1, 2)
    assert pieces.pieces(0, 7) == (0, 3)


def test_a_figure_lies_over_a_name_and_a_name_over_furniture() -> None:
    name = {"start": 0, "end": 6}
    pieces = cut("市一医院12张床", {5: claim(start=4, end=7, sentence="市一医院12张床")}, {7: name}, [[0, 2]])
    kinds = [(s.text, s.kind, s.ref) for s in pieces.segments]
    assert kinds == [("市一医院", "e", 7), ("12张", "c", 5), ("床", "", None)] or kinds == [
        ("市一", "e", 7),
        ("医院", "e", 7),
        ("12", "c", 5),
        ("张", "c", 5),
        ("床", "", None),
    ]


def test_marks_outside_the_text_are_left_out() -> None:
    pieces = cut("12张", {0: claim(start=0, end=99, sentence="x" * 200)}, {1: {"start": 2, "end": 1}})
    assert "".join(s.text for s in pieces.segments) == "12张"
    assert pieces.pieces(0, 99) is None


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=8))
def test_the_pieces_are_the_text_and_each_mark_is_its_pieces(text: str, spans: list[tuple[int, int]]) -> None:
    rows = {n: {"start": low, "end": high} for n, (low, high) in enumerate(spans)}
    pieces = cut(text, {}, rows, spans[:2])
    assert "".join(s.text for s in pieces.segments) == text
    for row in rows.values():
        found = pieces.pieces(row["start"], row["end"])
        if 0 <= row["start"] < row["end"] <= len(text):
            assert found is not None
            assert "".join(s.text for s in pieces.segments[slice(*found)]) == text[row["start"] : row["end"]]


def test_the_sentences_alone_keep_the_places_of_their_figures() -> None:
    first = claim(0, start=104, end=107, sentence_start=100)
    second = claim(1, start=54, end=57, sentence_start=50, sentence="护士共有12名。", metric_start=50, metric_end=52)
    names = {0: {"start": 50, "end": 52, "text": "护士"}, 1: {"start": 0, "end": 2, "text": "页首"}}
    text, claims, entities = excerpt({0: first, 1: second}, names)
    assert text == "护士共有12名。\n\n床位共有12张。"
    assert [text[c["start"] : c["end"]] for c in claims.values()] == ["12张", "12名"]
    assert text[claims[1]["metric_start"] : claims[1]["metric_end"]] == "护士"
    assert {n: text[e["start"] : e["end"]] for n, e in entities.items()} == {0: "护士"}


def test_displacy_joins_the_pieces_of_one_mark() -> None:
    article = {"text": "市一医院12张床", "title": None}
    row = claim(start=4, end=7, sentence="医院12张床", sentence_start=2)
    names = {0: {"start": 0, "end": 4, "label": "HOSPITAL"}}
    ents = displacy_dict(article, {0: row}, names)["ents"]
    assert ents == [{"start": 0, "end": 4, "label": "HOSPITAL"}, {"start": 4, "end": 7, "label": "FIGURE"}]


# ---------------------------------------------------------------- numbers and axes


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"value": Decimal("2005000")}, "2,005,000"),
        ({"value": Decimal("-1234.50")}, "-1,234.5"),
        ({"value": Decimal(12), "qualifier": "about"}, "≈ 12"),
        ({"value": Decimal(12), "low": Decimal(12), "qualifier": "over"}, "> 12"),
        ({"value": Decimal(12), "low": Decimal(12), "qualifier": "at_least"}, "≥ 12"),
        ({"value": Decimal(4), "high": Decimal(4), "qualifier": "nearly"}, "< 4"),
        ({"value": Decimal(4), "high": Decimal(4), "qualifier": "at_most"}, "≤ 4"),
        ({"value": Decimal(25), "low": Decimal(20), "high": Decimal(30), "qualifier": "range"}, "20–30"),
        ({"value": None, "low": Decimal(20), "high": Decimal(99), "qualifier": "several"}, "20–99"),
        ({"value": None}, "–"),
        ({"value": Decimal("1E+80")}, "1E+80"),
    ],
)
def test_amounts(given: dict[str, Any], shown: str) -> None:
    assert amount(claim(**given)) == shown


def test_amounts_with_their_unit_in_both_languages() -> None:
    assert with_unit(claim(value=Decimal(3), unit="CNY", kind="money")) == {"zh": "3 元", "en": "3 CNY"}
    assert with_unit(claim(value=Decimal("7.5"), unit="%"))["en"] == "7.5%"
    assert (short(150_000_000)["zh"], short(150_000_000)["en"]) == ("1.5亿", "150m")
    assert grouped(0.25) == "0.25"


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=6))
def test_a_scale_holds_its_values_and_its_ticks_are_inside(values: list[float]) -> None:
    scale = value_scale(values, 190, 14)
    assert all(14 <= scale(v) <= 190 for v in values)
    shown = ticks(scale)
    assert shown
    slack = (scale.high - scale.low) * 1e-6
    assert all(scale.low - slack <= v <= scale.high + slack for v in shown)


@pytest.mark.parametrize("span", [1, 25, 200, 800, 9000])
def test_days_have_ticks_that_are_in_order(span: int) -> None:
    shown = day_ticks(Scale(738000, 738000 + span, 0, 300))
    assert 1 <= len(shown) <= 8
    assert [x for x, _ in shown] == sorted(x for x, _ in shown)


# ---------------------------------------------------------------- plots


def dated(number: int, year: int, value: int, **given: Any) -> dict[str, Any]:
    return claim(number, value=Decimal(value), time_start=f"{year}-01-01", time_end=f"{year}-12-31", **given)


def test_a_metric_with_values_at_several_times_is_a_series() -> None:
    claims = [
        dated(0, 2019, 12),
        dated(1, 2022, 20, role="to"),
        dated(2, 2022, 20),
        dated(3, 2023, 5, role="change", direction="up"),
    ]
    (series,) = series_of(claims)
    assert [(d.claim["claim_id"], d.dated) for d in series.dots] == [("c0", True), ("c1", True)]
    drawn = plot(series)
    (first, second) = drawn.dots
    assert first["x"] < second["x"]
    assert first["y"] > second["y"]
    assert [line for line in drawn.lines if line] == [f"{first['x']},{first['y']} {second['x']},{second['y']}"]


def test_the_same_value_from_two_sources_is_two_dots_and_a_repost_none() -> None:
    claims = [
        dated(0, 2019, 12, publisher="甲报"),
        dated(1, 2022, 20, publisher="甲报"),
        dated(2, 2022, 20, publisher="乙报", article_id="b"),
        dated(3, 2022, 21, publisher="丙网", article_id="r"),
    ]
    (series,) = series_of(claims, frozenset({"r"}))
    assert [d.claim["claim_id"] for d in series.dots] == ["c0", "c1", "c2"]


def test_ages_of_strangers_are_no_series() -> None:
    claims = [
        claim(n, subject=name, value=Decimal(40 + n), published=f"202{n}-01-01") for n, name in enumerate("甲乙丙丁")
    ]
    assert series_of(claims) == []
    assert len(series_of([{**c, "subject": "甲"} for c in claims])) == 1


def test_changes_stand_on_the_line_of_their_basis_and_side_of_nought() -> None:
    def change(number: int, value: str, direction: str, basis: str | None) -> dict[str, Any]:
        return claim(number, value=Decimal(value), unit="%", role="change", direction=direction, basis=basis)

    drawn = strip([change(0, "0.1", "up", "yoy"), change(1, "0.1", "down", "yoy"), change(2, "30", "up", None)])
    assert drawn is not None
    (yoy, unstated) = drawn.bands
    assert [(d["id"], d["x"] > drawn.zero) for d in yoy.dots] == [("c1", False), ("c0", True)]
    assert [d["id"] for d in unstated.dots] == ["c2"]
    assert unstated.base > yoy.base
    assert strip([claim()]) is None


def test_what_lies_far_out_stands_at_the_edge_of_the_strip() -> None:
    changes = [claim(n, value=Decimal(n % 30), unit="%", role="change", direction="up") for n in range(60)]
    far = claim(99, value=Decimal(5000), unit="%", role="change", direction="up")
    drawn = strip([*changes, far])
    assert drawn is not None
    assert drawn.beyond == 1
    assert [d["id"] for band in drawn.bands for d in band.dots if d["beyond"]] == ["c99"]


def test_a_value_past_all_measure_flattens_no_plot() -> None:
    claims = [dated(0, 2019, 12), dated(1, 2022, 20), dated(2, 2023, 10**40)]
    (series,) = series_of(claims)
    assert len(series.dots) == 2


# ---------------------------------------------------------------- texts


def test_both_languages_say_the_same_things() -> None:
    zh, en = texts.messages()["zh"], texts.messages()["en"]
    words = ("unit.", "scale.")  # a unit that is the same in English needs no word
    assert {k for k in zh if not k.startswith(words)} == {k for k in en if not k.startswith(words)}
    for key in zh.keys() & en.keys():
        assert set(re.findall(r"\{\w+\}", zh[key])) == set(re.findall(r"\{\w+\}", en[key])), key


def test_every_text_that_page_and_script_ask_for_is_there() -> None:
    known = texts.messages()["zh"]
    sources = [*(REPORTING / "assets").glob("*.js"), *(REPORTING / "templates").glob("*.j2")]
    for source in sources:
        asked = re.findall(
            r'(?:\bt|say|attribute)\((?:"[\w-]+", )?["\']([a-z]+\.\w+)["\'][,)]', source.read_text("utf-8")
        )
        asked += re.findall(r'(?:label|empty): "([a-z]+\.\w+)"', source.read_text("utf-8"))
        assert [key for key in asked if key not in known] == [], source.name


# ---------------------------------------------------------------- the page


def test_the_page_holds_every_row_and_points_at_its_pieces(out: Path) -> None:
    found = read_material(out)
    data = data_of(page(found))
    articles = rows_of(data["articles"])
    for table, rows in (("claims", found.claims), ("entities", found.entities)):
        for row, shown in zip(rows, rows_of(data[table]), strict=True):
            pieces = [p if isinstance(p, str) else p[0] for p in articles[shown["article"]]["pieces"]]
            first, end = shown["at"]
            assert "".join(pieces[first:end]) == row["text"]
            assert len("".join(pieces[:first])) == row["start"]
    for row, article in zip(found.articles, articles, strict=True):
        assert "".join(p if isinstance(p, str) else p[0] for p in article["pieces"]) == row["text"]
        assert article["whole"] is True


def test_the_same_tables_give_the_same_bytes(out: Path, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        assert run(out, "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_jsonl_and_csv_give_the_same_page(out: Path, tmp_path: Path) -> None:
    folder = tmp_path / out.name
    folder.mkdir()
    for table in ("articles", "claims", "entities", "errors"):
        (folder / f"{table}.csv").write_bytes((out / f"{table}.csv").read_bytes())
    assert page(read_material(folder)) == page(read_material(out))


def test_nothing_is_loaded_and_only_the_pages_own_script_may_run(out: Path) -> None:
    html = page(read_material(out))
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', html)
    assert policy
    for names, directive in ((SCRIPTS, "script-src"), (STYLES, "style-src")):
        text = "\n".join(asset(name) for name in names)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} &#39;sha256-{digest}&#39;" in policy[1]
        assert text in html
    assert policy[1].startswith("default-src &#39;none&#39;")
    assert "unsafe" not in policy[1]
    head = html.replace(re.search(r'id="data">.*?</script>', html, re.DOTALL)[0], "")  # type: ignore[index]
    assert re.findall(r"""(?:src|href)=["']?(?!#|data:,)[^"'> ]+""", head) == []
    assert re.findall(r"\son\w+=", head) == []


def test_the_script_never_makes_markup_of_text() -> None:
    for name in SCRIPTS:
        assert not re.search(
            r"\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|eval\(|new Function", asset(name)
        )


def test_a_hostile_article_cannot_leave_its_place(hostile: Path) -> None:
    html = page(read_material(hostile))
    assert html.count("<script") == 2
    assert html.count("</script>") == 2
    assert "<img" not in html
    assert "<b onclick" not in html
    (article,) = rows_of(data_of(html)["articles"])
    assert "".join(p if isinstance(p, str) else p[0] for p in article["pieces"]) == HOSTILE
    assert [p for p in article["pieces"] if p[1:] == ["b"]] == [[c, "b"] for c in "\u202e\u202c\u2066\u2069"]
    (visits, *_) = rows_of(data_of(html)["claims"])
    assert (
        "".join(p if isinstance(p, str) else p[0] for p in article["pieces"][: visits["at"][0]])
        == BEYOND_BMP + "去年门诊量达到"
    )


def test_json_in_a_script_element_cannot_end_it() -> None:
    text = "</script><!--\u2028\u2029&"
    assert not set("<>&\u2028\u2029") & set(script_json([text]))
    assert json.loads(script_json([text])) == [text]


def test_templates_escape() -> None:
    assert environment().from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"


def test_findings_stand_side_by_side_with_their_figures_marked() -> None:
    first = claim(0)
    second = claim(1, start=24, end=27, sentence_start=20, article_id="a")
    row = finding([first, second], sentences=[f" {first['sentence']}", second["sentence"], "另一句。"])
    ((shown,),) = [group.findings for group in groups(material(first, second, findings=[row])) or []]
    assert [[(s.text, s.kind) for s in side.segments] for side in shown.sides] == [
        [("床位共有", ""), ("12张", "c"), ("。", "")],
        [("床位共有", ""), ("12张", "c"), ("。", "")],
        [("另一句。", "")],
    ]
    assert [side.claim_id for side in shown.sides] == ["c0", "c1", None]
    assert groups(material(first)) is None


def test_the_gravest_findings_come_first_and_unknown_ones_last() -> None:
    rows = [finding([claim()], severity=s) for s in ("fits", "strange", "doubt", "mismatch", "fits")]
    found = [(g.severity, g.shown, len(g.findings)) for g in groups(material(claim(), findings=rows)) or []]
    assert found == [("mismatch", True, 1), ("doubt", True, 1), ("fits", False, 2), ("strange", False, 1)]


def test_an_empty_folder_of_tables_makes_a_page(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("没有数字。", encoding="utf-8")
    html = page(read_material(extracted(articles, tmp_path / "out")))
    for key in ("chart.series_none", "chart.strip_none", "finding.not_checked", "error.none"):
        assert texts.messages()["zh"][key] in html
    assert data_of(html)["claims"]["rows"] == []


def test_tables_without_text_show_the_sentences(tmp_path: Path) -> None:
    out = extracted(ROOT / "corpus" / "articles" / "med-statistics.txt", tmp_path / "out", "--no-text")
    found = read_material(out)
    data = payload(found)
    (article,) = rows_of(data["articles"])
    assert article["whole"] is False
    for row, shown in zip(found.claims, rows_of(data["claims"]), strict=True):
        pieces = [p if isinstance(p, str) else p[0] for p in article["pieces"]]
        assert "".join(pieces[slice(*shown["at"])]) == row["text"]
        assert "".join(pieces[slice(*shown["sentence_at"])]) == row["sentence"]


# ---------------------------------------------------------------- the command


def test_report_of_one_article(out: Path, tmp_path: Path) -> None:
    result = run(out, "-o", tmp_path / "one.html", "--article", "med-statistics")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "MB ->" in result.stderr
    data = data_of((tmp_path / "one.html").read_text(encoding="utf-8"))
    assert [a["article_id"] for a in rows_of(data["articles"])] == ["med-statistics"]
    assert data["claims"]["rows"]


def test_report_reads_findings_where_there_are_any(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("床位共有12张。", encoding="utf-8")
    out = extracted(articles, tmp_path / "out")
    write_rows(out, "findings", [])
    assert run(out, "-o", tmp_path / "r.html").exit_code == 0
    assert texts.messages()["zh"]["finding.none"] in (tmp_path / "r.html").read_text(encoding="utf-8")
    found = finding(list(read_table(out, "claims")))
    write_rows(out, "findings", [found])
    first = page(read_material(out))
    assert "<blockquote" in first
    (out / "findings.jsonl").unlink()
    writer = open_writer("csv", out, {"findings": FINDINGS})
    writer.write("findings", [found])
    writer.close()
    assert page(read_material(out)) == first


def test_wrong_use_of_report(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments, said in (
        (["none"], "not a folder that newsmine extract wrote"),
        ([tmp_path], "not a folder that newsmine extract wrote"),
        ([out, "--article", "nobody"], "no such article"),
        ([out, "-o", tmp_path], "this is a folder"),
        ([out, "-o", tmp_path / "no" / "where.html"], "cannot be written"),
    ):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in " ".join(result.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_a_lone_surrogate_can_be_written(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("床位共有12张。", encoding="utf-8")
    out = extracted(articles, tmp_path / "out")
    changed = (out / "articles.jsonl").read_text(encoding="utf-8").replace("床位", "\\ud83d位")
    (out / "articles.jsonl").write_text(changed, encoding="utf-8")
    assert run(out, "-o", tmp_path / "r.html", "-q").exit_code == 0
    assert "".join(data_of((tmp_path / "r.html").read_text("utf-8"))["articles"]["rows"][0][-1][0]).startswith(
        "\ud83d位"
    )
    assert HOSTILE_ID not in (tmp_path / "r.html").read_text("utf-8")
