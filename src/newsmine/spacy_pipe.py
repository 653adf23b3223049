"""newsmine in spaCy: its tokenizer, its stages as components, and the same rows, on a `Doc`.

`spacy.blank("zh").add_pipe("newsmine")` adds all stages; `newsmine_times`, `newsmine_quantities`, `newsmine_entities`
and `newsmine_claims` add one each. spaCy finds them by entry points, newsmine need not be imported. A component reads
the text of a `Doc`, not its tokens, and leaves `doc.ents` alone: it works beside any tokenizer and any trained model.

The main line itself does not build `Doc` objects: over a folder they cost more than the analysis. The tests hold both
to the same rows.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from newsmine.document import Document
from newsmine.extraction import TEXT_ID, Extractor, text_extractor
from newsmine.pipeline import Analyzer
from newsmine.tables import claim_row, entity_row
from newsmine.types import Article

_CONFIG: dict[str, Any] = {"domains": [], "patterns": [], "published": None}
_PACKS = "packs"

if not Doc.has_extension("claims"):
    Doc.set_extension("claims", getter=lambda doc: doc.user_data.get("newsmine", {}).get("claims", []))
    Doc.set_extension("mentions", getter=lambda doc: doc.user_data.get("newsmine", {}).get("entities", []))
    # The day of publication of this very document (a date or its ISO form); None: the component's `published`.
    Doc.set_extension("published", default=None)


class _Packs:
    """The packs of a tokenizer or component: read when first needed, written with a pipeline, kept out of pickles."""

    def __init__(self, domains: Iterable[str], patterns: Iterable[str | Path]) -> None:
        self._domains = tuple(domains)
        self._patterns = tuple(Path(p) for p in patterns)
        self._extractor: Extractor | None = None

    @property
    def extractor(self) -> Extractor:
        if self._extractor is None:
            self._extractor = text_extractor(self._patterns, self._domains)
        return self._extractor

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_extractor": None}

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write copies of the user's own packs, so that the pipeline needs nothing else where it is loaded."""
        folder = Path(path) / _PACKS
        for n, pack in enumerate(self._patterns):
            shutil.copytree(pack, folder / str(n) / pack.name, dirs_exist_ok=True)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> _Packs:
        """Use the copies that `to_disk` wrote."""
        folder = Path(path) / _PACKS
        copies = sorted(folder.glob("*/*"), key=lambda p: int(p.parent.name)) if folder.is_dir() else ()
        self._patterns, self._extractor = tuple(copies), None
        return self


class Tokenizer(_Packs):
    """Tokens of newsmine: numbers and times whole, jieba's words between them, none over the edge of a name. `doc.text`
    is the text as given."""

    def __init__(self, vocab: Vocab, domains: Iterable[str] = (), patterns: Iterable[str | Path] = ()) -> None:
        super().__init__(domains, patterns)
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        document = self.extractor.analyzer.document(Article(TEXT_ID, text))
        cuts = {0, len(text)}
        for sentence in document.sentences:
            for token in document.tokens(sentence):
                cuts |= {token.start, token.end}
        for mention in document.mentions:
            cuts |= {mention.start, mention.end}
        words = [text[a:b] for a, b in pairwise(sorted(cuts))]
        return Doc(self.vocab, words=words, spaces=[False] * len(words))


class Component(_Packs):
    """Adds the span groups of its stages: times, quantities, entities, claims. With the last two come the rows of their
    tables, as `doc._.mentions` and `doc._.claims`."""

    def __init__(
        self,
        stages: Iterable[str],
        domains: Iterable[str] = (),
        patterns: Iterable[str | Path] = (),
        published: str | None = None,
    ) -> None:
        super().__init__(domains, patterns)
        self._stages = tuple(stages)
        self._published = date.fromisoformat(published) if published else None

    def __call__(self, doc: Doc) -> Doc:
        said = doc._.published
        published = date.fromisoformat(said) if isinstance(said, str) else said or self._published
        # Title, dateline and page furniture are read as `extract(text=...)` reads them.
        article = self.extractor.reader.article(TEXT_ID, doc.text, {"published": published} if published else {})
        line = self.extractor.analyzer
        document = line.document(article)
        for stage in self._stages:
            _FILL[stage](doc, document, line)
        return doc


def _fill_times(doc: Doc, document: Document, line: Analyzer) -> None:
    doc.spans["times"] = _spans(doc, ((t.start, t.end, t.use) for t in document.times))


def _fill_quantities(doc: Doc, document: Document, line: Analyzer) -> None:
    doc.spans["quantities"] = _spans(doc, ((q.start, q.end, q.kind) for q in document.quantities))


def _fill_entities(doc: Doc, document: Document, line: Analyzer) -> None:
    rows = [_jsonable(entity_row(document.article, m, line.fold)) for m in document.mentions]
    doc.user_data.setdefault("newsmine", {})["entities"] = rows
    doc.spans["entities"] = _spans(doc, ((m.start, m.end, m.label) for m in document.mentions))


def _fill_claims(doc: Doc, document: Document, line: Analyzer) -> None:
    claims = line.claims.find(document)
    rows = [_jsonable(claim_row(document.article, c, line.fold)) for c in claims]
    doc.user_data.setdefault("newsmine", {})["claims"] = rows
    doc.spans["claims"] = _spans(doc, ((c.quantity.start, c.quantity.end, c.quantity.kind) for c in claims))


_FILL: dict[str, Callable[[Doc, Document, Analyzer], None]] = {
    "times": _fill_times,
    "quantities": _fill_quantities,
    "entities": _fill_entities,
    "claims": _fill_claims,
}


def _spans(doc: Doc, found: Iterable[tuple[int, int, str]]) -> list[Span]:
    spans = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in found)
    return [span for span in spans if span is not None]


def _jsonable(row: dict[str, Any]) -> dict[str, Any]:
    """spaCy serialises JSON values only; exact decimals go as text."""
    return {k: v if v is None or isinstance(v, str | int | bool | list) else str(v) for k, v in row.items()}


@Language.factory("newsmine", default_config=_CONFIG)
def make_pipe(nlp: Language, name: str, domains: list[str], patterns: list[str], published: str | None) -> Component:
    """All stages. `domains`: packs to use beside core (default: all); `patterns`: folders of the user's own packs;
    `published` (ISO date): what relative dates count from."""
    return Component(_FILL, domains, patterns, published)


@Language.factory("newsmine_times", default_config=_CONFIG)
def make_times(nlp: Language, name: str, domains: list[str], patterns: list[str], published: str | None) -> Component:
    """`doc.spans["times"]`."""
    return Component(("times",), domains, patterns, published)


@Language.factory("newsmine_quantities", default_config=_CONFIG)
def make_quantities(
    nlp: Language, name: str, domains: list[str], patterns: list[str], published: str | None
) -> Component:
    """`doc.spans["quantities"]`."""
    return Component(("quantities",), domains, patterns, published)


@Language.factory("newsmine_entities", default_config=_CONFIG)
def make_entities(
    nlp: Language, name: str, domains: list[str], patterns: list[str], published: str | None
) -> Component:
    """`doc.spans["entities"]` and `doc._.mentions`."""
    return Component(("entities",), domains, patterns, published)


@Language.factory("newsmine_claims", default_config=_CONFIG)
def make_claims(nlp: Language, name: str, domains: list[str], patterns: list[str], published: str | None) -> Component:
    """`doc.spans["claims"]` and `doc._.claims`."""
    return Component(("claims",), domains, patterns, published)


def make_tokenizer(
    domains: list[str] | None = None, patterns: list[str] | None = None
) -> Callable[[Language], Tokenizer]:
    """newsmine's tokenizer, for `nlp.tokenizer` in a spaCy config."""
    return lambda nlp: Tokenizer(nlp.vocab, domains or (), patterns or ())


registry.tokenizers("newsmine.Tokenizer.v1", func=make_tokenizer)


def load(domains: Iterable[str] = (), patterns: Iterable[str | Path] = (), published: str | None = None) -> Language:
    """A spaCy Language with newsmine's tokenizer and component.

    `domains`: names of the packs to use beside core (default: all). `patterns`: folders of the user's own packs.
    """
    packs = {"domains": list(domains), "patterns": [str(p) for p in patterns]}
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "newsmine.Tokenizer.v1", **packs}}})
    nlp.add_pipe("newsmine", config={**packs, "published": published})
    return nlp
