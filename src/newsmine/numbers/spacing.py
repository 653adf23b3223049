"""Spaces and page furniture inside numbers, as crawlers and typesetters leave them, taken out for reading; offsets are
mapped back.

Only what stays one number may close up: a space between two digits, or before a place that is larger than the
one before it, stands between two numbers and is kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import regex

from newsmine.numbers.items import Item
from newsmine.packs import Patterns

_GAP = regex.compile(r"(?<=[\p{Han}\d]) {1,4}(?=[\p{Han}\d])")
# What is not seen parts nothing: page furniture (its placeholder; never between two digits), characters of no width.
_UNSEEN = regex.compile(
    r"(?<=[\p{Han}\d.])(?:[\u200b-\u200d\u2060\ufeff\xad]+|(?<!\d)\ufffc+|\ufffc+(?!\d))(?=[\p{Han}\d.%])"
)
_LONGEST_BEFORE_PLACE = 2


class Closed:
    """A text without the spaces inside its numbers."""

    def __init__(self, original: str, gaps: list[tuple[int, int]]) -> None:
        pieces, last = [], 0
        self._at: list[int] = []  # where, in the closed text, characters were taken out
        self._shift: list[int] = [0]
        for start, end in gaps:
            pieces.append(original[last:start])
            self._at.append(start - self._shift[-1])
            self._shift.append(self._shift[-1] + end - start)
            last = end
        self._gaps = [start for start, _ in gaps]
        self.text = "".join([*pieces, original[last:]]) if gaps else original

    def start(self, position: int) -> int:
        """The original offset of the character at `position`."""
        return position + self._shift[bisect_right(self._at, position)] if self._at else position

    def end(self, position: int) -> int:
        """The original offset right behind the character that ends at `position`."""
        return self.start(position - 1) + 1 if position and self._at else position

    def inward(self, position: int) -> int:
        """The closed text's offset for an original one."""
        return position - self._shift[bisect_left(self._gaps, position)] if self._gaps else position


class Spacing:
    """Decides which spaces stand inside a number."""

    def __init__(self, patterns: Patterns, roles: dict[str, Item]) -> None:
        self._roles = {form: item for form, item in roles.items() if len(form) == 1}
        self._words = patterns.compiled(r"{spaced}")

    def close(self, folded: str) -> Closed:
        """The text with the spaces inside its numbers taken out."""
        unseen = [m.span() for m in _UNSEEN.finditer(folded)]
        gaps = [m.span() for m in _GAP.finditer(folded)]
        if gaps:
            inside = [m.span() for m in self._words.finditer(folded)]
            gaps = [g for g in gaps if _covered(g, inside) or self._joins(folded, *g)]
        return Closed(folded, sorted(gaps + unseen))

    def _role(self, folded: str, at: int) -> str:
        char = folded[at : at + 1]
        item = self._roles.get(char)
        return item.role if item else "arabic" if char.isdigit() else "word"

    def _joins(self, folded: str, start: int, end: int) -> bool:
        left, right = self._role(folded, start - 1), self._role(folded, end)
        if left in ("arabic", "digit") and right in ("arabic", "digit"):
            return False
        if left == "arabic":
            return self._joins_digits(folded, start, end, right)
        if right == "arabic":
            return left in ("whole", "minus") or (
                left in ("times", "scale") and self._smaller_place(folded, start - 1, end, needed=True)
            )
        if left in ("times", "scale", "tens"):
            return right not in ("times", "minus", "half") and self._smaller_place(folded, start - 1, end, needed=False)
        if left == "digit":
            return right != "point" or self._role(folded, end + 1 + (folded[end + 1 : end + 2] == " ")) == "digit"
        if left in ("whole", "minus"):
            return right in ("digit", "times")
        return (left == "point" and right == "digit") or (left in ("more", "few") and right in ("scale", "times"))

    def _joins_digits(self, folded: str, start: int, end: int, right: str) -> bool:
        if right == "times":
            before = start - _LONGEST_BEFORE_PLACE - 1
            long = before >= 0 and folded[before:start].isdigit()
            return not long and self._roles[folded[end]].value > 10
        return right not in ("point", "half", "few", "digit")

    def _smaller_place(self, folded: str, left: int, right: int, needed: bool) -> bool:
        """Whether the digit at `right` has a smaller place behind it than `left` has (or none, if none is needed)."""
        if self._role(folded, right) not in ("arabic", "digit"):
            return True
        behind = right + 1
        while behind < right + 5 and (folded[behind : behind + 1].isdigit() or folded[behind : behind + 1] == " "):
            behind += 1
        item = self._roles.get(folded[behind : behind + 1])
        if item is None or item.role not in ("times", "scale"):
            return not needed
        return item.value < self._roles[folded[left]].value or (item.role == "scale" and not needed)


def _covered(gap: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    at = bisect_right(spans, (gap[0], 1 << 60)) - 1
    return at >= 0 and spans[at][0] <= gap[0] and gap[1] <= spans[at][1]
