"""Claims: quantities linked to what is measured, whose it is, when, compared with what, and who says so."""

from newsmine.claims.finder import ClaimFinder, Watch

__all__ = ["ClaimFinder", "Watch"]
