"""Where the packaged packs are: inside the installed wheel, or at the top of the checkout of an editable install."""

from __future__ import annotations

from pathlib import Path

from newsmine.errors import PatternError


def patterns_root() -> Path:
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_patterns", package.parent.parent / "patterns"):
        if folder.is_dir():
            return folder
    raise PatternError(f"the packaged patterns are missing beside {package}: reinstall newsmine")


def pack_folders(extra: tuple[Path, ...] = (), domains: tuple[str, ...] = ()) -> list[Path]:
    """The packs to read, in order: core, the packaged domains (all, or those named), then the user's own folders.

    A user's folder is a pack itself or a folder of packs. Later packs extend and override earlier ones.
    """
    root = patterns_root()
    names = sorted(p.name for p in root.iterdir() if p.is_dir() and p.name != "core")
    unknown = [d for d in domains if d not in names and d != "core"]
    if unknown:
        raise PatternError(f"no pack named {unknown[0]!r}; there are: core, {', '.join(names)}")
    chosen = [root / "core", *(root / n for n in names if not domains or n in domains)]
    for folder in extra:
        if not folder.is_dir():
            raise PatternError(f"{folder}: no such folder of patterns")
        own_files = any(p.suffix in (".tsv", ".toml") for p in folder.iterdir())
        chosen += [folder] if own_files else sorted(p for p in folder.iterdir() if p.is_dir())
    return chosen
