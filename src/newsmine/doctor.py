"""What `newsmine doctor` shows: everything that decides what comes out, and what is wrong with it."""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import importlib.util
import locale
import os
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsmine.cutting import back_end_version, cache_folder
from newsmine.errors import NewsmineError
from newsmine.messages import language
from newsmine.packs import pack_folders, patterns_root, read_packs

_CONVERTER = "opencc"
_HASH_LENGTH = 12
_REQUIREMENT = re.compile(r"[\w.-]+")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w-]+)['\"]")
_OWN_EXTRAS = ("all", "dev")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what is looked at, what it is, and what is wrong with it, if anything."""

    section: str
    name: str
    value: str
    problem: str | None = None


def examine() -> list[Finding]:
    """Everything there is to say, in order; no part of it stops the rest."""
    parts = (_system, _libraries, _extras, _dictionaries, _patterns, _cache, _conflicts)
    return [finding for part in parts for finding in _safely(part.__name__.strip("_"), part)]


def lines(findings: list[Finding]) -> Iterator[str]:
    """The findings as text, a section a paragraph."""
    width = max(len(f.name) for f in findings)
    section = ""
    for finding in findings:
        if finding.section != section:
            yield from ("", finding.section) if section else (finding.section,)
            section = finding.section
        yield f"  {finding.name:<{width}}  {finding.value}"


def as_rows(findings: list[Finding]) -> list[dict[str, Any]]:
    """The findings for JSON."""
    return [{"section": f.section, "name": f.name, "value": f.value, "problem": f.problem} for f in findings]


def _safely(section: str, part: Any) -> Iterator[Finding]:
    try:
        yield from part()
    except Exception as reason:  # a broken installation breaks in ways that nobody foresees
        yield Finding(section, "failed", type(reason).__name__, f"{section}: {type(reason).__name__}: {reason}")


def _system() -> Iterator[Finding]:
    yield Finding("system", "newsmine", f"{importlib.metadata.version('newsmine')} ({Path(__file__).parent})")
    yield Finding("system", "python", f"{platform.python_version()} ({sys.executable})")
    yield Finding("system", "platform", platform.platform())
    yield Finding("system", "cores", str(os.cpu_count()))
    yield Finding("system", "console", f"{getattr(sys.stdout, 'encoding', None)} (messages: {language()})")
    yield Finding("system", "locale", ".".join(filter(None, locale.getlocale())) or "none")
    yield Finding("system", "file names", sys.getfilesystemencoding())


def _libraries() -> Iterator[Finding]:
    for requirement in importlib.metadata.requires("newsmine") or ():
        if _EXTRA.search(requirement) is None:
            yield _library("libraries", _named(requirement), None)


def _extras() -> Iterator[Finding]:
    for requirement in importlib.metadata.requires("newsmine") or ():
        extra, name = _EXTRA.search(requirement), _named(requirement)
        if extra is not None and extra[1] not in _OWN_EXTRAS and name != "newsmine":
            yield _library("extras", name, extra[1])


def _library(section: str, name: str, extra: str | None) -> Finding:
    """A library: its version; a problem where it is needed and missing, or is there and does not load."""
    label = f"{name} [{extra}]" if extra else name
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        if extra:
            return Finding(section, label, f"not installed (pip install 'newsmine[{extra}]')")
        return Finding(section, label, "missing", f"{name} is missing; install newsmine again")
    for module in _modules(name) if extra else ():
        try:
            importlib.import_module(module)
        except Exception as reason:
            return Finding(section, label, f"{version}, broken", f"import {module} fails: {reason}")
    return Finding(section, label, version)


def _dictionaries() -> Iterator[Finding]:
    words = _module_folder("jieba") / "dict.txt"
    yield Finding("dictionaries", "words", f"{_digest(words.read_bytes())} ({words})")
    yield Finding("dictionaries", "segmenter", back_end_version())
    converter = importlib.import_module(_CONVERTER)
    yield Finding("dictionaries", "conversion", str(Path(str(converter.__file__)).parent))


def _patterns() -> Iterator[Finding]:
    root = patterns_root()
    yield Finding("patterns", "folder", str(root))
    try:
        packs = read_packs(pack_folders())
    except NewsmineError as reason:
        yield Finding("patterns", "entries", "cannot be read", f"{reason}; install newsmine again")
        return
    names = ", ".join(dict.fromkeys(e.id.split("/", 1)[0] for e in packs.entries.values()))
    yield Finding("patterns", "entries", f"{len(packs.entries)} in {names}")
    yield Finding("patterns", "hash", packs.digest[:_HASH_LENGTH])


def _cache() -> Iterator[Finding]:
    folder = cache_folder()
    files = sorted(p for p in folder.glob("*") if p.is_file()) if folder.is_dir() else []
    there = next(p for p in (folder, *folder.parents) if p.exists())
    slow = f"{folder} cannot be written: every start loads its dictionary anew"
    problem = None if os.access(there, os.W_OK) else slow
    yield Finding("cache", "folder", str(folder), problem)
    for path in files:
        yield Finding("cache", path.name, f"{path.stat().st_size} bytes")


def _conflicts() -> Iterator[Finding]:
    """Two distributions that install one module: whichever came last has overwritten the other."""
    owners = importlib.metadata.packages_distributions()
    for module in (_CONVERTER, "jieba", "docx", "regex"):
        names = sorted(set(owners.get(module, ())))
        told = " and ".join(names)
        problem = f"{told} both install {module}: uninstall both, then install newsmine again" if names[1:] else None
        if names:
            yield Finding("modules", module, told, problem)


def _named(requirement: str) -> str:
    match = _REQUIREMENT.match(requirement)
    return match.group() if match else requirement


def _modules(distribution: str) -> list[str]:
    wanted = distribution.lower().replace("_", "-")
    owners = importlib.metadata.packages_distributions()
    found = (m for m, names in owners.items() if wanted in {n.lower().replace("_", "-") for n in names})
    return sorted(m for m in found if m.isidentifier() and not m.startswith("_"))


def _module_folder(module: str) -> Path:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"no module named {module}")
    return Path(spec.origin).parent


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_HASH_LENGTH]
