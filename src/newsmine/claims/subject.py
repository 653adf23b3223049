"""Whom or what a figure is about: candidates of its sentence, of what was told before, and of the whole article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsmine.claims.clausepatterns import ClausePattern, compile_patterns
from newsmine.claims.figure import Figure
from newsmine.claims.heads import Head
from newsmine.claims.lists import members
from newsmine.claims.profile import between, profile, size
from newsmine.claims.ranking import Candidate, Ranker
from newsmine.claims.sentence import Item, is_content
from newsmine.claims.story import OWNERS, PEOPLE, Story, merged
from newsmine.claims.words import Word, span_of
from newsmine.packs import Patterns
from newsmine.types import Mention, Span

_RUNS_BEFORE, _RUNS_BEHIND = 9, 2
_LONGEST = 24
# How many names before its sentence are looked at.
_NAMES_BACK, _HEADS_BACK = 4, 3
# How many names before the figure are ranked by their nearness.
_NEAR = 25
NOBODY = ""

NEARBY, HEAD, LISTED, NAMED, TOPIC, PART, OPEN = ("nearby", "head", "listed", "named", "topic", "part", "open")


class SubjectFinder:
    """Proposes the subjects of a figure and chooses one, or none where the text leaves it open."""

    def __init__(self, patterns: Patterns) -> None:
        entries = patterns.stage("link")
        self.ranker = Ranker(patterns, "subject")
        self._patterns = compile_patterns(entries, "subject")
        self._ids = {
            str(e.get("mechanism")): e.id for e in entries if e.get("slot") == "subject" and e.get("mechanism")
        }
        self._person_metrics = frozenset(patterns.forms_of("cue.person_metric"))

    def candidates(self, figure: Figure, metric: Candidate | None, story: Story) -> list[Candidate]:
        """Everybody and everything that the figure could be about, nobody last; in a fixed order."""
        found = merged(
            [
                *self._head(figure, story),
                *self._runs(figure, metric, story),
                *self._listed(figure),
                *self._part_of_metric(figure, metric),
                *self._named_before(figure, story),
                *self._topics(story),
            ]
        )
        person = metric is not None and metric.text in self._person_metrics
        ranks = _ranks(figure, story)
        found.append(Candidate(NOBODY, None, self._ids[OPEN], ("open",)))
        return [
            replace(
                c,
                features=tuple(
                    _crossed((*c.features, *_known(c, figure, metric, story), *_ranked(c, ranks)), figure, person)
                ),
            )
            for c in found
        ]

    def _runs(self, figure: Figure, metric: Candidate | None, story: Story) -> Iterator[Candidate]:
        """Names and heads of noun phrases in the sentence."""
        runs, words, at = figure.sentence.runs, figure.sentence.words, figure.at
        before = [r for r in runs if r.end <= at][-_RUNS_BEFORE:]
        behind = [r for r in runs if r.first > at and words[r.first].clause == words[at].clause][:_RUNS_BEHIND]
        proposed: dict[int, list[ClausePattern]] = {}
        for pattern in self._patterns:
            for item in pattern.proposes(figure.code, figure.offsets, figure.sentence):
                proposed.setdefault(item.first, []).append(pattern)
        for n, run in enumerate(reversed(before)):
            yield from self._stretches(figure, run, f"b{min(n, 5)}", proposed.get(run.first, ()), story)
        for n, run in enumerate(behind):
            yield from self._stretches(figure, run, f"a{n}", proposed.get(run.first, ()), story)

    def _stretches(
        self, figure: Figure, run: Item, place: str, patterns: Sequence[ClausePattern], story: Story
    ) -> Iterator[Candidate]:
        words = figure.sentence.words
        shared = [*_place_features(figure, run, place), *(f"pattern:{p.id}" for p in patterns)]
        rule = patterns[0].id if patterns else self._ids[NEARBY]
        for first, end in _seams(words, run):
            word = words[end - 1]
            mention = word.mention if end - first == 1 else None
            text = mention.name if mention is not None else figure.text(span_of(words[first:end]))
            if len(text) > _LONGEST or len(text) < 2:
                continue
            span = span_of(words[first:end])
            features = (*shared, *_phrase_features(figure, run, first, end))
            yield Candidate(text, span, rule, features, mention=mention)
            town = story.resolve(text) if mention is None else None
            if town is not None:
                yield Candidate(town, span, rule, (*features, "resolved_area"))

    def _head(self, figure: Figure, story: Story) -> Iterator[Candidate]:
        """The grammatical subject of the clause, and the subjects of the sentences before."""
        head, words = figure.head, figure.sentence.words
        if figure.speaker is not None:
            first = any(w.has("first_person") for w in words[: figure.at] if w.clause == words[figure.at].clause)
            yield Candidate(figure.speaker, None, self._ids[HEAD], ("speaker", f"speaker_first:{first}"))
        if head is not None and words[head.first].has("pronoun"):
            yield from self._pronoun(head, words[head.first].start, story)
        elif head is not None and not words[head.first].has("first_person"):
            yield from self._of_clause(figure, head)
        for n, (name, mention) in enumerate(reversed(story.heads[-_HEADS_BACK:])):
            kind = mention.label if mention is not None else "np"
            own = figure.head is not None
            features = (f"head_before:{n}", f"head_before:{n}|{kind}", f"head_before:{n}|{own}|{kind}")
            yield Candidate(name, None, self._ids[HEAD], features, mention=mention)

    def _pronoun(self, head: Head, start: int, story: Story) -> Iterator[Candidate]:
        """The person named last, where the subject is a pronoun."""
        person = next((m for m in reversed(story.mentions) if m.end <= start and m.label in PEOPLE), None)
        if person is not None:
            features = ("head_pronoun", f"head_pronoun:{min(head.handed, 2)}")
            yield Candidate(person.name, None, self._ids[HEAD], features, mention=person)

    def _of_clause(self, figure: Figure, head: Head) -> Iterator[Candidate]:
        words = figure.sentence.words
        span = span_of(words[head.first : head.end])
        last = words[head.end - 1]
        kind = last.mention.label if last.mention is not None else profile(last)
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
        shared = members(figure.sentence.words, figure.at)
        if shared is None:
            return
        parts, mine = shared
        own = [w for w in parts[mine] if not w.punct]
        if own and all(w.quantity is None for w in own):
            name = own[0].mention.name if own[0].mention is not None else figure.text(span_of(own))
            kind = own[0].mention.label if own[0].mention is not None else "np"
            yield Candidate(
                name, span_of(own), self._ids[LISTED], ("listed", f"listed:{kind}"), mention=own[0].mention, local=True
            )

    def _part_of_metric(self, figure: Figure, metric: Candidate | None) -> Iterator[Candidate]:
        """The metric itself, and what stands before its last word: raw coal, of raw coal output."""
        if metric is None or metric.span is None:
            return
        words = figure.sentence.words
        inside = [w for w in words if metric.span.start <= w.start and w.end <= metric.span.end and w.text.isalnum()]
        if not inside:
            return
        yield Candidate(
            metric.text, metric.span, self._ids[PART], ("metric_self", f"metric_self:{profile(inside[-1])}")
        )
        if len(inside) > 1 and is_content(inside[-2]):
            owner = span_of(inside[:-1])
            head = inside[-2]
            owned = ("metric_owner", f"metric_owner:{profile(head)}|{profile(inside[-1])}")
            yield Candidate(figure.text(owner), owner, self._ids[PART], owned)

    def _named_before(self, figure: Figure, story: Story) -> Iterator[Candidate]:
        """The names that stand before the sentence, nearest first, and those that head the sentences."""
        start = figure.sentence.span.start
        before = [m for m in story.mentions if m.end <= start]
        seen: set[str] = set()
        for mention in reversed(before):
            if mention.name in seen or mention.label == "PROCEDURE":
                continue
            nth = len(seen)
            seen.add(mention.name)
            breaks = story.folded.count("\n", mention.end, start)
            features = (
                f"named:{nth}",
                f"named_label:{mention.label}|{nth}",
                f"named_breaks:{min(breaks, 2)}",
                f"named_breaks:{min(breaks, 2)}|{nth}",
                f"named:{_opens_sentence(story.folded, mention)}|{min(breaks, 2)}",
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


def _seams(words: Sequence[Word], run: Item) -> Iterator[tuple[int, int]]:
    """The stretches of a run that can name something: names, and phrases between its seams."""
    starts = [run.first]
    ends = []
    for n in range(run.first, run.end):
        if words[n].mention is not None:
            yield n, n + 1
        if n > run.first and not is_content(words[n - 1]) and is_content(words[n]):
            starts.append(n)
        if is_content(words[n]) and (
            n + 1 == run.end
            or not is_content(words[n + 1])
            or words[n + 1].tag.startswith(("v", "d"))
            or words[n + 1].has("head", "stop", "verbnoun")
            or words[n].has("person")
        ):
            ends.append(n + 1)
    if words[run.end - 1].has("person") or words[run.end - 1].tag.startswith("n"):
        starts.append(run.end - 1)
    for first in starts:
        for end in ends:
            if first < end and not (end - first == 1 and words[first].mention is not None):
                yield first, end


def _place_features(figure: Figure, run: Item, place: str) -> list[str]:
    sentence, at = figure.sentence, figure.at
    relation = sentence.relation(run.end - 1 if run.end <= at else run.first, at)
    gap = between(figure, run)
    left = words_left(sentence.words, run.first)
    return [
        f"place:{place}",
        f"rel:{relation}",
        f"rel:{relation}|{place}",
        *(f"gap:{g}|{place[0]}" for g in gap),
        *([f"parallel:{place}"] if sentence.parallel(at) else []),
        f"run_left:{left}|{place[0]}",
        f"run_left:{left}|{relation}",
    ]


def words_left(words: Sequence[Word], first: int) -> str:
    """What stands before a run, dates and adverbs passed over."""
    n = first - 1
    while n >= 0 and (words[n].time is not None or words[n].has("adverb")) and words[n].clause == words[first].clause:
        n -= 1
    return profile(words[n] if n >= 0 else None)


def _phrase_features(figure: Figure, run: Item, first: int, end: int) -> list[str]:
    words = figure.sentence.words
    head = words[end - 1]
    left = words[first - 1] if first else None
    right = words[end] if end < len(words) else None
    side = "b" if end <= figure.at else "a"
    own = head.mention.label if end - first == 1 and head.mention is not None else "np"
    heads = _heads_clause(words, first)
    relation = figure.sentence.relation(first, figure.at)
    later = [w for w in words[end : end + 3] if w.clause == head.clause]
    features = [
        f"own:{own}|{side}",
        f"own:{own}|{relation}",
        f"heads:{heads}|{relation}",
        f"own:{own}|heads:{heads}|{relation}",
        f"open:{profile(words[first])}|{own}",
        f"words:{min(end - first, 5)}|{own}",
        f"chars:{size(words[first:end])}|{own}",
        f"tail:{head.text[-1]}",
        f"cut_left:{first > run.first}|{own}",
        f"cut_right:{end < run.end}|{own}",
        f"word:{head.text}|{own}",
    ]
    for place, word in (("head", head), ("left", left), ("right", right)):
        features += [f"{place}:{profile(word)}|{side}", f"{place}:{profile(word)}|{own}"]
    if any(w.has("saying", "showing") for w in later):
        features.append(f"says:{own}")
    if first == 0:
        features.append(f"heads_sentence:{own}")
    return features + sorted(_inside(words[first:end], own))


def _inside(words: Sequence[Word], own: str) -> set[str]:
    """What the words of a phrase, but for its head, bring with them."""
    found = set()
    for word in words[:-1]:
        if word.has("particle", "joins"):
            found.add(f"has:{'particle' if word.has('particle') else 'join'}|{own}")
        if word.mention is not None:
            found.add(f"has_name:{word.mention.label}")
        if word.has("stop"):
            found.add("has:stop")
    return found | {f"has:{w.tag}|{own}" for w in words if w.tag in ("v", "d", "r", "m") and w.mention is None}


def _heads_clause(words: Sequence[Word], first: int) -> bool:
    """Whether nothing but dates, adverbs, conjunctions and marks stands before words[first] in its clause."""
    for word in reversed(words[:first]):
        if word.clause != words[first].clause:
            break
        if not (word.punct or word.time is not None or word.has("adverb", "opening") or word.tag in ("c", "d")):
            return False
    return True


def _opens_sentence(folded: str, mention: Mention) -> bool:
    return mention.start == 0 or folded[mention.start - 1] in "\n。！？；“「"


def _known(candidate: Candidate, figure: Figure, metric: Candidate | None, story: Story) -> Iterator[str]:
    """What is true of a candidate wherever it comes from."""
    text = candidate.text
    if text == NOBODY:
        yield f"open:{min(len(story.topics), 2)}"
        return
    label = candidate.mention.label if candidate.mention is not None else "np"
    count = story.count(text)
    bucket = count if count < 3 else 3 if count < 6 else 6 if count < 12 else 12
    yield f"label:{label}"
    yield f"count:{bucket}|{label}"
    if candidate.mention is None:
        rare = story.frequency(text)
        yield f"term:{len(str(rare)) if rare else 0}|{bucket}"
        yield f"text:{text}"
    if story.in_title(text):
        yield f"in_title|{label}"
    if any(t.name == text for t in story.topics[:3]):
        yield f"is_topic|{label}"
    head = figure.head
    if head is not None and text == figure.text(span_of(figure.sentence.words[head.first : head.end])):
        yield f"is_head:{min(head.handed, 2)}|{label}"
    if story.heads and story.heads[-1][0] == text:
        yield f"is_head_before|{label}"
    if metric is not None:
        if metric.text == text:
            yield f"is_metric|{label}"
        elif candidate.span is not None and metric.span is not None:
            yield f"metric:{_side(candidate.span, metric.span)}|{label}"
            if candidate.span.end == metric.span.start:
                yield f"metric_next|{label}"
        yield f"metric_share:{metric.share}|{label}"
        yield f"metric_tail:{metric.text[-1]}|{label}"
    if candidate.mention is not None and "resolved_pronoun" in candidate.mention.flags:
        yield "pronoun"


def _ranks(figure: Figure, story: Story) -> dict[str, dict[str, int]]:
    """For every sort of name the names before the figure, nearest first: which is the nearest hospital, the nearest
    owner that heads its clause, the nearest person."""
    start = figure.sentence.span.start
    words = figure.sentence.words
    near: list[tuple[str, str, bool]] = []
    for n in range(figure.at - 1, -1, -1):
        mention = words[n].mention
        if mention is not None:
            near.append((mention.label, mention.name, _heads_clause(words, n)))
    for mention in reversed(story.mentions):
        if mention.end <= start:
            near.append((mention.label, mention.name, _opens_sentence(story.folded, mention)))
        if len(near) > _NEAR:
            break
    ranks: dict[str, dict[str, int]] = {}
    for label, name, heads in near:
        sorts = [label, *(["owner"] if label in OWNERS else []), *(["people"] if label in PEOPLE else [])]
        for sort in [*sorts, *(f"{s}_head" for s in sorts if heads)]:
            places = ranks.setdefault(sort, {})
            places.setdefault(name, len(places))
    return ranks


def _ranked(candidate: Candidate, ranks: dict[str, dict[str, int]]) -> Iterator[str]:
    for sort, places in ranks.items():
        if candidate.text in places:
            yield f"rank:{sort}:{min(places[candidate.text], 3)}"


def _side(span: Span, metric: Span) -> str:
    if span.start < metric.end and metric.start < span.end:
        if span.start <= metric.start and metric.end <= span.end:
            return "holds"
        return "inside" if metric.start <= span.start and span.end <= metric.end else "over"
    return "before" if span.end <= metric.start else "behind"


def _crossed(features: Sequence[str], figure: Figure, person: bool) -> Iterator[str]:
    """The features, and again those that mean something else for an age than for a sum."""
    for f in features:
        yield f
        if person:
            yield f"person/{f}"
        if f.startswith(("label", "own", "rank")):
            yield f"{figure.unit_group}/{f}"
