"""Names of persons, found beside titles: how well a stretch of characters does as a name, and where it ends."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from newsmine.entities.lexicon import Lexicon
from newsmine.entities.words import Words
from newsmine.packs import Patterns

_HAN = regex.compile(r"\p{Han}")
# The one character of a given name that a space parts from the surname, and more space or an end behind it.
_SPACED = regex.compile(r" {1,3}\p{Han}(?!\p{Han})")
_DOTS = "·•‧・"
_PARTS = regex.compile(rf"[{_DOTS}-]")
_LONG_FOREIGN = ("nrt", "nrfg")
_GIVEN_TAGS = ("nr", "nrfg")
_NAME_TAGS = ("nr", "nrt", "nrfg", "")
ACCEPT = 4.0
CLEAR = 3.0
# Most given names have two characters.
_USUAL = 0.75


class NameShapes:
    """Scores stretches of text as a person's name."""

    def __init__(self, patterns: Patterns) -> None:
        self._surnames = {f: str(e.get("class")) for e in reversed(patterns.stage("surname")) for f in e.forms}
        self._firsts = frozenset(f[0] for f in self._surnames)
        edges: dict[str, list[str]] = {}
        for entry in patterns.stage("nameedge"):
            edges.setdefault(str(entry.get("class")), []).extend(entry.forms)
        self._after = Lexicon((f, True) for f in edges.get("after", ()))
        self._before = Lexicon((f, True) for f in edges.get("before", ()))
        self._never = Lexicon((f, True) for f in edges.get("never", ()))
        self._inside = frozenset(edges.get("inside", ()))
        self.joins = Lexicon((f, True) for f in edges.get("join", ()))
        self._no_name = Lexicon((f, True) for f in edges.get("no_name", ()))
        self._places = {f for e in patterns.stage("place") for f in e.forms}
        letters = "[" + "".join(regex.escape(c) for c in edges.get("foreign", ())) + "A-Za-z]"
        self._foreign = regex.compile(rf"{letters}{{1,9}}+(?:[{_DOTS}.-]{letters}{{1,9}}+){{1,3}}+|{letters}{{4,8}}+")
        part = rf"{letters}{{1,6}}+"
        self._joined = regex.compile(rf"{part}(?:[{_DOTS}-]{part}){{1,2}}+(?![{_DOTS}-])")
        self._foreign_end = regex.compile(
            rf"{letters}{{1,9}}(?:[{_DOTS}]{letters}{{1,9}}){{1,3}}\Z|(?<![\p{{Han}}A-Za-z]){letters}{{4,8}}\Z"
        )
        gaps = [patterns.compile(e) for e in patterns.stage("nameedge") if e.get("class") == "gap"]
        self.gaps = gaps
        counts = [patterns.compile(e) for e in patterns.stage("nameedge") if e.get("class") == "count"]
        self._counts = [patterns.compiled(f"(?:{c.pattern})\\Z") for c in counts]

    def surname(self, text: str, start: int) -> str | None:
        """The surname that starts here, the compound one first."""
        for length in (2, 1):
            form = text[start : start + length]
            if len(form) == length and form in self._surnames:
                return form
        return None

    def surnames_in(self, text: str) -> list[int]:
        """Where family names stand in a text, as far as their characters tell."""
        found: list[int] = []
        behind = 0
        for start in [n for n, c in enumerate(text) if c in self._firsts]:
            surname = self.surname(text, start) if start >= behind else None
            if surname is not None:
                found.append(start)
                behind = start + len(surname)
        return found

    def married(self, text: str, start: int) -> bool:
        """Whether two family names may stand here, the husband's before one's own, with a given name behind them."""
        surname = self.surname(text, start)
        return surname is not None and len(surname) == 1 and text[start + 1 : start + 2] in self._surnames

    def wordlike(self, name: str) -> bool:
        """Whether a name begins with a family name that is also a common word."""
        return self._surnames.get(name[:1]) == "wordlike" and self._surnames.get(name[:2]) != "compound"

    def starting(self, text: str, start: int, limit: int) -> Iterator[int]:
        """Ends of the stretches from here that could be a name, shortest first."""
        surname = self.surname(text, start)
        if surname is None:
            return
        married = self.married(text, start)
        spaced = _SPACED.match(text, start + len(surname), limit)
        if spaced is not None:
            yield spaced.end()
        for given in (1, 2, 3) if married else (1, 2):
            end = start + len(surname) + given
            if end <= limit and all(_HAN.match(c) for c in text[start:end]):
                yield end

    def ending(self, text: str, end: int, floor: int) -> Iterator[int]:
        """Starts of the stretches up to here that could be a name, shortest first."""
        for length in (2, 3, 4):
            start = end - length
            if start >= floor and end in self.starting(text, start, end):
                yield start

    def score(self, words: Words, start: int, end: int, left: float, right: float) -> float:
        """How much speaks for a name: what stands on both sides, the surname, the words that the segmenter sees."""
        text = words.text
        name = text[start:end].replace(" ", "")
        surname = self.surname(text, start) or name[:1]
        value = left + right
        kind = self._surnames.get(surname)
        # Two family names before a given one: only of a name that comes back.
        double = len(name) == len(surname) + 3 and self.married(name, 0) and text.count(name) > 1
        value += _USUAL if double or len(name) == len(surname) + 2 else 0.0
        value += {"compound": 1.0, "wordlike": -1.0}.get(kind or "", 0.0)
        verb = self._after.starting(text, start)
        if name in self._never or self._never.starting(text, start) or (verb is not None and verb[0] - start > 1):
            value -= 5
        value -= 4 * any(c in self._inside for c in name[len(surname) :])
        given = words.tag(name[len(surname) :])
        if given in _GIVEN_TAGS and len(given) > 1:
            value += 0.75
        if kind == "wordlike" and len(name) > 2 and given not in (*_NAME_TAGS, "nz"):
            value -= 2 if given == "n" else 4
        if len(name) - len(surname) > 2 and not double:
            value -= 0.5 if words.tag(name[-2:]) in _NAME_TAGS else 4.0
        if name[-1] in self.joins:
            value -= 1.5
        if len(name) > 2 and len(surname) == 1 and words.tag(name[:2]) not in (*_NAME_TAGS, "ns", "nz"):
            value -= 0.5 if words.tag(name[:2]) == "n" else 3 if kind == "wordlike" else 1.5
        tag = words.tag(name)
        value += 0.5 if tag == "nr" else -4.0 if tag not in _NAME_TAGS else 0.0
        token = words.covering(start)
        if token is not None and token.start == start and token.end == end:
            value += 1
        elif kind == "wordlike":
            value -= 0.5 if given not in (*_GIVEN_TAGS, "") else 0.0
        elif token is not None and token.start < start and len(token.text) > 1 and token.tag not in _NAME_TAGS:
            value -= 2
        return value

    def left(self, words: Words, start: int) -> float:
        """How clearly something ends before a position."""
        text = words.text
        if start > 0 and text[start - 1].isdigit():
            return 0.5
        if start == 0 or not _HAN.match(text[start - 1]):
            return CLEAR
        if self._before.ending(text, start) is not None:
            return 2.0
        token = words.ending(start)
        if token is not None and token.end == start and token.kind not in ("word", "space"):
            return 2.0
        tag = words.word_before(start)
        if tag and tag not in _NAME_TAGS:
            return 2.0
        return 0.5 if words.starts(start) else 0.0

    def right(self, words: Words, end: int) -> float:
        """How clearly something begins at a position."""
        text = words.text
        if end < len(text) and text[end].isdigit():
            return 1.0
        if end >= len(text) or not _HAN.match(text[end]):
            return CLEAR
        found = self._after.starting(text, end)
        if found is not None and (found[0] >= len(text) or not _HAN.match(text[found[0]])):
            return CLEAR
        if found is not None:
            return 2.5 if found[0] - end > 1 else 1.5
        tag = words.word_at(end)
        if tag and tag[0] in "vdpctfurm":
            return 2.0
        return 1.0 if tag else 0.5 if words.starts(end) else 0.0

    def alone(self, text: str, start: int) -> float:
        """How clear the left side of a lone surname must be."""
        return CLEAR if self._surnames.get(text[start : start + 1]) == "wordlike" else 1.5

    def between(self, words: Words, start: int, end: int) -> bool:
        """Whether what stands between two titles is a name, whatever its surname."""
        name = words.text[start:end]
        if not 2 <= len(name) <= 3 or not all(_HAN.match(c) for c in name) or name[0] in self.joins:
            return False
        inner = words.covering(start + 1)
        if inner is not None and inner.tag not in _NAME_TAGS and len(inner.text) > 1:
            return False
        return not self.common_word(words, name) and not any(c in self._inside for c in name)

    def foreign_at(self, words: Words, start: int) -> int | None:
        """The end of a transliterated name: parts joined by dots, or one word that the dictionary tags so."""
        match = self._foreign.match(words.text, start)
        name = match.group() if match is not None else ""
        if match is not None and _HAN.search(name):
            known = words.tag(name) == "ns" or name in self._places or _common(words, match.start(), match.end())
            return None if known else int(match.end())
        token = words.covering(start)
        if token is not None and token.start == start and token.tag in _LONG_FOREIGN and len(token.text) > 2:
            return token.end
        return None

    def foreign_before(self, words: Words, end: int, floor: int) -> int | None:
        """The start of a transliterated name that ends here."""
        match = self._foreign_end.search(words.text, max(floor, end - 24), end)
        if match is None or not _HAN.search(match.group()) or _common(words, match.start(), end):
            return None
        return int(match.start())

    def foreign_anywhere(self, words: Words) -> Iterator[tuple[int, int, str]]:
        """Where transliterated names of several parts stand (Jamie-Skeen), be there a title or not, and the last part
        of each."""
        text = words.text
        for match in self._joined.finditer(text):
            start, end = match.span()
            while start < end and not words.starts(start):
                start += 1
            parts = _PARTS.split(text[start:end])
            if len(parts) < 2 or not all(parts) or not _HAN.search(parts[0]) or not _HAN.search(parts[-1]):
                continue
            known = any(words.tag(p) not in (*_NAME_TAGS, "nz") or p in self._places for p in parts if len(p) > 1)
            if not known and self._no_name.starting(text, end) is None and max(map(len, parts)) > 1:
                yield start, end, parts[-1]

    def counted(self, text: str, end: int, floor: int) -> int:
        """Where a count of the persons before a title begins (three doctors), else its end."""
        for pattern in self._counts:
            match = pattern.search(text, max(floor, end - 4), end)
            if match is not None:
                return int(match.start())
        return end

    def gap(self, text: str, start: int) -> int:
        """The end of what may stand between a title and the name: a bracket, a colon, a space."""
        for pattern in self.gaps:
            match = pattern.match(text, start)
            if match is not None:
                return int(match.end())
        return start

    def common_word(self, words: Words, name: str) -> bool:
        """Whether a name is also a word, so that it is none where nothing stands beside it."""
        return words.tag(name) not in _NAME_TAGS or name in self._never


def _common(words: Words, start: int, end: int) -> bool:
    """Whether what looks like a foreign name without dots holds a word of the language."""
    if any(c in _DOTS for c in words.text[start:end]):
        return False
    tokens = [words.covering(p) for p in range(start, end)]
    return any(t is not None and len(t.text) > 1 and t.tag not in (*_NAME_TAGS, "nz", "ns") for t in tokens)
