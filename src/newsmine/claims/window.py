"""What clause patterns look at: the items of a sentence, each a bit of an integer, around one of its figures."""

from __future__ import annotations

from collections.abc import Iterable

# Atoms that are true of other items for every figure of a sentence: itself, and the others.
_FIGURE, _OTHER = "F", "Q"


def of_figure(tests: str) -> bool:
    """Whether tests may be true of other items for every figure of a sentence."""
    return _FIGURE in tests or _OTHER in tests


class Masks:
    """Of which items of a sentence atoms are true, and what has been asked of them so far."""

    def __init__(self, atoms: Iterable[tuple[str, ...]]) -> None:
        self.size = 0
        self.atoms: dict[str, int] = {}
        for n, names in enumerate(atoms):
            for atom in names:
                self.atoms[atom] = self.atoms.get(atom, 0) | 1 << n
            self.size = n + 1
        self.all = (1 << self.size) - 1
        self.known: dict[str, int] = {".": self.all}

    def anywhere(self, tests: str) -> int:
        """The items of which the tests are true, which must be of no figure's own; see Window.mask."""
        found = self.known.get(tests)
        if found is None:
            found = self.known[tests] = Window(self, 0, self.size, 0).mask(tests)
        return found


class Window:
    """The items first to end around the figure that is item `figure`. `places` are the places between them."""

    def __init__(self, masks: Masks, first: int, end: int, figure: int) -> None:
        self.places = (1 << (end + 1)) - (1 << first)
        self.masks = masks
        self._figure = 1 << figure
        self._known = masks.known.copy()

    def mask(self, tests: str) -> int:
        """The items of which the tests are true: atoms, `!` before what must not be, `&` between what must be
        together, `|` between alternatives."""
        found = self._known.get(tests)
        if found is None:
            found = 0
            for alternative in tests.split("|"):
                found |= self._both(alternative)
            self._known[tests] = found
            if not of_figure(tests):
                self.masks.known[tests] = found
        return found

    def _both(self, tests: str) -> int:
        found = self.masks.all
        for test in tests.split("&"):
            found &= ~self._atom(test[1:]) if test[0] == "!" else self._atom(test)
        return found

    def _atom(self, atom: str) -> int:
        if atom == _FIGURE:
            return self._figure
        found = self.masks.atoms.get(atom, 0)
        return found & ~self._figure if atom == _OTHER else found
