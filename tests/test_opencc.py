"""The folded view agrees with OpenCC's own results, where they are at hand."""

from __future__ import annotations

import sys
from pathlib import Path

from newsmine.fold import fold

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

from opencc_agreement import agreement

# A neutral character that decides nothing by itself stays as it is; see patterns/core/fold.opencc.tsv.
FLOORS = {"all": 0.96, "names and amounts": 0.95}


def test_agreement(shared: Path) -> None:
    for name, (right, total, wrong) in agreement(shared / "eval" / "opencc").items():
        assert right / total >= FLOORS[name], wrong


def test_simplified_text_stays() -> None:
    for text in ("什么是高抬贵手", "把花瓶打坏了", "沈思的老师", "狼藉一片，聊以慰藉"):
        assert fold(text) == text
