"""What a page is made of: the rows of a run, read from the folder that holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from newsmine.errors import UsageError
from newsmine.stored import has_table, is_output, read_table
from newsmine.tables import Row


@dataclass(frozen=True, slots=True)
class Material:
    """Rows as the tables hold them. `findings` is None where nobody ran `newsmine check`."""

    name: str
    articles: Sequence[Row]
    claims: Sequence[Row]
    entities: Sequence[Row]
    errors: Sequence[Row] = field(default_factory=list)
    findings: Sequence[Row] | None = None

    def of(self, article_id: str) -> Material:
        """What concerns one article; UsageError where there is none of this name."""
        article = next((a for a in self.articles if a["article_id"] == article_id), None)
        if article is None:
            some = ", ".join(a["article_id"] for a in self.articles[:3])
            raise UsageError(f"--article {article_id}: no such article in {self.name}; there are {some or 'none'} ...")
        findings = self.findings
        return Material(
            article_id,
            [article],
            [c for c in self.claims if c["article_id"] == article_id],
            [e for e in self.entities if e["article_id"] == article_id],
            findings=findings and [f for f in findings if article_id in f["article_ids"]],
        )


def read_material(folder: Path, article_id: str | None = None) -> Material:
    """The rows of a folder that `newsmine extract` wrote; of one article, where it is named."""
    if not folder.is_dir() or not is_output(folder):
        raise UsageError(f"{folder}: not a folder that newsmine extract wrote; run newsmine extract INPUT -o OUT first")
    tables = {name: list(read_table(folder, name)) for name in ("articles", "claims", "entities", "errors")}
    findings = list(read_table(folder, "findings")) if has_table(folder, "findings") else None
    material = Material(folder.resolve().name, **tables, findings=findings)
    return material if article_id is None else material.of(article_id)


def by_article(rows: Iterable[Row]) -> dict[str, list[int]]:
    """The positions of the rows of each article."""
    found: dict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        found[row["article_id"]].append(position)
    return found
