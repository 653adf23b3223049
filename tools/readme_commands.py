"""Print the set-up commands of a README, one a line: the code blocks that are marked `sh set-up`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

FENCE = re.compile(r"^```sh set-up\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(readme: str) -> list[str]:
    """Each marked block as one command line."""
    return [" ".join(block.replace("\\\n", " ").split("\n")).strip() for block in FENCE.findall(readme)]


if __name__ == "__main__":
    print("\n".join(commands(Path(sys.argv[1]).read_text(encoding="utf-8"))))
