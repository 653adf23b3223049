"""A pack to start from."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import regex

from newsmine.errors import UsageError
from newsmine.packs.root import pack_folders

_NAME = regex.compile(r"[a-z][a-z0-9_-]*")


def new_pack(folder: Path) -> list[Path]:
    """Writes a small commented pack into a new folder; gives its files. UsageError if the name does not do or the
    folder is there."""
    name = folder.name
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for a pack: small letters, digits, - and _, a letter first")
    if name in {p.name for p in pack_folders()}:
        raise UsageError(f"there is a pack {name} already, whose entries yours would replace; take another name")
    if folder.exists():
        raise UsageError(f"{folder} is there already; take another name, or remove it")
    folder.mkdir(parents=True)
    written = []
    template = resources.files("newsmine.packs") / "template"
    for source in sorted(template.iterdir(), key=lambda p: p.name):
        target = folder / source.name
        target.write_bytes(source.read_bytes())
        written.append(target)
    return written
