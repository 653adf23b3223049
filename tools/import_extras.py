"""Import what every extra of pyproject.toml installs, so that a broken one is seen before a user meets it."""

from __future__ import annotations

import importlib
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def distributions(extras: dict[str, list[str]]) -> set[str]:
    """The names of the distributions that the extras name, newsmine itself left out."""
    names = {re.split(r"[\[<>=;! ]", requirement, maxsplit=1)[0] for group in extras.values() for requirement in group}
    return names - {"newsmine"}


def modules(distribution: str) -> list[str]:
    """The top-level modules that a distribution installs."""
    mapping = importlib.metadata.packages_distributions()
    wanted = distribution.lower().replace("_", "-")
    found = [m for m, owners in mapping.items() if wanted in {o.lower().replace("_", "-") for o in owners}]
    return [m for m in found if m.isidentifier() and not m.startswith("_")]


def main() -> int:
    extras = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    failed = 0
    for distribution in sorted(distributions(extras)):
        for module in modules(distribution):
            try:
                importlib.import_module(module)
            except Exception as reason:  # whatever an import can raise is a finding
                print(f"{distribution}: import {module}: {type(reason).__name__}: {reason}")
                failed = 1
    print("extras:", ", ".join(sorted(extras)), "- all import" if not failed else "- see above")
    return failed


if __name__ == "__main__":
    sys.exit(main())
