"""The headline: the line before the credits, the first line that reads like one, or what stands before the prose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from newsmine.reading.furniture import Found
from newsmine.reading.layout import Layout, Line

_SHORTEST, _LONGEST = 2, 80
_SHORTEST_RUN_IN, _LONGEST_RUN_IN = 8, 48
_MARKS = regex.compile(r"^[#*\s\u3000]+|[*\s\u3000]+$")
_SUBTITLE = regex.compile(r"^(?:——|--|—)")
_SENTENCE = regex.compile(r"。")
_CLAUSE = regex.compile(r"[，,。；！]")
_PARTED = regex.compile(r"[ ：:！!？?]")
_REPEAT = 5
_TOP = 30


class Titles:
    """Finds headlines; `cues` are the compiled `metadata` entries by field."""

    def __init__(self, cues: Mapping[str, Sequence[regex.Pattern[str]]]) -> None:
        self._tags = cues.get("title_tag", ())
        self._none = cues.get("no_title", ())
        self._bodies = cues.get("body", ())
        self._weak = cues.get("body_weak", ())

    def __call__(self, text: str, folded: str, page: Layout, found: list[Found]) -> str | None:
        """The headline as the text has it, or None."""
        top = page.lines[:_TOP]
        found = [f for f in found if top and f.span.start < top[-1].end]
        lines = [line for line in top if not _covered(line, found)]
        if not lines:
            return None
        first = _before_credits(lines, found) or lines[0]
        if self._headline(first):
            return self._clean(text[first.start : first.end] + _subtitle(text, lines, first))
        end = self._run_in(lines[0])
        if end is None or any(cue.search(lines[0].text[:end]) for cue in self._none):
            return None
        return self._clean(text[lines[0].start : lines[0].start + end])

    def _headline(self, line: Line) -> bool:
        bare = _MARKS.sub("", line.text)
        if not _SHORTEST <= len(bare) <= _LONGEST or _SENTENCE.search(bare):
            return False
        return not any(cue.search(bare) for cue in self._none)

    def _run_in(self, line: Line) -> int | None:
        """Where the prose begins in a first line that holds headline and prose."""
        if len(line.text) <= _LONGEST:
            return None
        told = _first_cut(line.text, self._bodies)
        return told or _repeated(line.text) or _first_cut(line.text, self._weak)

    def _clean(self, title: str) -> str:
        title = _MARKS.sub("", title)
        for tag in self._tags:
            title = tag.sub("", title).rstrip()
        return title


def _covered(line: Line, found: list[Found]) -> bool:
    return any(f.span.start <= line.start and line.end <= f.span.end for f in found)


def _first_cut(text: str, cues: Sequence[regex.Pattern[str]]) -> int | None:
    for cue in cues:
        match = cue.search(text, _SHORTEST_RUN_IN, _LONGEST_RUN_IN + _REPEAT)
        if match and _alone(text[: match.start()]):
            return int(match.start())
    return None


def _repeated(text: str) -> int | None:
    """Where a line begins anew with its own first words, as prose does below a headline."""
    at = text.find(text[:_REPEAT], _SHORTEST_RUN_IN, _LONGEST_RUN_IN + _REPEAT)
    return at if at > 0 and _alone(text[:at]) and _PARTED.search(text[:at]) else None


def _alone(text: str) -> bool:
    """Whether the start of a line can be a headline: neither too short nor too long, and one clause."""
    bare = text.strip()
    return _SHORTEST_RUN_IN <= len(bare) <= _LONGEST_RUN_IN and not _CLAUSE.search(bare)


def _before_credits(lines: list[Line], found: list[Found]) -> Line | None:
    """The line right before the first row of credits, if that stands before the prose."""
    prose = next((line.start for line in lines if line.prose), None)
    row = next((f.span.start for f in found if f.credits), None)
    if row is None or (prose is not None and row > prose):
        return None
    before = [line for line in lines if line.end <= row]
    if not before:
        return None
    last = before[-1]
    return before[-2] if _SUBTITLE.match(last.text) and len(before) > 1 else last


def _subtitle(text: str, lines: list[Line], first: Line) -> str:
    """The second line of a headline, where it stands right below and begins with a dash."""
    after = next((line for line in lines if line.start > first.start), None)
    if after is None or not _SUBTITLE.match(after.text) or text.count("\n", first.end, after.start) != 1:
        return ""
    return text[after.start : after.end]
