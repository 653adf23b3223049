"""The entity stage: its invariants, its link of forms to names, and that a pack of data alone declares a label."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import regex

from newsmine.document import Document
from newsmine.entities import EntityFinder
from newsmine.fold import folder
from newsmine.packs import Patterns, pack_folders, read_packs
from newsmine.segment import FURNITURE, Segmenter
from newsmine.types import Article, Mention, Span

STORY = (
    "云山大学医学院附属第二医院（以下简称“云医二院”）神经外科主任医师梁伯钧教授近日来到青石县人民医院。\n"
    "梁教授与该院院长欧阳静怡、护士长何晓梅一起为患者周先生实施了神经内镜下垂体瘤切除术。\n"
    "“病人三天后就能下床。”梁伯钧说。本报记者 宋知远\n"
    "雲醫二院還派出麻醉科孫立群、施文博等協助。"
)


def finder(*extra: Path) -> tuple[EntityFinder, Segmenter, Patterns]:
    patterns = read_packs(pack_folders(extra), folder())
    segmenter = Segmenter(patterns)
    return EntityFinder(patterns, segmenter), segmenter, patterns


@pytest.fixture(scope="module")
def stage() -> tuple[EntityFinder, Segmenter, Patterns]:
    return finder()


def find(stage: tuple[EntityFinder, Segmenter, Patterns], text: str, host: str | None = None) -> list[Mention]:
    article = Article("test", text, host=host)
    return stage[0].find(Document(article, folder(), stage[1]))


def rows(mentions: list[Mention], *labels: str) -> list[tuple[str, str, str]]:
    return [(m.label, m.text, m.name) for m in mentions if m.label in labels]


def test_offsets_point_into_the_article_and_nothing_overlaps(stage: tuple[EntityFinder, Segmenter, Patterns]) -> None:
    mentions = find(stage, STORY)
    assert mentions
    assert all(STORY[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_every_rule_is_an_entry_and_every_label_declared(stage: tuple[EntityFinder, Segmenter, Patterns]) -> None:
    declared = {e.id.rsplit(".", 1)[-1] for e in stage[2].stage("label")}
    for mention in find(stage, STORY):
        assert mention.rule in stage[2].entries
        assert mention.label in declared


def test_short_forms_pronouns_and_traditional_text_get_the_full_name(
    stage: tuple[EntityFinder, Segmenter, Patterns],
) -> None:
    full = "云山大学医学院附属第二医院"
    assert rows(find(stage, STORY), "HOSPITAL") == [
        ("HOSPITAL", full, full),
        ("HOSPITAL", "云医二院", full),
        ("HOSPITAL", "青石县人民医院", "青石县人民医院"),
        ("HOSPITAL", "该院", full),
        ("HOSPITAL", "雲醫二院", full),
    ]


def test_doctors_with_title_department_and_hospital(stage: tuple[EntityFinder, Segmenter, Patterns]) -> None:
    doctors = [m for m in find(stage, STORY) if m.label == "DOCTOR"]
    assert [(m.text, m.name) for m in doctors] == [
        ("梁伯钧", "梁伯钧"),
        ("梁教授", "梁伯钧"),
        ("欧阳静怡", "欧阳静怡"),
        ("何晓梅", "何晓梅"),
        ("梁伯钧", "梁伯钧"),
        ("孫立群", "孙立群"),
        ("施文博", "施文博"),
    ]
    first = doctors[0]
    assert (first.title, first.department, first.hospital) == ("主任医师", "神经外科", "云山大学医学院附属第二医院")


def test_patients_and_journalists_are_persons(stage: tuple[EntityFinder, Segmenter, Patterns]) -> None:
    assert rows(find(stage, STORY), "PERSON") == [("PERSON", "周先生", "周先生"), ("PERSON", "宋知远", "宋知远")]


def test_procedure_is_the_whole_phrase(stage: tuple[EntityFinder, Segmenter, Patterns]) -> None:
    phrase = "神经内镜下垂体瘤切除术"
    assert rows(find(stage, STORY), "PROCEDURE") == [("PROCEDURE", phrase, phrase)]


def test_our_hospital_is_the_host(stage: tuple[EntityFinder, Segmenter, Patterns]) -> None:
    text = "患者入院当天，我院心内科主任潘启明为其实施了冠状动脉造影。"
    known = [m for m in find(stage, text, host="青石县人民医院") if m.text == "我院"]
    assert [(m.name, m.flags) for m in known] == [("青石县人民医院", ("resolved_pronoun",))]
    unknown = find(stage, text)
    assert [m.flags for m in unknown if m.text == "我院"] == [("unresolved_pronoun",)]
    assert [m.hospital for m in unknown if m.label == "DOCTOR"] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "深化公立医院改革，让三甲医院的专家下沉到县级医院。",
        "他一到医院就被送进手术室，医院院长随后赶到。",
        "公司研发主任周启航说，新技术将用于安全检查和信息治理。",
        "市场监管局局长何志成表示，成立专班检查诊所和医院的收费。",
        "两院院士大会昨日闭幕，一院一策的做法受到关注。",
        "教授们认为，银行手术般精准的改革势在必行。",
    ],
)
def test_nothing_medical(stage: tuple[EntityFinder, Segmenter, Patterns], text: str) -> None:
    assert rows(find(stage, text), "HOSPITAL", "DOCTOR", "PROCEDURE") == []


def test_furniture_holds_no_mention(stage: tuple[EntityFinder, Segmenter, Patterns]) -> None:
    text = "相关阅读：云山市人民医院开诊\n昨天，青石县人民医院迎来首批患者。"
    article = Article("test", text, chrome=(Span(0, 14),))
    document = Document(article, folder(), stage[1])
    assert FURNITURE in document.folded
    assert [m.text for m in stage[0].find(document)] == ["青石县人民医院", "患者"]


def test_a_pack_of_data_declares_a_label_of_its_own(tmp_path: Path) -> None:
    pack = tmp_path / "toy"
    pack.mkdir()
    (pack / "label.toml").write_text(
        '[[entry]]\nid = "MUSEUM"\nforms = ["MUSEUM"]\nmechanism = "name"\nrank = 95\ntags = ["ns", "nz", "unknown"]\n',
        encoding="utf-8",
    )
    (pack / "suffix.tsv").write_text(
        "id\tforms\tlabel\tneeds\texamples\nmuseum\t博物馆\tMUSEUM\tproper place\t【青石县博物馆】开馆\n",
        encoding="utf-8",
    )
    mentions = find(finder(pack), "记者昨日来到云南省博物馆参观，博物馆里人头攒动。")
    assert rows(mentions, "MUSEUM") == [("MUSEUM", "云南省博物馆", "云南省博物馆")]


def test_lists_are_sorted_and_unique() -> None:
    for folder_ in pack_folders():
        for path in sorted(folder_.glob("gazetteer*.tsv")) + sorted(folder_.glob("place.tsv")):
            lines = [x for x in path.read_text(encoding="utf-8").splitlines() if x and not x.startswith("#")][1:]
            ids = [line.split("\t")[0] for line in lines]
            forms = [f for line in lines for f in line.split("\t")[1].split()]
            assert ids == sorted(set(ids)), path
            assert len(forms) == len(set(forms)), path


def test_the_gazetteer_of_hospitals_is_wide_and_clean(stage: tuple[EntityFinder, Segmenter, Patterns]) -> None:
    rows_ = [e for e in stage[2].stage("gazetteer") if e.get("label") == "HOSPITAL" and e.origin.startswith("medical/")]
    assert len(rows_) >= 1500
    forms = [f for e in rows_ for f in e.forms]
    assert all(2 <= len(f) <= 30 and regex.fullmatch(r"[\p{Han}A-Za-z0-9·-]+", f) for f in forms)
    for known in ("华西医院", "玛丽医院", "镜湖医院", "台大医院", "恩主公医院", "西藏自治区人民医院"):
        assert known in forms


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("记者从岭背县人民医院获悉，门诊已恢复。", "岭背县人民医院"),
        ("均县镇卫生院门口排起了队。", "均县镇卫生院"),
        ("加沙北部的卡迈勒·阿德万医院被围。", "卡迈勒·阿德万医院"),
        ("患者被送往云溪市妇幼保健院。", "云溪市妇幼保健院"),
        ("南成大學附設醫院昨日表示。", "南成大学附设医院"),
    ],
)
def test_structure_finds_a_hospital_that_nobody_listed(
    stage: tuple[EntityFinder, Segmenter, Patterns], text: str, name: str
) -> None:
    assert [r[2] for r in rows(find(stage, text), "HOSPITAL")] == [name]


def test_speakers_and_companies_of_other_articles(stage: tuple[EntityFinder, Segmenter, Patterns]) -> None:
    text = "副县长徐则鸣、果农邓长河、站长龚晓峰、店主曾玉兰来到岭澜股份、禾丰种业看了云岭水库。"
    mentions = find(stage, text)
    assert [m.text for m in mentions if m.label == "PERSON"] == ["徐则鸣", "邓长河", "龚晓峰", "曾玉兰"]
    assert [m.text for m in mentions if m.label == "ORG"] == ["岭澜股份", "禾丰种业", "云岭水库"]


def test_names_in_lists_broken_by_spaces_and_written_in_sounds(
    stage: tuple[EntityFinder, Segmenter, Patterns],
) -> None:
    text = "云山市人民医院周波、唐园园、李明三位博士，主任医师 孙 立 介绍了手术。阿不都·热合曼医生也在场。"
    doctors = [m.name for m in find(stage, text) if m.label == "DOCTOR"]
    assert doctors == ["周波", "唐园园", "李明", "孙立", "阿不都·热合曼"]


def test_the_engine_knows_no_chinese() -> None:
    code = Path(__file__).parents[1] / "src" / "newsmine" / "entities"
    for path in code.glob("*.py"):
        strings = regex.sub(r"(?m)#.*$", "", path.read_text(encoding="utf-8"))
        assert not regex.search(r"\p{Han}", strings), path


def test_gold_of_the_sample(shared: Path, stage: tuple[EntityFinder, Segmenter, Patterns]) -> None:
    """Every mention in real articles stands where it says."""
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert all(text[m.start : m.end] == m.text for m in find(stage, text))
