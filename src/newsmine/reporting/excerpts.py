"""The sentences that hold figures, where a folder of tables does not hold the articles' text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsmine.tables import Row

GAP = "\n\n"
_OFFSETS = ("start", "end", "sentence_start", "metric_start", "metric_end")


def excerpt(claims: Mapping[int, Row], entities: Mapping[int, Row]) -> tuple[str, dict[int, Row], dict[int, Row]]:
    """A text of these sentences, and the rows with their places in it; names outside the sentences are left out."""
    sentences = sorted({(c["sentence_start"], c["sentence"]) for c in claims.values()})
    places: dict[int, int] = {}
    parts: list[str] = []
    for start, sentence in sentences:
        places[start] = sum(map(len, parts))
        parts += [sentence, GAP]
    ends = {start: start + len(sentence) for start, sentence in sentences}
    moved_claims = {n: _moved(c, places[c["sentence_start"]] - c["sentence_start"]) for n, c in claims.items()}
    moved_entities = {
        n: _moved(e, places[home] - home) for n, e in entities.items() if (home := _home(e, ends)) is not None
    }
    return "".join(parts[:-1]), moved_claims, moved_entities


def _home(entity: Row, ends: Mapping[int, int]) -> int | None:
    starts: Iterable[int] = (start for start, end in ends.items() if start <= entity["start"] and entity["end"] <= end)
    return next(iter(starts), None)


def _moved(row: Row, by: int) -> Row:
    return {**row, **{name: row[name] + by for name in _OFFSETS if row.get(name) is not None}}
