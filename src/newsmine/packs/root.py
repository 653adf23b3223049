"""Where packs are: inside the installed wheel or at the top of a checkout, in packages that bring some, in the user's
own folders."""

from __future__ import annotations

import importlib.util
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from newsmine.errors import PatternError

ENTRY_POINTS = "newsmine.patterns"


def patterns_root() -> Path:
    """The folder of the packaged packs."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_patterns", package.parent.parent / "patterns"):
        if folder.is_dir():
            return folder
    raise PatternError(f"the packaged patterns are missing beside {package}: reinstall newsmine")


def pack_folders(extra: tuple[Path, ...] = (), domains: tuple[str, ...] = ()) -> list[Path]:
    """The packs to read, in order: core, the packaged domains, those of installed packages (of both all, or those
    named), then the user's own folders.

    A pack has the name of its folder. A user's folder is a pack itself or a folder of packs. Later packs extend and
    override earlier ones.
    """
    root = patterns_root()
    offered = [*sorted(p for p in root.iterdir() if p.is_dir() and p.name != "core"), *installed_packs()]
    names = [p.name for p in offered]
    unknown = [d for d in domains if d not in names and d != "core"]
    if unknown:
        raise PatternError(f"no pack named {unknown[0]!r}; there are: core, {', '.join(names)}")
    chosen = [root / "core", *(p for p in offered if not domains or p.name in domains)]
    for folder in extra:
        if not folder.is_dir():
            raise PatternError(f"{folder}: no such folder of patterns")
        chosen += packs_in(folder.resolve())
    return chosen


def pattern_files(folder: Path) -> list[Path]:
    """The pattern files of a pack, in the order in which they are read."""
    return sorted(p for p in folder.iterdir() if p.suffix in (".tsv", ".toml") and p.is_file())


def packs_in(folder: Path) -> list[Path]:
    """The folder itself where pattern files stand in it, else those of its folders in which some stand."""
    if pattern_files(folder):
        return [folder]
    packs = sorted(p for p in folder.iterdir() if p.is_dir() and pattern_files(p))
    if not packs:
        raise PatternError(f"{folder}: no pattern files (.tsv, .toml) in it or in a folder of it")
    return packs


def installed_packs() -> list[Path]:
    """The packs of installed packages: an entry point of the group `newsmine.patterns` names a package that is a pack
    or holds packs. Nothing of such a package is run."""
    return [
        pack
        for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda p: (p.name, p.value))
        for pack in packs_in(_package_folder(point))
    ]


def _package_folder(point: EntryPoint) -> Path:
    try:
        spec = importlib.util.find_spec(point.module)
    except ModuleNotFoundError:
        spec = None
    if spec is None or not spec.submodule_search_locations:
        distribution = point.dist.name if point.dist is not None else "a package"
        raise PatternError(
            f"{distribution} says that its patterns are in the package {point.module!r}, which is not there; "
            "reinstall or uninstall it"
        )
    return Path(next(iter(spec.submodule_search_locations))).resolve()
