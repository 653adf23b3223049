"""How every regex of every pack grows with its input: python benchmarks/growth.py [PATTERNS_DIR ...] [--chars N]

Each regex meets long texts made to slow it down (newsmine.selftest.growth): one character, or one of its own examples,
said again and again. Time at 2n may be at most 2.6 times that at n (median of five; times under 5 ms are passed over),
at every doubling up to --chars characters. Prints the regexes that grow faster; status 1 if there are any.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from newsmine.fold import folder
from newsmine.packs import pack_folders, read_packs
from newsmine.selftest.growth import REPEATS, Growth, growth_of, texts_against


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", type=Path, nargs="*")
    parser.add_argument("--chars", type=int, default=200_000)
    asked = parser.parse_args()
    began, slow, regexes, pairs = time.perf_counter(), 0, 0, 0
    for name, found in measured(tuple(asked.packs), asked.chars):
        regexes, pairs = regexes + 1, pairs + len(found)
        for growth in found:
            if growth.fails:
                slow += 1
                print(f"{name}: {growth}", flush=True)
    print(
        f"{regexes} regexes, {pairs} doublings up to {asked.chars} characters (median of {REPEATS}): {slow} too steep, "
    )
    print(f"{time.perf_counter() - began:.0f} s")
    return 1 if slow else 0


def measured(extra: tuple[Path, ...], chars: int) -> Iterator[tuple[str, list[Growth]]]:
    """Every regex by the id of its entry, with its growth over the texts that are steepest or slowest."""
    packs = pack_folders(extra)
    patterns = read_packs(packs, folder(tuple(packs)))
    for entry in patterns.entries.values():
        if entry.regex is not None:
            compiled = patterns.compile(entry)
            yield entry.id, growth_of(compiled, texts_against(entry), chars)


if __name__ == "__main__":
    sys.exit(main())
