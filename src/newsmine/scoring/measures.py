"""What is measured: for every measure, which rows it is about and when a predicted row is right.

A measure counts the gold rows and the predicted rows that it is about, and those gold rows whose partner is right.
Precision is right / predicted, recall right / gold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic

from newsmine.scoring.goldfiles import Answers, GoldClaim, GoldMention, answers
from newsmine.scoring.pairing import G, span_of
from newsmine.scoring.similarity import ALIKE, clean, same_number, similar
from newsmine.scoring.units import same_unit
from newsmine.tables import Row

LABELS = ("HOSPITAL", "DOCTOR", "PROCEDURE")

# A longer answer is a window of text that holds the right one somewhere.
_LONGEST_ANSWER = 40
# A metric this similar to another one of the article is that one.
_ALIKE_RIVAL = 0.9


@dataclass(frozen=True, slots=True)
class Measure(Generic[G]):
    """One line of the score. `fields` are what a reader wants to see of a wrong row."""

    name: str
    meaning: str
    right: Callable[[G, Row], bool]
    fields: tuple[str, ...]
    about_gold: Callable[[G], bool] = lambda gold: True
    # The gold row is the partner of the predicted one, None where that is spurious.
    about_predicted: Callable[[G | None, Row], bool] = lambda gold, row: True


def said_once(row: Row, field: str) -> str | None:
    """The answer of a field that may give one: a list, or a long stretch of text, is none."""
    value = row.get(field)
    return value if isinstance(value, str) and 0 < len(value) <= _LONGEST_ANSWER else None


def same_span(gold: GoldClaim | GoldMention, row: Row) -> bool:
    return gold.span == span_of(row)


def any_overlap(gold: GoldClaim | GoldMention, row: Row) -> bool:
    """Partners share a character, or they would be none."""
    return True


def quantity_right(gold: GoldClaim, row: Row) -> bool:
    return gold.kind == row.get("kind") and same_unit(gold.unit, row.get("unit")) and _equal(gold.value, row, "value")


def bounds_right(gold: GoldClaim, row: Row) -> bool:
    bounds = _equal(gold.low, row, "low") and _equal(gold.high, row, "high")
    return bounds and gold.qualifier == row.get("qualifier") and quantity_right(gold, row)


def change_right(gold: GoldClaim, row: Row) -> bool:
    said = tuple(row.get(field) or None for field in ("role", "direction", "basis"))
    return (gold.role, gold.direction, gold.basis) == said and quantity_right(gold, row)


def metric_right(gold: GoldClaim, row: Row) -> bool:
    """Similar to a right metric, and not rather another metric of the article."""
    if not gold.metric:
        return True
    said = said_once(row, "metric")
    best = max(similar(metric, said) for metric in gold.metric)
    rival = max(similar(metric, said) for metric in gold.rivals)
    return best >= ALIKE and rival <= max(best, _ALIKE_RIVAL)


def subject_right(gold: GoldClaim, row: Row) -> bool:
    """Equal to a right subject, punctuation aside: half a name is another body's name."""
    said = clean(said_once(row, "subject"))
    return bool(said) and _among(said, gold.subject)


def time_right(gold: GoldClaim, row: Row) -> bool:
    """The same interval; where it cannot be worked out, a similar phrase."""
    if gold.time is None:
        return similar(gold.time_text, row.get("time_text")) >= ALIKE
    return gold.time == (_day(row.get("time_start")), _day(row.get("time_end")))


def source_right(gold: GoldClaim, row: Row) -> bool:
    return any(similar(source, said_once(row, "source")) >= ALIKE for source in gold.source)


def claim_right(gold: GoldClaim, row: Row) -> bool:
    subject = not gold.subject or subject_right(gold, row)
    return subject and gold.role == row.get("role") and quantity_right(gold, row) and metric_right(gold, row)


def name_right(gold: GoldMention, row: Row) -> bool:
    return _among(clean(row.get("name")), gold.name)


def title_right(gold: GoldMention, row: Row) -> bool:
    return not set(gold.title).isdisjoint(answers(row.get("title")))


def hospital_right(gold: GoldMention, row: Row) -> bool:
    return _among(clean(row.get("hospital")), gold.hospital)


def is_target(gold: GoldClaim | None, row: Row) -> bool:
    return row.get("status") == "target"


def says_change(gold: GoldClaim | None, row: Row) -> bool:
    return row.get("role") not in (None, "level")


def says_time(gold: GoldClaim | None, row: Row) -> bool:
    return any(row.get(field) for field in ("time_text", "time_start", "time_end"))


CLAIM_MEASURES: tuple[Measure[GoldClaim], ...] = (
    Measure("detect", "same start and end", same_span, ("text",)),
    Measure("overlap", "any shared character", any_overlap, ("text",)),
    Measure("quantity", "kind, value and unit", quantity_right, ("kind", "value", "unit")),
    Measure("bounds", "quantity, qualifier, low and high", bounds_right, ("value", "unit", "qualifier", "low", "high")),
    Measure(
        "change",
        "quantity, role, direction and basis of rows that are no plain level",
        change_right,
        ("value", "unit", "role", "direction", "basis"),
        lambda gold: gold.role != "level",
        says_change,
    ),
    Measure("metric", "what is counted or measured", metric_right, ("metric",)),
    Measure(
        "subject",
        "whom it is about",
        subject_right,
        ("subject",),
        lambda gold: bool(gold.subject),
        lambda gold, row: bool(row.get("subject")),
    ),
    Measure(
        "time",
        "when it was so",
        time_right,
        ("time_text", "time", "time_start", "time_end"),
        lambda gold: bool(gold.time_text),
        says_time,
    ),
    Measure(
        "target",
        "rows that tell a plan, not a fact",
        is_target,
        ("status",),
        lambda gold: gold.status == "target",
        is_target,
    ),
    Measure(
        "source",
        "who says so",
        source_right,
        ("source",),
        lambda gold: bool(gold.source),
        lambda gold, row: bool(row.get("source")),
    ),
    Measure(
        "claim",
        "quantity, role, metric and subject at once",
        claim_right,
        ("value", "unit", "role", "metric", "subject"),
    ),
)


def mention_measures(label: str) -> tuple[Measure[GoldMention], ...]:
    """The measures of one label's mentions; a person's title and hospital are measured where the person was found."""
    found: tuple[Measure[GoldMention], ...] = (
        Measure(label, "same start and end", same_span, ("text",)),
        Measure(f"{label} overlap", "any shared character", any_overlap, ("text",)),
        Measure(f"{label} name", "the canonical name", name_right, ("text", "name")),
    )
    if label != "DOCTOR":
        return found
    return (
        *found,
        _detail(f"{label} title", "post or rank", "title", title_right),
        _detail(f"{label} hospital", "where the doctor works", "hospital", hospital_right),
    )


def _detail(name: str, meaning: str, field: str, right: Callable[[GoldMention, Row], bool]) -> Measure[GoldMention]:
    """A measure of a field that not every mention has, over mentions that have a partner."""
    return Measure(
        name,
        meaning,
        right,
        ("text", field),
        lambda gold: bool(getattr(gold, field)),
        lambda gold, row: gold is not None and bool(row.get(field)),
    )


def _equal(number: Decimal | None, row: Row, field: str) -> bool:
    return same_number(number, row.get(field))


def _among(said: str, right: Answers) -> bool:
    return said in map(clean, right)


def _day(value: Any) -> str | None:
    """The date of a day or a moment; null stays null."""
    return None if value is None else str(value)[:10]
