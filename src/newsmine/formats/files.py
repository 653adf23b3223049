"""Files that are open for writing together."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO


class OpenFiles:
    """Binary files; `close` has the disk confirm them."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.handles: list[BinaryIO] = [path.open("wb") for path in paths]

    def close(self) -> None:
        for handle in self.handles:
            handle.flush()
            os.fsync(handle.fileno())
            handle.close()

    def discard(self) -> None:
        """Let go of the files, whatever is in them."""
        for handle in self.handles:
            with suppress(OSError):
                handle.close()


def sync(path: Path) -> None:
    """Have the disk confirm a file that a library wrote."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())
