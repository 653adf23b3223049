"""What a figure counts or measures: candidates of the sentence, and what is true of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsmine.claims.clausepatterns import ClausePattern, compile_patterns, mechanism_ids, proposals
from newsmine.claims.figure import Figure, Linked
from newsmine.claims.lists import members, told_before
from newsmine.claims.ranking import Candidate, Condition, Ranker, Traits, Weighing
from newsmine.claims.sentence import Item, Phrase
from newsmine.claims.surroundings import between, name_of, size
from newsmine.claims.words import QUOTE_MARKS, Word, span_of
from newsmine.packs import Patterns
from newsmine.types import OWNERS, PEOPLE, Span

# How many runs before and behind a figure are looked at, and how far back.
_RUNS_BEFORE, _RUNS_BEHIND = 7, 3
_LONGEST_WORDS, _LONGEST_CHARS = 9, 28
_LONGEST_MEMBER = 7
# How many linked figures before it can hand their metric down.
_HANDED = 4

# Of these cue classes it matters whether a word inside a phrase has one.
_TOLD = frozenset(("stop", "head", "verbnoun", "person", "saying"))

NEARBY, LISTED, SHARE, HANDED, FIXED = ("nearby", "listed", "share", "handed", "fixed")


class MetricFinder:
    """Proposes the metrics of a figure and chooses one."""

    def __init__(self, patterns: Patterns) -> None:
        entries = patterns.stage("link")
        self.ranker = Ranker(patterns, "metric")
        self._patterns = compile_patterns(entries, "metric")
        self._ids = mechanism_ids(entries, "metric")
        units = patterns.stage("unit")
        self._fixed = {e.id: str(e.get("metric")) for e in units if e.get("metric")}
        self._nouns = {e.id for e in units if e.get("kind") == "count" and "bare" in e.get("needs", ())}

    def candidates(self, figure: Figure, weighing: Weighing | None = None) -> list[Candidate]:
        """All that the figure could count or measure, in a fixed order. With the weights that they will be chosen by,
        of each run only the phrase that can be chosen."""
        return [
            *self._of_unit(figure),
            *self._shared(figure),
            *self._listed(figure),
            *self._runs(figure, weighing),
            *self._handed(figure),
        ]

    def _of_unit(self, figure: Figure) -> Iterator[Candidate]:
        fixed = self._fixed.get(figure.quantity.rule)
        if fixed is not None:
            yield Candidate(fixed, None, self._ids[FIXED], ("fixed",), sure=True)
        elif figure.quantity.rule in self._nouns and len(figure.quantity.unit) > 1:
            # A noun that stands right behind its number (four ministries) is what is counted.
            yield Candidate(figure.quantity.unit, None, self._ids[FIXED], ("fixed",), sure=True)

    def _runs(self, figure: Figure, weighing: Weighing | None) -> Iterator[Candidate]:
        """The stretches of the runs around the figure."""
        runs, words = figure.sentence.runs, figure.sentence.words
        before = [r for r in runs if r.end <= figure.at][-_RUNS_BEFORE:]
        behind = [r for r in runs if r.first > figure.at and words[r.first].clause == words[figure.at].clause][
            :_RUNS_BEHIND
        ]
        proposed = proposals(self._patterns, figure)
        for n, run in enumerate(reversed(before)):
            yield from self._stretches(figure, run, f"b{min(n, 4)}", proposed.get(run.first, ()), weighing)
        for n, run in enumerate(behind):
            yield from self._stretches(figure, run, f"a{n}", proposed.get(run.first, ()), weighing)

    def _stretches(
        self,
        figure: Figure,
        run: Item,
        place: str,
        patterns: Sequence[ClausePattern],
        weighing: Weighing | None,
    ) -> Iterator[Candidate]:
        phrases = _phrases(figure, run)
        if weighing is not None and phrases:
            phrases = [max(phrases, key=lambda p: p.traits.weight(weighing))]
        shared = (*_place_features(figure, run, place), *(f"pattern:{p.id}" for p in patterns)) if phrases else ()
        rule = patterns[0].id if patterns else self._ids[NEARBY]
        for phrase in phrases:
            yield Candidate(phrase.text, phrase.span, rule, shared, (phrase.traits,))

    def _shared(self, figure: Figure) -> Iterator[Candidate]:
        """N of a whole: the share of that whole, the share of the one that has it."""
        words, at = figure.sentence.words, figure.at
        for j in range(at - 1, -1, -1):
            word = words[j]
            if word.clause != words[at].clause or word.quantity is not None:
                return
            if word.has("share"):
                inside = [w for w in words[j + 1 : at] if not w.has("carry", "adverb", "particle") and not w.punct]
                span = Span(word.start, inside[-1].end) if inside else Span(word.start, word.end)
                yield Candidate(
                    figure.text(span), span, self._ids[SHARE], ("share", f"share_of:{bool(inside)}"), share=True
                )
                return

    def _listed(self, figure: Figure) -> Iterator[Candidate]:
        """One member of a list; a head that only the last member has is meant for all (rice and maize output)."""
        told = told_before(figure)
        if told is not None and told.metric is not None:
            m = told.metric
            yield Candidate(m.text, m.span, self._ids[LISTED], ("listed",), sure=True, inherited=True, share=m.share)
        words = figure.sentence.words
        shared = members(words, figure.at)
        if shared is None:
            return
        parts, mine = shared
        own = [w for w in parts[mine] if not w.has("particle")]
        if not own or len(own) > _LONGEST_MEMBER or any(w.punct or w.quantity for w in own):
            return
        span = span_of(own)
        head = parts[-1][-1]
        named = any(w.mention is not None and w.mention.label != "PROCEDURE" for w in parts[mine])
        features = ("listed", f"listed_head:{name_of(own[-1])}", f"listed_named:{named}")
        yield Candidate(figure.text(span), span, self._ids[LISTED], features)
        if own[-1] is not head and head.has("head", "metric") and not own[-1].has("head", "metric"):
            said = figure.text(span) + figure.text(Span(head.start, head.end))
            yield Candidate(said, span, self._ids[LISTED], ("listed", "listed_joined", f"listed_named:{named}"))

    def _handed(self, figure: Figure) -> Iterator[Candidate]:
        """The metrics of the figures before."""
        seen = set()
        near = [e for e in figure.earlier if e.paragraph == figure.paragraph or e.sentence >= figure.number - 1]
        for n, other in enumerate(reversed(near[-_HANDED:])):
            if other.metric is None or other.metric.text in seen:
                continue
            seen.add(other.metric.text)
            features = _handed_features(figure, other, n)
            yield Candidate(
                other.metric.text,
                other.metric.span,
                self._ids[HANDED],
                features,
                inherited=True,
                share=other.metric.share,
            )


def _is_owner(word: Word) -> bool:
    """Whether a phrase that ends so names whose a figure is, not what it measures."""
    return word.mention is not None and word.mention.label in (*OWNERS, *PEOPLE)


def stretches(words: Sequence[Word], run: Item) -> Iterator[tuple[int, int]]:
    """The stretches of a run that can be a phrase: from any word on, to its end or to a natural seam inside it."""
    ends = [run.end]
    for n in range(run.first + 1, run.end):
        after = words[n]
        if words[n - 1].content and (
            not after.content
            or after.mention is not None
            or after.tag.startswith(("v", "d", "b"))
            or words[n - 1].has("head", "verbnoun", "person")
        ):
            ends.append(n)
    for end in ends:
        for first in range(max(run.first, end - _LONGEST_WORDS), end):
            if words[first].content:
                yield first, end


def _place_features(figure: Figure, run: Item, place: str) -> list[str]:
    """What is true of a run by where it stands."""
    sentence, at = figure.sentence, figure.at
    relation = sentence.relation(run.end - 1 if run.end <= at else run.first, at)
    gap = between(figure, run)
    return [
        f"place:{place}",
        f"rel:{relation}",
        f"rel:{relation}|{place}",
        *(f"gap:{g}|{place[0]}" for g in gap),
        *([f"parallel:{place}"] if sentence.parallel(at) else []),
        f"gaps:{place[0]}:{','.join(gap[:4])}",
    ]


def _phrases(figure: Figure, run: Item) -> list[Phrase]:
    """The phrases of a run that say what is counted, with their features."""
    side = "b" if run.end <= figure.at else "a"
    sentence = figure.sentence
    key = ("metric", run.first, side)
    if key not in sentence.phrases:
        words, found = sentence.words, []
        for first, end in stretches(words, run):
            span = Span(words[first].start, words[end - 1].end)
            text = figure.text(span)
            if len(text) <= _LONGEST_CHARS and not _is_owner(words[end - 1]):
                traits = Traits(_phrase_features(words, run, first, end, side))
                found.append(Phrase(first, end, span, text, None, traits))
        sentence.phrases[key] = found
    return sentence.phrases[key]


def _phrase_features(words: Sequence[Word], run: Item, first: int, end: int, side: str) -> list[str]:
    """What is true of a stretch by itself and by what it is cut from."""
    last = words[end - 1]
    head, opener = last.name, words[first].name
    left = name_of(words[first - 1] if first else None)
    right = name_of(words[end] if end < len(words) else None)
    features = [
        f"head:{head}",
        f"head:{head}|{side}",
        f"open:{opener}",
        f"left:{left}|{side}",
        f"left:{left}|open:{opener}",
        f"right:{right}|{side}",
        f"head:{head}|right:{right}",
        f"words:{min(end - first, 6)}",
        f"chars:{size(words[first:end])}",
        f"tail:{last.text[-1]}",
        f"word:{last.text}|{side}",
        f"cut_left:{first > run.first}|{side}",
        f"cut_right:{end < run.end}|{side}",
    ]
    if end - first == 1:
        features += (f"alone:{head}|{side}", f"alone:{len(last.text)}")
    return features + _inside(words[first:end])


def _inside(words: Sequence[Word]) -> list[str]:
    """What the words of a stretch bring with them."""
    found = set()
    for word in words:
        if word.classes:
            if "particle" in word.classes:
                found.add("has:particle")
            elif "joins" in word.classes:
                found.add("has:join")
        if word.text in QUOTE_MARKS:
            found.add("has:quote")
    for word in words[:-1]:
        if word.mention is not None:
            found.add(f"has_name:{word.mention.label}")
        if word.classes:
            found.update(f"has:{c}" for c in word.classes & _TOLD)
    return sorted(found)


def _handed_features(figure: Figure, other: Linked, n: int) -> tuple[str, ...]:
    a, b = other.quantity, figure.quantity
    same_unit, same_kind = a.unit == b.unit, a.kind == b.kind
    where = f"s{min(figure.number - other.sentence, 2)}"
    if where == "s0":
        where = figure.sentence.relation(other.at, figure.at)
        gap = figure.sentence.words[other.at + 1 : figure.at]
        only_marks = all(w.punct or w.has("joins", "carry", "adverb") for w in gap)
        where += f"|{only_marks}"
    assert other.metric is not None
    compat = f"{same_unit}|{same_kind}"
    parallel = [f"handed_parallel:{n}|{compat}"] if figure.sentence.parallel(figure.at) else []
    return (
        *parallel,
        f"handed:{n}",
        f"handed:{where}",
        f"handed:{where}|{compat}",
        f"handed:{other.role.role}>{figure.role.role}|{compat}",
        f"handed:{other.role.role}>{figure.role.role}|{where}",
        f"handed:{a.kind}>{b.kind}|{where}",
        f"handed_inherited:{other.metric.inherited}",
        f"handed_share:{other.metric.share}|{b.kind}",
    )


_PLACED = ("place", "rel", "gap:", "pattern", "parallel", "listed", "share", "handed:", "fixed")


def conditions(figure: Figure) -> tuple[Condition, ...]:
    """Under what a feature can weigh differently: the kind of the figure, whether it is a level, its unit."""
    kind = figure.quantity.kind
    level = "level" if figure.role.role == "level" else "moved"
    return (
        Condition(kind),
        Condition(f"{level}/{kind}", _PLACED),
        Condition(figure.unit_group, ("tail", "head", "place")),
    )
