"""Shards in executors that are not newsmine's own: the same tables; a task that fails costs one article."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import newsmine
from newsmine.batch import Job, run
from newsmine.batch.executors import dask, in_this_process, over
from newsmine.errors import UsageError
from newsmine.progress import Progress

TEXT = "滨海市第{0}医院去年门诊量达到{1}.5万人次,比前年增长7.{2}%。"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for number in range(130):
        text = TEXT.format(number % 9 + 1, 100 + number, number % 10)
        (folder / f"{number:03d}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return tables(corpus, tmp_path_factory.mktemp("whole") / "out", in_this_process)


def tables(corpus: Path, out: Path, workers: Any) -> dict[str, bytes]:
    run(Job([corpus], out), workers, Progress())
    return {p.name: p.read_bytes() for p in out.iterdir() if p.is_file() and p.name != "run-times.json"}


def test_a_pool_of_processes(corpus: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    from multiprocessing import get_context

    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        assert tables(corpus, tmp_path / "out", over(executor)) == whole


class Failing(Executor):
    """Does the work at once, and fails where a shard holds a certain article."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **more: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if any(s.article_id == "070" for s in arguments[1].sources):
            future.set_exception(RuntimeError("the worker is gone"))
        else:
            future.set_result(work(*arguments))
        return future


def test_a_task_that_fails_costs_one_article(corpus: Path, tmp_path: Path) -> None:
    done = run(Job([corpus], tmp_path / "out", formats=("jsonl",)), over(Failing()), Progress())
    assert (done.summary.articles, done.summary.errors) == (129, 1)
    assert "070.txt" in (tmp_path / "out" / "errors.jsonl").read_text(encoding="utf-8")


@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_on_this_machine(corpus: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    assert tables(corpus, tmp_path / "out", dask("local", 2)) == whole


@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_at_an_address(corpus: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    LocalCluster = pytest.importorskip("distributed").LocalCluster  # noqa: N806

    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:  # type: ignore[no-untyped-call]
        assert tables(corpus, tmp_path / "out", dask(cluster.scheduler_address, 1)) == whole


@pytest.mark.filterwarnings("ignore")
def test_nobody_at_the_address(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("newsmine.batch.executors._CONNECT_SECONDS", 0.2)
    with pytest.raises(UsageError, match="no scheduler answers"):
        tables(corpus, tmp_path / "out", dask("tcp://127.0.0.1:9", 1))
    assert not (tmp_path / "out").exists()


@pytest.mark.filterwarnings("ignore")
def test_extract_frame_in_map_partitions() -> None:
    """The example of docs/scale.md."""
    frames = pytest.importorskip("dask.dataframe")
    texts = pd.DataFrame({"id": list("abcd"), "text": [TEXT.format(n, n, n) for n in range(1, 5)]})
    options = {"text": "text", "id": "id", "keep": ["id"]}
    like = newsmine.extract_frame(texts.head(0), **options)
    found = frames.from_pandas(texts, npartitions=2).map_partitions(newsmine.extract_frame, meta=like, **options)
    expected = newsmine.extract_frame(texts, **options)
    pd.testing.assert_frame_equal(
        found.compute(scheduler="sync").reset_index(drop=True), expected, check_dtype=False, check_index_type=False
    )
