"""Characters a second of the line and its stages, as ratios to jieba.cut over the same text in the same run.

    python benchmarks/throughput.py [FOLDER] [--repeat N]

FOLDER holds .txt articles (default: corpus/articles). The median of N rounds is shown;
jieba runs warm, with its HMM on.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from newsmine.document import Document
from newsmine.fold import folder
from newsmine.pipeline import analyzer
from newsmine.reading import find_sources
from newsmine.reading.reader import Reader
from newsmine.types import Article, Span

ROOT = Path(__file__).resolve().parent.parent


def median_seconds(run: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def stages(articles: list[Article]) -> dict[str, Callable[[], object]]:
    """Each stage over all articles, what comes before it done once."""
    line = analyzer()
    fold = folder()
    documents = [line.document(a) for a in articles]

    def fresh() -> list[Document]:
        return [Document(a, fold, line.segmenter) for a in articles]

    return {
        "fold": lambda: [fold(a.text) for a in articles],
        "times": lambda: [line.times.find(d.folded) for d in documents],
        "quantities": lambda: [
            line.quantities.find(
                d.folded,
                [Span(t.start, t.end) for t in d.times],
                line.currency(d.folded, "hans"),
            )
            for d in documents
        ],
        "segmentation of every sentence": lambda: [[d.tokens(s) for s in d.sentences] for d in fresh()],
        "the whole line": lambda: [line.analyze(a) for a in articles],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpus" / "articles")
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    line = analyzer()
    reader = Reader(line.patterns, folder())
    articles = [reader.read(source, reader.load(source)) for source in find_sources([options.folder])]
    text = "\n".join(a.text for a in articles)
    jieba.initialize()
    base = len(text) / median_seconds(lambda: list(jieba.cut(text)), options.repeat)
    print(f"{len(articles)} articles, {len(text)} characters; jieba.cut {base:,.0f} characters a second")
    for name, run in stages(articles).items():
        run()
        speed = len(text) / median_seconds(run, options.repeat)
        print(f"{name:32} {speed:12,.0f} characters a second   {speed / base:6.2f} of jieba.cut")


if __name__ == "__main__":
    main()
