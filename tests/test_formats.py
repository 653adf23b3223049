"""The same article in every format and encoding gives the same claims; what cannot be read says why."""

from __future__ import annotations

import csv
import email.message
import gzip
import html
import io
import json
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from newsmine.errors import InputError
from newsmine.extraction import Extractor, Options
from newsmine.reading import find_sources
from newsmine.reading.documents import paragraphs, read_pdf
from newsmine.reading.extras import optional
from newsmine.tables import Result

OWN = """滨海市第一医院门诊量增长一成

滨海晚报3月5日讯（记者 王小明）滨海市第一医院昨天公布，去年门诊量达到200.5万人次，比前年增长7.5%，
平均住院日由9.2天缩短至7.8天。

医院投入约3.5亿元新建住院楼，预计两年后启用，届时床位将增加到1200张。院长李小红说，患者等待时间缩短了近一半。
"""
PROSE = "滨海市第一医院的门诊楼已经建成，院方说患者等待的时间会缩短，附近居民看病更加方便。"
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


def errors(folder: Path) -> dict[str, str]:
    return {Path(e["path"]).name: e["message"] for r in results(folder) for e in r.errors}


def articles(path: Path, **options: Any) -> dict[str, str]:
    found = [r.article for r in results(path, **options) if r.article is not None]
    return {a["article_id"]: a["text"] for a in found}


def mhtml(text: str) -> bytes:
    message = email.message.EmailMessage()
    message["Snapshot-Content-Location"] = "http://news.example.com/a.html"
    message.set_content("", subtype="plain")
    message.clear_content()
    message.add_related(page(text, charset="gbk").encode("gb18030"), "text", "html", cte="base64")
    return message.as_bytes()


def warc(*texts: str) -> bytes:
    writer, headers = optional("warcio.warcwriter"), optional("warcio.statusandheaders")
    packed = io.BytesIO()
    out = writer.WARCWriter(packed, gzip=True)
    for number, text in enumerate(texts):
        said = headers.StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=gbk")], protocol="HTTP/1.0")
        body = io.BytesIO(page(text).replace('<meta charset="utf-8">', "").encode("gb18030"))
        address = f"http://news.example.com/{number}"
        out.write_record(out.create_warc_record(address, "response", payload=body, http_headers=said))
    return packed.getvalue()


def xlsx(*rows: list[Any]) -> bytes:
    book = optional("openpyxl").Workbook()
    for row in rows:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def pdf(text: bytes) -> bytes:
    """A PDF of one page that shows some ASCII text, or none."""
    writer = optional("pypdf").PdfWriter()
    blank = writer.add_blank_page(300, 300)
    generic = optional("pypdf.generic")
    stream = generic.DecodedStreamObject()
    stream.set_data(b"BT /F1 12 Tf 20 200 Td (" + text + b") Tj ET" if text else b"")
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = generic.DictionaryObject({generic.NameObject(k): generic.NameObject(v) for k, v in font.items()})
    fonts = generic.DictionaryObject({generic.NameObject("/F1"): named})
    blank[generic.NameObject("/Resources")] = generic.DictionaryObject({generic.NameObject("/Font"): fonts})
    blank[generic.NameObject("/Contents")] = writer._add_object(stream)
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # warcio's writer leaves files open
@pytest.mark.parametrize("name", ["a.mhtml", "a.warc.gz", "noname", "page.bin.html"])
def test_pages_in_other_wrappings(tmp_path: Path, name: str) -> None:
    data = {"a.mhtml": mhtml, "a.warc.gz": warc}.get(name, lambda t: page(t).encode())(OWN)
    result = one(tmp_path, name, data)
    assert claims(result) == plain(OWN)
    assert result.article is not None
    assert (result.article["title"], result.article["publisher"]) == ("滨海市第一医院门诊量增长一成", "滨海晚报")


def test_what_a_page_says_of_itself(tmp_path: Path) -> None:
    result = one(tmp_path, "a.html", page(OWN, "gb2312").encode("gb18030"))
    assert result.article is not None
    assert (result.article["published"], result.article["encoding"]) == ("2024-03-06", "gb18030")
    assert "地铁" not in result.article["text"]


def test_what_the_head_of_a_page_says(tmp_path: Path) -> None:
    head = """<meta property="og:site_name" content="滨海市第一医院官网">
    <script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
    "headline": "我院门诊创新高", "datePublished": "2022-07-08T09:00:00+08:00"}</script>"""
    body = f"<html><head>{head}</head><body><article><p>我院表示，{OWN}</p></article></body></html>"
    result = one(tmp_path, "a.html", body.replace("滨海晚报3月5日讯", "").encode())
    assert result.article is not None
    names = ("title", "published", "publisher", "host")
    expected = ("我院门诊创新高", "2022-07-08", "滨海市第一医院官网", "滨海市第一医院")
    assert tuple(result.article[n] for n in names) == expected


def test_a_page_that_does_not_tell_its_date(tmp_path: Path) -> None:
    body = f"<html><head><title>门诊</title></head><body><p>{PROSE}</p><p>{PROSE}</p></body></html>"
    result = one(tmp_path, "a.html", body.encode())
    assert result.article is not None
    assert (result.article["published"], result.article["publisher"]) == (None, None)


def test_rows_are_named_and_keep_their_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(table(OWN))
    (tmp_path / "b.jsonl").write_bytes(b'{"content": "x"}\n{"content": "y"}\nno json\n')
    sheet = xlsx(["标题", "来源", "日期", "内容", "版次"], ["门诊创新高", "滨海日报", date(2024, 3, 5), OWN, 4])
    (tmp_path / "c.xlsx").write_bytes(sheet)
    (tmp_path / "d.json").write_text(json.dumps({"text": OWN, "title": "单篇"}), encoding="utf-8")
    (tmp_path / "e.zip").write_bytes(zipped(**{"x/f.csv": table(OWN), "g.txt": OWN.encode()}))
    found = {r.article["article_id"]: r for r in results(tmp_path) if r.article is not None}
    assert list(found) == ["a#a1", "b#1", "b#2", "c#1", "d", "e.zip!/g.txt", "e.zip!/x/f.csv#a1"]
    assert {c["版面"] for c in found["a#a1"].claims} == {"A1"}
    row = found["c#1"].article
    assert row is not None
    assert (row["title"], row["publisher"], row["published"]) == ("门诊创新高", "滨海日报", "2024-03-05")
    assert (row["版次"], row["日期"][:10]) == ("4", "2024-03-05")
    assert errors(tmp_path) == {"b.jsonl#3": "no JSON: Expecting value: line 1 column 1 (char 0)"}


def test_rows_of_a_column_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("甲;乙\n一;门诊量\n二;住院量\n".encode("gb18030"))
    assert "--text-column" in errors(tmp_path)["a.csv"]
    assert "甲, 乙" in errors(tmp_path)["a.csv"]
    assert articles(tmp_path, text_column="乙") == {"a#1": "门诊量", "a#2": "住院量"}


def test_a_row_with_too_many_cells_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,门诊,住院\n2,好\n", encoding="utf-8")
    assert articles(tmp_path) == {"a#2": "好"}
    assert "quotes" in errors(tmp_path)["a.csv#1"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("a.docx", b"PK\x03\x04 no", "damaged .docx"),
        ("a.xlsx", b"PK\x03\x04 no", "damaged workbook"),
        ("a.zip", b"PK\x03\x04 no", "damaged ZIP"),
        ("a.txt.gz", b"\x1f\x8b no", "damaged .gz"),
        ("a.pdf", b"%PDF-1.7 no", "damaged PDF"),
        ("a.csv", b"id,text\n", "without rows"),
        ("a.jsonl", b"\n", "without rows"),
        ("a.json", b"[1, 2", "no JSON"),
        ("a.mhtml", b"Content-Type: multipart/related\n\n", "without a page"),
        ("a.warc", b"WARC/1.0\r\n\r\n", "WARC"),
        ("a.tar.gz", b"\x1f\x8b", "unpack it"),
        ("a.png", b"\x89PNG", "no articles"),
    ],
)
def test_files_that_hold_no_article_say_why(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert said in errors(tmp_path)[name]


def test_archives_inside_each_other(tmp_path: Path) -> None:
    inner = zipped(**{"a.txt": OWN.encode(), ".hidden": b"", "__MACOSX/a.txt": b""})
    (tmp_path / "two.zip").write_bytes(zipped(**{"one.zip": inner, "p.txt.gz": gzip.compress(OWN.encode())}))
    assert list(articles(tmp_path)) == ["two.zip!/one.zip!/a.txt", "two.zip!/p.txt.gz"]
    data = OWN.encode()
    for depth in range(6):
        data = zipped(**{f"{depth}.zip" if depth else "a.txt": data})
    (tmp_path / "two.zip").write_bytes(data)
    assert [m for m in errors(tmp_path).values() if "inside each other" in m]


def test_a_name_in_gbk_bytes_inside_an_archive(tmp_path: Path) -> None:
    data = zipped(**{"AABB.txt": OWN.encode()}).replace(b"AABB", "门诊".encode("gbk"))
    (tmp_path / "a.zip").write_bytes(data)
    assert list(articles(tmp_path)) == ["a.zip!/门诊.txt"]


def test_pdf_files(tmp_path: Path) -> None:
    common = EXTRACTOR.reader._decode.common
    assert read_pdf(pdf(b"200 beds"), common).text == "200 beds"
    with pytest.raises(InputError, match="text layer"):
        read_pdf(pdf(b""), common)
    with pytest.raises(InputError, match="garbled"):
        read_pdf(pdf(b"(cid:12)(cid:7)(cid:99)".replace(b"(", b"\\(").replace(b")", b"\\)")), common)


def test_lines_of_a_pdf_become_paragraphs() -> None:
    lines = ["门诊量达到二十万人次比去年增长一", "成，住院量也有增长。", "第二段"]
    assert list(paragraphs(lines)) == ["门诊量达到二十万人次比去年增长一成，住院量也有增长。", "第二段"]


def test_a_missing_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.docx").write_bytes(docx(OWN))
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (tmp_path / "a.html").write_text(page(OWN), encoding="utf-8")
    found = errors(tmp_path)
    assert "pip install 'newsmine[docx]'" in found["a.docx"]
    assert "pip install 'newsmine[html]'" in found["a.html"]
