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
    assert [str(f) for f in check(pack_folders()) if not f.warning] == []


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
    own = pack(tmp_path / "mine", unit_tsv=rows)
    found = check([*pack_folders(), own], [own])
    assert [f.id for f in found] == ["mine/unit.hu", "mine/unit.hu"]
    assert "does not match" in found[0].message
    assert "reject matches" in found[1].message


def test_a_pack_adds_a_unit_and_overrides_an_entry(tmp_path: Path) -> None:
    rows = "id\tforms\tkind\tunit\texamples\nhu\t斛\tcount\t\t收谷【30斛】\ncore/unit.li\t例\tcount\t病例\t【3例】\n"
    folder = pack(tmp_path / "mine", unit_tsv=rows)
    claims = analyzer((folder,)).analyze(Article("a", "全村收谷30斛，治愈5例。")).claims
    assert [(c.quantity.text, c.quantity.unit, c.quantity.rule) for c in claims] == [
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


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"unit_tsv": "id forms kind examples\nx 斛 count 【3斛】\n"}, "part the columns by tabs"),
        (
            {"unit_toml": "[[entry]]\nid = 'x'\nforms = '斛'\nkind = 'count'\nexamples = ['【3斛】']\n"},
            "no list of texts",
        ),
        ({"unit_toml": "[entry]\nid = 'x'\n"}, "under a line [[entry]]"),
        (
            {
                "unit.a_tsv": "id\tforms\tkind\texamples\nx\t斛\tcount\t【3斛】\n",
                "unit.b_tsv": "id\tforms\tkind\texamples\nx\t甏\tcount\t【3甏】\n",
            },
            "mine/unit.b.tsv:2: mine/unit.x: the id stands twice, first at mine/unit.a.tsv:2",
        ),
        ({"cue_tsv": "id\tclass\tforms\texamples\nx\tmetrik\t斛率\t【斛率】\n"}, "did you mean metric?"),
        ({"suffix_tsv": "id\tforms\tlabel\texamples\nx\t斛场\tORGS\t【青岩斛场】\n"}, "did you mean ORG?"),
        (
            {"unit_tsv": "id\tforms\tkind\texamples\ncore/unit.yuna\t元\tmoney\t【3元】\n"},
            "replaces nothing: no pack has an entry of this id; did you mean core/unit.yuan?",
        ),
        (
            {"unit_tsv": "id\tforms\tkind\texamples\ncore/cue.rise\t斛\tcount\t【3斛】\n"},
            "would replace an entry of the stage cue; put it into a file cue.*",
        ),
        ({"idiom_toml": "[[entry]]\nid = 'a'\nregex = '(?:1+)+x'\nexamples = ['【1x】']\n"}, "bound its repeats"),
        (
            {"link_toml": "[[entry]]\nid='a'\nslot='metric'\npattern='[NP] cary F'\nexamples=['【药占比】达3%']\n"},
            "nothing in a sentence is called 'cary'; did you mean carry?",
        ),
        ({"link_toml": "[[entry]]\nid='a'\nslot='metric'\npattern='[NP] carry F'\n"}, "needs an example"),
        ({"link_toml": "[[entry]]\nid='a'\nslot='metric'\n"}, "a pattern or a mechanism"),
    ],
)
def test_findings_say_what_to_do(tmp_path: Path, files: dict[str, str], said: str) -> None:
    own = pack(tmp_path / "mine", **files)
    found = check([*pack_folders(), own], [own])
    assert any(said in str(f) and ";" in str(f) and f.origin.startswith("mine/") for f in found if not f.warning), found


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    own = pack(
        tmp_path / "mine",
        unit_tsv="id\tforms\tkind\texamples\nx\t斛\tcuont\t【3斛】\ny\t甏\tcount\t\nz\t甑\tcount\t【3甑】\n",
        unti_tsv="id\tforms\n",
    )
    assert [f.origin for f in check([*pack_folders(), own], [own])] == [
        "mine/unit.tsv:2", "mine/unit.tsv:3", "mine/unti.tsv",
    ]  # fmt: skip


def test_clause_patterns_run_their_examples(tmp_path: Path) -> None:
    text = (
        "[[entry]]\nid='a'\nslot='metric'\npattern='[NP] carry F'\n"
        "examples=['【药占比】达30%', '药占比达【30%】']\nrejects=['药占比，30%', '药占比达30%']\n"
    )
    own = pack(tmp_path / "mine", link_toml=text)
    found = check([*pack_folders(), own], [own])
    assert ["药占比达【30%】" in f.message or "药占比达30%" in f.message for f in found] == [True, True]


def test_an_example_of_another_pack_that_breaks_is_told(tmp_path: Path) -> None:
    rows = "id\tforms\texamples\nwhole\t门诊量200万人次\t【门诊量200万人次】\nday\t住院4天\t【住院4天】\n"
    own = pack(tmp_path / "mine", idiom_tsv=rows)
    found = check([*pack_folders(), own], [own])
    assert [(f.id, f.warning) for f in found] == [("core/unit.d", False)]
    assert "with this pack, the example does not match as marked: 住院【4天】" in found[0].message


def test_warnings_for_forms_that_do_nothing(tmp_path: Path) -> None:
    own = pack(
        tmp_path / "mine",
        unit_tsv="id\tforms\tkind\texamples\nx\t斛 斛\tcount\t【3斛】\ny\t元\tcount\t【3斛】\n",
        cue_tsv="id\tclass\tforms\texamples\nm\tmetric\t净利润 净利，率\t【净利润】增长\n",
    )
    told = [str(f) for f in check([*pack_folders(), own], [own])]
    assert "mine/unit.tsv:2: warning: mine/unit.x: stands twice: 斛; once will do" in "\n".join(told)
    assert any("economy/cue.metric has it too: 净利润; leave it out" in t for t in told)
    assert any("core/unit.yuan has it too: 元" in t for t in told)
    assert any("mine/cue.m: never found: 净利，率; write the words that it is cut into" in t for t in told)


def test_a_dead_unit_is_told(tmp_path: Path) -> None:
    rows = "id\tforms\tkind\texamples\nx\t斛 元\tcount\t收谷【3斛】\n"
    own = pack(tmp_path / "mine", unit_tsv=rows)
    assert any("never found: 元" in str(f) and f.warning for f in check([*pack_folders(), own], [own]))


def installed(monkeypatch: pytest.MonkeyPatch, site: Path, module: str = "newsmine_grain") -> None:
    """A package in a folder of installed ones, whose entry point says that it brings patterns."""
    info = site / "newsmine_grain-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: newsmine-grain\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[newsmine.patterns]\ngrain = {module}\n")
    (site / "newsmine_grain").mkdir()
    (site / "newsmine_grain" / "__init__.py").write_text("raise AssertionError('a pack is data: nothing of it runs')\n")
    pack(site / "newsmine_grain" / "grain", unit_tsv="id\tforms\tkind\texamples\nhu\t斛\tcount\t【3斛】\n")
    monkeypatch.syspath_prepend(str(site))


def test_an_installed_package_brings_a_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_packs(pack_folders())
    installed(monkeypatch, tmp_path / "site")
    folders = pack_folders()
    assert folders[-1].name == "grain"
    assert [f.name for f in pack_folders(domains=("grain",))] == ["core", "grain"]
    patterns = read_packs(folders)
    assert "grain/unit.hu" in patterns.entries
    assert patterns.digest != before.digest
    own = pack(tmp_path / "mine", unit_tsv="id\tforms\tkind\tunit\texamples\ngrain/unit.hu\t斛\tcount\t石\t【3斛】\n")
    claims = analyzer((own,)).analyze(Article("a", "收谷30斛。")).claims
    assert [(c.quantity.unit, c.quantity.rule) for c in claims] == [("石", "grain/unit.hu")]
    analyzer.cache_clear()


def test_an_entry_point_to_nowhere_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, tmp_path / "site", module="newsmine_grian")
    with pytest.raises(PatternError, match="newsmine-grain says that its patterns are in the package 'newsmine_grian'"):
        pack_folders()


def test_a_folder_without_patterns_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(PatternError, match="no pattern files"):
        pack_folders((tmp_path / "empty",))


def test_a_folder_of_packs(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").mkdir()
    for name in ("b", "a"):
        pack(tmp_path / name, unit_tsv="id\tforms\tkind\texamples\nhu\t斛\tcount\t【3斛】\n")
    assert [f.name for f in pack_folders((tmp_path,))][-2:] == ["a", "b"]
