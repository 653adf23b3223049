"""How far the folded view agrees with OpenCC's own results: python tools/opencc_agreement.py [FOLDER].

FOLDER holds TSPhrases.txt (traditional, simplified) and testcases.json (input, results by configuration); by
default ../shared/eval/opencc.
Prints the share over all pairs, and over those that touch a place, a person, a hospital, a unit or a numeral.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from newsmine.fold import fold
from newsmine.packs import Patterns, pack_folders, read_packs

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "eval" / "opencc"
_SINGLE = ("numeral", "surname")


def pairs(folder: Path) -> Iterator[tuple[str, set[str]]]:
    """What is written, and the results that OpenCC gives for it (any of several)."""
    for line in (folder / "TSPhrases.txt").read_text(encoding="utf-8").splitlines():
        if line.strip():
            written, _, results = line.partition("\t")
            yield written, set(results.split(" "))
    data = json.loads((folder / "testcases.json").read_text(encoding="utf-8"))
    for case in data["cases"] if isinstance(data, dict) else data:
        yield case["input"], set(case["expected"].values())


def touches(patterns: Patterns, results: set[str]) -> bool:
    """Whether a pair holds a place, a person (a surname with one or two characters), a hospital, a unit, a numeral."""
    places = {f[:-1] for e in patterns.stage("place") for f in e.forms if len(f) > 2}
    stages = ("place", "unit", "gazetteer")
    words = {f for stage in stages for e in patterns.stage(stage) for f in e.forms if len(f) > 1} | places
    numerals = {f for e in patterns.stage("numeral") for f in e.forms if e.get("role") in ("digit", "times", "scale")}
    surnames = {f for e in patterns.stage("surname") if e.get("class") != "wordlike" for f in e.forms}
    admin = {f for e in patterns.stage("part") if "admin" in e.get("class") for f in e.forms}
    ends = tuple({f for e in patterns.stage("suffix") for f in e.forms} | admin)
    text = " ".join(results)
    person = any(len(r) in (2, 3) and r.startswith(tuple(surnames)) for r in results)
    named = person or any(r.endswith(ends) for r in results)
    return named or any(w in text for w in words) or any(c in numerals for c in text)


def agreement(folder: Path) -> dict[str, tuple[int, int, list[str]]]:
    """For all pairs and for those that touch names and amounts: how many agree, of how many, and which do not."""
    patterns = read_packs(pack_folders(), fold)
    found: dict[str, tuple[int, int, list[str]]] = {}
    for name, wanted in (("all", lambda _: True), ("names and amounts", lambda results: touches(patterns, results))):
        chosen = [(w, r) for w, r in pairs(folder) if wanted(r)]
        wrong = [w for w, r in chosen if fold(w) not in r]
        found[name] = len(chosen) - len(wrong), len(chosen), wrong
    return found


def main(folder: Path) -> None:
    for name, (right, total, wrong) in agreement(folder).items():
        print(f"{name}: {right} of {total} agree ({right / total:.1%})")
        for written in wrong:
            print(f"  {written[:40]} -> {fold(written)[:40]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
