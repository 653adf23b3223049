"""spaCy's DocBin: to train on, or to look at with displaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from newsmine.exchange.marked import Passage

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def write_docbin(articles: Iterable[Passage], path: Path) -> None:
    """Documents with the tokens of newsmine, `doc.ents` (names, none over another), and the span groups `entities` and
    `claims`. `doc.user_data["article_id"]` says which article it is."""
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "newsmine.Tokenizer.v1"}}})
    DocBin(store_user_data=True, docs=_docs(nlp, articles)).to_disk(path)


def _docs(nlp: Language, articles: Iterable[Passage]) -> Iterator[Doc]:
    from spacy.util import filter_spans

    for passage in articles:
        doc = _doc(nlp, passage)
        doc.user_data["article_id"] = passage.article_id
        for name, wanted in (("entities", False), ("claims", True)):
            marks = [mark for mark in passage.marked if mark.is_claim is wanted]
            spans = (doc.char_span(mark.start, mark.end, label=mark.label) for mark in marks)
            doc.spans[name] = [span for span in spans if span is not None]
        doc.ents = filter_spans(list(doc.spans["entities"]))
        yield doc


def _doc(nlp: Language, passage: Passage) -> Doc:
    """The tokens of newsmine, cut where a mark begins or ends as well: a pack of the user's may name what the packaged
    ones do not know."""
    from spacy.tokens import Doc

    cuts = {0, len(passage.text), *(at for m in passage.marked for at in (m.start, m.end))}
    cuts |= {token.idx for token in nlp.make_doc(passage.text)}
    words = [passage.text[a:b] for a, b in pairwise(sorted(cuts))]
    return Doc(nlp.vocab, words=words, spaces=[False] * len(words))
