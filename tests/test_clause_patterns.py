"""The language of clause patterns: what it matches, and what it says of patterns that it does not know."""

from __future__ import annotations

import pytest

from newsmine.claims.clausepatterns import ClausePattern, compile_pattern, compile_patterns
from newsmine.claims.sentence import Sentence
from newsmine.claims.words import CueIndex, read_words
from newsmine.errors import PatternError
from newsmine.pipeline import analyzer
from newsmine.types import Article


def sentence(text: str) -> Sentence:
    line = analyzer()
    document = line.document(Article("a", text))
    span = document.sentences[0]
    words = read_words(
        document.tokens(span), document.quantities, document.times, document.mentions, CueIndex(line.patterns)
    )
    return Sentence(span, words)


def proposed(pattern: str, text: str, figure: int = 0) -> list[str]:
    told = sentence(text)
    window = told.window(told.figures[figure])
    items = [told.items[n] for n in ClausePattern("p", compile_pattern(pattern)).proposes(window)]
    return ["".join(w.text for w in told.words[i.first : i.end]) for i in items]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("F&count particle? [NP]", "收到了84份稿件。", ["稿件"]),
        ("F&percent particle? [NP]", "收到了84份稿件。", []),
        ("[NP] (carry|adverb)* F", "存款余额达84亿元。", ["存款余额"]),
        ("[NP] !carry F", "存款余额达84亿元。", []),
        ("[NP] OPEN (_)* F", "合格率（84%）", ["合格率"]),
    ],
)
def test_what_a_pattern_proposes(pattern: str, text: str, expected: list[str]) -> None:
    assert proposed(pattern, text) == expected


def test_another_figure_is_not_the_one_in_question() -> None:
    assert proposed("[NP] (carry|adverb)* F", "存款余额达84亿元，贷款余额达60亿元。", figure=1) == ["贷款余额"]


@pytest.mark.parametrize("pattern", ["[NP] carry", "NP F", "[NP] F [NP]", "[NP] F $", "[NP] (carry F"])
def test_a_pattern_that_says_no_figure_or_no_run_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="clause pattern"):
        compile_pattern(pattern, "mine/link.toml:3")


def test_what_a_sentence_is_made_of() -> None:
    told = sentence("全年门诊量达84万人次，其中急诊（含夜间）9万人次；手术6000台。")
    at = {told.words[f].text: f for f in told.figures}
    outer, inner, other = at["84万人次"], at["9万人次"], at["6000台"]
    assert told.relation(outer, inner) == "back1"
    assert told.relation(inner, outer) == "behind"
    assert told.relation(outer, other) == "segment"
    assert told.relation(outer, outer) == "same"


def test_figures_told_alike_are_parallel() -> None:
    told = sentence("东区（3%）、西区（5%）不合格，其余120家合格。")
    assert [told.parallel(f) for f in told.figures] == [False, True, False]


@pytest.mark.parametrize(
    "text", ["门诊量同比增长12%，达到3万人次；其中急诊占两成。", "眼科（10.6%）、骨科（5.5%）的比重上升。"]
)
@pytest.mark.parametrize("slot", ["metric", "subject"])
def test_patterns_passed_over_would_propose_nothing(slot: str, text: str) -> None:
    told = sentence(text)
    for pattern in compile_patterns(analyzer().patterns.stage("link"), slot):
        for figure in told.figures:
            window = told.window(figure)
            assert all(map(window.masks.anywhere, pattern.needed)) or not list(pattern.proposes(window))
