"""What the finders of named things share: labels, anchors, and the candidate mentions they hand to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from newsmine.packs import Entry, Patterns


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of named thing, as a pack declares it."""

    name: str
    mechanism: str
    rank: int
    tags: frozenset[str]
    reach: int
    context: tuple[str, ...]


class Hit(NamedTuple):
    """A form of a pattern entry in the text."""

    start: int
    end: int
    entry: Entry


@dataclass(slots=True)
class Candidate:
    """A mention in the making. `named` is False for what names nothing by itself but may be a short form."""

    start: int
    end: int
    label: str
    rule: str
    name: str
    named: bool = True
    parts: frozenset[str] = frozenset()
    title: str | None = None
    department: str | None = None
    hospital: str | None = None
    flags: tuple[str, ...] = ()
    # A mention only in an article that names other things of its kind.
    needs_context: bool = False
    # What decides between mentions of one label that overlap: an anchored one beats a bare repetition.
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels that the packs in use declare."""

    by_name: dict[str, Label] = field(default_factory=dict)

    def of(self, mechanism: str) -> list[Label]:
        return [label for label in self.by_name.values() if label.mechanism == mechanism]

    def plain_person(self) -> Label | None:
        """The label of persons that needs nothing beside the name."""
        return next((label for label in self.of("person") if not label.context), None)

    def rank(self, name: str) -> int:
        label = self.by_name.get(name)
        return label.rank if label else 0


def short_id(entry: Entry) -> str:
    """The id of an entry without its pack and stage."""
    return entry.id.rsplit(".", 1)[-1]


def read_labels(patterns: Patterns) -> Labels:
    return Labels({short_id(e): _label(e) for e in patterns.stage("label")})


def _label(entry: Entry) -> Label:
    return Label(
        name=short_id(entry),
        mechanism=entry.get("mechanism"),
        rank=entry.get("rank", 0),
        tags=frozenset(entry.get("tags", ())),
        reach=entry.get("reach", 20),
        context=entry.get("context", ()),
    )


def within(label: str, entry: Entry) -> bool:
    """Whether an entry serves a label: it names the label, or none at all."""
    labels = entry.get("label", ())
    return not labels or label in ((labels,) if isinstance(labels, str) else labels)
