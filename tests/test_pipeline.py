"""The line as a whole: sentences, broken lines, hostile characters, and spaCy beside the plain line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsmine
from newsmine.document import split_sentences
from newsmine.extraction import Extractor, Options
from newsmine.fold import fold
from newsmine.pipeline import analyzer
from newsmine.reading import find_sources
from newsmine.tables import claim_row
from newsmine.types import Article

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "articles"
TEXT = "该院2022年度门诊量达200.5万人次，较2019年增长74.76%。院长周海明说，今年将新增床位300张。"


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


def test_a_sentence_goes_on_over_a_line_that_breaks_prose() -> None:
    text = "标题一行\n救援队昨晚赶到，已转移群众\n\n三百余人，无人受伤。\n第二段。"
    assert sentences(text) == ["标题一行", "救援队昨晚赶到，已转移群众\n\n三百余人，无人受伤。", "第二段。"]


def test_closing_quotes_belong_to_their_sentence() -> None:
    assert sentences("他说：“来了三十人。”众人鼓掌。") == ["他说：“来了三十人。”", "众人鼓掌。"]


def test_relative_dates_count_from_publication() -> None:
    claims = analyzer().analyze(Article("a", "昨日接诊120人次。", published=date(2024, 3, 1))).claims
    assert claims[0].time is not None
    assert claims[0].time.interval == (date(2024, 2, 29), date(2024, 2, 29))


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet="一二三十百千万亿两半余多几0123456789.,%％亿元人次年月日第至-—“”（）\n\u200b\U00020000增长医院",
        max_size=80,
    )
)
def test_any_text_gives_rows_that_point_into_it(text: str) -> None:
    article = Article("a", text)
    analysis = analyzer().analyze(article)
    assert len(analysis.folded) == len(text)
    for claim in analysis.claims:
        row = claim_row(article, claim, fold)
        assert text[row["start"] : row["end"]] == row["text"] != ""


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("合共在官邸住了近9年。", "9年"),
        ("那套旧屋买了将近两年，一直没有出租。", "两年"),
        ("比约定的采访时间迟到了近半个小时。", "半个小时"),
    ],
)
def test_a_period_that_lasts_is_a_claim_and_no_time(text: str, figure: str) -> None:
    claims = analyzer().analyze(Article("a", text)).claims
    assert [(c.quantity.text, c.time) for c in claims] == [(figure, None)]


def test_no_quantity_is_lost_on_the_way_to_the_claims() -> None:
    for source in find_sources([CORPUS]):
        reader = Extractor(Options((), (), None, None, None)).reader
        analysis = analyzer().analyze(reader.read(source, reader.load(source)))
        assert [c.quantity for c in analysis.claims] == list(analysis.quantities)


def test_looking_on_changes_no_row() -> None:
    """With a watch all candidates are made, without one only those that can be chosen."""
    extractor = Extractor(Options())
    for source in find_sources([CORPUS]):
        article = extractor.reader.read(source, extractor.reader.load(source))
        assert analyzer().analyze(article, lambda *_: None).claims == analyzer().analyze(article).claims


def test_spacy_gives_the_rows_of_the_plain_line() -> None:
    nlp = newsmine.load(published="2023-12-06")
    doc = nlp(TEXT)
    assert doc.text == TEXT
    plain = newsmine.extract(text=TEXT, published="2023-12-06").claims
    assert [c["claim_id"] for c in doc._.claims] == list(plain["claim_id"])
    assert [s.text for s in doc.spans["claims"]] == list(plain["text"])
    assert {s.label_ for s in doc.spans["entities"]} >= {"HOSPITAL", "DOCTOR"}


def test_parse_number_says_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="not a number"):
        newsmine.parse_number("甲乙丙")
    with pytest.raises(ValueError, match="no definite value"):
        newsmine.parse_number("数十")
