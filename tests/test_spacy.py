"""newsmine in spaCy: found without being imported, one stage or all, written and read back."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import newsmine

TEXT = "2023年，青川县人民医院门诊量达21.6万人次，同比增长8%。副院长陈望川说，平均住院日由8.9天缩短至7.4天。"
CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "articles"
STAGES = ("times", "quantities", "entities", "claims")


def rows(doc: Doc) -> list[tuple[str, str | None]]:
    return [(c["text"], c["metric"]) for c in doc._.claims]


def test_spacy_finds_the_component_without_an_import_of_newsmine() -> None:
    code = (
        "import spacy\n"
        "nlp = spacy.blank('zh')\n"
        "nlp.add_pipe('newsmine')\n"
        f"print([c['text'] for c in nlp({TEXT!r})._.claims])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == str([c["text"] for c in newsmine.load()(TEXT)._.claims])


def test_the_tokenizer_of_a_config_keeps_figures_and_times_whole() -> None:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "newsmine.Tokenizer.v1"}}})
    words = [t.text for t in nlp(TEXT)]
    assert {"2023年", "青川县", "21.6万人次", "8.9天"} <= set(words)
    assert "".join(words) == TEXT


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_is_a_component_that_finds_what_the_whole_finds(stage: str) -> None:
    whole = newsmine.load()(TEXT)
    nlp = spacy.blank("zh")
    nlp.add_pipe(f"newsmine_{stage}")
    alone = nlp(TEXT)
    assert list(alone.spans) == [stage]
    assert [(s.text, s.label_) for s in alone.spans[stage]] == [(s.text, s.label_) for s in whole.spans[stage]]
    assert len(alone.spans[stage]) > 0


def test_entities_of_another_component_stay_as_they_are() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PART", "pattern": "门诊"}])  # type: ignore[attr-defined]
    nlp.add_pipe("newsmine")
    doc = nlp(TEXT)
    assert all(e.label_ == "PART" for e in doc.ents)
    assert rows(doc)


@pytest.mark.parametrize("name", ["med-webpage", "science-telescope", "transport-tw"])
def test_a_whole_article_has_the_rows_of_extract(name: str) -> None:
    """Page furniture, headline and dateline are read alike: the crawled page has figures in its furniture."""
    text = (CORPUS / f"{name}.txt").read_text(encoding="utf-8")
    doc = newsmine.load(published="2024-09-01")(text)
    plain = newsmine.extract(text=text, published="2024-09-01")
    columns = ("claim_id", "metric", "subject", "time_start", "title", "source")
    said = [tuple(claim[c] for c in columns) for claim in doc._.claims]
    frame = plain.claims[list(columns)].astype(object)
    assert said == [tuple(row) for row in frame.where(frame.notna(), None).to_numpy()]
    assert [m["entity_id"] for m in doc._.mentions] == list(plain.entities["entity_id"])


def test_the_day_of_publication_is_the_components_or_the_documents() -> None:
    nlp = newsmine.load(published="2024-01-05")
    assert nlp("去年收治3000人。")._.claims[0]["time_start"] == "2023-01-01"
    doc = nlp.make_doc("去年收治3000人。")
    doc._.published = date(2020, 5, 1)
    assert nlp(doc)._.claims[0]["time_start"] == "2019-01-01"


@pytest.mark.filterwarnings("ignore")
def test_pipes_keep_contexts_and_run_in_processes() -> None:
    nlp = newsmine.load(domains=["medical"])
    told = [(TEXT, {"id": 1}), ("全年手术6000台。", {"id": 2})]
    serial = [(rows(doc), context) for doc, context in nlp.pipe(told, as_tuples=True)]
    spread = [(rows(doc), context) for doc, context in nlp.pipe(told, as_tuples=True, n_process=2, batch_size=1)]
    assert serial == spread
    assert [context for _, context in serial] == [{"id": 1}, {"id": 2}]


def test_a_pipeline_is_written_with_the_users_packs_and_read_back(tmp_path: Path) -> None:
    pack = tmp_path / "packs" / "mine"
    pack.mkdir(parents=True)
    kept = tmp_path / "kept"
    (pack / "unit.tsv").write_text("id\tforms\tkind\texamples\nkite\t筝\tcount\t放飞【30筝】风筝\n", encoding="utf-8")
    nlp = newsmine.load(patterns=[pack])
    before = nlp("节日放飞30筝风筝。")
    nlp.to_disk(kept)
    (pack / "unit.tsv").unlink()
    pack.rmdir()
    after = spacy.load(kept)("节日放飞30筝风筝。")
    assert [(c["text"], c["unit"]) for c in before._.claims] == [("30筝", "筝")]
    assert rows(after) == rows(before)
    assert [t.text for t in after] == [t.text for t in before]


def test_documents_survive_a_docbin() -> None:
    nlp = newsmine.load()
    doc = nlp(TEXT)
    data = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (back,) = DocBin().from_bytes(data).get_docs(nlp.vocab)
    assert rows(back) == rows(doc)
    for stage in STAGES:
        assert [(s.text, s.label_) for s in back.spans[stage]] == [(s.text, s.label_) for s in doc.spans[stage]]
