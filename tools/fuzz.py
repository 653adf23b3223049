"""Fuzzed articles through the whole line, from a text to its encoded rows: python tools/fuzz.py [N] [--seed S]

Prints how many broke an invariant or took longer than two seconds of processor time per 10,000 characters, and the
slowest. The texts that did either are written to --keep FOLDER. Status 1 if there are any.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from fuzzing import broken, fuzzed, seeds
from newsmine.extraction import Extractor
from newsmine.schema import TABLES
from newsmine.writers import TEXT_FORMATS

_SECONDS_PER_CHARACTER = 2 / 10_000
# Below this a text is too short for its time to say anything of its length.
_SHORTEST = 0.25


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=int, default=600)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"))
    asked = parser.parse_args()
    draw, texts, extractor = random.Random(asked.seed), seeds(), Extractor()
    for text in texts[:40]:  # dictionaries are loaded when first used
        extractor.analyzed(extractor.reader.article("a", text))
    encoders = [(name, encode(TABLES[name])) for encode in TEXT_FORMATS.values() for name in ("claims", "entities")]
    bad, slow, slowest, characters, rows, began = 0, 0, 0.0, 0, 0, time.perf_counter()
    for number in range(asked.count):
        text = fuzzed(draw, texts, asked.longest)
        start = time.process_time()
        problems = one(extractor, encoders, text)
        seconds = time.process_time() - start
        slowest = max(slowest, seconds)
        characters += len(text)
        rows += problems.pop()
        late = seconds > max(_SHORTEST, len(text) * _SECONDS_PER_CHARACTER)
        bad, slow = bad + bool(problems), slow + late
        if problems or late:
            keep(asked.keep, text)
            print(number, f"{seconds:.2f} s", *problems, sep="\t", flush=True)
        if number % 1000 == 999:
            print(f"{number + 1} articles, {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    print(
        f"{asked.count} articles, {characters} characters, {rows} rows, seed {asked.seed}: {bad} broken, {slow} slow, "
    )
    print(f"slowest {slowest:.3f} s, {time.perf_counter() - began:.0f} s in all")
    return 1 if bad or slow else 0


def one(extractor: Extractor, encoders: list, text: str) -> list:  # type: ignore[type-arg]
    """What is broken, and last how many rows there are."""
    try:
        result = extractor.analyzed(extractor.reader.article("a", text, {}))
        for name, encode in encoders:
            encode(getattr(result, name)).encode("utf-8")
    except Exception as reason:
        return [f"{type(reason).__name__}: {reason}", 0]
    return [*broken(result, extractor.analyzer.patterns), len(result.claims) + len(result.entities)]


def keep(folder: Path, text: str) -> None:
    folder.mkdir(exist_ok=True)
    data = text.encode("utf-8", "surrogatepass")
    (folder / f"{hashlib.sha256(data).hexdigest()[:12]}.txt").write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
