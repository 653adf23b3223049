"""The line: an article in, its sentences, times, quantities, names and claims out."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path

from newsmine.claims import ClaimFinder, Watch
from newsmine.document import Document
from newsmine.entities import EntityFinder
from newsmine.fold import Folder, folder
from newsmine.limits import check
from newsmine.numbers.numerals import NumeralGrammar
from newsmine.packs import Patterns, pack_folders, read_packs
from newsmine.quantities.finder import QuantityFinder
from newsmine.quantities.money import LocalCurrency
from newsmine.segment import Segmenter
from newsmine.times import TimeFinder
from newsmine.types import Analysis, Article, Quantity, Span, TimeExpression

# In an article's flags: a limit of time or size ended the analysis before its claims.
UNFINISHED = "unfinished"


class Analyzer:
    """Runs every stage over one article at a time; holds no state of an article, so that none can change another's
    rows."""

    def __init__(self, patterns: Patterns, fold: Folder | None = None) -> None:
        self.patterns = patterns
        self.segmenter = Segmenter(patterns)
        self.grammar = NumeralGrammar(patterns)
        self.times = TimeFinder(patterns, self.grammar)
        self.quantities = QuantityFinder(patterns, self.grammar)
        self.currency = LocalCurrency(patterns)
        self._entities = EntityFinder(patterns, self.segmenter)
        self.claims = ClaimFinder(patterns)
        self.fold = fold or folder()

    def document(self, article: Article) -> Document:
        """The article with its times, quantities and mentions filled in."""
        return self._filled(self.opened(article))

    def opened(self, article: Article) -> Document:
        """The article before the first stage."""
        return Document(article, self.fold, self.segmenter)

    def _filled(self, document: Document) -> Document:
        document.times = self.times.find(document.folded, document.article.published)
        check()
        money = self.currency(document.folded, document.script)
        document.currency = money
        document.quantities = self.quantities.find(
            document.folded, [Span(t.start, t.end) for t in document.times], money
        )
        check()
        document.times = [t for t in document.times if not _states_amount(t, document.quantities)]
        document.mentions = self._entities.find(document)
        check()
        document.quantities = [q for q in document.quantities if not _inside_name(q.start, q.end, document)]
        return document

    def analyze(self, article: Article, watch: Watch | None = None) -> Analysis:
        """Everything that the article's tables are made of; `watch` is shown the candidates of every figure."""
        return self.finished(self.opened(article), watch)

    def finished(self, document: Document, watch: Watch | None = None) -> Analysis:
        """Everything that an opened article's tables are made of. What ends it half-way leaves in the document what
        the stages before have found."""
        self._filled(document)
        return Analysis(
            article=document.article,
            folded=document.folded,
            script=document.script,
            sentences=tuple(document.sentences),
            times=tuple(document.times),
            quantities=tuple(document.quantities),
            mentions=tuple(document.mentions),
            claims=tuple(self.claims.find(document, watch)),
        )

    def so_far(self, article: Article, document: Document | None) -> Analysis:
        """The article whose analysis was ended, with the names that were found by then. Figures without what is said of
        them are no claims."""
        marked = replace(article, flags=(*article.flags, UNFINISHED))
        mentions = tuple(document.mentions) if document is not None else ()
        return Analysis(article=marked, folded="", script=self.fold.script(article.text), mentions=mentions)


def _states_amount(time: TimeExpression, quantities: list[Quantity]) -> bool:
    """Whether a period that could say when is an amount here (waited for nearly nine years): then it dates nothing."""
    return any(q.start < time.end and time.start < q.end for q in quantities)


def _inside_name(start: int, end: int, document: Document) -> bool:
    return any(m.start <= start and end <= m.end for m in document.mentions)


@functools.lru_cache(maxsize=4)
def analyzer(patterns_dirs: tuple[Path, ...] = (), domains: tuple[str, ...] = ()) -> Analyzer:
    """The analyzer for these packs, loaded once a process."""
    packs = pack_folders(patterns_dirs, domains)
    fold = folder(tuple(packs))
    return Analyzer(read_packs(packs, fold), fold)


@functools.cache
def quantity_tools() -> tuple[NumeralGrammar, QuantityFinder, TimeFinder]:
    """The number, quantity and time finders of the packaged packs, without jieba."""
    patterns = read_packs(pack_folders(), folder())
    grammar = NumeralGrammar(patterns)
    return grammar, QuantityFinder(patterns, grammar), TimeFinder(patterns, grammar)
