"""Names that their form gives away: titles in marks, names that a pack spells out, words in quotation marks or Latin
letters that come back, and models of things (a brand with letters and digits)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from newsmine.entities.lexicon import Lexicon
from newsmine.entities.model import Candidate, Labels
from newsmine.entities.words import Words
from newsmine.packs import Patterns
from newsmine.types import Quantity

_WORK = regex.compile("\u300a([^\u300a\u300b\n]{2,24})\u300b")
_QUOTED = regex.compile("[“「『]([\\p{Han}A-Za-z0-9·]{2,10})[”」』]")
_LATIN = regex.compile(
    r"(?<![A-Za-z0-9.@/_&-])(?<![A-Za-z,] )[A-Z][A-Za-z]{2,15}(?: [A-Z][a-z]{1,15}){0,2}(?! ?[A-Za-z0-9@/_.&-])"
)
# Letters and digits together (IXUS95 IS, EOS-7D), or parted by a space (IXUS 120).
_CODE = regex.compile(
    r"(?=[A-Za-z])(?<![A-Za-z0-9.@/_])(?:(?:[A-Z][A-Za-z]{1,10} ?)?"
    r"[A-Za-z]{1,6}-?[0-9]{1,4}[A-Za-z]{0,3}|[A-Za-z]{2,8} [0-9]{2,4})"
    r"(?: (?:IS|VR|II|III|Pro|Plus|Max))?(?![A-Za-z0-9@/_]|[.,][0-9])"
)
# A number without a unit that tells one of a kind from the others.
_NUMBER = r"[0-9]{2,6}(?![0-9]|[.,:%][0-9])"
_BRAND_TAGS = frozenset(("nz", "ns", "nr", "nrt", "nrfg"))
# The tags of words that may name something between quotation marks ('': no dictionary has it).
_NAMING_TAGS = frozenset(("", "nz", "ns", "nt", "nr"))
_HAN = regex.compile(r"\p{Han}{2,4}")
# A name without marks counts if it stands so often in the text.
_RECURS = 3
_QUOTED_TWICE = 2


class FormFinder:
    """Finds the mentions of the labels whose mechanisms are `work`, `coded` and `form`, and numbered persons."""

    def __init__(self, patterns: Patterns, labels: Labels) -> None:
        self._work = next(iter(labels.of("work")), None)
        self._coded = next(iter(labels.of("coded")), None)
        self._form = next(iter(labels.of("form")), None)
        self._person = labels.plain_person()
        self._rules = {e.id.rsplit(".", 1)[-1]: e.id for e in patterns.stage("label")}
        parts = patterns.stage("nounpart")
        self._brands = {f for e in parts if e.get("class") == "brand" for f in e.forms}
        numbered = [f for e in parts if e.get("class") == "numbered" for f in e.forms]
        self._numbered = regex.compile(rf"(?:{'|'.join(map(regex.escape, numbered))}){_NUMBER}") if numbered else None
        self._spelt = [(patterns.compile(e), e) for e in patterns.stage("noun") if e.regex]
        said = [e for e in patterns.stage("cue") if "saying" in e.get("class")]
        self._saying = Lexicon((f, True) for e in said for f in e.forms)

    def works(self, words: Words) -> list[Candidate]:
        if self._work is None:
            return []
        return [self._candidate(*m.span(1), self._work.name, m.group(1).strip()) for m in _WORK.finditer(words.text)]

    def spelt(self, words: Words) -> list[Candidate]:
        """Names that a pack spells out: funds of a house, fairs with their number."""
        return [
            Candidate(*m.span(), entry.get("label"), entry.id, m.group(), weight=2)
            for pattern, entry in self._spelt
            for m in pattern.finditer(words.text)
            if words.starts(m.start())
        ]

    def names(self, words: Words, taken: set[int]) -> list[Candidate]:
        """Quoted and Latin names that come back."""
        if self._form is None:
            return []
        found = [*self._quoted(words), *self._latin(words)]
        return [c for c in found if taken.isdisjoint(range(c.start, c.end))]

    def numbered(self, words: Words, quantities: Sequence[Quantity], taken: set[int]) -> list[Candidate]:
        """Persons that are told apart by numbers (case 4773)."""
        if self._person is None or self._numbered is None:
            return []
        amounts = {p for q in quantities for p in range(q.start, q.end)}
        spans = [m.span() for m in self._numbered.finditer(words.text)]
        free = [s for s in spans if taken.isdisjoint(range(*s)) and amounts.isdisjoint(range(*s))]
        return [self._candidate(*s, self._person.name, words.text[slice(*s)]) for s in free]

    def models(self, words: Words, quantities: Sequence[Quantity], taken: set[int]) -> list[Candidate]:
        """Brands with letters and digits, and the letters and digits alone where a brand is known for them."""
        if self._coded is None:
            return []
        amounts = {p for q in quantities if q.unit for p in range(q.start, q.end)}
        spans = [m.span() for m in _CODE.finditer(words.text)]
        spans = [s for s in spans if taken.isdisjoint(range(*s)) and amounts.isdisjoint(range(*s))]
        named = [(self._brand(words, start), end) for start, end in spans]
        full: dict[str, str] = {}
        for (start, end), (low, _) in zip(spans, named, strict=True):
            if low < start:
                full.setdefault(_key(words.text[start:end]), words.text[low:end])
        found = []
        for (start, end), (low, _) in zip(spans, named, strict=True):
            name = _fullest(_key(words.text[start:end]), full)
            if name is not None:
                found.append(self._candidate(low, end, self._coded.name, name))
        return found

    def _brand(self, words: Words, start: int) -> int:
        token = words.ending(start)
        if token is not None and token.end == start - 1 and words.text[start - 1] == " ":
            start -= 1
        if token is None or token.end != start or not _HAN.fullmatch(token.text):
            return start
        return token.start if token.text in self._brands or token.tag in _BRAND_TAGS else start

    def _quoted(self, words: Words) -> Iterator[Candidate]:
        matches = list(_QUOTED.finditer(words.text))
        told = Counter(m.group(1) for m in matches)
        for match in matches:
            name = match.group(1)
            often = told[name] >= _QUOTED_TWICE or words.text.count(name) >= _RECURS
            if often and words.tag(name) in _NAMING_TAGS:
                yield self._form_of(*match.span(1), name)

    def _latin(self, words: Words) -> Iterator[Candidate]:
        matches = list(_LATIN.finditer(words.text))
        told = Counter(m.group() for m in matches)
        said = Counter(m.group() for m in matches if self._says(words.text, m.end()))
        for match in matches:
            name = match.group()
            if told[name] < _RECURS:
                continue
            if self._person is not None and said[name] > 1 and not name.isupper():
                yield self._candidate(match.start(), match.end(), self._person.name, name)
            else:
                yield self._form_of(match.start(), match.end(), name)

    def _says(self, text: str, end: int) -> bool:
        """Whether a verb of saying follows, with one word before it at most (he also said)."""
        return any(self._saying.starting(text, at) is not None for at in (end, end + 1))

    def _form_of(self, start: int, end: int, name: str) -> Candidate:
        return self._candidate(start, end, self._form.name if self._form else "", name)

    def _candidate(self, start: int, end: int, label: str, name: str) -> Candidate:
        return Candidate(start, end, label, self._rules[label], name)


def _key(code: str) -> str:
    return code.replace(" ", "").upper()


def _fullest(code: str, full: dict[str, str]) -> str | None:
    """The brand's name for a code: for itself, else for the one that it opens or ends."""
    if code in full:
        return full[code]
    return next((n for c, n in full.items() if c.startswith(code) or c.endswith(code) or code.startswith(c)), None)
