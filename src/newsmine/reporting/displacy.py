"""An article with its figures and names as a dict for displaCy: `displacy.render(dicts, style="ent", manual=True)`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from newsmine.reporting.segments import CLAIM, ENTITY, Segment, cut
from newsmine.tables import Row

FIGURE = "FIGURE"


def displacy_dict(article: Row, claims: Mapping[int, Row], entities: Mapping[int, Row]) -> dict[str, Any]:
    """`{"text", "ents": [{"start", "end", "label"}], "title"}`; offsets in code points, no two spans overlap."""
    ents, position = [], 0
    for (kind, ref), group in groupby(cut(article["text"], claims, entities).segments, key=_owner):
        end = position + sum(len(s.text) for s in group)
        if ref is not None and kind in (CLAIM, ENTITY):
            label = FIGURE if kind == CLAIM else entities[ref]["label"]
            ents.append({"start": position, "end": end, "label": label})
        position = end
    return {"text": article["text"], "ents": ents, "title": article["title"]}


def _owner(segment: Segment) -> tuple[str, int | None]:
    return segment.kind, segment.ref
