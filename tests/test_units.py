"""Units are converted by pint, where it is installed."""

from __future__ import annotations

import pytest

from newsmine import find_quantities, to_pint


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("26公里", "m", 26000),
        ("300斤", "kg", 150),
        ("30亩", "hectare", 2),
        ("5mg/kg", "g/kg", 0.005),
        ("气温5℃", "kelvin", 278.15),
    ],
)
def test_converted(text: str, unit: str, value: float) -> None:
    pytest.importorskip("pint")
    (quantity,) = find_quantities(text)
    assert to_pint(quantity).to(unit).magnitude == pytest.approx(value)


@pytest.mark.parametrize("text", ["30例", "5元", "上百公里", "1.8个百分点"])
def test_refused(text: str) -> None:
    (quantity,) = find_quantities(text)
    with pytest.raises(ValueError, match=r"not a unit|no definite"):
        to_pint(quantity)
