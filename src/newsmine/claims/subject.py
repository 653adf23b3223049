"""Whom or what a figure is about: candidates of its sentence, of what was told before, and of the whole article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsmine.claims.clausepatterns import ClausePattern, compile_patterns, mechanism_ids, proposals
from newsmine.claims.figure import Figure
from newsmine.claims.heads import Head
from newsmine.claims.lists import member_name, members, owns, told_before
from newsmine.claims.ranking import Candidate, Condition, Ranker, Traits
from newsmine.claims.sentence import Item, Phrase
from newsmine.claims.story import Story, merged
from newsmine.claims.subjectfeatures import (
    NOBODY,
    Known,
    conditions,
    opens_sentence,
    phrase_features,
    place_features,
    relation_features,
)
from newsmine.claims.surroundings import name_of
from newsmine.claims.words import Word, span_of
from newsmine.packs import Patterns
from newsmine.types import OWNERS, PEOPLE, Mention, Span

_RUNS_BEFORE, _RUNS_BEHIND = 9, 2
_LONGEST = 24
# How many names before its sentence are looked at.
_NAMES_BACK, _HEADS_BACK = 4, 3
# What they, the plural pronoun, can stand for.
_BODIES = ("ORG", "HOSPITAL", "DEPARTMENT", "GROUP")

NEARBY, HEAD, LISTED, NAMED, TOPIC, PART, OPEN = ("nearby", "head", "listed", "named", "topic", "part", "open")


class SubjectFinder:
    """Proposes the subjects of a figure and chooses one, or none where the text leaves it open."""

    def __init__(self, patterns: Patterns) -> None:
        entries = patterns.stage("link")
        self.ranker = Ranker(patterns, "subject", latest=True)
        self._patterns = compile_patterns(entries, "subject")
        self._ids = mechanism_ids(entries, "subject")
        self._person_metrics = frozenset(patterns.forms_of("cue.person_metric"))
        self._agencies = frozenset(patterns.forms_of("cue.nation_agency"))
        self._counting = frozenset(patterns.forms_of("cue.counting_agency"))

    def candidates(self, figure: Figure, metric: Candidate | None, story: Story) -> list[Candidate]:
        """Everybody and everything that the figure could be about, nobody last; in a fixed order."""
        found = merged(
            [
                *self._head(figure, story),
                *self._runs(figure, story),
                *self._listed(figure),
                *self._part_of_metric(figure, metric),
                *self._named_before(figure, story),
                *self._topics(story),
            ]
        )
        found = self._able(found, figure, metric)
        found.append(Candidate(NOBODY, None, self._ids[OPEN], ("open",)))
        known = Known(figure, metric, story)
        for candidate in found:
            known.tell(candidate)
        return found

    def _able(self, found: list[Candidate], figure: Figure, metric: Candidate | None) -> list[Candidate]:
        """Without those that cannot be meant: anybody else beside a list that shares the figures out or a person whom a
        pattern is sure of, places and bodies for an age or a weight, an agency of the state that says how others
        fare."""
        shared_out = [c for c in found if c.sure and "listed" in c.own]
        if shared_out:
            return shared_out
        if metric is not None and metric.text in self._person_metrics:
            found = [c for c in found if c.mention is None or c.mention.label not in OWNERS]
            named = [c for c in found if c.sure and c.mention is not None and c.mention.label in PEOPLE]
            found = named or found
        return [c for c in found if not self._only_reports(c, figure)]

    def _only_reports(self, candidate: Candidate, figure: Figure) -> bool:
        """Whether a candidate is a body that counts what others do, or an agency that is told to say so here."""
        name = candidate.mention.name if candidate.mention is not None else candidate.text
        return name in self._counting or (candidate.text == figure.speaker and candidate.text in self._agencies)

    def conditions(self, figure: Figure, metric: Candidate | None) -> tuple[Condition, ...]:
        return conditions(figure, metric is not None and metric.text in self._person_metrics)

    def _runs(self, figure: Figure, story: Story) -> Iterator[Candidate]:
        """Names and heads of noun phrases in the sentence."""
        runs, words, at = figure.sentence.runs, figure.sentence.words, figure.at
        before = [r for r in runs if r.end <= at][-_RUNS_BEFORE:]
        behind = [r for r in runs if r.first > at and words[r.first].clause == words[at].clause][:_RUNS_BEHIND]
        proposed = proposals(self._patterns, figure)
        for n, run in enumerate(reversed(before)):
            yield from self._stretches(figure, run, f"b{min(n, 5)}", proposed.get(run.first, ()), story)
        for n, run in enumerate(behind):
            yield from self._stretches(figure, run, f"a{n}", proposed.get(run.first, ()), story)

    def _stretches(
        self, figure: Figure, run: Item, place: str, patterns: Sequence[ClausePattern], story: Story
    ) -> Iterator[Candidate]:
        words = figure.sentence.words
        shared = (*place_features(figure, run, place), *(f"pattern:{p.id}" for p in patterns))
        rule = patterns[0].id if patterns else self._ids[NEARBY]
        sure = any(p.sure and p.decides == "person" for p in patterns)
        named = any(p.sure and p.decides == "name" for p in patterns)
        ended = any(p.sure and p.decides == "last" for p in patterns)
        for phrase in _phrases(figure, run):
            if _locates(words, phrase):
                continue
            own = shared + relation_features(figure, phrase)
            traits = (phrase.traits,)
            decides = sure and _is_person(words[phrase.end - 1]) and (phrase.end == run.end or phrase.first > figure.at)
            decides |= named and phrase.first == run.first and _can_own(phrase.mention)
            decides |= ended and phrase.end == run.end and phrase.mention is not None
            decides |= _can_own(phrase.mention) and _helped(words, phrase.first, figure.at)
            yield Candidate(phrase.text, phrase.span, rule, own, traits, decides, phrase.mention)
            town = story.resolve(phrase.text) if phrase.mention is None else None
            if town is not None:
                yield Candidate(town, phrase.span, rule, (*own, "resolved_area"), traits)

    def _head(self, figure: Figure, story: Story) -> Iterator[Candidate]:
        """The grammatical subject of the clause, and the subjects of the sentences before."""
        head, words = figure.head, figure.sentence.words
        if figure.speaker is not None:
            first = any(w.has("first_person") for w in words[: figure.at] if w.clause == words[figure.at].clause)
            yield Candidate(figure.speaker, None, self._ids[HEAD], ("speaker", f"speaker_first:{first}"))
        if head is not None and words[head.first].has("pronoun"):
            yield from self._pronoun(head, words[head.first], story)
        elif head is not None and not words[head.first].has("first_person"):
            yield from self._of_clause(figure, head)
        for n, (name, mention) in enumerate(reversed(story.heads[-_HEADS_BACK:])):
            kind = mention.label if mention is not None else "np"
            own = figure.head is not None
            features = (f"head_before:{n}", f"head_before:{n}|{kind}", f"head_before:{n}|{own}|{kind}")
            yield Candidate(name, None, self._ids[HEAD], features, mention=mention)

    def _pronoun(self, head: Head, pronoun: Word, story: Story) -> Iterator[Candidate]:
        """The person named last, where the subject is a pronoun; the body or the group, where it is a plural one."""
        plural = pronoun.has("plural")
        meant = _BODIES if plural else PEOPLE
        named = next((m for m in reversed(story.before(pronoun.start)) if m.label in meant), None)
        if named is not None:
            kind = "head_plural" if plural else "head_pronoun"
            features = (kind, f"{kind}:{min(head.handed, 2)}")
            yield Candidate(named.name, None, self._ids[HEAD], features, mention=named)

    def _of_clause(self, figure: Figure, head: Head) -> Iterator[Candidate]:
        words = figure.sentence.words
        span = span_of(words[head.first : head.end])
        last = words[head.end - 1]
        kind = last.mention.label if last.mention is not None else name_of(last)
        handed = min(head.handed, 2)
        alone = head.end - head.first == 1
        for name, mention, part in _named_head(figure, words, head.first, head.end):
            features = (
                "head_of_clause",
                f"head_of_clause:{handed}|{part}",
                f"head_of_clause:{kind}|{part}",
                f"head_of_clause:{kind}|{handed}|{part}|{alone}",
            )
            yield Candidate(name, span, self._ids[HEAD], features, mention=mention)

    def _listed(self, figure: Figure) -> Iterator[Candidate]:
        """The member of a list that the figure is shared out to: nothing outweighs it."""
        told = told_before(figure)
        if told is not None and told.subject is not None and told.subject.text:
            yield Candidate(
                told.subject.text, None, self._ids[LISTED], ("listed",), sure=True, mention=told.subject.mention
            )
        shared = members(figure.sentence.words, figure.at)
        own = [w for w in member_name(*shared) if not w.punct] if shared is not None else []
        if shared is None or not own or any(w.quantity is not None for w in own):
            return
        mention = own[0].mention if len(own) == 1 else None
        span = span_of(own)
        name = mention.name if mention is not None else figure.text(span)
        features = ("listed", f"listed:{mention.label if mention is not None else 'np'}")
        yield Candidate(name, span, self._ids[LISTED], features, sure=owns(*shared), mention=mention)

    def _part_of_metric(self, figure: Figure, metric: Candidate | None) -> Iterator[Candidate]:
        """The metric itself, and what stands before its last word: raw coal, of raw coal output."""
        if metric is None or metric.span is None:
            return
        words = figure.sentence.words
        inside = [w for w in words if metric.span.start <= w.start and w.end <= metric.span.end and w.text.isalnum()]
        if not inside:
            return
        yield Candidate(
            metric.text, metric.span, self._ids[PART], ("metric_self", f"metric_self:{name_of(inside[-1])}")
        )
        if len(inside) > 1 and inside[-2].content:
            owner = span_of(inside[:-1])
            head = inside[-2]
            owned = ("metric_owner", f"metric_owner:{name_of(head)}|{name_of(inside[-1])}")
            yield Candidate(figure.text(owner), owner, self._ids[PART], owned)

    def _named_before(self, figure: Figure, story: Story) -> Iterator[Candidate]:
        """The names that stand before the sentence, nearest first, and those that head the sentences."""
        start = figure.sentence.span.start
        before = story.before(start)
        seen: set[str] = set()
        for mention in reversed(before):
            if mention.name in seen or mention.label == "PROCEDURE":
                continue
            nth = len(seen)
            seen.add(mention.name)
            far = min(story.lines_between(mention.end, start), 2)
            features = (
                f"named:{nth}",
                f"named_label:{mention.label}|{nth}",
                f"named_breaks:{far}",
                f"named_breaks:{far}|{nth}",
                f"named:{opens_sentence(story.folded, mention)}|{far}",
            )
            yield Candidate(mention.name, None, self._ids[NAMED], features, mention=mention)
            if len(seen) == _NAMES_BACK:
                break
        person = next((m for m in reversed(before) if m.label in PEOPLE), None)
        if person is not None:
            yield Candidate(person.name, None, self._ids[NAMED], ("last_person",), mention=person)

    def _topics(self, story: Story) -> Iterator[Candidate]:
        for topic in story.topics:
            label = topic.mention.label if topic.mention is not None else "np"
            features = (f"topic:{topic.why}", f"topic:{topic.why}|{label}")
            yield Candidate(topic.name, None, self._ids[TOPIC], features, mention=topic.mention)


def _phrases(figure: Figure, run: Item) -> list[Phrase]:
    """The phrases of a run that name somebody or something, with their features."""
    side = "b" if run.end <= figure.at else "a"
    sentence = figure.sentence
    key = ("subject", run.first, side)
    if key not in sentence.phrases:
        words, found = sentence.words, []
        for first, end in _seams(words, run):
            mention = words[end - 1].mention if end - first == 1 else None
            span = Span(words[first].start, words[end - 1].end)
            text = mention.name if mention is not None else figure.text(span)
            if 2 <= len(text) <= _LONGEST:
                traits = Traits(phrase_features(words, run, first, end, side))
                found.append(Phrase(first, end, span, text, mention, traits))
        sentence.phrases[key] = found
    return sentence.phrases[key]


def _named_head(
    figure: Figure, words: Sequence[Word], first: int, end: int
) -> Iterator[tuple[str, Mention | None, str]]:
    """The names that a subject phrase can be given: the whole of it, and a name that opens or ends it."""
    opener, last = words[first].mention, words[end - 1].mention
    if end - first == 1 and opener is not None:
        yield opener.name, opener, "name"
        return
    yield figure.text(span_of(words[first:end])), None, "whole"
    if opener is not None:
        yield opener.name, opener, "opens"
    if last is not None:
        yield last.name, last, "ends"


def _can_own(mention: Mention | None) -> bool:
    """Whether a name is one of a body, a place or a person."""
    return mention is not None and mention.label in (*OWNERS, *PEOPLE)


def _locates(words: Sequence[Word], phrase: Phrase) -> bool:
    """Whether a place only says where something is (the home for the aged that lies in Long Bridge)."""
    if phrase.mention is None or phrase.mention.label != "PLACE" or not 0 < phrase.first < phrase.end < len(words):
        return False
    return words[phrase.first - 1].has("situated") and words[phrase.end].has("particle")


def _helped(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether a name stands right behind a verb of helping or letting, in the figure's clause: what the clause tells
    is then that one's (helps the county hospital do 30 operations)."""
    if not 0 < first < at or not words[first - 1].has("helps") or words[first].clause != words[at].clause:
        return False
    return all(w.quantity is None and not w.has("particle") for w in words[first:at])


def _is_person(word: Word) -> bool:
    """Whether a word names or describes somebody."""
    if word.mention is not None:
        return word.mention.label in (*PEOPLE, "GROUP")
    return word.has("person") or word.tag.startswith("nr") or (not word.tag and word.text.isalpha())


def _seams(words: Sequence[Word], run: Item) -> Iterator[tuple[int, int]]:
    """The stretches of a run that can name something: names, and phrases between its seams."""
    starts = [run.first]
    ends = []
    for n in range(run.first, run.end):
        if words[n].mention is not None:
            yield n, n + 1
        if n > run.first and not words[n - 1].content and words[n].content:
            starts.append(n)
        if words[n].content and (
            n + 1 == run.end
            or not words[n + 1].content
            or words[n + 1].tag.startswith(("v", "d"))
            or words[n + 1].has("head", "stop", "verbnoun")
            or words[n].has("person")
        ):
            ends.append(n + 1)
    if words[run.end - 1].has("person") or words[run.end - 1].tag[:1] in ("n", ""):
        starts.append(run.end - 1)
    for first in starts:
        for end in ends:
            if first < end and not (end - first == 1 and words[first].mention is not None):
                yield first, end
