"""Page furniture and metadata: the examples of every entry, and whole pages."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest

import newsmine
from newsmine.fold import folder
from newsmine.packs import Entry, Patterns, pack_folders, read_packs
from newsmine.reading import Reader
from newsmine.types import Article

PATTERNS: Patterns = read_packs(pack_folders(), folder())
ENTRIES = [*PATTERNS.stage("furniture"), *PATTERNS.stage("metadata")]
READER = Reader(PATTERNS, folder())

PROSE = "滨海市第一医院昨天宣布，今年门诊量达到二十万人次，比去年增长一成。医院还将新建一座住院楼，预计后年启用。"


def read(text: str) -> Article:
    return READER.article("text", text)


def chrome(text: str) -> list[str]:
    return [text[s.start : s.end] for s in read(text).chrome]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_every_entry_finds_its_examples_and_not_its_rejects(entry: Entry) -> None:
    pattern = PATTERNS.compile(entry)
    for example in entry.examples:
        parts = re.split(r"【(.*?)】", folder()(example))
        found = [m.group() for m in pattern.finditer("".join(parts))]
        assert found == parts[1::2], example
    for reject in entry.rejects:
        assert pattern.search(folder()(reject)) is None, reject


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"标题一行\n{PROSE}\n作者：王小明\n来源：滨海晚报\n日期：2020年3月4日 06:40\n",
            ["作者：王小明\n来源：滨海晚报\n日期：2020年3月4日 06:40"],
        ),
        (f"• 我的订阅\n  • 健康\n\n标题一行\n\n{PROSE}", ["• 我的订阅\n  • 健康"]),
        (f"{PROSE}\n\n上一篇：医院召开年会\n下一篇：无\n", ["上一篇：医院召开年会\n下一篇：无"]),
        (
            f"{PROSE}\n以上内容为网页快照，由爬虫采集。\n\n别的新闻标题\n{PROSE}",
            [f"以上内容为网页快照，由爬虫采集。\n\n别的新闻标题\n{PROSE}"],
        ),
        (f"医院采用机器人[2.15% 资金 研报]完成手术。{PROSE}", ["[2.15% 资金 研报]"]),
        (f"{PROSE}开云体育注册平台数据显示，手术增长两成。", ["开云体育注册平台"]),
        (f"{PROSE}（责任编辑：李小红）", ["（责任编辑：李小红）"]),
        (f"{PROSE}\n相关阅读：\n地铁三号线开通\n机场扩建完工\n", ["相关阅读：\n地铁三号线开通\n机场扩建完工"]),
        (f"{PROSE}我要评论\n", ["我要评论"]),
        (f"{PROSE}\n---\n(更新时间戳: 1700000000000)\n", ["---\n(更新时间戳: 1700000000000)"]),
        (f"濱海新聞\n{PROSE}\n文章來源：濱海日報\n", ["文章來源：濱海日報"]),
        (f"标题一行\n\n{PROSE}\n{PROSE}", []),
        (f"滨海医院\n联系电话\n\n门诊创新高\n{PROSE}", ["滨海医院\n联系电话"]),
        (f"# 门诊创新高\n{PROSE}共**200**张。", ["#", "**", "**"]),
        (f"{PROSE}\n上一篇：{PROSE[:70]}\n下一篇：无\n分享到：微信\n{'版权所有，未经授权不得转载。' * 6}", None),
        (f"标题{PROSE}滨海市公布全年门诊统计结果二十万", ["滨海市公布全年门诊统计结果二十万"]),
        (f"主要来源：一是门诊，二是住院。{PROSE}", []),
        ("", []),
    ],
)
def test_pages(text: str, expected: list[str] | None) -> None:
    """None: all that stands below the prose."""
    assert chrome(text) == ([text.removeprefix(PROSE).strip()] if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "title", "publisher", "published", "authors"),
    [
        (
            f"门诊量创新高（组图）\n{PROSE}\n来源：滨海晚报\n日期：2020年3月4日 06:40\n",
            "门诊量创新高",
            "滨海晚报",
            date(2020, 3, 4),
            (),
        ),
        (
            f"标题一行\n\n类别:健康 发布时间:2022-12-06 07:27:00 来源:每日一览\n\n本文转自:健康时报\n\n{PROSE}",
            "标题一行",
            "健康时报",
            date(2022, 12, 6),
            (),
        ),
        (f"滨海日报4月18日讯（记者 王小明 通讯员 李小红）{PROSE}", None, "滨海日报", None, ("王小明", "李小红")),
        (
            f"滨海日报4月18日讯（记者王小明）2021年4月，医院开始扩建。{PROSE}今年4月，新楼启用。",
            None,
            "滨海日报",
            date(2022, 4, 18),
            ("王小明",),
        ),
        (
            f"各界今年捐款再创新高中新网5月22日电 {PROSE}今(2009)年，捐款不少。",
            "各界今年捐款再创新高",
            "中新网",
            date(2009, 5, 22),
            (),
        ),
        (f"【一线】家门口的医院\n央视网消息（新闻联播）：{PROSE}", "【一线】家门口的医院", "央视网", None, ()),
        (f"醫院門診創新高\n{PROSE}\n作者：陳小青\n", "醫院門診創新高", None, None, ("陳小青",)),
        (f"醫院門診創新高\n{PROSE}\n發布日期：110-05-24\n", "醫院門診創新高", None, date(2021, 5, 24), ()),
        (f"醫院門診創新高\n民國112年3月4日\n{PROSE}", "醫院門診創新高", None, date(2023, 3, 4), ()),
        (f"醫院門診創新高\n更新時間：04/03/2023 10:20\n{PROSE}", "醫院門診創新高", None, date(2023, 3, 4), ()),
        (PROSE, None, None, None, ()),
        ("", None, None, None, ()),
    ],
)
def test_metadata(
    text: str, title: str | None, publisher: str | None, published: date | None, authors: tuple[str, ...]
) -> None:
    article = read(text)
    assert (article.title, article.publisher, article.published, article.authors) == (
        title,
        publisher,
        published,
        authors,
    )


def test_a_year_that_was_worked_out_is_flagged() -> None:
    text = f"滨海日报4月18日讯 2021年4月，医院开始扩建。{PROSE}今年4月，新楼启用。"
    assert read(text).flags == ("year_inferred",)
    assert READER.article("text", text, {"published": date(2023, 4, 18)}).flags == ()


def test_a_page_mark_cuts_no_sentence() -> None:
    text = "门诊量达到二十万人次，比去年增长\n\n[PAGE 2]\n7.5%，住院量达到三万人次。"
    rows = newsmine.extract(text=text).claims
    assert set(rows.sentence) == {text}
    assert rows.text.tolist() == ["二十万人次", "7.5%", "三万人次"]


@pytest.mark.parametrize(
    "text",
    [
        "门诊量达**2270**人次。",
        "门诊量达22\u200b70人次。",
        "门诊量达2270[2.1% 资金 研报]人次。",
        "门诊量达2270开云体育平台人次。",
    ],
)
def test_what_is_not_seen_parts_no_figure(text: str) -> None:
    (row,) = newsmine.extract(text=text).claims.itertuples()
    assert (row.value, row.unit, row.text) == (2270, "人次", text[4:-1].removeprefix("**"))


def test_the_tail_of_other_headlines_says_nothing_of_this_article() -> None:
    article = read(f"{PROSE}\n以上内容为网页快照，由爬虫采集\n来源：别家晚报\n日期：2020-01-01\n")
    assert (article.publisher, article.published) == (None, None)


@pytest.mark.parametrize("unit", ["门", "1,", "（", "作者：", "\n", "来源：来源", "开云", "2020-01-01 ", "[1% 资金 "])
def test_long_odd_texts_take_no_time(unit: str) -> None:
    started = time.perf_counter()
    read(unit * (40_000 // len(unit)))
    assert time.perf_counter() - started < 3
