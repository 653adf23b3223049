"""One body, several names: the short forms of an article and the fullest form they stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import regex

from newsmine.entities.lexicon import Lexicon
from newsmine.entities.model import Candidate, Hit
from newsmine.entities.topics import last_topic
from newsmine.entities.words import Words
from newsmine.packs import Patterns

_BRACKET_REACH = 60
_GROWTH = 4
_INTRODUCING = ("short", "bracket")
_STANDING_IN = ("host", "last")
# A name with one of these parts is told by it, wherever it stands.
_TELLING = frozenset({"proper", "name", "listed"})


class Aliases:
    """Finds the short forms that an article introduces, and gives every mention of a name its fullest form."""

    def __init__(self, patterns: Patterns) -> None:
        self._introduced = [(patterns.compile(e), e) for e in patterns.stage("alias") if e.get("role") in _INTRODUCING]
        listed = [e for e in patterns.stage("gazetteer") if len(e.forms) > 1]
        self._same = {form: e.forms for e in listed for form in e.forms}
        parts = [e for e in patterns.stage("part") if e.get("class") == "ordinal"]
        self._ordinals = {f for e in parts for f in e.forms if len(f) == 1}
        joins = [e for e in patterns.stage("nameedge") if e.get("class") == "join"]
        self._joins = {f for e in joins for f in e.forms if f.strip()}
        self._places = Lexicon((f, True) for e in patterns.stage("place") for f in e.forms)
        admin = [f for e in patterns.stage("part") if e.get("class") == "admin" for f in e.forms]
        self._admin = Lexicon((f, True) for f in admin)

    def resolve(self, text: str, candidates: list[Candidate]) -> list[Candidate]:
        """The candidates with their canonical names, and the bare short forms found elsewhere in the text."""
        self._share_prefix(text, candidates)
        explicit = self._introductions(text, candidates)
        kept = [c for c in candidates if c.named]
        fulls = Counter((c.label, c.name) for c in kept)
        for candidate in kept:
            full = explicit.get(candidate.name) or self._fullest(candidate, fulls) or candidate.name
            candidate.name = self._chain(full, explicit, candidate.label, fulls)
        fulls = Counter((c.label, c.name) for c in kept)
        kept += [c for c in candidates if not c.named and self._grown(text, c, fulls)]
        return kept + self._bare(text, kept, explicit)

    def _share_prefix(self, text: str, candidates: list[Candidate]) -> None:
        """In a list the first name says the owner for those after it; a name that lists know gets its full form so."""
        ordered = sorted((c for c in candidates if c.named or c.parts), key=lambda c: c.start)
        for first, second in pairwise(ordered):
            gap = text[first.end : second.start]
            if not first.named or first.label != second.label or gap not in self._joins:
                continue
            full = self._known_with(first.name, second.name) or self._carried(first.name, second)
            if full is not None:
                second.name, second.named = full, True

    def _known_with(self, first: str, second: str) -> str | None:
        """The listed full form of a name, if it shares at least a third of another's beginning."""
        shared = first[: max(4, len(first) // 3)]
        return next((f for f in self._same.get(second, ()) if len(f) > len(second) and f.startswith(shared)), None)

    def _carried(self, first: str, second: Candidate) -> str | None:
        """A name that begins with an ordinal, with the beginning of the one before it up to its own ordinal."""
        if second.named and not second.parts <= {"ordinal", "kind"}:
            return None
        for length in (2, 1):
            at = first.rfind(second.name[:length])
            if at > 1 and (length == 2 or "ordinal" in second.parts):
                return first[:at] + second.name
        return None

    def _grown(self, text: str, candidate: Candidate, fulls: Counter[tuple[str, str]]) -> bool:
        """Whether what names nothing by itself ends a full name, with up to four more characters on its left."""
        for more in range(_GROWTH, -1, -1):
            start = candidate.start - more
            if start < 0 or (more == 0 and not candidate.parts):
                continue
            candidate.name = text[start : candidate.end]
            full = self._fullest(candidate, fulls)
            if full is not None:
                candidate.start, candidate.name, candidate.named = start, full, True
                return True
        return False

    def _introductions(self, text: str, candidates: list[Candidate]) -> dict[str, str]:
        short: dict[str, str] = {}
        for candidate in candidates:
            for pattern, entry in self._introduced if candidate.named else ():
                match = pattern.match(text, candidate.end, candidate.end + _BRACKET_REACH)
                if match is None:
                    continue
                alias = match.group("alias").strip()
                sure = entry.get("role") == "short"
                if len(alias) < len(candidate.name) and (sure or _subsequence(alias, candidate.name)):
                    short[alias] = candidate.name
        return short

    def _chain(self, name: str, explicit: dict[str, str], label: str, fulls: Counter[tuple[str, str]]) -> str:
        full = explicit.get(name, name)
        further = self._fullest(Candidate(0, 0, label, "", full), fulls)
        return further or full

    def _fullest(self, candidate: Candidate, fulls: Counter[tuple[str, str]]) -> str | None:
        """The longer name of the article that this one shortens, if just one does best."""
        name = candidate.name
        names = [f for label, f in fulls if label == candidate.label and len(f) > len(name)]
        options = [f for f in names if self._shortens(name, f, candidate)]
        if not candidate.named and len({o for o in options if not any(p != o and p.endswith(o) for p in options)}) > 1:
            return None
        return max(options, key=lambda f: (f.endswith(name), fulls[candidate.label, f], len(f)), default=None)

    def _shortens(self, short: str, full: str, candidate: Candidate) -> bool:
        if full.endswith(short) or full in self._same.get(short, ()):
            return True
        if not candidate.named:
            return False
        core = self._core(short)
        if core != short and candidate.parts & _TELLING and full.endswith(core):
            return self._core(full[: -len(core)]) != ""
        ordinals = self._ordinal(short)
        if not ordinals or ordinals != self._ordinal(full) or short[-1] != full[-1]:
            return False
        return _subsequence(short, full)

    def _core(self, name: str) -> str:
        """A name without the places that it begins with."""
        position = 0
        while (found := self._places.starting(name, position) or self._admin.starting(name, position)) is not None:
            position = found[0]
        return name[position:]

    def _ordinal(self, name: str) -> list[str]:
        return [c for c in name if c in self._ordinals]

    def _bare(self, text: str, candidates: list[Candidate], explicit: dict[str, str]) -> list[Candidate]:
        """Occurrences of introduced short forms that no suffix gives away."""
        by_name = {c.name: c for c in candidates}
        spans = {(c.start, c.end) for c in candidates}
        found: list[Candidate] = []
        for alias, full in explicit.items():
            model = by_name.get(self._model(full, by_name))
            if model is None:
                continue
            matches = [m for m in regex.finditer(regex.escape(alias), text) if m.span() not in spans]
            found += [Candidate(m.start(), m.end(), model.label, model.rule, model.name, weight=1) for m in matches]
        return found

    @staticmethod
    def _model(full: str, by_name: dict[str, Candidate]) -> str:
        return full if full in by_name else next((n for n in by_name if n.endswith(full)), "")


class Pronouns:
    """Words that stand for a name: the host's, or the one named last."""

    def __init__(self, patterns: Patterns) -> None:
        self._roles = {e.id: e for e in patterns.stage("alias") if e.get("role") in _STANDING_IN}

    def find(self, words: Words, hits: Iterable[Hit], candidates: list[Candidate], host: str | None) -> list[Candidate]:
        return [c for hit in hits for c in self._stand_in(words, hit, candidates, host)]

    def _stand_in(self, words: Words, hit: Hit, candidates: list[Candidate], host: str | None) -> list[Candidate]:
        entry = self._roles.get(hit.entry.id)
        if entry is None or not words.ends(hit.end):
            return []
        label = entry.get("label", ("",))[0]
        name = host
        if entry.get("role") == "last":
            ends = tuple(entry.get("ends", ("",)))
            topic = last_topic(words, hit.start, (c for c in candidates if c.label == label and c.name.endswith(ends)))
            name = topic.name if topic else None
        flag = "resolved_pronoun" if name else "unresolved_pronoun"
        form = words.text[hit.start : hit.end]
        end, needs = hit.end, name is None
        return [Candidate(hit.start, end, label, entry.id, name or form, flags=(flag,), needs_context=needs)]


def _subsequence(short: str, full: str) -> bool:
    rest = iter(full)
    return all(c in rest for c in short)
