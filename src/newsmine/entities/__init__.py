"""The entity stage: named things, what they are and what they are called.

The engine knows no label. A pack declares its labels (`label.toml`) and the mechanism that finds each: names by their
suffix, persons beside titles, phrases by their head, places from lists; the words for it are the pack's data.
"""

from newsmine.entities.finder import EntityFinder

__all__ = ["EntityFinder"]
