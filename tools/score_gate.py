"""The score gate: how right newsmine is on its own corpus must not fall below the floors of corpus/floors.toml.

    python tools/score_gate.py                                  score, and fail (status 1) below a floor
    python tools/score_gate.py --raise                          lift the floors to the reached scores; none is lowered
    python tools/score_gate.py --lower MEASURE --reason TEXT    lower one floor to the reached score
    python tools/score_gate.py --rehash --reason TEXT           accept gold that was changed on purpose

Reasons are kept in the file. The floors hold for one gold: its hash stands in the file, and other gold fails the gate.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from newsmine.cli import app
from newsmine.scoring import Score, doubts, read_gold, read_output, score, table_lines

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
FLOORS = CORPUS / "floors.toml"
BY_ARTICLE = "claim by article"

HEAD = """\
# The F1 that newsmine must reach on this corpus, measure by measure, and the gold that it is measured against.
# Written by tools/score_gate.py: --raise lifts floors; --lower MEASURE and --rehash (new gold) take a --reason.
"""


@dataclass(frozen=True)
class Floors:
    """The floors, the hash of the gold they hold for, and why floors were lowered or gold was changed."""

    gold_sha256: str
    floors: Mapping[str, float] = field(default_factory=dict)
    changes: tuple[Mapping[str, str], ...] = ()

    def dumps(self) -> str:
        lines = [HEAD, f"gold_sha256 = {json.dumps(self.gold_sha256)}", "", "[floors]"]
        lines += [f"{json.dumps(name)} = {floor:.3f}" for name, floor in self.floors.items()]
        for change in self.changes:
            lines += ["", "[[change]]", *(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in change.items())]
        return "\n".join(lines) + "\n"


def loads(text: str) -> Floors:
    table = tomllib.loads(text)
    return Floors(table["gold_sha256"], table.get("floors", {}), tuple(table.get("change", ())))


def gold_hash(folder: Path) -> str:
    """One hash of all gold files, by name and content; the way lines end does not count."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.json")):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def reached(result: Score) -> dict[str, float]:
    """The F1 of every measure."""
    return {name: counts.f1 for name, counts in result.counts.items()} | {BY_ARTICLE: result.by_article}


def rounded_down(value: float) -> float:
    return math.floor(value * 1000) / 1000


def findings(floors: Floors, scores: Mapping[str, float], gold: str) -> list[str]:
    """What keeps the gate shut."""
    found = [
        f"{name}: {scores[name]:.4f} is below its floor {floor:.3f}"
        for name, floor in floors.floors.items()
        if name in scores and scores[name] < floor
    ]
    found += [f"{name}: no floor; --raise sets one" for name in scores if name not in floors.floors]
    found += [f"{name}: a floor for a measure that is not there" for name in floors.floors if name not in scores]
    if gold != floors.gold_sha256:
        found.append("corpus/gold is not the gold of the floors; if that is meant: --rehash --reason TEXT")
    return found


def lifted(floors: Floors, scores: Mapping[str, float]) -> Floors:
    """The floors at the reached scores where these are higher."""
    return replace(floors, floors={n: max(rounded_down(s), floors.floors.get(n, 0.0)) for n, s in scores.items()})


def lowered(floors: Floors, scores: Mapping[str, float], measure: str, reason: str) -> Floors:
    """One floor at the reached score, and the reason."""
    if measure not in floors.floors or measure not in scores:
        raise SystemExit(f"no floor for {measure!r}; there are: {', '.join(floors.floors)}")
    old, new = floors.floors[measure], rounded_down(scores[measure])
    if new >= old:
        raise SystemExit(f"{measure}: {scores[measure]:.4f} is not below its floor {old:.3f}; nothing to lower")
    change = {"lowered": measure, "from": f"{old:.3f}", "to": f"{new:.3f}", "reason": reason}
    return replace(floors, floors={**floors.floors, measure: new}, changes=(*floors.changes, change))


def rehashed(floors: Floors, gold: str, reason: str) -> Floors:
    """The same floors for other gold, and the reason."""
    change = {"gold": gold, "reason": reason}
    return replace(floors, gold_sha256=gold, changes=(*floors.changes, change))


def scored() -> Score:
    """Extract the corpus into a temporary folder and score it; a doubtful score is an error."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        command = ["extract", str(CORPUS / "articles"), "-o", str(out), "--metadata", str(CORPUS / "metadata.csv")]
        status = app([*command, "--format", "jsonl", "--quiet"], standalone_mode=False)
        if status:
            raise SystemExit(f"newsmine extract failed with status {status}")
        gold, output = read_gold(CORPUS / "gold"), read_output(out)
        doubtful = list(doubts(gold, output))
        if doubtful:
            raise SystemExit("\n".join(doubtful))
        return score(gold, output)


def changed(options: argparse.Namespace, floors: Floors | None, scores: Mapping[str, float], gold: str) -> Floors:
    """The floors as the options want them."""
    if floors is None:
        if not options.lift:
            raise SystemExit(f"{FLOORS} is missing; --raise writes it")
        return lifted(Floors(gold), scores)
    if options.rehash:
        floors = rehashed(floors, gold, options.reason)
    if options.lift and gold != floors.gold_sha256:
        raise SystemExit("corpus/gold is not the gold of the floors: first --rehash --reason TEXT")
    if options.lower:
        floors = lowered(floors, scores, options.lower, options.reason)
    return lifted(floors, scores) if options.lift else floors


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to the reached scores")
    parser.add_argument("--lower", metavar="MEASURE", help="lower this floor to the reached score")
    parser.add_argument("--rehash", action="store_true", help="accept the gold as it is now")
    parser.add_argument("--reason", metavar="TEXT", help="why; kept in the file")
    options = parser.parse_args(arguments)
    if (options.lower or options.rehash) and not (options.reason or "").strip():
        parser.error("--lower and --rehash need --reason TEXT")
    return options


def main(arguments: list[str] | None = None) -> int:
    options = parsed(arguments)
    floors = loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else None
    result, gold = scored(), gold_hash(CORPUS / "gold")
    print(*table_lines(result), sep="\n")
    scores = reached(result)
    new = changed(options, floors, scores, gold)
    if new != floors:
        FLOORS.write_text(new.dumps(), encoding="utf-8")
    shut = findings(new, scores, gold)
    print(*(f"FAILED {finding}" for finding in shut) if shut else ["every floor holds"], sep="\n", file=sys.stderr)
    return 1 if shut else 0


if __name__ == "__main__":
    sys.exit(main())
