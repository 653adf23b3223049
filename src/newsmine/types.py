"""The records that pass between the stages. Offsets are code points into `Article.text`, half-open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

# Labels of mentions that figures can belong to, and of persons among them.
OWNERS = ("HOSPITAL", "ORG", "PLACE")
PEOPLE = ("PERSON", "DOCTOR")

Interval = tuple[date | None, date | None]


class Span(NamedTuple):
    """A stretch of the article: characters start (included) to end (excluded)."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written. `value` is exact; it is None where the text names none (several tens)."""

    start: int
    end: int
    text: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    qualifier: str = "exact"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. Kinds: percent, count, money, measure, multiple. Values are in base units (scales
    multiplied out)."""

    start: int
    end: int
    text: str
    kind: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    qualifier: str
    unit: str
    rule: str
    flags: tuple[str, ...] = ()
    # What the words around the figure already said: the span that its qualifier and range reach over.
    outer_start: int = -1
    outer_end: int = -1


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A phrase that says when. `interval` holds its first and last day where they can be worked out, else None."""

    start: int
    end: int
    text: str
    interval: Interval | None
    rule: str
    # "point" dates a claim, "clause" one of its own clause alone; "rate" (every year) and "none" date nothing.
    use: str = "point"
    flags: tuple[str, ...] = ()
    # Whether it begins (or, where only its end is said, ends) after the day of publication.
    ahead: bool = False
    # Whether it is under way on that day (this year).
    ongoing: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing. `name` is canonical: simplified, the article's fullest form."""

    start: int
    end: int
    text: str
    label: str
    name: str
    rule: str
    title: str | None = None
    department: str | None = None
    hospital: str | None = None
    flags: tuple[str, ...] = ()


class Token(NamedTuple):
    """A word of the segmented text. `tag` is jieba's dictionary tag ('' if it has none); `kind` says which stage made
    it:
    word, number, quantity, time, mention, punct or space."""

    start: int
    end: int
    text: str
    tag: str
    kind: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A quantified claim: one row of the claims table (GUIDELINES: one row a number that states an amount)."""

    quantity: Quantity
    sentence: Span
    role: str = "level"
    direction: str | None = None
    basis: str | None = None
    basis_text: str | None = None
    per: str | None = None
    metric: str | None = None
    metric_span: Span | None = None
    metric_key: str | None = None
    subject: str | None = None
    subject_mention: Mention | None = None
    time: TimeExpression | None = None
    status: str = "actual"
    source: str | None = None
    rule: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One text with what is known about it. `text` is what every offset points into; it is never changed."""

    article_id: str
    text: str
    path: str = ""
    encoding: str = ""
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    authors: tuple[str, ...] = ()
    host: str | None = None
    chrome: tuple[Span, ...] = ()
    flags: tuple[str, ...] = ()
    # The article_id of the article that this one repeats.
    duplicate_of: str | None = None
    # The other columns of the table that it is a row of.
    kept: Mapping[str, str] = field(default_factory=dict)
    # The folded view, where whoever read the article has made it already.
    folded: str | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the pipeline found in one article."""

    article: Article
    folded: str
    script: str
    sentences: tuple[Span, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = field(default_factory=tuple)
