"""Puts a claim together: for every quantity its role, metric, subject, time, status and source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from newsmine.claims.context import status_of, time_of
from newsmine.claims.metric import Metric, MetricFinder, metric_key
from newsmine.claims.nouns import NounPhrases
from newsmine.claims.role import Role, role_of
from newsmine.claims.sources import WordsOf, source_of
from newsmine.claims.subject import Subject, head_of, subject_of
from newsmine.claims.topic import Areas, topic_of
from newsmine.claims.words import CueIndex, Word, read_words
from newsmine.document import Document
from newsmine.packs import Patterns
from newsmine.types import Claim, Quantity, Span


@dataclass(frozen=True, slots=True)
class _Links:
    """What a quantity was linked to."""

    role: Role
    metric: Metric | None
    subject: Subject | None
    status: str


class ClaimFinder:
    """Links the quantities of a document; one claim each, but for those inside names."""

    def __init__(self, patterns: Patterns) -> None:
        self._cues = CueIndex(patterns)
        fixed = {e.id: e.get("metric") for e in patterns.stage("unit") if e.get("metric")}
        phrases = NounPhrases(frozenset(patterns.forms_of("cue.head")))
        self._metrics = MetricFinder(phrases, fixed, frozenset(patterns.forms_of("cue.rate")))
        self._generic = frozenset(patterns.forms_of("cue.generic_owner"))
        self._areas = Areas(patterns.forms_of("cue.area"), regex.compile(patterns.expand("{town}")))
        self._doubling = frozenset(e.id for e in patterns.stage("unit") if e.get("role") == "to")
        self._person_metrics = frozenset(patterns.forms_of("cue.person_metric"))
        self._tails = patterns.forms_of("cue.tail")
        self._per = {
            f: e.id.rsplit(".", 1)[-1].removeprefix("per_")
            for e in patterns.stage("cue")
            if "per" in e.get("class")
            for f in e.forms
        }

    def find(self, document: Document) -> list[Claim]:
        """The claims of a document in order."""
        claims: list[Claim] = []
        title = _title(document)
        head = self._words(document, document.sentence_of(title.start), []) if title else []
        topic = subject = topic_of(head, document.mentions, title, document.folded)
        last = 0
        figures = _by_sentence(document)
        for sentence in document.sentences:
            if "\n" in document.folded[last : sentence.start]:
                subject = topic
            last = sentence.end
            if sentence in figures:
                found, subject = self._in_sentence(document, sentence, figures[sentence], subject)
                claims += found
            else:
                subject = head_of(document.mentions, sentence) or subject
        return claims

    def _in_sentence(
        self, document: Document, sentence: Span, quantities: list[Quantity], topic: Subject | None
    ) -> tuple[list[Claim], Subject | None]:
        """The claims of a sentence, and the topic that it leaves to the next one of its paragraph."""
        words = self._words(document, sentence, quantities)
        claims: list[Claim] = []
        earlier: list[tuple[Quantity, Metric]] = []
        for at, word in enumerate(words):
            if word.quantity is None:
                continue
            role = Role("to", "up") if word.quantity.rule in self._doubling else role_of(words, at, document.folded)
            metric = self._metrics.find(words, at, role.role, document.folded, earlier)
            if metric is not None:
                earlier.append((word.quantity, metric))
            person = metric is not None and metric.text in self._person_metrics
            found = subject_of(words, at, person, metric.span if metric else None, document.folded)
            found = self._resolved(found, topic, document.folded)
            if found is not None and not found.local and not person:
                topic = found
            role = _carried(role, claims)
            status = status_of(words, at, role.role, claims[-1].status if claims else "actual")
            links = _Links(role, metric, found or topic, status)
            claims.append(self._claim(document, sentence, words, at, links))
        return claims, topic

    def _words_at(self, document: Document) -> WordsOf:
        """The words of the sentence at a position, without its figures."""
        return lambda position: self._words(document, document.sentence_of(position), [])

    def _resolved(self, found: Subject | None, topic: Subject | None, folded: str) -> Subject | None:
        """A bare noun (the company) or a pronoun means the topic, where that is of its kind; all the city means the
        town."""
        town = self._areas.resolve(found.name, folded) if found is not None and found.mention is None else None
        if town is not None:
            return Subject(town)
        if found is None or topic is None:
            return found
        if found.mention is None and found.name in self._generic:
            return topic
        pronoun = found.mention is not None and "resolved_pronoun" in found.mention.flags
        same = found.mention is not None and topic.mention is not None and found.mention.label == topic.mention.label
        return topic if pronoun and same else found

    def _words(self, document: Document, sentence: Span, quantities: list[Quantity]) -> list[Word]:
        times = [t for t in document.times if sentence.start <= t.start < sentence.end]
        mentions = [m for m in document.mentions if sentence.start <= m.start < sentence.end]
        return read_words(document.tokens(sentence), quantities, times, mentions, self._cues)

    def _claim(
        self,
        document: Document,
        sentence: Span,
        words: Sequence[Word],
        at: int,
        links: _Links,
    ) -> Claim:
        quantity = words[at].quantity
        assert quantity is not None
        role, metric, subject = links.role, links.metric, links.subject
        time = time_of(words, at)
        flags = [*quantity.flags, *(time.flags if time else ())]
        if metric is not None and metric.inherited:
            flags.append("metric_inherited")
        return Claim(
            quantity=quantity,
            sentence=sentence,
            role=role.role,
            direction=role.direction,
            basis=role.basis,
            basis_text=role.basis_text,
            per=self._per_of(words, at),
            metric=metric.text if metric else None,
            metric_span=metric.span if metric else None,
            metric_key=metric_key(metric.text, self._tails) if metric else None,
            subject=subject.name if subject else None,
            subject_mention=subject.mention if subject else None,
            time=time,
            status=links.status,
            source=source_of(words, at, document.folded, self._words_at(document), document.mentions),
            rule=quantity.rule,
            flags=tuple(flags),
        )

    def _per_of(self, words: Sequence[Word], at: int) -> str | None:
        for word in reversed(words[:at]):
            if word.clause != words[at].clause or word.quantity is not None:
                return None
            if word.text in self._per:
                return self._per[word.text]
        return None


def _carried(role: Role, claims: Sequence[Claim]) -> Role:
    """A change that does not say what it is compared with goes on with the year-on-year or month-on-month of the one
    before it."""
    if role.role != "change" or role.basis is not None:
        return role
    before = next((c for c in reversed(claims) if c.role == "change"), None)
    if before is None or before.basis not in ("yoy", "mom"):
        return role
    return replace(role, basis=before.basis, basis_text=before.basis_text)


def _title(document: Document) -> Span | None:
    title = document.article.title
    at = document.article.text.find(title) if title else -1
    return Span(at, at + len(title)) if title and at >= 0 else None


def _by_sentence(document: Document) -> dict[Span, list[Quantity]]:
    groups: dict[Span, list[Quantity]] = {}
    for quantity in document.quantities:
        groups.setdefault(document.sentence_of(quantity.start), []).append(quantity)
    return groups
