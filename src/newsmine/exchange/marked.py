"""Articles with their marked stretches: names under their label, figures under their kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsmine.errors import UsageError
from newsmine.reporting import read_material
from newsmine.tables import Row


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked stretch: characters start to end of the article (code points, half-open), its label, and the row of
    `claims` or `entities` that it comes from."""

    start: int
    end: int
    label: str
    row: Row

    @property
    def id(self) -> str:
        """The id of its row."""
        return str(self.row.get("claim_id") or self.row["entity_id"])

    @property
    def is_claim(self) -> bool:
        return "claim_id" in self.row


@dataclass(frozen=True, slots=True)
class Passage:
    """One article: its row of `articles`, its text, and what is marked in it, in order."""

    article: Row
    text: str
    marked: tuple[Marked, ...]

    @property
    def article_id(self) -> str:
        return str(self.article["article_id"])


def passages(folder: Path) -> Iterator[Passage]:
    """The articles of a folder that `newsmine extract` wrote, in its order. UsageError where it has no texts."""
    material = read_material(folder)
    found: dict[str, list[Marked]] = defaultdict(list)
    for rows, label in ((material.claims, "kind"), (material.entities, "label")):
        for row in rows:
            found[row["article_id"]].append(Marked(row["start"], row["end"], row[label], row))
    for article in material.articles:
        if article.get("text") is None:
            raise UsageError(f"{folder}: holds no texts; run newsmine extract without --no-text")
        marked = sorted(found[article["article_id"]], key=lambda m: (m.start, m.end, m.label))
        yield Passage(article, article["text"], tuple(marked))
