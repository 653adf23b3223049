"""An article on its way through the stages: its folded view, its sentences, and its tokens, made when first asked
for."""

from __future__ import annotations

from functools import cached_property

import regex

from newsmine.fold import Folder
from newsmine.segment import FURNITURE, Segmenter
from newsmine.types import Article, Mention, Quantity, Span, TimeExpression, Token

_SENTENCE_END = regex.compile(r"[。！？!?…]++[”’」』》）)\"]*+|\n")
_TERMINAL = "。！？!?…：；:;”」』）)"
_BLANK = FURNITURE + " \t\r\n\u3000\xa0\u200b\ufeff"
# What may stand where a line end cuts a sentence: blank lines, the mark of a new page.
_BETWEEN = regex.compile(rf"[\s\u200b\ufeff]*+(?:{FURNITURE}{{1,10}}+[\s\u200b\ufeff]*+)?+(?!{FURNITURE})")
_PROSE = regex.compile(r"[，。；：、“「]|, ?")


class Document:
    """What the stages read and fill. All offsets point into `article.text`; `folded` has the same length."""

    def __init__(self, article: Article, folder: Folder, segmenter: Segmenter) -> None:
        self.article = article
        folded = folder(article.text) if article.folded is None else article.folded
        self.script = folder.script(article.text)
        self.folded = _without_furniture(folded, article.chrome)
        self.times: list[TimeExpression] = []
        self.quantities: list[Quantity] = []
        self.mentions: list[Mention] = []
        # The currency of the place that the article is about, as a bare unit of money is read.
        self.currency = ""
        self._segmenter = segmenter
        self._tokens: dict[Span, list[Token]] = {}

    def frequency(self, word: str) -> int:
        """How often a word stands in general Chinese, by jieba's dictionary."""
        return self._segmenter.frequency(word)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences in order, furniture and blank lines left out. A line end closes one, unless it cuts prose in
        two."""
        return list(split_sentences(self.folded))

    def sentence_of(self, start: int) -> Span:
        """The sentence that holds a position."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].end <= start:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low].start <= start:
            return self.sentences[low]
        return Span(start, start)

    def tokens(self, sentence: Span) -> list[Token]:
        """The tokens of a sentence; times and quantities are one token each."""
        if sentence not in self._tokens:
            spans = [(t.start, t.end, "time") for t in self.times if t.start < sentence.end and sentence.start < t.end]
            spans += [
                (q.start, q.end, "quantity")
                for q in self.quantities
                if q.start < sentence.end and sentence.start < q.end
            ]
            # A word such as nearly before a figure is cut by itself, or the dictionary would tie it to what stands
            # before.
            spans += [
                (q.outer_start, q.start, "word")
                for q in self.quantities
                if sentence.start <= q.outer_start < q.start < sentence.end
            ]
            self._tokens[sentence] = self._segmenter.tokens(self.folded, *sentence, sorted(spans))
        return self._tokens[sentence]


def _without_furniture(folded: str, chrome: tuple[Span, ...]) -> str:
    for span in reversed(chrome):
        inside = regex.sub(r"[^\n]", FURNITURE, folded[span.start : span.end])
        folded = folded[: span.start] + inside + folded[span.end :]
    return folded


def split_sentences(folded: str) -> list[Span]:
    """Sentence spans of a folded text, trimmed of white space and furniture at both ends."""
    spans: list[Span] = []
    start = 0
    for match in _SENTENCE_END.finditer(folded):
        if match.group() == "\n" and _cuts_prose(folded, start, match.start()):
            continue
        _add(spans, folded, start, match.end())
        start = match.end()
    _add(spans, folded, start, len(folded))
    return spans


def _add(spans: list[Span], folded: str, start: int, end: int) -> None:
    while start < end and folded[start] in _BLANK:
        start += 1
    while end > start and folded[end - 1] in _BLANK:
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def _cuts_prose(folded: str, start: int, line_end: int) -> bool:
    """Whether a line end stands in the middle of a sentence: the line is prose that does not end, and what follows
    goes on."""
    before = folded[start:line_end].strip(_BLANK)
    if len(before) < 8 or before[-1] in _TERMINAL or not _PROSE.search(before):
        return False
    between = _BETWEEN.match(folded, line_end)
    after = folded[between.end() :][:80].split("\n", 1)[0] if between is not None else ""
    if not after or not after[0].isalnum():
        return False
    return bool(_PROSE.search(after)) or after.rstrip()[-1:] in "。！？"
