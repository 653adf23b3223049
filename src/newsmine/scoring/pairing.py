"""Which predicted row answers which gold row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

from newsmine.tables import Row
from newsmine.types import Span


class GoldRow(Protocol):
    """What pairing needs to know of a gold row."""

    @property
    def span(self) -> Span: ...
    @property
    def text(self) -> str: ...
    @property
    def optional(self) -> bool: ...


G = TypeVar("G", bound=GoldRow)


@dataclass(frozen=True, slots=True)
class Pairing(Generic[G]):
    """The rows of one article that count, each with its partner: a row that has none was missed, or is spurious."""

    gold: tuple[tuple[G, Row | None], ...]
    predicted: tuple[tuple[Row, G | None], ...]


class _Candidate(NamedTuple):
    exact: bool
    shared: float
    gold: int
    predicted: int


def pair(gold: Sequence[G], predicted: Sequence[Row], optional: Sequence[Span] = ()) -> Pairing[G]:
    """Pair gold and predicted rows one to one by the characters that they share.

    Optional gold rows count nowhere, nor do predicted ones that answer them, or touch an `optional` span unpaired.
    """
    gold = sorted(gold, key=lambda g: g.span.start)
    predicted = sorted(predicted, key=lambda row: row["start"])
    partner = matches([g.span for g in gold], [span_of(row) for row in predicted])
    answered = {j: gold[i] for i, j in partner.items()}
    return Pairing(
        tuple((g, _at(predicted, partner.get(i))) for i, g in enumerate(gold) if not g.optional),
        tuple((row, answered.get(j)) for j, row in enumerate(predicted) if _counts(row, answered.get(j), optional)),
    )


def matches(gold: Sequence[Span], predicted: Sequence[Span]) -> Mapping[int, int]:
    """Gold index to predicted index, one to one; both sides sorted by start.

    Equal spans are paired first, then those that share most of the longer one; ties in the order of the text.
    """
    best_first = sorted(_candidates(gold, predicted), key=lambda c: (c.exact, c.shared), reverse=True)
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for candidate in best_first:
        if candidate.gold not in partner and candidate.predicted not in taken:
            partner[candidate.gold] = candidate.predicted
            taken.add(candidate.predicted)
    return partner


def span_of(row: Row) -> Span:
    return Span(row["start"], row["end"])


def _candidates(gold: Sequence[Span], predicted: Sequence[Span]) -> Iterator[_Candidate]:
    for i, wanted in enumerate(gold):
        for j, said in enumerate(predicted):
            if said.start >= wanted.end:
                break
            if said.overlaps(wanted):
                yield _Candidate(said == wanted, _shared(wanted, said), i, j)


def _shared(a: Span, b: Span) -> float:
    """The characters that two spans share, as a part of the longer one."""
    return (min(a.end, b.end) - max(a.start, b.start)) / max(a.end - a.start, b.end - b.start)


def _at(rows: Sequence[Row], index: int | None) -> Row | None:
    return None if index is None else rows[index]


def _counts(row: Row, gold: GoldRow | None, optional: Sequence[Span]) -> bool:
    if gold is not None:
        return not gold.optional
    return not any(span_of(row).overlaps(span) for span in optional)
