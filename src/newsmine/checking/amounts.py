"""Worked-out amounts: plain in the table, with the scale words and units of its reader in a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from newsmine.checking.bounds import shown

# Units that are written right behind their number.
_CLOSE = ("%", "pp")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that follows from others, and its unit as in the claims table."""

    value: Decimal | None
    unit: str

    def __str__(self) -> str:
        return self._with(shown(self.value), self.unit, apart=self.unit not in _CLOSE)

    def told(self, scales: Sequence[tuple[str, Decimal]], units: Mapping[str, str], apart: bool) -> str:
        """The amount in words: the largest scale that it reaches, the unit by its usual name. `apart`: with spaces."""
        unit = units.get(self.unit, self.unit)
        reached = next((s for s in scales if self.value is not None and abs(self.value) >= s[1]), None)
        if reached is None or self.value is None:
            return self._with(shown(self.value), unit, apart=apart and self.unit not in _CLOSE)
        return self._with(shown(self.value / reached[1]) + " " * apart + reached[0], unit, apart=apart)

    @staticmethod
    def _with(number: str, unit: str, *, apart: bool) -> str:
        return number + " " * (apart and bool(unit)) + unit
