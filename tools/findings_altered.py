"""How many contradictions are noticed on real text: one figure of every fact that is confirmed is made a fifth larger.

    python tools/findings_altered.py OUT

For each check: how many of its confirmed facts, altered so, bring a doubt or a mismatch about the altered figure.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from newsmine.checking.figures import ArticleFigures, Figure, read_figures
from newsmine.checking.findings import DOUBT, FITS, MISMATCH
from newsmine.checking.knowledge import knowledge
from newsmine.checking.run import CHECKS

FACTOR = Decimal("1.2")


def altered(article: ArticleFigures, figure: Figure) -> ArticleFigures:
    """The article with this one figure a fifth larger."""
    larger = replace(figure, value=figure.value * FACTOR, bounds=figure.bounds.scaled(FACTOR))
    return replace(article, figures=tuple(larger if f == figure else f for f in article.figures))


def noticed(article: ArticleFigures, figure: Figure) -> bool:
    """Whether the altered figure is doubted."""
    changed = altered(article, figure)
    found = (f for check in CHECKS for f in check(changed, knowledge()) if f.severity in (DOUBT, MISMATCH))
    return any(figure.claim_id in {f.claim_id for f in finding.figures} for finding in found)


def main(folder: Path) -> None:
    total: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for article in read_figures(folder, knowledge()):
        for finding in (f for check in CHECKS for f in check(article, knowledge()) if f.severity == FITS):
            total[finding.check] += 1
            hits[finding.check] += noticed(article, finding.figures[-1])
    for check, count in sorted(total.items()):
        print(f"{check}: {hits[check]} of {count}")
    print(f"all: {hits.total()} of {total.total()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
