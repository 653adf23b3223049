"""Pattern files: errors that name file, entry and reason; a pack of one's own; the self-test."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsmine.errors import PatternError
from newsmine.packs import pack_folders, read_packs
from newsmine.pipeline import analyzer
from newsmine.selftest import check, unmark
from newsmine.types import Article, Span


def pack(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        stem, _, suffix = name.rpartition("_")
        (folder / f"{stem}.{suffix}").write_text(text, encoding="utf-8")
    return folder


def test_the_packaged_patterns_hold() -> None:
    assert check(pack_folders()) == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"unti_tsv": "id\tforms\n"}, "did you mean unit"),
        ({"unit_tsv": "id\tforms\tkind\texamples\nx\t斛\tcuont\t【3斛】\n"}, "mine/unit.x: kind: 'cuont' does not do"),
        ({"unit_tsv": "id\tforms\tkind\tpalce\texamples\nx\t斛\tcount\tafter\t【3斛】\n"}, "did you mean place"),
        ({"unit_tsv": "id\tforms\tkind\nx\t斛\tcount\n"}, "needs an example"),
        ({"unit_tsv": "id\tforms\texamples\nx\t斛\t【3斛】\n"}, "'kind' is missing"),
        ({"unit_tsv": "id\tforms\tkind\texamples\nx\t斛\tcount\t【3斛】\nx\t斗\tcount\t【3斗】\n"}, "stands twice"),
        ({"idiom_toml": "[[entry]]\nid = 'a'\nregex = '(' \nexamples = ['【a】']\n"}, "does not compile"),
        ({"idiom_toml": f"[[entry]]\nid = 'a'\nregex = '{'a' * 201}'\nexamples = ['【a】']\n"}, "at most 200"),
        ({"idiom_toml": "[[entry\n"}, "not TOML"),
        (
            {"time_toml": "[[entry]]\nid='a'\nregex='{nowhere}'\nyields='none'\nexamples=['【a】']\n"},
            "nothing is named {nowhere}",
        ),
    ],
)
def test_errors_name_the_place_and_the_reason(tmp_path: Path, files: dict[str, str], said: str) -> None:
    found = check(pack_folders((pack(tmp_path / "mine", **files),)))
    assert any(said in f"{f.origin}: {f.id}: {f.message}" for f in found), found


def test_an_example_that_does_not_match_and_a_reject_that_does_are_findings(tmp_path: Path) -> None:
    rows = "id\tforms\tkind\texamples\trejects\nhu\t斛\tcount\t一车【3斛】 | 三【斛】\t收了5斛\n"
    found = check(pack_folders((pack(tmp_path / "mine", unit_tsv=rows),)))
    assert [f.id for f in found] == ["mine/unit.hu", "mine/unit.hu"]
    assert "does not match" in found[0].message
    assert "reject matches" in found[1].message


def test_a_pack_adds_a_unit_and_overrides_an_entry(tmp_path: Path) -> None:
    rows = "id\tforms\tkind\tunit\texamples\nhu\t斛\tcount\t\t收谷【30斛】\ncore/unit.li\t例\tcount\t病例\t【3例】\n"
    folder = pack(tmp_path / "mine", unit_tsv=rows)
    claims = analyzer((folder,)).analyze(Article("a", "全村收谷30斛，治愈5例。")).claims
    assert [(c.quantity.text, c.quantity.unit, c.rule) for c in claims] == [
        ("30斛", "斛", "mine/unit.hu"),
        ("5例", "病例", "core/unit.li"),
    ]


def test_forms_may_be_written_in_traditional_characters(tmp_path: Path) -> None:
    folder = pack(tmp_path / "mine", unit_tsv="id\tforms\tkind\texamples\nlv\t縷\tcount\t【3縷】\n")
    claims = analyzer((folder,)).analyze(Article("a", "屋中升起8縷炊煙。")).claims
    assert [(c.quantity.text, c.quantity.unit) for c in claims] == [("8缕", "缕")]


def test_an_unknown_domain_is_said() -> None:
    with pytest.raises(PatternError, match="no pack named 'sport'"):
        pack_folders(domains=("sport",))


def test_unmark() -> None:
    assert unmark("收谷【30斛】") == ("收谷30斛", Span(2, 5))
    assert unmark("收谷30斛") is None


def test_digest_names_the_set_of_patterns(tmp_path: Path) -> None:
    folder = pack(tmp_path / "mine", unit_tsv="id\tforms\tkind\texamples\nhu\t斛\tcount\t【3斛】\n")
    assert read_packs(pack_folders()).digest == read_packs(pack_folders()).digest
    assert read_packs(pack_folders()).digest != read_packs(pack_folders((folder,))).digest
