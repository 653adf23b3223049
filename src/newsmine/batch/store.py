"""OUT and the hidden folder in it that keeps what is done: parts, and the mark of the last run that finished."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from newsmine.errors import UsageError
from newsmine.writers import put_bytes

HIDDEN = ".newsmine"


class Store:
    """The folders of one run. Nothing is made before `open`."""

    def __init__(self, out: Path) -> None:
        self.out = out.absolute()
        self.hidden = self.out / HIDDEN
        self.parts = self.hidden / "parts"
        self.scratch = self.hidden / "scratch"
        self._done = self.hidden / "done.json"
        self._made: Path | None = None

    def open(self, *, force: bool, resume: bool) -> None:
        """Make the folders; UsageError where something stands there that must not be overwritten."""
        self._check(force=force, resume=resume)
        self._made = _first_missing(self.hidden)
        try:
            shutil.rmtree(self.scratch, ignore_errors=True)
            if not resume:
                shutil.rmtree(self.hidden, ignore_errors=True)
            self.parts.mkdir(parents=True, exist_ok=True)
            self.scratch.mkdir(exist_ok=True)
        except OSError as reason:
            raise UsageError(f"{self.out}: cannot be made: {reason.strerror}") from None

    def undo(self) -> None:
        """Take away what `open` made, where nothing was done: a typing error leaves no folder behind."""
        if self._made is not None and not any(self.parts.iterdir()):
            shutil.rmtree(self._made, ignore_errors=True)

    def has_parts(self) -> bool:
        return self.parts.is_dir() and any(self.parts.iterdir())

    def finished(self, mark: Mapping[str, Any]) -> bool:
        """Whether the tables of this very run are all there."""
        try:
            done = json.loads(self._done.read_bytes())
            sizes = {name: (self.out / name).stat().st_size for name in done["files"]}
        except (OSError, ValueError, KeyError, TypeError):
            return False
        return bool(done["mark"] == mark and done["files"] == sizes)

    def finish(self, mark: Mapping[str, Any], files: Iterable[str], kept: Iterable[str]) -> None:
        """Note that a run is finished, and drop the parts that none of its rows come from."""
        sizes = {name: (self.out / name).stat().st_size for name in sorted(files)}
        put_bytes(self._done, json.dumps({"mark": mark, "files": sizes}, indent=2).encode(), self.scratch)
        wanted = set(kept)
        for path in self.parts.iterdir():
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def close(self) -> None:
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _check(self, *, force: bool, resume: bool) -> None:
        if force and resume:
            raise UsageError("--force begins anew and --resume goes on: give one of them")
        if self.out.exists() and not self.out.is_dir():
            raise UsageError(f"{self.out}: this is a file; -o names a folder")
        there = [p.name for p in self.out.iterdir()] if self.out.is_dir() else []
        if force or not there:
            return
        if resume and HIDDEN not in there:
            raise UsageError(
                f"{self.out}: holds no run to go on with; name another folder, or add --force to overwrite its tables"
            )
        if not resume and HIDDEN in there:
            raise UsageError(
                f"{self.out}: exists and is not empty; name another folder, or add --resume to go on with it, or "
                "--force to overwrite its tables"
            )
        if not resume:
            raise UsageError(
                f"{self.out}: exists and is not empty; name another folder, or add --force to overwrite its tables"
            )


def _first_missing(path: Path) -> Path | None:
    """The topmost folder of a path that is not there yet."""
    missing = None
    for folder in (path, *path.parents):
        if os.path.lexists(folder):
            break
        missing = folder
    return missing


def spool(data: bytes, folder: Path) -> Path:
    """Bytes of standard input as a file, for workers that have another one."""
    path = folder / "stdin"
    with suppress(FileExistsError):
        folder.mkdir(parents=True)
    path.write_bytes(data)
    return path
