"""Counting: how many rows of each measure are right, article by article and over all."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsmine.scoring.goldfiles import GoldArticle
from newsmine.scoring.measures import CLAIM_MEASURES, LABELS, Measure, mention_measures
from newsmine.scoring.outputs import Output
from newsmine.scoring.pairing import G, GoldRow, Pairing, pair
from newsmine.tables import Row
from newsmine.types import Span

HEADLINE = "claim"
# What is measured first where gold knows spans only, and how many measures ask for no more than these.
SPANS_HEADLINE, _SPAN_MEASURES = "overlap", 2
SPURIOUS = "spurious"

_ROUNDS = 1000
_SEED = 7


@dataclass(frozen=True, slots=True)
class Counts:
    """How many gold rows and predicted rows a measure is about, and how many of the gold rows are right."""

    right: int = 0
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.gold + other.gold, self.predicted + other.predicted)

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where there is nothing to find and nothing was found."""
        return 2 * self.right / (self.gold + self.predicted) if self.gold + self.predicted else 0.0


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that is not right: what gold has, and what was said (None: nothing)."""

    measure: str
    article_id: str
    text: str
    expected: Mapping[str, Any] | None
    said: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """The counts of one article, and its wrong rows."""

    counts: Mapping[str, Counts]
    wrong: Sequence[Wrong]


@dataclass(frozen=True, slots=True)
class Score:
    """The counts over all articles; of the headline F1 also its 95% interval and its mean over articles."""

    articles: int
    counts: Mapping[str, Counts]
    low: float
    high: float
    by_article: float
    wrong: Sequence[Wrong]
    headline: str = HEADLINE


def score(gold: Sequence[GoldArticle], output: Output) -> Score:
    """Score what a run said of the articles of gold."""
    bare = any(article.spans_only for article in gold)
    each = [score_article(article, output, spans_only=bare) for article in gold]
    total: dict[str, Counts] = defaultdict(Counts)
    for one in each:
        for name, counts in one.counts.items():
            total[name] += counts
    name = SPANS_HEADLINE if bare else HEADLINE
    headline = [one.counts[name] for one in each]
    low, high = interval(headline)
    mean = sum(c.f1 for c in headline) / len(headline)
    return Score(len(each), dict(total), low, high, mean, [w for one in each for w in one.wrong], name)


def score_article(gold: GoldArticle, output: Output, *, spans_only: bool = False) -> ArticleScore:
    """Every measure of one article, or those of spans and labels. Mentions are paired label by label; optional ones
    excuse what touches them."""
    most = _SPAN_MEASURES if spans_only else None
    claims = output.claims.get(gold.article_id, ())
    mentions = output.entities.get(gold.article_id, ())
    pairing = pair(gold.claims, claims, _optional(gold.claims))
    parts = [_measured(pairing, CLAIM_MEASURES[:most], SPURIOUS, gold.article_id)]
    for label in LABELS:
        wanted = [m for m in gold.mentions if m.label == label]
        said = [row for row in mentions if row.get("label") == label]
        found = pair(wanted, said, _optional(gold.mentions))
        parts.append(_measured(found, mention_measures(label)[:most], f"{SPURIOUS} {label}", gold.article_id))
    return ArticleScore({k: v for part in parts for k, v in part.counts.items()}, [w for p in parts for w in p.wrong])


def interval(articles: Sequence[Counts], rounds: int = _ROUNDS, seed: int = _SEED) -> tuple[float, float]:
    """The 95% interval of F1 by the percentile bootstrap: the articles drawn again with replacement, `rounds` times."""
    draw = random.Random(seed)
    scores = sorted(_sum(draw.choice(articles) for _ in articles).f1 for _ in range(rounds))
    return scores[rounds * 25 // 1000], scores[rounds * 975 // 1000 - 1]


def _optional(rows: Iterable[GoldRow]) -> list[Span]:
    return [row.span for row in rows if row.optional]


def _sum(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())


def _measured(pairing: Pairing[G], measures: Sequence[Measure[G]], spurious: str, article_id: str) -> ArticleScore:
    counts, wrong = {}, []
    for measure in measures:
        missed = list(_missed(measure, pairing, article_id))
        about = sum(measure.about_gold(gold) for gold, _ in pairing.gold)
        said = sum(measure.about_predicted(gold, row) for row, gold in pairing.predicted)
        counts[measure.name] = Counts(about - len(missed), about, said)
        wrong += [*missed, *_unfounded(measure, pairing, article_id)]
    for row, gold in pairing.predicted:
        if gold is None:
            wrong.append(Wrong(spurious, article_id, str(row.get("text")), None, row))
    return ArticleScore(counts, wrong)


def _unfounded(measure: Measure[G], pairing: Pairing[G], article_id: str) -> Iterator[Wrong]:
    """Predicted rows that say what gold leaves open."""
    for row, gold in pairing.predicted:
        if gold is not None and measure.about_predicted(gold, row) and not measure.about_gold(gold):
            yield _wrong(measure, article_id, gold, row)


def _missed(measure: Measure[G], pairing: Pairing[G], article_id: str) -> Iterator[Wrong]:
    for gold, row in pairing.gold:
        if measure.about_gold(gold) and not (row is not None and measure.right(gold, row)):
            yield _wrong(measure, article_id, gold, row)


def _wrong(measure: Measure[G], article_id: str, gold: G, row: Row | None) -> Wrong:
    expected = {f: getattr(gold, f) for f in measure.fields if hasattr(gold, f)}
    said = None if row is None else {f: row[f] for f in measure.fields if f in row}
    return Wrong(measure.name, article_id, gold.text, expected, said)
