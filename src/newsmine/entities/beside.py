"""Persons beside titles: title then name, name then title, surname then title, and lists of names with one title."""

from __future__ import annotations

from dataclasses import dataclass

from newsmine.entities.model import Hit
from newsmine.entities.persons import ACCEPT, CLEAR, NameShapes
from newsmine.entities.words import Words

# The marks around the title of a book, a film, a document.
_WORK = ("\u300a", "\u300b")
_LONGEST_WORK = 40


@dataclass(slots=True)
class Found:
    """A name found beside a title. `short`: a surname with its title, one mention together."""

    start: int
    end: int
    name: str
    title: Hit
    score: float
    short: bool = False
    # The name stands right beside the title, not further on in a list.
    near: bool = True


class Beside:
    """Looks for names on the sides of a title on which they stand."""

    def __init__(self, shapes: NameShapes) -> None:
        self._shapes = shapes

    def find(self, words: Words, titles: list[Hit]) -> list[Found]:
        starts = {t.start for t in titles if t.entry.get("role") != "cue"}
        ends = {t.end for t in titles}
        found: list[Found] = []
        for title in titles:
            if not _whole(words, title) or _in_work(words.text, title.start):
                continue
            sides = title.entry.get("sides", ())
            if "before" in sides:
                found += self._before(words, title, ends)
            if "after" in sides:
                found += self._after(words, title, starts)
        return _best(found)

    def _after(self, words: Words, title: Hit, titles: set[int]) -> list[Found]:
        limit = words.sentence(title.start).end
        found: list[Found] = []
        position = title.end
        if position not in titles:
            position = self._shapes.gap(words.text, position)
        while position < limit:
            best = self._name_from(words, title, position, limit, titles, bool(found))
            if best is None:
                break
            found.append(best)
            joined = self._shapes.joins.starting(words.text, best.end)
            if joined is None:
                break
            position = joined[0]
        return found

    def _name_from(
        self, words: Words, title: Hit, start: int, limit: int, titles: set[int], listed: bool
    ) -> Found | None:
        shapes, text = self._shapes, words.text
        foreign = shapes.foreign_at(words, start)
        if foreign is not None and foreign <= limit:
            return Found(start, foreign, text[start:foreign], title, ACCEPT + 2, near=not listed)
        weak = title.entry.get("role") == "cue" or listed
        options = []
        for end in shapes.starting(text, start, limit):
            if any(inner in titles for inner in range(start + 1, end)):
                continue
            right = CLEAR if end in titles else shapes.right(words, end)
            if weak and right < 1.5:
                continue
            score = shapes.score(words, start, end, 1.5 if weak else CLEAR, right)
            score += 0.0 if weak else _recurring(text, start, end)
            options.append(Found(start, end, _plain(text[start:end]), title, score, near=not listed))
        if not options and not weak:
            ends = [end for end in (start + 3, start + 2) if end in titles and shapes.between(words, start, end)]
            options = [Found(start, end, _plain(text[start:end]), title, ACCEPT) for end in ends[:1]]
        return _choose(text, options)

    def _before(self, words: Words, title: Hit, ends: set[int]) -> list[Found]:
        floor = words.sentence(title.start).start
        found: list[Found] = []
        position = self._shapes.counted(words.text, title.start, floor)
        if position > floor and words.text[position - 1] == " ":
            position -= 1
        while position > floor:
            best = self._name_to(words, title, position, floor, ends, bool(found))
            if best is None:
                break
            found.append(best)
            joined = self._shapes.joins.ending(words.text, best.start, floor)
            if joined is None or title.entry.get("role") == "kin":
                break
            position = joined[0]
        return found or self._surname(words, title, floor, ends)

    def _name_to(self, words: Words, title: Hit, end: int, floor: int, ends: set[int], listed: bool) -> Found | None:
        shapes, text = self._shapes, words.text
        foreign = shapes.foreign_before(words, end, floor)
        if foreign is not None:
            return Found(foreign, end, text[foreign:end], title, ACCEPT + 2, near=not listed)
        need = 1.5 if listed or title.entry.get("role") == "cue" else 0.5
        options = []
        for start in shapes.ending(text, end, floor):
            left = CLEAR if start in ends else shapes.left(words, start)
            if left < need:
                continue
            score = shapes.score(words, start, end, left, 2.0 if listed else CLEAR)
            options.append(Found(start, end, _plain(text[start:end]), title, score, near=not listed))
        return _choose(text, options)

    def _surname(self, words: Words, title: Hit, floor: int, ends: set[int]) -> list[Found]:
        """A surname right before the title: one mention with it."""
        shapes, text = self._shapes, words.text
        if title.entry.get("role") == "cue":
            return []
        for length in (2, 1):
            start = title.start - length
            if start < floor or shapes.surname(text, start) != text[start : title.start]:
                continue
            if start in ends or self._stands_alone(words, start, title):
                return [Found(start, title.end, text[start : title.end], title, ACCEPT, short=True)]
        return []

    def _stands_alone(self, words: Words, start: int, title: Hit) -> bool:
        token = words.covering(start)
        if token is None:
            return False
        if token.start < start and (token.tag or token.end < title.start):
            return False
        glued = token.end > title.start or token.end == title.start
        return glued and self._shapes.left(words, start) >= self._shapes.alone(words.text, start)


def _in_work(text: str, position: int) -> bool:
    """Whether a position stands inside the marks of a work's title."""
    low = max(0, position - _LONGEST_WORK)
    return text.rfind(_WORK[0], low, position) > text.rfind(_WORK[1], low, position)


def _plain(name: str) -> str:
    """A name without the spaces that break it."""
    return name.replace(" ", "")


def _recurring(text: str, start: int, end: int) -> float:
    """What it speaks for a name that it comes again, and that each time something else follows it."""
    name, followers, position = text[start:end], set[str](), text.find(text[start:end])
    while position >= 0:
        followers.add(text[position + len(name) : position + len(name) + 1])
        position = text.find(name, position + len(name))
    return min(2.0, float(len(followers) - 1))


def _choose(text: str, options: list[Found]) -> Found | None:
    """The best of the stretches that begin or end at one place; one that the article repeats more often gains."""
    counts = {o.name: text.count(o.name) for o in options} if len(options) > 1 else {}
    for option in options:
        own = counts.get(option.name, 0)
        longer = max((n for name, n in counts.items() if len(name) > len(option.name)), default=0)
        if own > 1 and own > longer:
            option.score += 1.0
    return max((o for o in options if o.score >= ACCEPT), key=lambda o: (o.score, len(o.name)), default=None)


def _best(found: list[Found]) -> list[Found]:
    """Of names that share characters the one with the best score; of one found twice, that beside its own title."""
    kept: list[Found] = []
    for option in sorted(found, key=_worth, reverse=True):
        if not any(option.start < k.end and k.start < option.end for k in kept):
            kept.append(option)
    return sorted(kept, key=lambda f: f.start)


def _worth(found: Found) -> tuple[bool, float, bool, int]:
    return (not found.short, found.score + found.near, found.title.start >= found.end, found.title.entry.get("rank", 0))


def _whole(words: Words, title: Hit) -> bool:
    """Whether no word of the dictionary reaches over an edge of the title."""
    first, last = words.covering(title.start), words.ending(title.end)
    if first is not None and first.start < title.start and first.tag and first.end < title.end:
        rest = words.text[first.end : title.end]
        return len(rest) > 1 and words.tag(rest) != ""
    return last is None or last.end == title.end or not last.tag or last.start == title.start
