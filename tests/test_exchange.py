"""What newsmine hands to other tools comes back from them as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin
from typer.testing import CliRunner

from newsmine.cli import app
from newsmine.errors import OutputError, UsageError
from newsmine.exchange import EXCHANGE, Passage, export, passages
from newsmine.exchange.brat import article_id_of, file_stem
from newsmine.scoring import doubts, read_gold, read_output, score

# A character outside the basic plane, which browsers count as two, stands before the names and figures.
TEXTS = {
    "clinic": "𠮷田诊所旁的青川县人民医院去年门诊量达21.6万人次，同比增长8%。副院长陈望川说，平均住院日缩短至7.4天。",
    "market": "岭上股份公告，上半年营收约3.5亿元，\n较上年同期增长近两成。",
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exchange")
    for name, text in TEXTS.items():
        (folder / "texts").mkdir(exist_ok=True)
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    return extracted(folder / "texts", folder / "out")


def extracted(texts: Path, out: Path) -> Path:
    """The folder of tables of some texts."""
    done = CliRunner().invoke(app, ["extract", str(texts), "-o", str(out), "--workers", "1"])
    assert done.exit_code == 0, done.output
    return out


@pytest.fixture(scope="module")
def told(out: Path) -> list[Passage]:
    found = list(passages(out))
    assert all(p.marked for p in found)
    return found


def test_a_doccano_export_is_gold_of_spans_and_labels(out: Path, tmp_path: Path) -> None:
    export(out, "doccano", tmp_path / "gold.jsonl")
    gold = read_gold(tmp_path / "gold.jsonl")
    result = score(gold, read_output(out))
    assert {"detect", "overlap", "HOSPITAL", "HOSPITAL overlap"} <= set(result.counts)
    assert "quantity" not in result.counts, "doccano knows no values"
    assert result.counts["detect"].f1 == result.counts["HOSPITAL"].f1 == 1.0
    assert result.counts["detect"].gold == sum(len(a.claims) for a in gold) > 0


def test_doccano_relation_exports_are_read_as_well(out: Path, tmp_path: Path) -> None:
    row = {"id": 7, "meta": {"article_id": "market"}, "text": TEXTS["market"]}
    start = TEXTS["market"].index("3.5亿元")
    row["entities"] = [{"id": 1, "label": "money", "start_offset": start, "end_offset": start + 5}]
    (tmp_path / "gold.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    counts = score(read_gold(tmp_path / "gold.jsonl"), read_output(out)).counts["detect"]
    assert (counts.right, counts.gold) == (1, 1)


def test_a_line_that_is_no_doccano_export_is_told(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"text": "x"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"gold\.jsonl:1: no line of a doccano export"):
        read_gold(tmp_path / "gold.jsonl")


def test_brat_files_are_gold_of_whole_rows(out: Path, tmp_path: Path, told: list[Passage]) -> None:
    export(out, "brat", tmp_path / "brat")
    result = score(read_gold(tmp_path / "brat"), read_output(out))
    assert all(c.f1 == 1.0 for c in result.counts.values() if c.gold)
    assert result.counts["claim"].gold == sum(m.is_claim for p in told for m in p.marked)
    for passage in told:
        text = (tmp_path / "brat" / f"{passage.article_id}.txt").read_text(encoding="utf-8")
        assert text == passage.text
    assert "HOSPITAL\n" in (tmp_path / "brat" / "annotation.conf").read_text(encoding="utf-8")


def test_brat_files_without_notes_are_gold_of_spans(out: Path, tmp_path: Path) -> None:
    export(out, "brat", tmp_path / "brat")
    for path in (tmp_path / "brat").glob("*.ann"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if line.startswith("T")), encoding="utf-8")
    result = score(read_gold(tmp_path / "brat"), read_output(out))
    assert result.headline == "overlap"
    assert result.counts["detect"].f1 == 1.0


def test_a_brat_mark_over_two_lines_is_that_stretch_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("青川县\n人民医院开诊。", encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tHOSPITAL 0 3;4 8\t青川县 人民医院\n", encoding="utf-8")
    (article,) = read_gold(tmp_path)
    assert [(m.text, m.span) for m in article.mentions] == [("青川县\n人民医院", (0, 8))]


@pytest.mark.parametrize(
    ("article_id", "stem"),
    [
        ("a/b c", "a/b=20c"),
        ("../../etc/x", "=2E=2E/=2E=2E/etc/x"),
        ("/x", "=/x"),
        ("新闻.zip!/二月#3", "新闻.zip=21/二月=233"),
        ("a=20b", "a=3D20b"),
    ],
)
def test_an_article_stands_below_its_collection_and_keeps_its_name(article_id: str, stem: str) -> None:
    assert file_stem(article_id) == stem
    assert article_id_of(stem) == article_id


def test_gold_of_rows_of_a_table_finds_them_again(tmp_path: Path) -> None:
    lines = [json.dumps({"id": name, "text": TEXTS["clinic"]}) for name in ("1 号", "1_号", "1#号")]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    out = extracted(tmp_path / "news.jsonl", tmp_path / "out")
    export(out, "brat", tmp_path / "brat")
    result = score(read_gold(tmp_path / "brat"), read_output(out))
    assert result.articles == 3
    assert result.counts["claim"].f1 == 1.0


@pytest.mark.parametrize(("form", "name"), [("brat", "gold"), ("doccano", "gold.jsonl")])
def test_line_ends_in_a_text_cut_no_line_of_gold(form: str, name: str, tmp_path: Path) -> None:
    text = "昨日，青川县人民\r\n医院收治患者3000人。\u2028又\x0c有手术6000台，\x85同比增长8%。"
    (tmp_path / "a.txt").write_bytes(text.encode("utf-8"))
    out = extracted(tmp_path / "a.txt", tmp_path / "out")
    entity = {
        "article_id": "a",
        "start": 3,
        "end": 12,
        "text": text[3:12],
        "label": "HOSPITAL",
        "name": "青川县人民医院",
    }
    with (out / "entities.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({**entity, "entity_id": "x", "title": None, "hospital": None}) + "\n")
    export(out, form, tmp_path / name)
    gold, said = read_gold(tmp_path / name), read_output(out)
    assert list(doubts(gold, said)) == []
    counts = score(gold, said).counts
    assert counts["detect"].gold == len(said.claims["a"]) == 3
    assert counts["HOSPITAL"].f1 == counts["detect"].f1 == 1.0


def test_a_docbin_has_the_names_of_a_users_pack_to_the_character(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("云岭大药行卖了30盒药。", encoding="utf-8")
    out = extracted(tmp_path / "a.txt", tmp_path / "out")
    entity = {
        "entity_id": "x",
        "article_id": "a",
        "start": 1,
        "end": 4,
        "text": "岭大药",
        "label": "SHOP",
        "name": "岭大药",
    }
    (out / "entities.jsonl").write_text(json.dumps(entity) + "\n", encoding="utf-8")
    export(out, "docbin", tmp_path / "train.spacy")
    (doc,) = DocBin().from_disk(tmp_path / "train.spacy").get_docs(spacy.blank("zh").vocab)
    assert [(e.text, e.label_) for e in doc.ents] == [("岭大药", "SHOP")]
    assert doc.text == "云岭大药行卖了30盒药。"


def test_label_studio_regions_cover_their_text_in_utf16(out: Path, tmp_path: Path, told: list[Passage]) -> None:
    export(out, "label-studio", tmp_path / "tasks.json")
    tasks = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    assert [t["data"]["article_id"] for t in tasks] == [p.article_id for p in told]
    for task, passage in zip(tasks, told, strict=True):
        units = task["data"]["text"].encode("utf-16-le")
        values = [r["value"] for r in task["predictions"][0]["result"]]
        shown = [units[2 * v["start"] : 2 * v["end"]].decode("utf-16-le") for v in values]
        assert shown == [v["text"] for v in values] == [passage.text[m.start : m.end] for m in passage.marked]


def test_web_annotations_are_found_again_by_quote_and_by_position(
    out: Path, tmp_path: Path, told: list[Passage]
) -> None:
    export(out, "web-annotation", tmp_path / "page.json")
    page = json.loads((tmp_path / "page.json").read_text(encoding="utf-8"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["id"].startswith("urn:newsmine:page:")
    texts = {f"urn:newsmine:article:{p.article['sha256']}": p.text for p in told}
    assert len(page["items"]) == sum(len(p.marked) for p in told)
    for item in page["items"]:
        quote, position = item["target"]["selector"]
        text = texts[item["target"]["source"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert (
            text.index(quote["prefix"] + quote["exact"] + quote["suffix"]) + len(quote["prefix"]) == position["start"]
        )


def test_a_docbin_holds_names_and_figures(out: Path, tmp_path: Path, told: list[Passage]) -> None:
    export(out, "docbin", tmp_path / "train.spacy")
    docs = list(DocBin().from_disk(tmp_path / "train.spacy").get_docs(spacy.blank("zh").vocab))
    assert [d.text for d in docs] == [p.text for p in told]
    for doc, passage in zip(docs, told, strict=True):
        claims = [(passage.text[m.start : m.end], m.label) for m in passage.marked if m.is_claim]
        assert [(s.text, s.label_) for s in doc.spans["claims"]] == claims
    assert [e.label_ for e in docs[0].ents if e.text == "青川县人民医院"] == ["HOSPITAL"]


def test_claim_reviews_are_drafts(out: Path, tmp_path: Path, told: list[Passage]) -> None:
    export(out, "claim-review", tmp_path / "drafts.jsonl")
    drafts = [json.loads(line) for line in (tmp_path / "drafts.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [d["identifier"] for d in drafts] == [m.id for p in told for m in p.marked if m.is_claim]
    assert all(d["reviewRating"]["ratingValue"] is None and d["datePublished"] is None for d in drafts)
    assert "21.6万人次" in drafts[0]["claimReviewed"]


def test_a_file_that_is_no_gold_is_told(tmp_path: Path) -> None:
    (tmp_path / "gold.zip").write_bytes(b"PK")
    with pytest.raises(UsageError, match=r"ends in \.jsonl"):
        read_gold(tmp_path / "gold.zip")


def test_what_is_there_is_not_overwritten_unasked(out: Path, tmp_path: Path) -> None:
    target = tmp_path / "gold.jsonl"
    target.write_text("mine", encoding="utf-8")
    done = CliRunner().invoke(app, ["export", str(out), "--to", "doccano", "-o", str(target)])
    assert done.exit_code != 0
    assert target.read_text(encoding="utf-8") == "mine"
    assert CliRunner().invoke(app, ["export", str(out), "--to", "doccano", "-o", str(target), "--force"]).exit_code == 0


def test_an_unknown_format_names_those_that_there_are(out: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=", ".join(EXCHANGE)):
        export(out, "conll", tmp_path / "x")


def test_tables_without_texts_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS["market"], encoding="utf-8")
    out = tmp_path / "out"
    assert CliRunner().invoke(app, ["extract", str(tmp_path / "a.txt"), "-o", str(out), "--no-text"]).exit_code == 0
    for form in EXCHANGE:
        with pytest.raises(UsageError, match="--no-text"):
            export(out, form, tmp_path / "exported" / form)
    assert list((tmp_path / "exported").iterdir()) == [], "what failed leaves nothing"


def test_a_place_that_cannot_be_written_is_told(out: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        export(out, "doccano", tmp_path / "file" / "x.jsonl")
