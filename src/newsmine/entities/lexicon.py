"""Literal forms, found by where they start or where they end; the longest wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lexicon(Generic[T]):
    """A dictionary of forms that can be looked up at a place of a text."""

    def __init__(self, items: Iterable[tuple[str, T]]) -> None:
        self._values: dict[str, T] = {}
        for form, value in items:
            self._values.setdefault(form, value)
        self._by_start = _lengths(self._values, lambda form: form[:2])
        self._by_end = _lengths(self._values, lambda form: form[-1])

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, form: str) -> bool:
        return form in self._values

    def get(self, form: str) -> T | None:
        return self._values.get(form)

    def starting(self, text: str, start: int) -> tuple[int, T] | None:
        """The longest form that starts here: its end and its value."""
        for length in self._by_start.get(text[start : start + 2], ()):
            form = text[start : start + length]
            if len(form) == length and form in self._values:
                return start + length, self._values[form]
        form = text[start : start + 1]
        return (start + 1, self._values[form]) if form in self._values else None

    def ending(self, text: str, end: int, floor: int = 0) -> tuple[int, T] | None:
        """The longest form that ends here and does not begin before `floor`: its start and its value."""
        for length in self._by_end.get(text[end - 1 : end], ()):
            start = end - length
            if start >= floor and (value := self._values.get(text[start:end])) is not None:
                return start, value
        return None

    def endings(self, text: str, end: int, floor: int = 0) -> list[tuple[int, T]]:
        """Every form that ends here and does not begin before `floor`, the longest first."""
        starts = [end - n for n in self._by_end.get(text[end - 1 : end], ()) if end - n >= floor]
        return [(s, self._values[text[s:end]]) for s in starts if text[s:end] in self._values]


def _lengths(forms: Iterable[str], key: Callable[[str], str]) -> dict[str, tuple[int, ...]]:
    table: dict[str, set[int]] = {}
    for form in forms:
        table.setdefault(key(form), set()).add(len(form))
    return {k: tuple(sorted(v, reverse=True)) for k, v in table.items()}
