"""What the checks know of Chinese and of plausible figures: the stages `check` and `tolerance` of the packs."""

from __future__ import annotations

import functools
from decimal import Decimal

import regex

from newsmine.fold import folder
from newsmine.packs import Patterns, pack_folders, read_packs


class Knowledge:
    """Word lists, regexes and tolerances by name, out of a set of patterns."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns
        self._words: dict[str, tuple[str, ...]] = {}
        self._regexes = {_name(e.id): patterns.compile(e) for e in patterns.stage("check") if e.regex}
        self._tolerances: dict[str, Decimal] = {_name(e.id): e.get("value") for e in patterns.stage("tolerance")}
        # Names that mean another thing in every article: the company, the whole city.
        self.vague_owners = frozenset((*self.words("cue.area"), *self.words("cue.generic_owner")))

    def words(self, kind: str) -> tuple[str, ...]:
        """The forms of one class of the stage `check`, or of another stage (`cue.target`), longest first."""
        name = kind if "." in kind else f"check.{kind}"
        if name not in self._words:
            self._words[name] = tuple(self._patterns.forms_of(name))
        return self._words[name]

    def holds(self, text: str, kind: str) -> bool:
        """Whether a text holds one of the words."""
        return any(word in text for word in self.words(kind))

    def ends(self, text: str, kind: str) -> bool:
        """Whether a text ends with one of the words."""
        return text.endswith(self.words(kind))

    def regex(self, name: str) -> regex.Pattern[str]:
        return self._regexes[name]

    def tolerance(self, name: str) -> Decimal:
        return self._tolerances[name]


@functools.cache
def knowledge() -> Knowledge:
    """The packaged knowledge, read once a process."""
    return Knowledge(read_packs(pack_folders(), folder()))


def _name(entry_id: str) -> str:
    return entry_id.rsplit(".", 1)[-1]
