"""How much of the page furniture is found, and how much of the articles is taken for it, over articles with gold.

    python tools/chrome_coverage.py GOLD TEXTS [--show] [--coverage 0.98 --loss 0.005]

GOLD holds <article_id>.json files with `chrome` (a list of [start, end]), TEXTS the articles as <article_id>.txt.
White space counts nowhere. With --show, every stretch that is missed or lost is printed. Status 1 below the floors.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsmine.fold import folder
from newsmine.packs import pack_folders, read_packs
from newsmine.reading import Reader, find_sources


@dataclass(frozen=True, slots=True)
class Coverage:
    """One article: characters of furniture and of the article, and those of each that are on the wrong side."""

    article_id: str
    furniture: int
    missed: list[str]
    article: int
    lost: list[str]


def coverage(article_id: str, text: str, gold: set[int], found: set[int]) -> Coverage:
    """Compares the positions of furniture in gold with those that were found."""
    solid = {n for n, c in enumerate(text) if not c.isspace()}
    return Coverage(
        article_id,
        len(gold & solid),
        list(stretches(text, (gold - found) & solid)),
        len(solid - gold),
        list(stretches(text, (found - gold) & solid)),
    )


def stretches(text: str, positions: set[int]) -> Iterator[str]:
    """The text at positions, those that follow each other as one."""
    ordered = sorted(positions)
    starts = [p for p in ordered if p - 1 not in positions]
    ends = [p + 1 for p in ordered if p + 1 not in positions]
    return (text[start:end] for start, end in zip(starts, ends, strict=True))


def measure(gold: Path, texts: Path) -> list[Coverage]:
    """The coverage of every article of a gold folder."""
    reader = Reader(read_packs(pack_folders(), folder()), folder())
    measured = []
    for path in sorted(gold.rglob("*.json")):
        article_id = path.relative_to(gold).with_suffix("").as_posix()
        source = find_sources([texts / f"{article_id}.txt"])[0]
        article = reader.read(source, reader.load(source))
        spans = json.loads(path.read_text(encoding="utf-8")).get("chrome", [])
        told = {n for start, end in spans for n in range(start, end)}
        found = {n for span in article.chrome for n in range(*span)}
        measured.append(coverage(article_id, article.text, told, found))
    return measured


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--coverage", type=float, default=0.0)
    parser.add_argument("--loss", type=float, default=1.0)
    asked = parser.parse_args()
    measured = measure(asked.gold, asked.texts)
    for one in measured if asked.show else ():
        for kind, pieces in (("missed", one.missed), ("lost", one.lost)):
            for piece in pieces:
                print(f"{one.article_id}\t{kind}\t{piece[:120]!r}")
    furniture, text = sum(m.furniture for m in measured), sum(m.article for m in measured)
    covered = 1 - sum(map(len, (p for m in measured for p in m.missed))) / max(1, furniture)
    lost = sum(map(len, (p for m in measured for p in m.lost))) / max(1, text)
    print(f"{len(measured)} articles: {covered:.4f} of {furniture} furniture characters covered,", end=" ")
    print(f"{lost:.5f} of {text} article characters lost")
    return 1 if covered < asked.coverage or lost > asked.loss else 0


if __name__ == "__main__":
    sys.exit(main())
