"""Draw findings of `newsmine check` to judge by eye: every finding as likely, the same seed draws the same ones.

python tools/findings_sample.py OUT [-n 50] [--seed 1] [--severity doubt,mismatch]
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from newsmine.checking import SEVERITIES, find, finding_row
from newsmine.sampling.draw import reservoir


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="a folder that newsmine extract wrote")
    parser.add_argument("-n", "--size", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--severity", default=",".join(SEVERITIES), help="which severities to draw from")
    options = parser.parse_args()
    rows = (finding_row(f) for f in find(options.out) if f.severity in options.severity.split(","))
    drawn, population = reservoir(rows, options.size, random.Random(options.seed))
    print(f"{len(drawn)} of {population} findings, seed {options.seed}")
    for number, row in enumerate(drawn, 1):
        print(f"\n{number}. {row['check']} {row['severity']} {'; '.join(row['article_ids'])}: {row['message_zh']}")
        for sentence in row["sentences"]:
            print(f"   > {sentence}")


if __name__ == "__main__":
    main()
