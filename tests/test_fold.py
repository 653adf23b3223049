"""The folded view has the length of the text, whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsmine.fold import fold, folder


@given(st.text(max_size=200))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="門診量達２００．５萬人次％（）乾隆后著0123，。\n髮发", max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_traditional_and_full_width_forms() -> None:
    assert fold("隨著高鐵通車，門診量達２００．５萬人次％") == "随着高铁通车，门诊量达200.5万人次%"
    assert fold("著名醫師的著作") == "著名医师的著作"


def test_script() -> None:
    assert folder().script("门诊量达到二百万人次") == "hans"
    assert folder().script("門診量達到二百萬人次") == "hant"
