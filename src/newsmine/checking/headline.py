"""A heading against the text right below it: what the heading tells, the text tells too, and the same."""

from __future__ import annotations

from collections.abc import Iterator

from newsmine.checking.figures import ArticleFigures, Figure
from newsmine.checking.findings import MISMATCH, Finding
from newsmine.checking.knowledge import Knowledge
from newsmine.checking.topics import alike, overlap

HEADLINE = "repetition"

# Full stops, question and exclamation marks: a line that ends with one is a sentence, no heading.
_ENDS = tuple(map(chr, (0x3002, 0xFF01, 0xFF1F, 0x21, 0x3F, 0xFF1B, 0x3B, 0x2026)))


def check(article: ArticleFigures, knowledge: Knowledge) -> Iterator[Finding]:
    for heading in article.figures:
        if heading.level and heading.kind != "multiple" and _is_heading(heading, knowledge):
            below = [f for f in article.figures if _below(heading, f, knowledge)]
            other = next((f for f in below if contradicts(heading, f, knowledge)), None)
            if other is not None and not any(f.bounds.overlaps(heading.bounds) for f in below):
                yield Finding(HEADLINE, MISMATCH, (heading, other), other.text, heading.text)


def contradicts(heading: Figure, below: Figure, knowledge: Knowledge) -> bool:
    """Whether the text below a heading tells another amount of what the heading tells."""
    if not _is_heading(heading, knowledge) or _is_heading(below, knowledge) or not _below(heading, below, knowledge):
        return False
    low, high = sorted((heading.value, below.value))
    near = low > 0 and high / low <= knowledge.tolerance("same_fact") and below.level
    same = heading.actual == below.actual and alike(heading, below)
    return (
        near
        and same
        and not heading.bounds.overlaps(below.bounds)
        and overlap(heading, below) >= float(knowledge.tolerance("heading_clause"))
        and not knowledge.holds(below.before, "part_of")
    )


def _is_heading(figure: Figure, knowledge: Knowledge) -> bool:
    """Whether the figure stands in a short line that no full stop ends."""
    line = figure.sentence.strip()
    return len(line) <= knowledge.tolerance("heading") and not line.endswith(_ENDS)


def _below(heading: Figure, figure: Figure, knowledge: Knowledge) -> bool:
    """Whether a figure of the same unit stands in the text right below the heading."""
    end = heading.sentence_start + len(heading.sentence)
    return heading.unit == figure.unit and end <= figure.start <= end + knowledge.tolerance("heading_reach")
