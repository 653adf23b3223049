"""Articles with their marked stretches: names under their label, figures under their kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsmine.errors import UsageError
from newsmine.stored import is_output, read_table
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
    if not folder.is_dir() or not is_output(folder):
        raise UsageError(f"{folder}: not a folder that newsmine extract wrote; run newsmine extract INPUT -o OUT first")
    found: dict[str, list[Marked]] = defaultdict(list)
    for row in read_table(folder, "claims"):
        found[row["article_id"]].append(Marked(row["start"], row["end"], row["kind"], row))
    for row in read_table(folder, "entities"):
        found[row["article_id"]].append(Marked(row["start"], row["end"], row["label"], row))
    for article in read_table(folder, "articles"):
        if article.get("text") is None:
            raise UsageError(f"{folder}: holds no texts; run newsmine extract without --no-text")
        marked = sorted(found[article["article_id"]], key=lambda m: (m.start, m.end, m.label))
        yield Passage(article, article["text"], tuple(marked))
