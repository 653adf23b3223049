"""What a figure counts or measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsmine.claims.lists import members
from newsmine.claims.nouns import NounPhrases
from newsmine.claims.words import Word, span_of
from newsmine.segment import FURNITURE
from newsmine.types import Quantity, Span

# How many words a member of a list may have.
_LONGEST_MEMBER = 7


@dataclass(frozen=True, slots=True)
class Metric:
    """The metric's text (simplified), where it stands (None if it is composed) and whether it was handed down."""

    text: str
    span: Span | None
    inherited: bool = False
    share: bool = False


class MetricFinder:
    """Chooses the noun phrase before or after a figure, or hands down the metric of an earlier one."""

    def __init__(self, phrases: NounPhrases, fixed: dict[str, str], rates: frozenset[str]) -> None:
        self._phrases = phrases
        self._fixed = fixed
        self._rates = rates

    def find(
        self, words: Sequence[Word], at: int, role: str, folded: str, earlier: Sequence[tuple[Quantity, Metric]]
    ) -> Metric | None:
        """The metric of the quantity words[at]; `earlier` holds the figures before it in the sentence with theirs."""
        quantity = words[at].quantity
        assert quantity is not None
        fixed = self._fixed.get(quantity.rule)
        if fixed is not None:
            return Metric(fixed, None)
        share = self._share(words, at, folded)
        if share is not None:
            return share
        listed = self._listed(words, at, folded)
        if listed is not None:
            return listed
        chosen = self._choose(words, at, role)
        if chosen:
            return self._said(chosen, folded)
        return self._handed_down(words, at, role, folded, earlier)

    def _handed_down(
        self, words: Sequence[Word], at: int, role: str, folded: str, earlier: Sequence[tuple[Quantity, Metric]]
    ) -> Metric | None:
        """The metric of the last figure that this one can go on with; a share without any takes the last rate that
        was named."""
        quantity = words[at].quantity
        assert quantity is not None
        for other, metric in reversed(earlier):
            if _goes_on(quantity, role, other, metric):
                return replace(metric, inherited=True)
        head = self._phrases.closing(words, words[at].clause - 1) if not earlier else []
        if head:
            return replace(self._said(head, folded), inherited=True)
        if quantity.kind == "percent" and role == "level":
            rate = self._phrases.ending_in(words, at, self._rates)
            if rate:
                return replace(self._said(rate, folded), inherited=True)
        return None

    def _listed(self, words: Sequence[Word], at: int, folded: str) -> Metric | None:
        """The metric of one member of a list; a head that only the last member has is meant for all (rice and maize
        output)."""
        shared = members(words, at)
        if shared is None:
            return None
        parts, mine = shared
        if any(w.mention is not None and w.mention.label != "PROCEDURE" for w in parts[mine]):
            return None
        own = [w for w in parts[mine] if not w.has("particle")]
        if not own or len(own) > _LONGEST_MEMBER or any(w.punct or w.quantity for w in own):
            return None
        said, head = self._said(own, folded), parts[-1][-1]
        if own[-1] is not head and head.has("head", "metric") and not own[-1].has("head", "metric"):
            return Metric(said.text + folded[head.start : head.end], said.span)
        return said

    def _choose(self, words: Sequence[Word], at: int, role: str) -> list[Word]:
        quantity = words[at].quantity
        assert quantity is not None
        if role != "level":
            left = self._phrases.before(words, at)
            return left or ([] if quantity.kind in ("percent", "multiple") else self._phrases.after(words, at))
        if quantity.kind == "count":
            return self._phrases.after(words, at) or self._phrases.before(words, at)
        left = self._phrases.before(words, at)
        if not left or self._phrases.follows_verb(words, at):
            return self._phrases.after(words, at) or left
        return left

    def _share(self, words: Sequence[Word], at: int, folded: str) -> Metric | None:
        """N of a whole: the metric is the share of that whole."""
        for j in range(at - 1, -1, -1):
            word = words[j]
            if word.clause != words[at].clause or word.quantity is not None:
                return None
            if word.has("share"):
                inside = [w for w in words[j + 1 : at] if not w.has("carry", "adverb", "particle")]
                if not inside:
                    return self._own_share(words, j, folded)
                return Metric(
                    folded[word.start : word.end] + self._said(inside, folded).text,
                    Span(word.start, inside[-1].end),
                    share=True,
                )
        return None

    def _own_share(self, words: Sequence[Word], j: int, folded: str) -> Metric | None:
        """A share that does not say of what (X makes up N): the metric is X with its verb."""
        owner = self._phrases.before(words, j)
        if not owner:
            return None
        said = self._said(owner, folded)
        return Metric(said.text + words[j].text, said.span, share=True)

    def _said(self, words: list[Word], folded: str) -> Metric:
        span = span_of(words)
        text = folded[span.start : span.end].replace(FURNITURE, "").replace(" ", "").replace("\n", "")
        return Metric(text, span)


def _goes_on(quantity: Quantity, role: str, other: Quantity, metric: Metric) -> bool:
    """Whether a figure without a metric of its own can be about what an earlier one was about."""
    if role != "level":
        return not (metric.share and quantity.unit == "%")
    return quantity.kind == other.kind and (quantity.unit == other.unit or quantity.kind != "count")


def metric_key(metric: str, tails: Sequence[str]) -> str:
    """The metric without the measure nouns at its end that do not change what is counted, for grouping."""
    for tail in tails:
        if len(metric) > len(tail) + 1 and metric.endswith(tail):
            return metric[: -len(tail)]
    return metric
