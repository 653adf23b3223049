"""What the annotated articles teach: for every figure its candidates, and which of them are right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from newsmine.claims.figure import Figure
from newsmine.claims.finder import ClaimFinder
from newsmine.claims.ranking import Candidate, Condition, expanded
from newsmine.document import Document
from newsmine.scoring.goldfiles import GoldArticle, GoldClaim
from newsmine.scoring.pairing import matches
from newsmine.scoring.similarity import ALIKE, clean, similar
from newsmine.types import Span

SLOTS = ("metric", "subject")
# Of candidates that would all pass for right, those at least this like the gold are taken where there are any.
_CLOSE = 0.85


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one figure, which are right (none where no candidate is), and whether the chosen one was."""

    article: str
    features: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    hit: bool


@dataclass(frozen=True, slots=True)
class Lesson:
    """An annotated article, ready to be linked again and again."""

    document: Document
    gold: GoldArticle


def examples(lesson: Lesson, finder: ClaimFinder) -> dict[str, list[Example]]:
    """The examples of an article by slot, linked with the weights that the finder has now."""
    found: dict[str, list[Example]] = {slot: [] for slot in SLOTS}
    claims = lesson.gold.claims
    spans = [Span(q.start, q.end) for q in lesson.document.quantities]
    partner = {j: i for i, j in matches([c.span for c in claims], spans).items()}
    gold_of = {spans[j]: claims[i] for j, i in partner.items()}

    def watch(
        slot: str,
        figure: Figure,
        candidates: Sequence[Candidate],
        chosen: Candidate | None,
        told_of: Sequence[Condition],
    ) -> None:
        gold = gold_of.get(Span(figure.quantity.start, figure.quantity.end))
        if gold is None or gold.optional or not (gold.metric if slot == "metric" else True):
            return
        right = _RIGHT[slot](gold, candidates)
        said = chosen.text if chosen is not None else ""
        hit = any(r and c.text == said for r, c in zip(right, candidates, strict=True))
        found[slot].append(
            Example(
                lesson.gold.article_id,
                tuple(tuple(expanded(c.features, told_of)) for c in candidates),
                tuple(right),
                hit,
            )
        )

    finder.find(lesson.document, watch)
    return found


def _metric(gold: GoldClaim, candidates: Sequence[Candidate]) -> list[bool]:
    rivals = [clean(m) for m in gold.rivals if m not in gold.metric]
    alike = [max((similar(c.text, m) for m in gold.metric), default=0.0) for c in candidates]
    floor = _CLOSE if any(a >= _CLOSE for a in alike) else ALIKE
    return [a >= floor and (a >= _CLOSE or clean(c.text) not in rivals) for a, c in zip(alike, candidates, strict=True)]


def _subject(gold: GoldClaim, candidates: Sequence[Candidate]) -> list[bool]:
    names = {clean(s) for s in gold.subject} or {""}
    return [clean(c.text) in names for c in candidates]


_RIGHT: dict[str, Callable[[GoldClaim, Sequence[Candidate]], list[bool]]] = {"metric": _metric, "subject": _subject}


def recall(found: Iterable[Example]) -> float:
    """The share of figures that have a right candidate at all."""
    have = [any(e.right) for e in found]
    return sum(have) / len(have) if have else 0.0
