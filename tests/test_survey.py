"""What only a whole folder tells: repeated lines and repeated stories, saved with the tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import newsmine
from newsmine.cli import app
from newsmine.errors import UsageError
from newsmine.reading.survey import FILE, folder_of, read_stats

STORIES = [
    "滨海市第一医院昨天公布，去年门诊量达到200.5万人次，比前年增长7.5%，平均住院日缩短至7.8天，患者等待时间也缩短了。",
    "今年春天桃花开得很早，公园管理处说，游客比往年多了两成，停车场常常停满，周末还要增开三条公交线路。",
    "新建的图书馆有八层，藏书一百万册，读者可以在网上预约座位，开放时间从早上八点到晚上十点，周一闭馆。",
    "渔港码头昨天迎来今年第一批大黄鱼，船主老周说，这一网有三百多斤，价格比上个月低了不少，饭店都来抢购。",
    "市里的足球队周末在客场赢了两个球，教练赛后表示，球员跑动积极，下一场比赛对手很强，门票已经卖完。",
    "气象台预计，本周末有一次降雨过程，气温下降五到八度，出门要带雨具，山区道路湿滑，司机应当小心驾驶。",
]
NAVIGATION = "滨海在线 网上办事 阳光热线"
NOTICE = "滨海在线是滨海市的门户网站，内容由各单位供稿，欢迎投稿。"


def folder(root: Path, texts: list[str], frame: bool = False) -> Path:
    root.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        shown = f"{NAVIGATION}\n第{number}则\n{text}\n{NOTICE}\n" if frame else text
        (root / f"{number}.txt").write_text(shown, encoding="utf-8")
    return root


def rows(out: Path, *arguments: Any) -> dict[str, dict[str, Any]]:
    result = CliRunner().invoke(app, ["extract", *map(str, arguments), "-o", str(out), "-q"])
    assert result.exit_code == 0, result.output
    lines = (out / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {a["article_id"]: a for a in map(json.loads, lines)}


def chrome(row: dict[str, Any]) -> str:
    return "".join(row["text"][start:end] for start, end in row["chrome_spans"])


def test_lines_that_a_folder_repeats_are_furniture(tmp_path: Path) -> None:
    found = rows(tmp_path / "out", folder(tmp_path / "in", STORIES, frame=True))
    assert all(NAVIGATION in chrome(a) and NOTICE in chrome(a) for a in found.values())
    assert not any(story[:10] in chrome(a) for story, a in zip(STORIES, found.values(), strict=True))
    saved = json.loads((tmp_path / "out" / FILE).read_text(encoding="utf-8"))
    assert saved == {"repeated_lines": {"": {NAVIGATION: 6, NOTICE: 6}}, "duplicates": {}}


def test_without_the_first_pass_nothing_is_known_of_the_folder(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", STORIES, frame=True)
    rows(tmp_path / "out", source)
    found = rows(tmp_path / "out", source, "--no-folder-stats", "--force")
    assert not any(NAVIGATION in chrome(a) for a in found.values())
    assert not (tmp_path / "out" / FILE).exists()


def test_few_articles_make_no_furniture(tmp_path: Path) -> None:
    found = rows(tmp_path / "out", folder(tmp_path / "in", STORIES[:4], frame=True))
    assert not any(NAVIGATION in chrome(a) for a in found.values())


def test_the_same_story_twice(tmp_path: Path) -> None:
    repost = f"转载\n{STORIES[0].replace('第一', '第1')}\n来源：滨海晚报 2024-03-05\n"
    texts = [*STORIES, STORIES[2], f"日期：2024-03-01\n{STORIES[0]}", repost, *[STORIES[1]] * 2]
    found = rows(tmp_path / "out", folder(tmp_path / "in", texts))
    repeats = {name: a["duplicate_of"] for name, a in found.items() if a["duplicate_of"]}
    # The one that was published first is the original, then the one that comes first.
    assert repeats == {"0": "7", "8": "7", "6": "2", "9": "1", "10": "1"}


def test_a_form_that_is_filled_in_anew_is_another_story(tmp_path: Path) -> None:
    form = "{}月份全市门诊量达到{}万人次，比去年同期增长{}%，住院{}万人次，手术{}万台，药品收入{}亿元，床位{}张。"
    texts = [form.format(n, 20 + n, n, 3 + n, 1 + n, 2 + n, 500 + n) for n in range(1, 8)]
    found = rows(tmp_path / "out", folder(tmp_path / "in", texts))
    assert not any(a["duplicate_of"] for a in found.values())


def test_python_knows_the_folder_too(tmp_path: Path) -> None:
    source = folder(tmp_path / "in", [*STORIES, STORIES[2]])
    tables = newsmine.extract(source)
    assert tables.articles.duplicate_of.dropna().tolist() == ["2"]
    assert newsmine.extract(source, folder_stats=False).articles.duplicate_of.dropna().tolist() == []


def test_a_saved_result_that_is_damaged(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match="--force"):
        read_stats(tmp_path / FILE)


@pytest.mark.parametrize(
    ("article_id", "expected"), [("a/b/c", "a/b"), ("a", ""), ("t#3", "t"), ("z.zip!/a", "z.zip!"), ("a/t#3", "a/t")]
)
def test_folders(article_id: str, expected: str) -> None:
    assert folder_of(article_id) == expected
