#!/usr/bin/env python3
"""How many figures have a subject that the inventory of names holds: what a linker could choose at best.

    tools/subject_coverage.py TEXTS GOLD [--metadata FILE] [--misses N]

TEXTS is a folder of articles, GOLD holds <article_id>.json files (see the guidelines). For every claim of the gold
that names a subject (optional ones count nowhere), one right answer is looked for among the mentions of its article:
as the canonical name, or as the text of one. Prints the share that is there, by label, how many mentions of each label
an article has, and with --misses the right answers that no mention has.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from newsmine.extraction import Extractor, Options
from newsmine.fold import fold
from newsmine.reading import find_sources
from newsmine.types import Mention


def plain(text: str) -> str:
    """A name as the scorer compares it: letters and digits only, simplified."""
    return "".join(c for c in fold(text) if c.isalnum())


def wanted(gold: dict[str, Any]) -> list[list[str]]:
    """The right answers of each claim that has a subject."""
    answers = (c.get("subject") for c in gold["claims"] if not c.get("optional"))
    return [[a] if isinstance(a, str) else list(a) for a in answers if a]


def labels_of(mentions: list[Mention]) -> dict[str, str]:
    """Every name and text of an article, with the label of the first mention that has it."""
    known: dict[str, str] = {}
    for mention in mentions:
        for form in (mention.name, mention.text):
            known.setdefault(plain(form), mention.label)
    return known


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--metadata", type=Path)
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    extractor = Extractor(Options(metadata=options.metadata))
    found, mentions_of, missed = Counter[str](), Counter[str](), Counter[str]()
    articles = subjects = 0
    spent = 0.0
    for source in find_sources([str(options.texts)]):
        path = options.gold / f"{source.article_id}.json"
        if not path.exists():
            continue
        articles += 1
        article = extractor.reader.read(source, extractor.reader.load(source))
        start = time.perf_counter()
        mentions = extractor.analyzer.document(article).mentions
        spent += time.perf_counter() - start
        mentions_of.update(m.label for m in mentions)
        known = labels_of(mentions)
        for answers in wanted(json.loads(path.read_text(encoding="utf-8"))):
            subjects += 1
            label = next((known[plain(a)] for a in answers if plain(a) in known), None)
            if label is not None:
                found[label] += 1
            else:
                missed[f"{source.article_id}  {' | '.join(answers)}"] += 1
    print(f"{articles} articles, {subjects} subjects, {spent:.1f} s")
    print(f"{'all':11} {found.total() / max(1, subjects):6.1%}")
    for label, count in sorted(mentions_of.items()):
        print(f"{label:11} {found[label] / max(1, subjects):6.1%}  {count / max(1, articles):6.1f} an article")
    for answers, count in missed.most_common(options.misses):
        print(f"{count:4} {answers}")


if __name__ == "__main__":
    main()
