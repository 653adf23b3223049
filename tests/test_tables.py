"""Analyses into rows, rows into DataFrames."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from spacy import displacy

from newsmine.errors import UsageError
from newsmine.fold import fold
from newsmine.frames import Tables, extract_frame
from newsmine.schema import TABLES
from newsmine.tables import Result, error_row, plain, result, short_hash
from newsmine.types import Analysis, Article, Claim, Mention, Quantity, Span, TimeExpression

TEXT = "濱海醫院去年門診量超過200.50萬人次<b>。"


def analysis() -> Analysis:
    article = Article("a", TEXT, path="x/a.txt", encoding="utf-8", published=date(2024, 3, 1), chrome=(Span(0, 2),))
    quantity = Quantity(
        11, 20, "", "count", Decimal("2005000.0"), Decimal("2005000.0"), None, "over", "人次", "core/unit.renci"
    )
    mention = Mention(0, 4, "", "HOSPITAL", "濱海醫院", "medical/hospital.x")
    time = TimeExpression(4, 6, "", (date(2023, 1, 1), date(2023, 12, 31)), "core/time.last_year")
    claim = Claim(
        quantity,
        Span(0, len(TEXT)),
        metric="門診量",
        metric_span=Span(6, 9),
        subject="濱海醫院",
        subject_mention=mention,
        time=time,
        flags=("b", "a"),
    )
    return Analysis(article, fold(TEXT), "hant", mentions=(mention,), claims=(claim,))


def test_rows_have_the_columns_of_the_schema() -> None:
    made = result(analysis(), fold)
    assert made.article is not None
    assert tuple(made.article) == TABLES["articles"].names
    assert tuple(made.claims[0]) == TABLES["claims"].names
    assert tuple(made.entities[0]) == TABLES["entities"].names
    assert tuple(error_row("p", "read", ValueError("a\nb"))) == TABLES["errors"].names


def test_a_claim_row_shows_the_text_as_it_is_and_names_simplified() -> None:
    row = result(analysis(), fold).claims[0]
    assert row["text"] == TEXT[row["start"] : row["end"]] == "200.50萬人次"
    assert (row["sentence"], row["time_text"]) == (TEXT, "去年")
    assert (row["metric"], row["subject"]) == ("门诊量", "滨海医院")
    assert (row["time_start"], row["time_end"], row["published"]) == ("2023-01-01", "2023-12-31", "2024-03-01")
    assert row["subject_entity"] == result(analysis(), fold).entities[0]["entity_id"]
    assert (row["rule"], row["flags"]) == ("core/unit.renci", ["a", "b"])


def test_ids_depend_on_the_place_alone() -> None:
    assert short_hash("a", 1, 2) == short_hash("a", 1, 2)
    assert len({short_hash("a", 1, 2), short_hash("a", 12), short_hash("a1", 2), short_hash("b", 1, 2)}) == 4


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("3.5E+8", "350000000"),
        ("19.190", "19.19"),
        ("-0.0", "0"),
        ("100", "100"),
        ("0.000001", "0.000001"),
        ("12345678901234567890123456789.5", "12345678901234567890123456789.5"),
        ("1E+40", "1E+40"),
    ],
)
def test_numbers_have_their_shortest_exact_form(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text
    assert Decimal(plain(Decimal(number))) == Decimal(number)


def test_frames_have_all_columns_and_sane_types_even_when_empty() -> None:
    for tables in (Tables.of([]), Tables.of([result(analysis(), fold)])):
        for name, table in TABLES.items():
            assert tuple(getattr(tables, name).columns) == table.names
        assert str(tables.claims["metric"].dtype).startswith("string")
        assert str(tables.claims["metric_start"].dtype) == "Int64"
        assert str(tables.claims["value"].dtype) == "float64"
    assert pd.isna(tables.claims["source"].iloc[0])
    assert tables.claims["flags"].iloc[0] == ["a", "b"]
    assert tables.claims["value"].iloc[0] == 2005000


def test_failures_are_rows_of_errors() -> None:
    tables = Tables.of([Result(errors=[error_row("p", "read", OSError("gone"))])])
    assert tables.errors.to_dict("records") == [{"path": "p", "stage": "read", "error": "OSError", "message": "gone"}]


def test_tables_show_themselves_escaped() -> None:
    tables = Tables.of([result(analysis(), fold)])
    shown = tables._repr_html_()
    assert '<mark class="nm-mark nm-figure">200.50萬人次</mark>&lt;b&gt;' in shown
    assert "1 claims" in repr(tables)
    assert "0 claims" in Tables.of([])._repr_html_()
    assert "<script" not in shown


def test_tables_for_displacy() -> None:
    (shown,) = Tables.of([result(analysis(), fold)]).displacy()
    assert (shown["text"], shown["title"]) == (TEXT, None)
    marked = [(TEXT[e["start"] : e["end"]], e["label"]) for e in shown["ents"]]
    assert marked == [("濱海醫院", "HOSPITAL"), ("200.50萬人次", "FIGURE")]
    assert "200.50萬人次" in displacy.render([shown], style="ent", manual=True, jupyter=False)


def test_extract_frame_joins_the_kept_columns() -> None:
    df = pd.DataFrame(
        {
            "id": [7, 8, 9],
            "正文": ["门诊量为200人次，手术为30台。", None, "没有数字。"],
            "媒体": ["甲报", "乙报", "丙报"],
        }
    )
    claims = extract_frame(df, text="正文", id="id", keep=["媒体"])
    assert list(claims["article_id"]) == ["7", "7"]
    assert list(claims["媒体"]) == ["甲报", "甲报"]
    assert list(claims["text"]) == ["200人次", "30台"]
    with pytest.raises(UsageError, match="no column 'body'"):
        extract_frame(df, text="body")


def test_extract_frame_counts_relative_dates_from_a_column() -> None:
    text = "去年门诊量为200人次。"
    days = ["2024-03-01", pd.Timestamp("2020-03-01 10:00"), date(2018, 3, 1), None]
    df = pd.DataFrame({"text": [text] * 4, "day": pd.Series(days, dtype=object)})
    claims = extract_frame(df, text="text", published="day")
    assert [None if pd.isna(d) else str(d)[:10] for d in claims["time_start"]] == [
        "2023-01-01",
        "2019-01-01",
        "2017-01-01",
        None,
    ]
    with pytest.raises(UsageError, match="no column 'date'"):
        extract_frame(df, text="text", published="date")
