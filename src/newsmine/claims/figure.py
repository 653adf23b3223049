"""The figure that is being linked, and the ones linked before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsmine.claims.heads import Head
from newsmine.claims.ranking import Candidate
from newsmine.claims.role import Role
from newsmine.claims.sentence import Sentence
from newsmine.claims.window import Window
from newsmine.segment import FURNITURE
from newsmine.types import Quantity, Span


@dataclass(frozen=True, slots=True)
class Linked:
    """A figure that has its role, metric, subject and status, with the number of its sentence and paragraph."""

    quantity: Quantity
    at: int
    sentence: int
    paragraph: int
    role: Role
    metric: Candidate | None
    subject: Candidate | None
    status: str


@dataclass(slots=True)
class Figure:
    """The figure words[at] of a sentence, its role, and what was linked before it in its article."""

    sentence: Sentence
    at: int
    quantity: Quantity
    role: Role
    folded: str
    number: int
    paragraph: int
    earlier: Sequence[Linked] = ()
    heads: Mapping[int, Head] = field(default_factory=dict)
    speaker: str | None = None
    window: Window = field(init=False)
    # What stands between the figure and a run, by the run's first word.
    gaps: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.window = self.sentence.window(self.at)

    @property
    def outer(self) -> int:
        """Where the figure starts with the words that qualify it."""
        return self.quantity.outer_start if self.quantity.outer_start >= 0 else self.quantity.start

    @property
    def head(self) -> Head | None:
        """The grammatical subject of the figure's clause, its own or handed on."""
        return self.heads.get(self.sentence.words[self.at].clause)

    @property
    def unit_group(self) -> str:
        """What sort of unit the figure has, as features name it."""
        kind, unit = self.quantity.kind, self.quantity.unit
        if kind == "count":
            return f"count.{unit}"
        return kind if kind in ("money", "multiple") else f"{kind}.{unit}"

    def text(self, span: Span) -> str:
        """The simplified text of a span as a table shows it."""
        said = self.folded[span.start : span.end]
        return said.replace(FURNITURE, "").replace(" ", "").replace("\n", "").replace("\u3000", "")
