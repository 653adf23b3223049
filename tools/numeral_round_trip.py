"""Writes random values in random notations and reads them back: python tools/numeral_round_trip.py [COUNT] [SEED].

Prints how many came back, and the first that did not; exits with 1 if any did not.
"""

from __future__ import annotations

import random
import sys
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from newsmine import parse_number
from numerals import notation


def _read(text: str) -> Decimal | None:
    try:
        return parse_number(text)
    except ValueError:
        return None


def main(count: int, seed: int) -> int:
    source = random.Random(seed)
    wrong = []
    for _ in range(count):
        text, value = notation(source)
        found = _read(text)
        if found is None or abs(found - value) > abs(value).scaleb(-25):
            wrong.append((text, value, found))
    print(f"{count - len(wrong)} of {count} came back")
    for text, value, found in wrong[:20]:
        print(f"  {text}: {found}, not {value}")
    return 1 if wrong else 0


if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:]]
    sys.exit(main(*(numbers + [100_000, 1][len(numbers) :])))
