"""The quick ways give what the libraries give: words as jieba cuts them, characters as OpenCC converts them."""

from __future__ import annotations

import importlib.resources
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsmine import cutting
from newsmine.conversion import converter
from newsmine.cutting import Cutter, FastCutter, PlainCutter, back_end, read_dictionary
from newsmine.packs import pack_folders, read_packs
from newsmine.segment import Segmenter

WORDS = ("同比增长", "门诊", "较上年", "占比")
TEXTS = [
    "该院门诊量同比增长百分之七,较上年多出两成;T恤、2021.10.3、C++、A股和B超都在其中。",
    "我个名系自由党官派律师手令行事未明",
    "隆重举行揭牌仪式,首批专家团队正式入驻开展诊疗服务。",
    "a-b_c%d  \n\t,,,。。。",
    "",
]


@pytest.fixture(scope="module")
def jieba() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tokenizer = cutting._tokenizer()
    for word in WORDS:
        tokenizer.add_word(word, 20_000)
    return tokenizer


@pytest.fixture(scope="module", params=["jieba", "rjieba"])
def cut(request: pytest.FixtureRequest) -> Cutter:
    if request.param == "jieba":
        return PlainCutter(WORDS)
    pytest.importorskip("rjieba")
    return FastCutter(WORDS)


@pytest.mark.parametrize("text", TEXTS)
def test_the_words_are_those_of_jieba(cut: Cutter, jieba: Any, text: str) -> None:
    assert cut(text) == list(jieba.cut(text))


@given(
    st.text(
        alphabet="的一是不了在人有我他这中大来上个国和也子时道说出就年得地门诊量同比增长较上年占T3.%+ ,。\n着乾龘𠮷"
    )
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_words_are_those_of_jieba_whatever_the_text(cut: Cutter, jieba: Any, text: str) -> None:
    assert cut(text) == list(jieba.cut(text))


def test_real_articles_are_cut_as_jieba_cuts_them(cut: Cutter, jieba: Any, shared: Path) -> None:
    for path in sorted((shared / "news").rglob("*.txt"))[::13]:
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            assert cut(line) == list(jieba.cut(line)), path


def test_without_rjieba_jieba_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    assert back_end() == "jieba"
    assert isinstance(cutting.cutter(WORDS), PlainCutter)


def test_segments_are_the_same_with_either_back_end(monkeypatch: pytest.MonkeyPatch, shared: Path) -> None:
    """Guessed words without their function words among them."""
    pytest.importorskip("rjieba")
    patterns = read_packs(pack_folders())
    fast = Segmenter(patterns)
    monkeypatch.setitem(sys.modules, "rjieba", None)
    plain = Segmenter(patterns)
    for path in sorted((shared / "news").rglob("*.txt"))[::13]:
        text = path.read_text(encoding="utf-8", errors="replace")
        assert fast.tokens(text, 0, len(text)) == plain.tokens(text, 0, len(text)), path


def test_known_words_are_counted_and_kept_ones_too(jieba: Any) -> None:
    dictionary = read_dictionary(frozenset(WORDS))
    assert {w: n for w, n in jieba.FREQ.items() if n} == {w: n for w, n in dictionary.frequencies.items() if n}
    assert 0 not in dictionary.frequencies.values()


def _phrases() -> list[str]:
    folder = importlib.resources.files("opencc") / "dictionary"
    names = ("TWVariantsRevPhrases.txt", "TSPhrases.txt", "TWVariantsRev.txt")
    return [line.split("\t")[0] for n in names for line in (folder / n).read_text(encoding="utf-8").splitlines()]


@given(
    st.lists(
        st.one_of(st.sampled_from(_phrases()), st.text(alphabet="門診量達隨著後於為裏裡乾坤,。 的x髮麵著", max_size=4))
    )
)
@settings(max_examples=500, deadline=None)
def test_conversion_is_that_of_the_library(pieces: list[str]) -> None:
    import opencc

    text = "".join(pieces)
    assert converter()(text) == opencc.OpenCC("tw2s").convert(text)
