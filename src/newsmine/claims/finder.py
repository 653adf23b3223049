"""Puts a claim together: for every quantity its role, metric, subject, time, status and source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from newsmine.claims.basis import basis_of
from newsmine.claims.context import time_of
from newsmine.claims.figure import Figure, Linked
from newsmine.claims.heads import Head, clause_heads
from newsmine.claims.metric import MetricFinder, conditions
from newsmine.claims.ranking import Candidate, Condition, Ranker
from newsmine.claims.role import Role, role_of
from newsmine.claims.sentence import Sentence
from newsmine.claims.sources import Sources, WordsOf
from newsmine.claims.status import status_of
from newsmine.claims.story import Story, topics_of
from newsmine.claims.subject import SubjectFinder
from newsmine.claims.topic import Areas, title_head
from newsmine.claims.words import CueIndex, Word, read_words
from newsmine.document import Document
from newsmine.packs import Patterns
from newsmine.types import Claim, Mention, Quantity, Span

# Called with every figure, its candidates for a slot, the one chosen, and the conditions that they were weighed under:
# `--explain` and `patterns learn` look on.
Watch = Callable[[str, Figure, Sequence[Candidate], Candidate | None, tuple[Condition, ...]], None]


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence that is read for its claims or for the one behind it, with the subjects of its clauses."""

    number: int
    paragraph: int
    sentence: Sentence
    heads: Mapping[int, Head]
    told: list[tuple[str, Mention | None]]


class ClaimFinder:
    """Links the quantities of a document; one claim each, but for those inside names."""

    def __init__(self, patterns: Patterns) -> None:
        self._cues = CueIndex(patterns)
        self.metrics = MetricFinder(patterns)
        self.subjects = SubjectFinder(patterns)
        self._homes = {
            e.id.rsplit("_", 1)[-1].upper(): e.forms for e in patterns.stage("cue") if "home" in e.get("class")
        }
        self._areas = Areas(patterns.forms_of("cue.area"), patterns.compiled("{town}"))
        self._doubling = frozenset(e.id for e in patterns.stage("unit") if e.get("role") == "to")
        self._tails = patterns.forms_of("cue.tail")
        self._per = {
            f: e.id.rsplit(".", 1)[-1].removeprefix("per_")
            for e in patterns.stage("cue")
            if "per" in e.get("class")
            for f in e.forms
        }

    @property
    def rankers(self) -> tuple[Ranker, ...]:
        return (self.metrics.ranker, self.subjects.ranker)

    def find(self, document: Document, watch: Watch | None = None) -> list[Claim]:
        """The claims of a document in order."""
        read = list(self._read(document))
        story = self._story(document, [name for r in read for name, _ in r.told])
        sources = Sources(document.folded, self._words_at(document), document.mentions)
        claims: list[Claim] = []
        linked: list[Linked] = []
        for told in read:
            before: list[Role] = []
            for at in told.sentence.figures:
                figure = self._figure(document, sources, told, at, before, linked)
                before.append(figure.role)
                metric = self._metric_of(figure, watch)
                subject = self._subject_of(figure, metric, story, watch)
                linked.append(self._linked(figure, metric, subject, linked))
                claims.append(self._claim(document, figure, linked[-1], subject if subject and subject.text else None))
            story.heads += told.told[:1]
        return claims

    def _metric_of(self, figure: Figure, watch: Watch | None) -> Candidate | None:
        told_of = conditions(figure)
        weighing = self.metrics.ranker.weighing(told_of)
        candidates = self.metrics.candidates(figure, weighing if watch is None else None)
        chosen = self.metrics.ranker.choose(candidates, weighing)
        if watch is not None:
            watch("metric", figure, candidates, chosen, told_of)
        return chosen

    def _subject_of(
        self, figure: Figure, metric: Candidate | None, story: Story, watch: Watch | None
    ) -> Candidate | None:
        told_of = self.subjects.conditions(figure, metric)
        candidates = self.subjects.candidates(figure, metric, story)
        chosen = self.subjects.ranker.choose(candidates, self.subjects.ranker.weighing(told_of))
        if watch is not None:
            watch("subject", figure, candidates, chosen, told_of)
        return chosen

    def _read(self, document: Document) -> Iterator[_Told]:
        """The sentences with figures and those right before them."""
        figures = _by_sentence(document)
        sentences = document.sentences
        paragraph = last = 0
        for number, span in enumerate(sentences):
            paragraph += "\n" in document.folded[last : span.start]
            last = span.end
            if span in figures or (number + 1 < len(sentences) and sentences[number + 1] in figures):
                sentence = Sentence(span, self._words(document, span, figures.get(span, [])))
                heads = clause_heads(sentence)
                yield _Told(number, paragraph, sentence, heads, _names_of(sentence, heads, document.folded))

    def _figure(
        self,
        document: Document,
        sources: Sources,
        told: _Told,
        at: int,
        before: Sequence[Role],
        linked: Sequence[Linked],
    ) -> Figure:
        words = told.sentence.words
        quantity = words[at].quantity
        assert quantity is not None
        role = _carried(self._role(words, at, document), before)
        speaker = sources.of(words, at)
        return Figure(
            told.sentence,
            at,
            quantity,
            role,
            document.folded,
            told.number,
            told.paragraph,
            tuple(linked),
            told.heads,
            speaker,
        )

    @staticmethod
    def _linked(
        figure: Figure, metric: Candidate | None, subject: Candidate | None, linked: Sequence[Linked]
    ) -> Linked:
        told = [p for p in linked[-2:] if p.sentence == figure.number and p.role.role != "from"]
        earlier = told[-1].status if told else "actual"
        status = status_of(figure.sentence.words, figure.at, figure.role.role, earlier)
        return Linked(figure.quantity, figure.at, figure.number, figure.paragraph, figure.role, metric, subject, status)

    def _role(self, words: Sequence[Word], at: int, document: Document) -> Role:
        quantity = words[at].quantity
        assert quantity is not None
        if quantity.rule in self._doubling:
            return Role("to", "up", *basis_of(words, at, document.folded))
        return role_of(words, at, document.folded)

    def _story(self, document: Document, heads: Sequence[str]) -> Story:
        title = _title(document)
        head = None
        if title is not None:
            head = title_head(self._words(document, document.sentence_of(title.start), []), document.folded)
        home = self._home(document)
        return Story(
            document.folded,
            document.mentions,
            title,
            topics_of(head, document.mentions, title, document.article.host, home, heads),
            lambda word: self._areas.resolve(word, document.folded),
            document.frequency,
        )

    def _home(self, document: Document) -> str | None:
        """What the article calls the country or region that it is about; None where it never names it."""
        counts = {name: document.folded.count(name) for name in self._homes.get(document.currency, ())}
        home = max(counts, key=lambda name: counts[name], default=None)
        return home if home is not None and counts[home] else None

    def _words_at(self, document: Document) -> WordsOf:
        """The words of the sentence at a position, without its figures."""
        return lambda position: self._words(document, document.sentence_of(position), [])

    def _words(self, document: Document, sentence: Span, quantities: list[Quantity]) -> list[Word]:
        times = [t for t in document.times if sentence.start <= t.start < sentence.end]
        mentions = [m for m in document.mentions if sentence.start <= m.start < sentence.end]
        return read_words(document.tokens(sentence), quantities, times, mentions, self._cues)

    def _claim(self, document: Document, figure: Figure, link: Linked, subject: Candidate | None) -> Claim:
        words, at = figure.sentence.words, figure.at
        quantity, role, metric = figure.quantity, figure.role, link.metric
        time = time_of(words, at)
        flags = [*quantity.flags, *(time.flags if time else ())]
        if metric is not None and metric.inherited:
            flags.append("metric_inherited")
        return Claim(
            quantity=quantity,
            sentence=figure.sentence.span,
            role=role.role,
            direction=role.direction,
            basis=role.basis,
            basis_text=role.basis_text,
            per=self._per_of(words, at),
            metric=metric.text if metric else None,
            metric_span=metric.span if metric else None,
            metric_key=metric_key(metric.text, self._tails) if metric else None,
            subject=subject.text if subject else None,
            subject_mention=subject.mention if subject else None,
            time=time,
            status=link.status,
            source=figure.speaker,
            rule=metric.rule if metric else quantity.rule,
            flags=tuple(flags),
        )

    def _per_of(self, words: Sequence[Word], at: int) -> str | None:
        for word in reversed(words[:at]):
            if word.clause != words[at].clause or word.quantity is not None:
                return None
            if word.text in self._per:
                return self._per[word.text]
        return None


def _carried(role: Role, earlier: Sequence[Role]) -> Role:
    """A change that does not say what it is compared with goes on with the year-on-year or month-on-month of the one
    before it in its sentence."""
    if role.role != "change" or role.basis is not None:
        return role
    before = next((r for r in reversed(earlier) if r.role == "change"), None)
    if before is None or before.basis not in ("yoy", "mom"):
        return role
    return replace(role, basis=before.basis, basis_text=before.basis_text)


def _names_of(sentence: Sentence, heads: Mapping[int, Head], folded: str) -> list[tuple[str, Mention | None]]:
    """The grammatical subjects of a sentence's clauses, each once, pronouns left out."""
    names = []
    for head in heads.values():
        words = sentence.words[head.first : head.end]
        if head.handed == 0 and not words[0].has("pronoun", "first_person"):
            mention = words[0].mention if len(words) == 1 else None
            names.append((mention.name if mention else folded[words[0].start : words[-1].end], mention))
    return names


def _title(document: Document) -> Span | None:
    title = document.article.title
    at = document.article.text.find(title) if title else -1
    return Span(at, at + len(title)) if title and at >= 0 else None


def _by_sentence(document: Document) -> dict[Span, list[Quantity]]:
    groups: dict[Span, list[Quantity]] = {}
    for quantity in document.quantities:
        groups.setdefault(document.sentence_of(quantity.start), []).append(quantity)
    return groups


def metric_key(metric: str, tails: Sequence[str]) -> str:
    """The metric without the measure nouns at its end that do not change what is counted, for grouping."""
    for tail in tails:
        if len(metric) > len(tail) + 1 and metric.endswith(tail):
            return metric[: -len(tail)]
    return metric
