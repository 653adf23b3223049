"""What tables show of themselves in a notebook: counts, the first claims, an article with its marks. No script."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from newsmine.reporting.amounts import with_unit
from newsmine.reporting.material import Material, by_article
from newsmine.reporting.page import asset, environment
from newsmine.reporting.segments import Segment, cut
from newsmine.tables import Row

_LONGEST = 4000


def fragment(material: Material, counts: Mapping[str, int], shown: int = 8) -> str:
    """HTML to stand in another page. `counts` says how many rows each table has, `material` may hold fewer."""
    article = material.articles[0] if material.articles else None
    return environment().get_template("fragment.html.j2").render(
        style=Markup(asset("marks.css")),
        counts=counts,
        claims=[(c, with_unit(c)) for c in material.claims[:shown]],
        article=article,
        segments=[] if article is None else _first_segments(article, material),
        entities=material.entities,
    )  # fmt: skip


def _first_segments(article: Row, material: Material) -> list[Segment]:
    """The article's pieces up to a length that a notebook can bear."""
    own = article["article_id"]
    claims = {n: material.claims[n] for n in by_article(material.claims).get(own, ())}
    entities = {n: material.entities[n] for n in by_article(material.entities).get(own, ())}
    pieces = cut(article["text"], claims, entities, article["chrome_spans"]).segments
    found: list[Segment] = []
    left = _LONGEST
    for piece in pieces:
        if len(piece.text) > left:
            return [*found, Segment(piece.text[:left], piece.kind, piece.ref), Segment("…")]
        found.append(piece)
        left -= len(piece.text)
    return found
