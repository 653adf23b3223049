"""Writes docs/images/show.svg: what `newsmine show` prints of one sentence.

python tools/show_picture.py
"""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console

from newsmine.extraction import Options
from newsmine.showing import text_rows
from newsmine.view import show as print_view

SENTENCE = (
    "靖州二医院2024年门诊量达28.6万人次，同比增长11.3%；平均住院日由9.1天缩短至7.8天，"
    "副院长粟永红说，今年将再添床位60张。"
)
# The width of a cell in rich's pictures.
_CELL = 12.2
_TEXT = re.compile(r'(?P<opening><text [^>]*?)textLength="[\d.]+"(?P<rest>[^>]*)>(?P<text>[^<]*)</text>')
PICTURE = Path(__file__).resolve().parent.parent / "docs" / "images" / "show.svg"


def main() -> None:
    console = Console(record=True, width=120, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    shown = text_rows(SENTENCE, None, Options())
    console.print(f"$ newsmine show “{SENTENCE[:8]}…”", style="dim")
    print_view(console, shown.text, shown.claims, shown.entities)
    picture = console.export_svg(title="newsmine show", unique_id="newsmine")
    PICTURE.write_text(_TEXT.sub(_stretched, picture), encoding="utf-8")


def _stretched(match: re.Match[str]) -> str:
    """rich gives every character one cell; Han characters are two wide."""
    length = cell_len(html.unescape(match["text"])) * _CELL
    return f'{match["opening"]}textLength="{length:.1f}"{match["rest"]}>{match["text"]}</text>'


if __name__ == "__main__":
    main()
