"""Prints the lowest versions that pyproject.toml admits of what users install (the dependencies, and the extras that
`all` names), as constraints for pip: python tools/lowest.py > FILE"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[^\]]*\])?>=(?P<version>[\d.]+)")


def main() -> None:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    (everything,) = extras["all"]
    named = everything.partition("[")[2].rstrip("]").split(",")
    groups = [project["dependencies"], *(extras[name] for name in named)]
    lowest = {m["name"]: m["version"] for group in groups for r in group if (m := _REQUIREMENT.match(r))}
    print("\n".join(f"{name}=={version}" for name, version in sorted(lowest.items())))


if __name__ == "__main__":
    main()
