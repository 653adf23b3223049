"""From names beside titles to persons: what each is, with which title, where; and every later mention of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import regex

from newsmine.entities.beside import Found
from newsmine.entities.model import Candidate, Hit, Labels
from newsmine.entities.persons import NameShapes
from newsmine.entities.topics import last_topic
from newsmine.entities.words import Words
from newsmine.packs import Patterns
from newsmine.types import Token

_BREAK = regex.compile(r"[，。；;!！?？\n]|,(?!\d)")
_REACH = 60
_LONGEST_DEPARTMENT = 16
# One word of the field in so many characters, and the article is about it.
_FIELD_RATE = 60
# jieba's tags of words that no department begins with: function words, adverbs, times, numbers.
_FUNCTION_TAGS = tuple("pcurdtm")


@dataclass(slots=True)
class Person:
    """A person of the article, gathered from the mentions beside titles."""

    name: str
    label: str
    rule: str
    start: int
    title: str | None = None
    rank: int = -1
    department: str | None = None
    hospital: str | None = None
    # The apposition names a place of work that the article leaves open (我院 without a host).
    unknown_place: bool = False
    sure: bool = False
    found: list[Found] = field(default_factory=list)


class People:
    """Decides what the persons are and gathers all their mentions."""

    def __init__(self, patterns: Patterns, labels: Labels, shapes: NameShapes) -> None:
        self._shapes = shapes
        self._labels = labels
        entries = patterns.stage("department")
        parts = [e.regex for e in entries if e.get("role", "part") == "part"]
        self._departments = [patterns.compiled(f"(?:{r})\\Z") for r in parts]
        self._proofs = [patterns.compiled(f"(?:{e.regex})\\Z") for e in entries if e.get("role") == "proof"]
        self._fields = [patterns.compile(e) for e in entries if e.get("role") == "field"]
        self._kinship = [patterns.compile(e) for e in entries if e.get("role") == "inside"]
        self._kinds = labels.of("person")

    def about(self, text: str) -> bool:
        """Whether an article is full of words of the field in which these persons work."""
        return any(sum(1 for _ in f.finditer(text)) * _FIELD_RATE >= len(text) for f in self._fields)

    def gather(
        self, words: Words, found: list[Found], titles: list[Hit], bodies: list[Candidate], dense: bool
    ) -> list[Candidate]:
        """All mentions of persons; `dense`: the article is full of what the persons' labels take for their context."""
        people = self._people(words, found, titles, bodies, dense)
        self._places(words, people, bodies)
        spans = [self._mention(f, people[f.name]) for f in found if f.name in people and not f.short]
        spans += self._shorts(found, people, words, titles, bodies, dense)
        return spans + self._repeated(words, people, spans)

    def _people(
        self, words: Words, found: list[Found], titles: list[Hit], bodies: list[Candidate], dense: bool
    ) -> dict[str, Person]:
        people: dict[str, Person] = {}
        for one in found:
            if one.short:
                continue
            label, sure = self._label(words.text, one, titles, bodies, dense)
            person = people.setdefault(one.name, Person(one.name, label, one.title.entry.id, one.start))
            if self._labels.rank(label) > self._labels.rank(person.label) and (sure or not person.sure):
                person.label, person.rule = label, one.title.entry.id
            person.sure = person.sure or sure
            person.found.append(one)
            self._describe(words, person, one, titles, bodies)
        return people

    def _label(
        self, text: str, one: Found, titles: list[Hit], bodies: list[Candidate], dense: bool
    ) -> tuple[str, bool]:
        """The label of a name by its title: the first that the title allows and the surroundings confirm."""
        options = one.title.entry.get("label", ())
        if len(options) == 1:
            return options[0], True
        low = self._window(text, one)
        high = max(one.end, one.title.end)
        beside = [t for t in titles if low <= t.start and t.end <= high and t is not one.title]
        told = {t.entry.get("label")[0] for t in beside if len(t.entry.get("label")) == 1 and t.entry.get("rank", 0)}
        near = [b for b in bodies if low <= b.start and b.end <= high and not _within(b, titles)]
        for option in options:
            context = self._labels.by_name[option].context if option in self._labels.by_name else ()
            if (context and option in told) or any(b.label in context for b in near):
                return option, True
            if "department" in context and self._of_kind(text, low, one, beside, near):
                return option, True
        first = options[0] if not near and dense else options[-1]
        if self._labels.by_name.get(options[0]) and not self._labels.by_name[options[0]].context:
            first = options[0]
        return first, False

    def _of_kind(self, text: str, low: int, one: Found, beside: list[Hit], near: list[Candidate]) -> bool:
        """Whether a department stands before a title, or a body's own name tells its kind."""
        ends = (one.title.start, one.start, *(t.start for t in beside))
        if any(p.search(text, max(low, end - _LONGEST_DEPARTMENT), end) for end in ends for p in self._proofs):
            return True
        return any(k.search(text, b.start, b.end) for k in self._kinship for b in near)

    def _window(self, text: str, one: Found) -> int:
        """Where the apposition around a name begins: at the last comma or stop before it."""
        start = min(one.start, one.title.start)
        low = max(0, start - _REACH)
        for match in _BREAK.finditer(text, low, start):
            low = match.end()
        return low

    def _department(self, text: str, low: int, end: int) -> str | None:
        """The part of an institution that ends here."""
        floor = max(low, end - _LONGEST_DEPARTMENT)
        for pattern in self._departments:
            match = pattern.search(text, floor, end)
            if match is not None:
                return str(match.group())
        return None

    def _department_name(self, words: Words, low: int, one: Found) -> str | None:
        """The department before a title or a name, without function words on its left."""
        for end in (one.title.start, one.start):
            found = self._department(words.text, low, end)
            if found is None:
                continue
            start = end - len(found)
            for position in range(end - 1, start, -1):
                token = words.covering(position - 1)
                if token is None or token.kind != "word" or _function_word(token):
                    return words.text[position:end] if end - position > 1 else None
            return found
        return None

    def _describe(self, words: Words, person: Person, one: Found, titles: list[Hit], bodies: list[Candidate]) -> None:
        text = words.text
        rank = one.title.entry.get("rank", 0)
        if one.title.entry.get("role") == "title" and rank > person.rank:
            person.title, person.rank = text[one.title.start : one.title.end], rank
        low = self._window(text, one)
        high = min(one.start, one.title.end)
        near = [b for b in bodies if low <= b.start and b.end <= high and not _within(b, titles)]
        if near and person.hospital is None:
            body = max(near, key=lambda b: b.end)
            known = "unresolved_pronoun" not in body.flags and any(body.label in x.context for x in self._kinds)
            person.hospital = body.name if known else None
            person.unknown_place = not known
        if person.rank <= 0:
            self._earlier_title(text, person, low, one, titles)
        if person.department is None:
            low = max([low, *(b.end for b in near)])
            person.department = self._department_name(words, low, one)

    def _earlier_title(self, text: str, person: Person, low: int, one: Found, titles: list[Hit]) -> None:
        before = [t for t in titles if low <= t.start and t.end <= one.start and t.entry.get("rank", 0) > 0]
        if before and one.title.entry.get("role") == "cue":
            nearest = max(before, key=lambda t: t.end)
            person.title, person.rank = text[nearest.start : nearest.end], nearest.entry.get("rank", 0)

    def _places(self, words: Words, people: dict[str, Person], bodies: list[Candidate]) -> None:
        """A hospital for those whose apposition names none: the one named last before them."""
        for person in people.values():
            context = self._labels.by_name[person.label].context if person.label in self._labels.by_name else ()
            fitting = [b for b in bodies if b.label in context and "unresolved_pronoun" not in b.flags]
            if not context:
                person.hospital = person.department = None
            elif person.hospital is None and not person.unknown_place:
                topic = last_topic(words, person.start, fitting)
                person.hospital = topic.name if topic else None

    def _mention(self, one: Found, person: Person, weight: int = 3) -> Candidate:
        return self._candidate(one.start, one.end, person, one.title.entry.id, weight)

    @staticmethod
    def _candidate(start: int, end: int, person: Person, rule: str, weight: int) -> Candidate:
        return Candidate(
            start,
            end,
            person.label,
            rule,
            person.name,
            title=person.title,
            department=person.department,
            hospital=person.hospital,
            weight=weight,
        )

    def _shorts(
        self,
        found: Iterable[Found],
        people: dict[str, Person],
        words: Words,
        titles: list[Hit],
        bodies: list[Candidate],
        dense: bool,
    ) -> list[Candidate]:
        """Surnames with a title: the person of that surname named last, else the next one, else nobody known."""
        mentions, text = [], words.text
        for one in found:
            if not one.short:
                continue
            label, _ = self._label(text, one, titles, bodies, dense)
            person = self._bearer(text[one.start : one.title.start], one, people)
            if person is None:
                label = self._plain(one) or label
                title = text[one.title.start : one.end] if one.title.entry.get("role") == "title" else None
                person = Person(one.name, label, one.title.entry.id, one.start, title)
                self._places(words, {one.name: person}, bodies)
            mentions.append(self._mention(one, person, 2))
        return mentions

    def _plain(self, one: Found) -> str | None:
        """The first label of a title, if nothing needs to be there for it."""
        first = one.title.entry.get("label", ("",))[0]
        known = self._labels.by_name.get(first)
        return first if known is not None and not known.context else None

    @staticmethod
    def _bearer(surname: str, one: Found, people: dict[str, Person]) -> Person | None:
        labels = one.title.entry.get("label", ())
        same = [p for p in people.values() if p.name.startswith(surname) and p.label in labels]
        before = [f for p in same for f in p.found if f.start < one.start]
        if before:
            return people[max(before, key=lambda f: f.start).name]
        return min(same, key=lambda p: p.start, default=None)

    def _repeated(self, words: Words, people: dict[str, Person], spans: list[Candidate]) -> list[Candidate]:
        """Every further occurrence of a known name."""
        names = [n for n in people if not self._shapes.common_word(words, n)]
        if not names:
            return []
        names.sort(key=lambda n: (-len(n), n))
        pattern = regex.compile("|".join(map(regex.escape, names)))
        taken = {s.start for s in spans}
        return [
            self._candidate(m.start(), m.end(), people[m.group()], people[m.group()].rule, 1)
            for m in pattern.finditer(words.text)
            if m.start() not in taken
        ]


def _function_word(token: Token) -> bool:
    return token.tag[:1] in _FUNCTION_TAGS or (token.tag == "v" and len(token.text) == 1)


def _within(body: Candidate, titles: list[Hit]) -> bool:
    """Whether a body's name is but part of a title (academician of the academy)."""
    return any(t.start <= body.start and body.end <= t.end for t in titles)
