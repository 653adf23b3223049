"""What is true of a candidate for a figure's subject: the names of its features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsmine.claims.figure import Figure
from newsmine.claims.ranking import Candidate, Condition
from newsmine.claims.sentence import Item, Phrase
from newsmine.claims.story import PHRASE, Story
from newsmine.claims.surroundings import between, name_of, size
from newsmine.claims.words import Word, span_of
from newsmine.types import OWNERS, PEOPLE, Mention, Span

NOBODY = ""
# How many names before the figure are ranked by their nearness.
_NEAR = 25
# As what a name of a label is ranked.
_SORTS = {label: (label, "owner") for label in OWNERS} | {label: (label, "people") for label in PEOPLE}


def place_features(figure: Figure, run: Item, place: str) -> list[str]:
    sentence, at = figure.sentence, figure.at
    relation = sentence.relation(run.end - 1 if run.end <= at else run.first, at)
    gap = between(figure, run)
    left = _left_of(sentence.words, run.first)
    return [
        f"place:{place}",
        f"rel:{relation}",
        f"rel:{relation}|{place}",
        *(f"gap:{g}|{place[0]}" for g in gap),
        *([f"parallel:{place}"] if sentence.parallel(at) else []),
        f"run_left:{left}|{place[0]}",
        f"run_left:{left}|{relation}",
    ]


def _left_of(words: Sequence[Word], first: int) -> str:
    """What stands before a run, dates and adverbs passed over."""
    n = first - 1
    while n >= 0 and (words[n].time is not None or words[n].has("adverb")) and words[n].clause == words[first].clause:
        n -= 1
    return name_of(words[n] if n >= 0 else None)


def relation_features(figure: Figure, phrase: Phrase) -> tuple[str, ...]:
    """What is true of a phrase by where it stands in the clause tree, seen from the figure."""
    words, relation = figure.sentence.words, figure.sentence.relation(phrase.first, figure.at)
    own = _own(words, phrase.first, phrase.end)
    heads = _heads_clause(words, phrase.first)
    side = "b" if phrase.end <= figure.at else "a"
    return (
        f"own:{own}|{side}",
        f"own:{own}|{relation}",
        f"heads:{heads}|{relation}",
        f"own:{own}|heads:{heads}|{relation}",
    )


def _own(words: Sequence[Word], first: int, end: int) -> str:
    mention = words[end - 1].mention
    return mention.label if end - first == 1 and mention is not None else "np"


def phrase_features(words: Sequence[Word], run: Item, first: int, end: int, side: str) -> list[str]:
    head = words[end - 1]
    left = words[first - 1] if first else None
    right = words[end] if end < len(words) else None
    own = _own(words, first, end)
    later = [w for w in words[end : end + 3] if w.clause == head.clause]
    features = [
        f"open:{name_of(words[first])}|{own}",
        f"words:{min(end - first, 5)}|{own}",
        f"chars:{size(words[first:end])}|{own}",
        f"tail:{head.text[-1]}",
        f"cut_left:{first > run.first}|{own}",
        f"cut_right:{end < run.end}|{own}",
        f"word:{head.text}|{own}",
    ]
    for place, word in (("head", head), ("left", left), ("right", right)):
        features += [f"{place}:{name_of(word)}|{side}", f"{place}:{name_of(word)}|{own}"]
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


def opens_sentence(folded: str, mention: Mention) -> bool:
    return mention.start == 0 or folded[mention.start - 1] in "\n。！？；“「"


class Known:
    """What is true of candidates for one figure wherever they come from."""

    def __init__(self, figure: Figure, metric: Candidate | None, story: Story) -> None:
        self._metric = metric
        self._story = story
        self._ranks = name_ranks(figure, story)
        head = figure.head
        span = span_of(figure.sentence.words[head.first : head.end]) if head is not None else None
        self._head = figure.text(span) if span is not None else None
        self._handed = min(head.handed, 2) if head is not None else 0
        self._before = story.heads[-1][0] if story.heads else None

    def tell(self, candidate: Candidate) -> None:
        """Adds what is true of a candidate to its features."""
        text = candidate.text
        if text == NOBODY:
            candidate.own += (f"open:{min(len(self._story.topics), 2)}",)
            return
        label = candidate.mention.label if candidate.mention is not None else PHRASE
        found = [*self._ranks.get(text, ())]
        if text == self._head:
            found.append(f"is_head:{self._handed}|{label}")
        if text == self._before:
            found.append(f"is_head_before|{label}")
        if self._metric is not None:
            found += self._beside(candidate, self._metric, label)
        if candidate.mention is not None and "resolved_pronoun" in candidate.mention.flags:
            found.append("pronoun")
        candidate.own += tuple(found)
        candidate.traits += (self._story.told_of(text, label),)

    def _beside(self, candidate: Candidate, metric: Candidate, label: str) -> Iterator[str]:
        """How a candidate stands to the metric."""
        if metric.text == candidate.text:
            yield f"is_metric|{label}"
        elif candidate.span is not None and metric.span is not None:
            yield f"metric:{_side(candidate.span, metric.span)}|{label}"
            if candidate.span.end == metric.span.start:
                yield f"metric_next|{label}"
        yield f"metric_share:{metric.share}|{label}"
        yield f"metric_tail:{metric.text[-1]}|{label}"


def name_ranks(figure: Figure, story: Story) -> dict[str, list[str]]:
    """For every name before the figure the features that say how near it is, nearest first: whether it is the nearest
    hospital, the nearest owner that heads its clause, the nearest person."""
    words = figure.sentence.words
    near: list[tuple[str, str, bool]] = []
    for n in range(figure.at - 1, -1, -1):
        mention = words[n].mention
        if mention is not None:
            near.append((mention.label, mention.name, _heads_clause(words, n)))
    earlier = story.before(figure.sentence.span.start)
    room = max(0, _NEAR + 1 - len(near))
    near.extend(
        (m.label, m.name, opens_sentence(story.folded, m)) for m in reversed(earlier[max(0, len(earlier) - room) :])
    )
    ranks: dict[str, dict[str, int]] = {}
    for label, name, heads in near:
        for sort in _SORTS.get(label, (label,)):
            for ranked in (sort, f"{sort}_head") if heads else (sort,):
                places = ranks.setdefault(ranked, {})
                places.setdefault(name, len(places))
    features: dict[str, list[str]] = {}
    for ranked, places in ranks.items():
        for name, place in places.items():
            features.setdefault(name, []).append(f"rank:{ranked}:{min(place, 3)}")
    return features


def _side(span: Span, metric: Span) -> str:
    if span.start < metric.end and metric.start < span.end:
        if span.start <= metric.start and metric.end <= span.end:
            return "holds"
        return "inside" if metric.start <= span.start and span.end <= metric.end else "over"
    return "before" if span.end <= metric.start else "behind"


def conditions(figure: Figure, person: bool) -> tuple[Condition, ...]:
    """Under what a feature can weigh differently: whether the figure is one of a person, and its unit."""
    unit = Condition(figure.unit_group, ("label", "own", "rank"))
    return (unit, Condition("person")) if person else (unit,)
