"""Annotated folders: texts, gold and dates of articles that weights are learnt from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from newsmine.errors import UsageError
from newsmine.extraction import Extractor, Options
from newsmine.learning.examples import Lesson
from newsmine.reading import find_sources
from newsmine.scoring import read_gold

_TEXTS = ("text", "articles")


def lessons(folders: Sequence[Path], patterns: Sequence[Path] = ()) -> list[Lesson]:
    """The articles of annotated folders, read and analysed up to their claims.

    A folder holds `gold` (as for `newsmine score`), `text` or `articles`, and, where dates matter, `metadata.csv`.
    """
    return [lesson for folder in folders for lesson in _lessons(folder, patterns)]


def _lessons(folder: Path, patterns: Sequence[Path]) -> Iterator[Lesson]:
    texts = next((folder / name for name in _TEXTS if (folder / name).is_dir()), None)
    if texts is None:
        raise UsageError(f"{folder}: should hold annotated texts (text or articles) and their gold (gold)")
    metadata = folder / "metadata.csv"
    extractor = Extractor(Options(tuple(patterns), metadata=metadata if metadata.exists() else None))
    gold = {article.article_id: article for article in read_gold(folder / "gold")}
    for source in extractor.reader.expand(find_sources([texts])):
        if source.article_id in gold:
            article = extractor.reader.read(source, extractor.reader.load(source))
            yield Lesson(extractor.analyzer.document(article), gold[source.article_id])
