"""Numbers with their units: what a figure amounts to, how exact it is, and in what it is counted."""

from newsmine.quantities.finder import QuantityFinder

__all__ = ["QuantityFinder"]
