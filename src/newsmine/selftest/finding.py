"""What a check of pattern files has to say."""

from __future__ import annotations

from dataclasses import dataclass

from newsmine.errors import PatternError


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a pattern file: where (pack/file:line), which entry, what, and what to do. A warning does not say
    that it is wrong."""

    origin: str
    id: str
    message: str
    hint: str = ""
    warning: bool = False

    def __str__(self) -> str:
        told = f"{self.message}; {self.hint}" if self.hint else self.message
        return ": ".join(filter(None, (self.origin, "warning" if self.warning else "", self.id, told)))


def of_error(reason: PatternError) -> Finding:
    """An error of loading, whose message begins with the place."""
    origin, _, message = str(reason).partition(": ")
    return Finding(origin, "", message)
