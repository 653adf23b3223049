"""A pack of the tests with an entry for every stage: each takes effect, and no code was written for it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from newsmine.checking.knowledge import Knowledge
from newsmine.document import Document
from newsmine.extraction import Extractor, Options
from newsmine.packs import Patterns, pack_folders, read_packs
from newsmine.packs.stages import STAGES
from newsmine.pipeline import Analyzer, analyzer
from newsmine.reading.columns import Columns
from newsmine.scoring import units
from newsmine.selftest import check
from newsmine.types import Analysis, Article

ROOT = Path(__file__).resolve().parent.parent
TOY = (ROOT / "tests" / "packs" / "kites").resolve()


@pytest.fixture(scope="module")
def line() -> Analyzer:
    return analyzer((TOY,))


@pytest.fixture(scope="module")
def toy() -> Patterns:
    return read_packs([TOY])


def analyzed(text: str) -> Analysis:
    return analyzer((TOY,)).analyze(Article("a", text))


def quantities(text: str) -> list[tuple[str, str, str]]:
    return [(c.quantity.text, str(c.quantity.value), c.quantity.rule) for c in analyzed(text).claims]


def mentions(text: str) -> list[tuple[str, str, str]]:
    return [(m.text, m.label, m.rule) for m in analyzed(text).mentions]


def test_it_has_an_entry_for_every_stage_and_passes_the_check(toy: Patterns) -> None:
    assert set(Counter(e.stage for e in toy.entries.values())) == set(STAGES)
    assert check([*pack_folders(), TOY], [TOY]) == []


def test_no_code_names_it(toy: Patterns) -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    own = {f for e in toy.entries.values() if e.stage != "weight" for f in e.forms}
    assert "kites" not in code
    assert [f for f in own if f in code] == []


def test_units_and_numerals() -> None:
    assert quantities("放飞〥百鸢。") == [("〥百鸢", "500", "kites/unit.kite")]


def test_idioms_are_no_amounts() -> None:
    assert quantities("放三线鸢5个小时。") == [("5个小时", "5", "core/unit.h")]


def test_qualifiers() -> None:
    assert [c.quantity.qualifier for c in analyzed("放飞将将300鸢。").claims] == ["nearly"]


def test_times_and_macros() -> None:
    assert [(t.text, t.rule) for t in analyzed("头鸢日放飞300鸢。").times] == [("头鸢日", "kites/time.kite_day")]


def test_cues_stay_whole(line: Analyzer) -> None:
    document = line.document(Article("a", "上天率达92%。"))
    assert [t.text for t in document.tokens(document.sentences[0])][:2] == ["上天率", "达"]


def test_clause_patterns_propose(line: Analyzer) -> None:
    document: Document = line.document(Article("a", "花鸢放毕300鸢。"))
    features: set[str] = set()
    line.claims.find(document, lambda _slot, _figure, found, *_: features.update(f for c in found for f in c.features))
    assert any(f.endswith("pattern:kites/link.metric.flown") for f in features)


def test_weights(line: Analyzer) -> None:
    assert line.claims.metrics.ranker.weights["tail:鸢"] == 0.01


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("昨日乘风鸢社成立。", ("乘风鸢社", "CLUB", "kites/suffix.club")),  # label, suffix, part
        ("昨日万鸢会成立。", ("万鸢会", "CLUB", "kites/gazetteer.guild")),
        ("乘风鸢社成立，该鸢社放飞300鸢。", ("该鸢社", "CLUB", "kites/alias.club")),
        ("他到鸢州去。", ("鸢州", "PLACE", "kites/place.city")),
        ("放鸢师周海明介绍。", ("周海明", "PERSON", "kites/title.flier")),
        ("放鸢师鸢海明介绍。", ("鸢海明", "PERSON", "kites/title.flier")),  # surname
        ("痴心鸢迷赶来。", ("痴心鸢迷", "CROWD", "kites/noun.crowd")),  # noun, nounpart
        ("学习劈竹扎法。", ("劈竹扎法", "CRAFT", "kites/head.craft")),  # head, modifier
    ],
)
def test_names(text: str, found: tuple[str, str, str]) -> None:
    assert found in mentions(text)


def test_what_is_never_a_name() -> None:
    assert mentions("放鸢师周天明介绍。") != []
    assert mentions("放鸢师周天鸢介绍。") == []


def test_departments() -> None:
    found = analyzed("乘风鸢社纸鸢扎制间放鸢师周海明介绍。").mentions
    assert [(m.label, m.department) for m in found if m.text == "周海明"] == [("FLIER", "纸鸢扎制间")]


def test_folding() -> None:
    assert analyzer((TOY,)).fold("放紙鷂") == "放纸鸢"
    assert analyzer().fold("放紙鷂") != "放纸鸢"


def test_pages_and_what_they_say_of_themselves(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text("鸢源：云山鸢报\n昨日，乘风鸢社在江边放飞300鸢，观者众多。\n鸢站版权\n", encoding="utf-8")
    extractor = Extractor(Options((TOY,), (), None, None, None))
    article = extractor.reader.read(*_source(extractor, page))
    assert article.publisher == "云山鸢报"
    assert "鸢站版权" in [article.text[s.start : s.end].strip() for s in article.chrome]


def _source(extractor: Extractor, page: Path) -> tuple:
    from newsmine.reading import find_sources

    (source,) = find_sources([page])
    return source, extractor.reader.load(source)


def test_columns_outlets_characters(line: Analyzer) -> None:
    assert Columns(line.patterns, line.fold).fields(["鸢文", "x"]) == {"text": "鸢文"}
    assert "鸢讯社" in line.patterns.expand("{outlet}")
    assert "鸢" in line.patterns.forms_of("character")


def test_checks_and_tolerances(line: Analyzer) -> None:
    knowledge = Knowledge(line.patterns)
    assert knowledge.holds("百鸢齐飞", "kites")
    assert knowledge.tolerance("kites") == 3


def test_other_ways_to_write_a_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "pack_folders", lambda: [*pack_folders(), TOY])
    assert units._aliases.__wrapped__()["纸鸢"] == "鸢"
