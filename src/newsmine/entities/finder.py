"""The entity stage: one scan for anchors, then each mechanism where its anchors stand."""

from __future__ import annotations

from newsmine.document import Document
from newsmine.entities.aliases import Aliases, Pronouns
from newsmine.entities.anchors import Anchors
from newsmine.entities.beside import Beside
from newsmine.entities.further import Further
from newsmine.entities.model import Candidate, Hit, read_labels
from newsmine.entities.names import NameFinder
from newsmine.entities.people import People
from newsmine.entities.persons import NameShapes
from newsmine.entities.phrases import PhraseFinder
from newsmine.entities.places import PlaceFinder
from newsmine.entities.words import Words
from newsmine.packs import Patterns
from newsmine.segment import Segmenter
from newsmine.types import Mention

_ANCHORS = ("suffix", "gazetteer", "title", "head", "place", "alias", "noun")
# So many names of a label's context make an article one in which its titles need no further proof.
_DENSE = 3


class EntityFinder:
    """Finds the named things of a document; the packs declare their labels and how each is found."""

    def __init__(self, patterns: Patterns, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._labels = read_labels(patterns)
        self._anchors = Anchors(patterns, _ANCHORS)
        self._names = NameFinder(patterns, self._labels)
        self._aliases = Aliases(patterns)
        self._pronouns = Pronouns(patterns)
        self._shapes = NameShapes(patterns)
        self._beside = Beside(self._shapes)
        self._people = People(patterns, self._labels, self._shapes)
        self._phrases = PhraseFinder(patterns, self._labels)
        self._context = {name for label in self._labels.of("person") for name in label.context}
        self._places = PlaceFinder(patterns, self._labels)
        self._further = Further(patterns, self._labels, self._shapes)

    def find(self, document: Document) -> list[Mention]:
        """The mentions of a document, sorted by where they begin; none overlap."""
        words = Words(document, self._segmenter)
        hits = self._anchors.find(document.folded)
        phrases = self._phrases.find(words, hits["head"], hits["gazetteer"])
        bodies = self._bodies(words, hits, document.article.host)
        people = self._persons(words, hits, bodies, phrases)
        places = self._places.find(words, hits["place"])
        chosen = self._without_overlaps(self._in_context(words.text, bodies + people + phrases) + places)
        return [_mention(c, document.article.text) for c in self._further.add(words, hits, document.quantities, chosen)]

    def _bodies(self, words: Words, hits: dict[str, list[Hit]], host: str | None) -> list[Candidate]:
        found = self._names.find(words, hits["suffix"], hits["gazetteer"])
        bodies = self._aliases.resolve(words.text, self._without_overlaps(found))
        bodies = self._without_overlaps(bodies)
        return sorted(bodies + self._pronouns.find(words, hits["alias"], bodies, host), key=lambda c: c.start)

    def _persons(
        self, words: Words, hits: dict[str, list[Hit]], bodies: list[Candidate], phrases: list[Candidate]
    ) -> list[Candidate]:
        titles = [t for t in hits["title"] if t.entry.get("role") == "cue" or not _covered(t, bodies)]
        dense = self._dense(words.text, bodies + phrases)
        found = self._beside.find(words, titles)
        return self._people.gather(words, found, titles, bodies, dense)

    def _dense(self, text: str, candidates: list[Candidate]) -> bool:
        """Whether an article is about what the persons' labels take for their context."""
        return sum(c.label in self._context for c in candidates) >= _DENSE or self._people.about(text)

    def _in_context(self, text: str, candidates: list[Candidate]) -> list[Candidate]:
        """Without the doubtful ones, where the article names nothing else of their kind."""
        told = any(c.label in self._context and not c.needs_context for c in candidates) or self._people.about(text)
        return [c for c in candidates if told or not c.needs_context]

    def _without_overlaps(self, candidates: list[Candidate]) -> list[Candidate]:
        """Of mentions that share characters the higher by its label wins, then the better founded, then the longer."""

        def worth(c: Candidate) -> tuple[bool, int, int, int, int]:
            return (c.named, self._labels.rank(c.label), c.weight, c.end - c.start, -c.start)

        taken: set[int] = set()
        kept: list[Candidate] = []
        for candidate in sorted(candidates, key=worth, reverse=True):
            span = range(candidate.start, candidate.end)
            if candidate.start < candidate.end and taken.isdisjoint(span):
                taken.update(span)
                kept.append(candidate)
        return sorted(kept, key=lambda c: c.start)


def _covered(hit: Hit, candidates: list[Candidate]) -> bool:
    """Whether a name holds part of a hit; a name that lies wholly inside it does not count."""
    reaching = (c for c in candidates if c.start < hit.end and hit.start < c.end)
    return any(c.start < hit.start or c.end > hit.end or (c.start, c.end) == (hit.start, hit.end) for c in reaching)


def _mention(candidate: Candidate, text: str) -> Mention:
    return Mention(
        start=candidate.start,
        end=candidate.end,
        text=text[candidate.start : candidate.end],
        label=candidate.label,
        name=candidate.name,
        rule=candidate.rule,
        title=candidate.title,
        department=candidate.department,
        hospital=candidate.hospital,
        flags=candidate.flags,
    )
