#!/usr/bin/env python3
"""How well names are found when no list knows them: the entity scores of a corpus with its gazetteers emptied.

    tools/without_gazetteers.py TEXTS GOLD [--floor HOSPITAL=0.90 ...]

The entries of every `gazetteer.*.tsv` are left out of the packs, all else is as it is; TEXTS (a folder of .txt) is
read and what is found compared with the mentions of GOLD (<article_id>.json, see the guidelines). Prints precision,
recall and F1 of the spans of each label; ends with status 1 where a label stays below its floor.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from newsmine.fold import folder
from newsmine.packs import Patterns, pack_folders, read_packs
from newsmine.pipeline import Analyzer
from newsmine.types import Article, Mention, Span

Tally = dict[str, Counter[str]]


def bare_analyzer() -> Analyzer:
    """The analyzer of the packaged packs without a gazetteer."""
    patterns = read_packs(pack_folders(), folder())
    kept = {i: e for i, e in patterns.entries.items() if e.stage != "gazetteer"}
    return Analyzer(Patterns(kept, patterns.digest))


def article(path: Path, gold: dict[str, Any]) -> Article:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    chrome = tuple(Span(*span) for span in gold.get("chrome", ()))
    return Article(path.stem, text, title=gold.get("title"), host=gold.get("host"), chrome=chrome)


def compare(gold: list[dict[str, Any]], found: list[Mention], tally: Tally) -> None:
    """Counts the spans that are right, those of the gold and those found; optional ones count nowhere."""
    optional = [(e["start"], e["end"]) for e in gold if e.get("optional")]
    wanted = {(e["label"], e["start"], e["end"]) for e in gold if not e.get("optional")}
    said = {(m.label, m.start, m.end) for m in found}
    for label, start, end in wanted:
        tally[label]["gold"] += 1
        tally[label]["right"] += (label, start, end) in said
    for label, start, end in said:
        free = (label, start, end) not in wanted and any(s < end and start < e for s, e in optional)
        tally[label]["found"] += label in tally and not free


def scores(texts: Path, golds: Path, labels: tuple[str, ...]) -> dict[str, float]:
    analyzer = bare_analyzer()
    tally: Tally = {label: Counter() for label in labels}
    for path in sorted(golds.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        document = analyzer.document(article(texts / f"{path.stem}.txt", gold))
        mentions = [m for m in document.mentions if m.label in labels]
        compare([e for e in gold["entities"] if e["label"] in labels], mentions, tally)
    return {label: show(label, count) for label, count in tally.items()}


def show(label: str, count: Counter[str]) -> float:
    precision = count["right"] / max(1, count["found"])
    recall = count["right"] / max(1, count["gold"])
    f1 = 2 * count["right"] / max(1, count["found"] + count["gold"])
    print(f"{label:12} P {precision:.3f}  R {recall:.3f}  F {f1:.3f}   of {count['gold']}")
    return f1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--floor", nargs="*", default=["HOSPITAL=0.90"], metavar="LABEL=F")
    options = parser.parse_args()
    floors = {label: float(value) for label, value in (f.split("=") for f in options.floor)}
    reached = scores(options.texts, options.gold, ("HOSPITAL", "DOCTOR", "PROCEDURE"))
    return int(any(reached[label] < floor for label, floor in floors.items()))


if __name__ == "__main__":
    sys.exit(main())
