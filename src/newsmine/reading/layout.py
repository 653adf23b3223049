"""The lines of a text, and which of them are prose: before the first and after the last, pages keep their furniture."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

import regex

_PROSE = regex.compile(r"[。！？；…]|，.*，")
_LONG = 60
_BLANK = " \t\r\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, trimmed. `prose` says that it reads like a sentence."""

    start: int
    end: int
    text: str
    prose: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a folded text; the first `head` stand before all prose, those from `tail` on after it."""

    lines: tuple[Line, ...]
    head: int
    tail: int

    def places(self, index: int) -> tuple[str, ...]:
        """Where a line stands: in the head, in the tail, in both, or in the body (then nowhere)."""
        return tuple(n for n, there in (("head", index < self.head), ("tail", index >= self.tail)) if there)


def layout(folded: str) -> Layout:
    """The layout of a folded text."""
    return _laid_out(tuple(_lines(folded)))


def without_prose(page: Layout, indices: Container[int]) -> Layout:
    """A layout in which some lines are known to be no prose, however they read."""
    return _laid_out(tuple(replace(line, prose=line.prose and n not in indices) for n, line in enumerate(page.lines)))


def _laid_out(lines: tuple[Line, ...]) -> Layout:
    prose = [n for n, line in enumerate(lines) if line.prose]
    return Layout(lines, prose[0] if prose else len(lines), prose[-1] + 1 if prose else 0)


def _lines(folded: str) -> list[Line]:
    lines = []
    start = 0
    for raw in folded.split("\n"):
        text = raw.strip(_BLANK)
        if text:
            first = start + raw.index(text)
            lines.append(Line(first, first + len(text), text, len(text) > _LONG or bool(_PROSE.search(text))))
        start += len(raw) + 1
    return lines
