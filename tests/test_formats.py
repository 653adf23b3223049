"""The same article in every format and encoding gives the same claims; what cannot be read says why."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsmine.extraction import Extractor, Options
from newsmine.reading import find_sources
from newsmine.reading.extras import optional
from newsmine.tables import Result

OWN = """滨海市第一医院门诊量增长一成

滨海晚报3月5日讯（记者 王小明）滨海市第一医院昨天公布，去年门诊量达到200.5万人次，比前年增长7.5%，
平均住院日由9.2天缩短至7.8天。

医院投入约3.5亿元新建住院楼，预计两年后启用，届时床位将增加到1200张。院长李小红说，患者等待时间缩短了近一半。
"""
EXTRACTOR = Extractor(Options())

Fields = tuple[Any, ...]


def page(text: str, charset: str = "utf-8") -> str:
    """A news page as sites make them, with the article in its middle and its headline above."""
    title = EXTRACTOR.reader.article("a", text).title or "滨海市新闻一则"
    body = [line for line in text.splitlines() if line.strip()]
    body = body[1:] if body[0].strip() == title else body
    lines = "\n".join(f"<p>{html.escape(line)}</p>" for line in body)
    return f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}_健康_滨海新闻网</title>
<script>var views = 5000;</script></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/news">新闻</a></li><li><a href="/health">健康</a></li>
</ul></div><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/health">健康</a></div>
<div class="main"><h1>{title}</h1>
<div class="info"><span>2024-03-06 10:20</span> <span>来源：滨海晚报</span> <span>阅读：1234</span></div>
<div class="content">{lines}</div><div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div></div>
<div class="side"><h3>热门新闻</h3><ul><li><a href="/1">地铁三号线首日客流30万人次</a></li>
<li><a href="/2">机场扩建完工 投资50亿元</a></li></ul></div>
<div class="footer">版权所有 滨海新闻网 浏览人数 88888</div></body></html>"""


def docx(text: str) -> bytes:
    document = optional("docx").Document()
    for line in text.split("\n"):
        document.add_paragraph(line.strip("\r"))
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def jsonl(text: str) -> bytes:
    return (json.dumps({"id": "a1", "data": {"text": text}, "city": "滨海"}, ensure_ascii=False) + "\n").encode()


def table(text: str, encoding: str = "utf-8-sig") -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([["编号", "正文", "版面"], ["a1", text, "A1"]])
    return written.getvalue().encode(encoding)


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def results(path: Path, **options: Any) -> list[Result]:
    extractor = Extractor(Options(**options)) if options else EXTRACTOR
    return [extractor.outcome(s).result for s in extractor.reader.expand(find_sources([path]))]


def claims(result: Result) -> list[Fields]:
    """What a result says, without offsets; every row is where it says it is."""
    assert result.article is not None, result.errors
    text = result.article["text"]
    names = (
        "kind",
        "value",
        "low",
        "high",
        "unit",
        "role",
        "direction",
        "basis",
        "metric",
        "subject",
        "status",
        "source",
    )
    found = []
    for row in result.claims:
        assert text[row["start"] : row["end"]] == row["text"]
        found.append((row["text"], *(row[n] for n in names)))
    return found


def plain(text: str) -> list[Fields]:
    return claims(EXTRACTOR.analyzed(EXTRACTOR.reader.article("a", text)))


def one(tmp_path: Path, name: str, data: bytes, **options: Any) -> Result:
    (tmp_path / name).write_bytes(data)
    (only,) = results(tmp_path / name, **options)
    return only


FORMATS: dict[str, Callable[[str], bytes]] = {
    "a.html": lambda t: page(t).encode(),
    "gb.html": lambda t: page(t, charset="gb2312").encode("gb18030"),
    "a.docx": docx,
    "a.csv": table,
    "gb.csv": lambda t: table(t, "gb18030"),
    "a.txt.gz": lambda t: gzip.compress(t.encode()),
    "a.zip": lambda t: zipped(**{"one/a.txt": t.encode("gb18030")}),
    "utf16.txt": lambda t: t.encode("utf-16"),
    "gb.txt": lambda t: t.encode("gb18030"),
}


def in_format(folder: Path, name: str, text: str) -> Result:
    if name.endswith(".jsonl"):
        return one(folder, name, jsonl(text), text_key="data.text")
    return one(folder, name, FORMATS[name](text))


@pytest.mark.parametrize("name", [*FORMATS, "a.jsonl"])
def test_every_format_gives_the_same_claims(tmp_path: Path, name: str) -> None:
    expected = plain(OWN)
    assert len(expected) == 8
    assert claims(in_format(tmp_path, name, OWN)) == expected


@pytest.mark.parametrize("name", [*FORMATS, "a.jsonl"])
def test_real_articles_give_the_same_claims(shared: Path, tmp_path: Path, name: str) -> None:
    different = [
        file.stem
        for file in sorted((shared / "eval" / "dev" / "text").glob("*.txt"))
        if claims(in_format(tmp_path, name, text := file.read_bytes().decode())) != plain(text)
    ]
    assert different == []


def test_real_articles_in_big5(shared: Path, tmp_path: Path) -> None:
    tried = 0
    for file in sorted((shared / "eval" / "dev" / "text").glob("*.txt")):
        text = file.read_bytes().decode()
        try:
            data = text.encode("big5hkscs")
        except UnicodeEncodeError:  # simplified characters, most of the time
            continue
        tried += 1
        result = one(tmp_path, "a.txt", data)
        assert result.article is not None
        assert result.article["encoding"] == "big5hkscs"
        assert claims(result) == plain(text)
    assert tried
