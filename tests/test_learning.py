"""Weights are learnt from annotated articles, the same ones from the same articles, and written as a pattern file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsmine.claims.ranking import Candidate, Condition, Ranker, expanded
from newsmine.errors import UsageError
from newsmine.fold import folder
from newsmine.learning import Learner, lessons, weight_file
from newsmine.learning.examples import Example
from newsmine.learning.fit import fit
from newsmine.packs import pack_folders, read_packs

CORPUS = Path(__file__).parent.parent / "corpus"
ARTICLES = ("med-case", "eco-company", "edu-enrolment", "transport-tw", "disaster-flood")


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("annotated")
    for name, suffix in (("articles", "txt"), ("gold", "json")):
        (root / name).mkdir()
        for article in ARTICLES:
            shutil.copy(CORPUS / name / f"{article}.{suffix}", root / name)
    shutil.copy(CORPUS / "metadata.csv", root)
    return root


def example(article: str, *candidates: tuple[tuple[str, ...], bool]) -> Example:
    return Example(article, tuple(c for c, _ in candidates), tuple(r for _, r in candidates), False)


def test_what_tells_right_from_wrong_weighs_more() -> None:
    found = [example(f"a{n}", (("near", "noun"), True), (("far", "noun"), False)) for n in range(6)]
    weights = fit(found)
    assert weights["near"] > 0 > weights["far"]
    assert "noun" not in weights, "what all candidates share tells nothing"


def test_a_feature_of_too_few_articles_is_not_learnt() -> None:
    assert fit([example("a", (("near",), True), (("far",), False))]) == {}


def test_the_same_articles_give_the_same_weights_and_a_loadable_file(annotated: Path, tmp_path: Path) -> None:
    patterns = read_packs(pack_folders(), folder())
    first, reports = Learner(patterns, lessons([annotated])).learn()
    again, _ = Learner(patterns, lessons([annotated])).learn()
    assert first == again
    assert {r.slot for r in reports} == {"metric", "subject"}
    assert all(0.5 < r.recall <= 1 and 0 < r.right < 1 for r in reports)
    pack = tmp_path / "mine"
    pack.mkdir()
    (pack / "weight.metric.tsv").write_text(weight_file("metric", first["metric"], 10, 5), encoding="utf-8")
    loaded = Ranker(read_packs([pack]), "metric").weights
    assert loaded
    assert all(abs(loaded[f] - first["metric"][f]) <= 0.025 + 1e-9 for f in loaded)


def test_a_folder_without_texts_says_what_it_should_hold(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="should hold annotated texts"):
        lessons([tmp_path])


def test_conditions_weigh_as_the_features_that_they_are_learnt_as() -> None:
    ranker = Ranker(read_packs([]), "metric")
    ranker.weights = {"a": 1.0, "percent/a": -3.0, "b": 0.5}
    pair = [Candidate("x", None, "r", ("a",)), Candidate("y", None, "r", ("b",))]
    share, count = (Condition("percent"),), (Condition("count"),)
    assert ranker.choose(pair, ranker.weighing(count)) is pair[0]
    assert ranker.choose(pair, ranker.weighing(share)) is pair[1]
    assert list(expanded(("a", "b"), (Condition("percent", ("a",)),))) == ["a", "percent/a", "b"]
    sure = Candidate("z", None, "r", (), sure=True)
    assert ranker.choose([*pair, sure], ranker.weighing(count)) is sure
