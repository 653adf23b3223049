"""newsmine as a spaCy pipeline: the same stages and the same rows, on a `Doc`.

The main line itself does not build `Doc` objects: over a folder they cost more than the analysis. The tests hold both
to the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from newsmine.pipeline import Analyzer, analyzer
from newsmine.tables import claim_row, entity_row
from newsmine.types import Article

if not Doc.has_extension("claims"):
    Doc.set_extension("claims", getter=lambda doc: doc.user_data.get("newsmine", {}).get("claims", []))
    Doc.set_extension("mentions", getter=lambda doc: doc.user_data.get("newsmine", {}).get("entities", []))


class Tokenizer:
    """Tokens of newsmine: numbers and times whole, jieba's words between them. `doc.text` is the text as given."""

    def __init__(self, vocab: Vocab, analyzer: Analyzer) -> None:
        self.vocab = vocab
        self._analyzer = analyzer

    def __call__(self, text: str) -> Doc:
        document = self._analyzer.document(Article("text", text))
        cuts = {0, len(text)}
        for sentence in document.sentences:
            for token in document.tokens(sentence):
                cuts |= {token.start, token.end}
        for mention in document.mentions:
            cuts |= {mention.start, mention.end}
        edges = sorted(cuts)
        words = [text[a:b] for a, b in pairwise(edges)]
        return Doc(self.vocab, words=words, spaces=[False] * len(words))


class Pipe:
    """Adds the span groups times, quantities, entities and claims, and `doc._.claims` with the rows of the claims
    table."""

    def __init__(self, analyzer: Analyzer, published: date | None) -> None:
        self._analyzer = analyzer
        self._published = published

    def __call__(self, doc: Doc) -> Doc:
        article = Article("text", doc.text, published=self._published)
        analysis = self._analyzer.analyze(article)
        claims = [_jsonable(claim_row(article, c, self._analyzer.fold)) for c in analysis.claims]
        entities = [_jsonable(entity_row(article, m, self._analyzer.fold)) for m in analysis.mentions]
        doc.user_data["newsmine"] = {"claims": claims, "entities": entities}
        doc.spans["times"] = _spans(doc, ((t.start, t.end, t.use) for t in analysis.times))
        doc.spans["quantities"] = _spans(doc, ((q.start, q.end, q.kind) for q in analysis.quantities))
        doc.spans["entities"] = _spans(doc, ((m.start, m.end, m.label) for m in analysis.mentions))
        doc.spans["claims"] = _spans(
            doc, ((c.quantity.start, c.quantity.end, c.quantity.kind) for c in analysis.claims)
        )
        return doc


def _spans(doc: Doc, found: Iterable[tuple[int, int, str]]) -> list[Span]:
    spans = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in found)
    return [span for span in spans if span is not None]


def _jsonable(row: dict[str, Any]) -> dict[str, Any]:
    """spaCy serialises JSON values only; exact decimals go as text."""
    return {k: v if v is None or isinstance(v, str | int | bool | list) else str(v) for k, v in row.items()}


@Language.factory("newsmine", default_config={"domains": [], "patterns": [], "published": None})
def make_pipe(nlp: Language, name: str, domains: list[str], patterns: list[str], published: str | None) -> Pipe:
    """The component `newsmine`; `published` (ISO date) is what relative dates count from."""
    chosen = analyzer(tuple(Path(p) for p in patterns), tuple(domains))
    return Pipe(chosen, date.fromisoformat(published) if published else None)


def load(domains: Iterable[str] = (), patterns: Iterable[str | Path] = (), published: str | None = None) -> Language:
    """A spaCy Language with newsmine's tokenizer and component.

    `domains`: names of the packs to use beside core (default: all). `patterns`: folders of the user's own packs.
    """
    nlp = Language()
    chosen = analyzer(tuple(Path(p) for p in patterns), tuple(domains))
    nlp.tokenizer = Tokenizer(nlp.vocab, chosen)
    config = {"domains": list(domains), "patterns": [str(p) for p in patterns], "published": published}
    nlp.add_pipe("newsmine", config=config)
    return nlp
