"""The figures of a folder of tables, article by article, as the checks read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import regex

from newsmine.checking.bounds import Bounds, bounds_of, exactly
from newsmine.checking.knowledge import Knowledge
from newsmine.fold import fold
from newsmine.stored import read_table
from newsmine.tables import Row

_NOISE = regex.compile(r"[\s\p{P}]+")
_CLAUSE_ENDS = regex.compile(r"[,;:!?()\n\uff0c\u3002\uff1b\uff1a\uff01\uff1f\u3001\uff08\uff09\u2026]+")
_OWNERS = ("HOSPITAL", "ORG", "PLACE")

Period = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One claim, its numbers as decimals, with the interval that its wording leaves open.

    `owner`: whose figure it is, normalised; the name inside the metric where one heads it, else the subject. `named`:
    that is a proper name, so it means the same in other articles. `metric`: the metric's key without the owner.
    `sentence`: simplified, of the same length as written. `in_title`: whether it stands in the headline.
    `actual`: told as a fact, by its row and by the words of its clause.
    """

    row: Row
    value: Decimal
    bounds: Bounds
    owner: str | None
    named: bool
    metric: str
    period: Period | None
    sentence: str
    in_title: bool
    actual: bool

    @property
    def claim_id(self) -> str:
        return str(self.row["claim_id"])

    @property
    def article_id(self) -> str:
        return str(self.row["article_id"])

    @property
    def text(self) -> str:
        return str(self.row["text"])

    @property
    def start(self) -> int:
        return int(self.row["start"])

    @property
    def end(self) -> int:
        return int(self.row["end"])

    @property
    def sentence_start(self) -> int:
        return int(self.row["sentence_start"])

    @property
    def unit(self) -> str:
        return str(self.row["unit"] or "")

    @property
    def kind(self) -> str:
        return str(self.row["kind"])

    @property
    def role(self) -> str:
        return str(self.row["role"])

    @property
    def basis(self) -> str | None:
        return None if self.row["basis"] is None else str(self.row["basis"])

    @property
    def per(self) -> str | None:
        return None if self.row["per"] is None else str(self.row["per"])

    @property
    def down(self) -> bool:
        return bool(self.row["direction"] == "down")

    @property
    def level(self) -> bool:
        """Whether it states how much there is (no change, no base of one)."""
        return self.role in ("level", "to")

    @property
    def published(self) -> date | None:
        return _day(self.row["published"])

    @property
    def point(self) -> Bounds:
        """The value as stated, without what its rounding leaves open: what worked-out numbers are shown for."""
        return exactly(self.value)

    @property
    def digits(self) -> int:
        """How many digits are written, without the zeros at both ends: how telling it is that two are the same."""
        return len("".join(filter(str.isdigit, unicodedata.normalize("NFKC", self.text))).strip("0"))

    @property
    def before(self) -> str:
        """Its clause up to the figure."""
        return _CLAUSE_ENDS.split(self.sentence[: self.start - self.sentence_start])[-1]

    @property
    def clause(self) -> str:
        """Its clause without the figure."""
        return self.before + _CLAUSE_ENDS.split(self.sentence[self.end - self.sentence_start :])[0]


@dataclass(frozen=True, slots=True)
class ArticleFigures:
    """One article's figures, in the order of the text."""

    article_id: str
    published: date | None
    title: str | None
    duplicate_of: str | None
    figures: tuple[Figure, ...]

    def sentences(self) -> list[list[Figure]]:
        """The figures sentence by sentence."""
        grouped: dict[int, list[Figure]] = {}
        for figure in self.figures:
            grouped.setdefault(figure.sentence_start, []).append(figure)
        return list(grouped.values())


def read_figures(folder: Path, knowledge: Knowledge) -> Iterator[ArticleFigures]:
    """The articles of a folder that `newsmine extract` wrote, one at a time; its tables share one order."""
    claims, entities = _Groups(read_table(folder, "claims")), _Groups(read_table(folder, "entities"))
    for article in read_table(folder, "articles"):
        article_id = str(article["article_id"])
        mentions = [e for e in entities.take(article_id) if e["label"] in _OWNERS]
        found = tuple(
            figure for row in claims.take(article_id) if (figure := figure_of(row, mentions, knowledge)) is not None
        )
        yield ArticleFigures(article_id, _day(article["published"]), article["title"], article["duplicate_of"], found)


def figure_of(row: Row, mentions: Iterable[Row], knowledge: Knowledge) -> Figure | None:
    """A claim as a figure; None where it names no value (several tens)."""
    if row["value"] is None:
        return None
    value, low, high = (None if row[n] is None else Decimal(str(row[n])) for n in ("value", "low", "high"))
    assert value is not None
    kind = "rate" if row["per"] is not None else str(row["kind"])
    bounds = bounds_of(str(row["text"]), value, low, high, str(row["qualifier"]), kind, knowledge.tolerance("about"))
    owner, named, metric = _owned(row, list(mentions), knowledge)
    first, last = _day(row["time_start"]), _day(row["time_end"])
    period = None if first is None and last is None else (first, last)
    title = normal(str(row["title"] or ""))
    in_title = bool(title) and normal(str(row["sentence"])).startswith(title)
    sentence = fold(str(row["sentence"]))
    before = _CLAUSE_ENDS.split(sentence[: int(row["start"]) - int(row["sentence_start"])])[-1]
    actual = row["status"] != "target" and not knowledge.holds(before, "planned")
    return Figure(row, value, bounds, owner, named, metric, period, sentence, in_title, actual)


def normal(name: str) -> str:
    """A name as it is compared: its last line, compatibility forms folded, no spaces and no punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name.strip().rsplit("\n", 1)[-1]))


def gap(before: Figure, after: Figure) -> str:
    """What stands between two figures of one sentence."""
    start = before.sentence_start
    return before.sentence[before.end - start : after.start - start]


def _owned(row: Row, mentions: list[Row], knowledge: Knowledge) -> tuple[str | None, bool, str]:
    """Owner, whether it is a proper name, and the metric without it."""
    metric = normal(str(row["metric_key"] or ""))
    for mention in mentions:
        if row["metric_start"] is not None and mention["start"] == row["metric_start"]:
            written = normal(fold(str(mention["text"])))
            if metric.startswith(written) and metric != written:
                return normal(str(mention["name"])), True, metric.removeprefix(written)
    proper = knowledge.regex("proper").match(metric)
    if proper and proper.end() < len(metric):
        return proper.group(), True, metric[proper.end() :]
    owner = normal(str(row["subject"] or ""))
    owner = knowledge.words("nation")[0] if owner in knowledge.words("nation") else owner
    if metric != owner:
        metric = metric.removeprefix(owner)
    named = row["subject_entity"] is not None or knowledge.regex("proper").fullmatch(owner) is not None
    return owner or None, named and owner not in knowledge.vague_owners, metric


def _day(text: object) -> date | None:
    return None if text is None else date.fromisoformat(str(text))


class _Groups:
    """Rows that stand together by article, taken in the order of the articles."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._head = next(rows, None)

    def take(self, article_id: str) -> list[Row]:
        taken: list[Row] = []
        while self._head is not None and self._head["article_id"] == article_id:
            taken.append(self._head)
            self._head = next(self._rows, None)
        return taken
