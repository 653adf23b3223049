"""Characters a second of the line and its stages, as ratios to jieba.cut over the same text in the same run.

    python benchmarks/throughput.py [FOLDER] [--chars N] [--plain]

FOLDER holds .txt articles (default: corpus/articles), which are repeated with altered digits until they have N
characters. jieba runs warm, with its HMM on. Time is that of the processor; jieba and newsmine take turns, shard by
shard, so that whatever else the machine does weighs on both. `--plain` leaves rjieba aside where it is installed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from repeated import repeat_to

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpus" / "articles")
    parser.add_argument("--chars", type=int, default=1_000_000)
    parser.add_argument("--plain", action="store_true")
    options = parser.parse_args()
    if options.plain:
        sys.modules["rjieba"] = None  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as scratch:
        chars = repeat_to(options.folder, Path(scratch) / "texts", options.chars)
        seconds = measured(Path(scratch))
    from newsmine.cutting import back_end_version

    base = seconds.pop("jieba.cut")
    print(f"{chars:,} characters, cut by {back_end_version()}; jieba.cut {chars / base:,.0f} characters a second")
    for name, taken in seconds.items():
        print(f"{name:40} {chars / taken:12,.0f} characters a second   {base / taken:6.2f} of jieba.cut")


def measured(scratch: Path) -> dict[str, float]:
    """Seconds of processor time of jieba, of every stage, and of whole shards to parts on disk."""
    import jieba

    from newsmine.batch import Settings
    from newsmine.batch.job import SHARD_SIZE, Shard
    from newsmine.batch.shard import loaded, run_shard
    from newsmine.extraction import Options
    from newsmine.reading import find_sources

    jieba.initialize()
    settings = Settings(Options(), scratch, scratch)
    extractor, _ = loaded(settings.options, settings.token)
    sources = find_sources([scratch / "texts"])
    seconds: dict[str, float] = defaultdict(float)
    for start in range(0, len(sources), SHARD_SIZE):
        some = sources[start : start + SHARD_SIZE]
        texts = [extractor.reader.load(s).decode("utf-8") for s in some]
        if not start:
            list(map(extractor.outcome, some))
        seconds["jieba.cut"] += timed(lambda texts=texts: [list(jieba.cut(t)) for t in texts])
        for name, run in stages(extractor, some):
            seconds[name] += timed(run)
        shard = Shard(0, tuple(some))
        seconds["the whole line, files to rows on disk"] += timed(lambda shard=shard: run_shard(settings, shard))
    return dict(seconds)


def stages(extractor: Any, sources: list[Any]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each stage over some articles, what comes before it done already."""
    from newsmine.tables import result
    from newsmine.types import Span

    line, reader = extractor.analyzer, extractor.reader
    articles = [reader.read(s, reader.load(s)) for s in sources]
    yield "reading", lambda: [reader.read(s, reader.load(s)) for s in sources]
    documents = [line.document(a) for a in articles]
    yield "times", lambda: [line.times.find(d.folded) for d in documents]
    spans = [[Span(t.start, t.end) for t in d.times] for d in documents]
    yield "quantities", lambda: [line.quantities.find(d.folded, s) for d, s in zip(documents, spans, strict=True)]
    yield "all before the claims", lambda: [line.document(a) for a in articles]
    analyses = [line.analyze(a) for a in articles]
    yield "all but reading and rows", lambda: [line.analyze(a) for a in articles]
    yield "rows", lambda: [result(a) for a in analyses]


def timed(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


if __name__ == "__main__":
    main()
