"""Inputs on object stores and other file systems, by their URLs (s3://, gs://, https://, ...), through fsspec."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from newsmine.errors import InputError, UsageError

_MARK = "://"
GLOB_CHARACTERS = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class RemoteStat:
    """The size of a file in bytes; a store's own times differ in kind, so that none is told."""

    st_size: int
    st_mtime_ns: int = 0


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file on another file system: as much of pathlib.Path as reading needs."""

    url: str
    size: int

    @property
    def name(self) -> str:
        return self.url.rsplit("/", 1)[-1]

    def as_posix(self) -> str:
        return self.url

    def is_file(self) -> bool:
        return True

    def exists(self) -> bool:
        return True

    def stat(self) -> RemoteStat:
        return RemoteStat(self.size)

    def open(self, mode: str) -> BinaryIO:
        """The file opened; InputError where the store does not give it."""
        try:
            return cast(BinaryIO, _fsspec().open(self.url, mode).open())
        except Exception as reason:  # every store has errors of its own
            raise InputError(f"cannot be read: {reason}") from None

    def read_bytes(self) -> bytes:
        try:
            with self.open("rb") as handle:
                return handle.read()
        except InputError:
            raise
        except Exception as reason:
            raise InputError(f"cannot be read: {reason}") from None


def is_remote(given: str) -> bool:
    return _MARK in given


def remote_files(given: str) -> Iterator[tuple[RemoteFile, tuple[str, ...], tuple[str, ...]]]:
    """The files of a URL of a file, a folder or a glob, hidden ones left out: each with its path below the folder, and
    the names of the folders that hold it. UsageError where there is none, or where the store cannot be reached."""
    try:
        system, path = _fsspec().core.url_to_fs(given)
        root, sizes = _found(system, path.rstrip("/"))
    except UsageError:
        raise
    except Exception as reason:  # every store has errors of its own
        raise UsageError(f"{given}: {reason}") from None
    if not sizes:
        raise UsageError(f"{given}: no such file or folder")
    above = tuple(part for part in root.split("/") if part)
    for file in sorted(sizes):
        parts = tuple(file[len(root) :].strip("/").split("/"))
        if not any(part.startswith(".") for part in parts):
            yield RemoteFile(system.unstrip_protocol(file), sizes[file]), parts, above


def _found(system: Any, path: str) -> tuple[str, dict[str, int]]:
    """The folder that the files are told from, and their sizes."""
    if GLOB_CHARACTERS & set(path):
        fixed = path[: min(path.index(c) for c in GLOB_CHARACTERS if c in path)].rpartition("/")[0]
        told = system.glob(path, detail=True)
    elif system.isfile(path):
        fixed, told = path.rpartition("/")[0], {path: system.info(path)}
    else:
        fixed, told = path, system.find(path, detail=True) if system.isdir(path) else {}
    return fixed, {name: int(info.get("size") or 0) for name, info in told.items() if info.get("type") == "file"}


def _fsspec() -> Any:
    try:
        import fsspec
    except ImportError:
        raise UsageError("reading from a URL needs newsmine[remote]: pip install 'newsmine[remote]'") from None
    return fsspec
