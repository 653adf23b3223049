"""Which files to read, in which order, and what their articles are called."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsmine.errors import UsageError
from newsmine.reading.remote import GLOB_CHARACTERS, RemoteFile, is_remote, remote_files

STDIN = "-"
STDIN_ID = "stdin"

_PACKED = "gz"
_LEADS_OUT = "a link that leads out of the folder: give what it leads to as an input, or --follow-links"


@dataclass(frozen=True, slots=True)
class Source:
    """One input and the id of its article. `path` is the input as it was given, or its URL; `file` is None for standard
    input.

    `steps` lead from the file to what it holds, if that is a member of an archive or a row of a table (see
    `newsmine.reading.members`); `kind` is what it is, None where its bytes will tell; `problem` says why it cannot be
    read; `kept` names the columns that are joined to its rows.
    """

    article_id: str
    path: str
    file: Path | RemoteFile | None
    steps: tuple[tuple[str, str], ...] = ()
    kind: str | None = None
    problem: str | None = None
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A file below its root: `parts` is its path below the root, `above` names the folders that hold the root."""

    file: Path | RemoteFile
    parts: tuple[str, ...]
    above: tuple[str, ...]
    problem: str | None = None

    def name(self, suffix: bool, roots: int) -> str:
        last = self.parts[-1] if suffix else _stem(self.parts[-1])
        above = self.above[-roots:] if roots else ()
        return "/".join((*above, *self.parts[:-1], last))


def find_sources(
    inputs: Sequence[str | os.PathLike[str]],
    *,
    listed: str | os.PathLike[str] | None = None,
    skip: Iterable[Path] = (),
    follow_links: bool = False,
) -> list[Source]:
    """The files of the inputs (files, folders, globs, URLs of any of these, `-`; `listed` is a file with one a line),
    sorted by article_id.

    A file that is given twice is read once. Whatever lies below a path of `skip` is left out. A link in a folder that
    leads out of it is a source with a problem, unless `follow_links`.
    """
    given = [os.fspath(i) for i in inputs] + (_listed(listed) if listed is not None else [])
    skipped = {_real(p) for p in skip}
    found: dict[str, _Found] = {}
    for one in given:
        if one != STDIN:
            for entry in _expand(one, follow_links):
                real = _real(entry.file)
                if not any(real == s or real.startswith(s + os.sep) for s in skipped):
                    found.setdefault(real, entry)
    sources = [
        Source(name, readable(entry.file.as_posix()), entry.file, problem=entry.problem)
        for entry, name in _named(list(found.values()))
    ]
    if STDIN in given:
        sources.append(Source(STDIN_ID, STDIN, None))
    return sorted(sources, key=lambda s: s.article_id)


def readable(path: str) -> str:
    """A path as text: bytes that the file system's encoding does not know are read as GB18030, or shown as escapes."""
    raw = os.fsencode(path)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _listed(listed: str | os.PathLike[str]) -> list[str]:
    path = Path(listed)
    try:
        data = path.read_bytes()
    except OSError as reason:
        raise UsageError(f"--files-from {path}: {reason.strerror}; it names a text file with one path a line") from None
    lines = data.removeprefix(b"\xef\xbb\xbf").splitlines()
    return [os.fsdecode(line.strip()) for line in lines if line.strip()]


def _expand(given: str, follow_links: bool) -> Iterator[_Found]:
    if is_remote(given):
        yield from (_Found(*found) for found in remote_files(given))
        return
    path = Path(given)
    if path.is_dir():
        yield from _walk(path, follow_links)
    elif os.path.lexists(path):
        yield _single(path)
    elif GLOB_CHARACTERS & set(given):
        matches = sorted(glob.glob(given, recursive=True))
        if not matches:
            raise UsageError(f"{readable(given)}: no file matches this pattern")
        for match in matches:
            yield from _walk(Path(match), follow_links) if os.path.isdir(match) and "**" not in given else _files(match)
    else:
        raise UsageError(f"{readable(given)}: no such file or folder")


def _files(match: str) -> Iterator[_Found]:
    if not os.path.isdir(match):
        yield _single(Path(match))


def _single(path: Path) -> _Found:
    absolute = Path(os.path.abspath(path))
    return _Found(path, (readable(absolute.name),), tuple(map(readable, absolute.parent.parts[1:])))


def _walk(root: Path, follow_links: bool) -> Iterator[_Found]:
    """Every file below a folder but the hidden ones. Links are followed where they stay below it, or where it is asked
    for; no folder is entered twice."""
    inside = _real(root) + os.sep

    def leads_out(path: Path) -> bool:
        followed = follow_links or not path.is_symlink() or not path.exists()
        return not followed and not (_real(path) + os.sep).startswith(inside)

    above = tuple(map(readable, Path(os.path.abspath(root)).parts[1:]))
    seen: set[tuple[int, int]] = set()
    closed: list[OSError] = []
    for folder, names, files in os.walk(root, followlinks=True, onerror=closed.append):
        status = os.stat(folder)
        if (status.st_dev, status.st_ino) in seen:
            names.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        names[:] = sorted(n for n in names if not n.startswith("."))
        for name in [n for n in names if leads_out(Path(folder) / n)]:
            names.remove(name)
            files.append(name)
        for name in sorted(f for f in files if not f.startswith(".")):
            file = Path(folder) / name
            yield _Found(file, _parts(file, root), above, _LEADS_OUT if leads_out(file) else None)
    for reason in closed:
        shut = Path(os.fsdecode(reason.filename))
        yield _Found(shut, _parts(shut, root) or (readable(shut.name),), above)


def _parts(path: Path, root: Path) -> tuple[str, ...]:
    return tuple(map(readable, path.relative_to(root).parts))


def _named(found: list[_Found]) -> Iterator[tuple[_Found, str]]:
    """Ids: without suffix, with it where two would collide, then with the names of the folders that hold the root."""
    open_entries, taken = found, set[str]()
    deepest = max((len(f.above) for f in found), default=0)
    for suffix, roots in ((False, 0), (True, 0), *((True, n) for n in range(1, deepest + 1))):
        counts = Counter(f.name(suffix, roots) for f in open_entries)
        unique = {n for n, count in counts.items() if count == 1 and n not in taken}
        yield from ((f, n) for f in open_entries if (n := f.name(suffix, roots)) in unique)
        taken |= unique
        open_entries = [f for f in open_entries if f.name(suffix, roots) not in unique]
    yield from ((f, f"{f.name(True, deepest)}~{n}") for n, f in enumerate(open_entries, 2))


def _stem(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not (dot and stem and suffix):
        return name
    return _stem(stem) if suffix.lower() == _PACKED else stem


def _real(path: Path | RemoteFile) -> str:
    return path.url if isinstance(path, RemoteFile) else os.path.realpath(path)
