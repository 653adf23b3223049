"""The report in a real browser: what is clicked, typed and shown, that nothing runs and nothing leaves the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsmine.reporting import page as made
from newsmine.reporting import read_material, write_report
from newsmine.stored import read_table
from reports import HOSTILE, HOSTILE_TITLE, extracted, finding, hostile_tables, write_rows

ROOT = Path(__file__).resolve().parent.parent
# Quiet, and without any traffic of the browser's own.
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def missing(reason: str) -> None:
    """Skip, but fail where the browser is meant to be there (.ci/full says so)."""
    if os.environ.get("NEWSMINE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        missing("no Chromium is installed (Debian: apt install chromium)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("Playwright is not installed (pip install -e '.[browser]')")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus as a page, with a finding about its first two claims."""
    folder = tmp_path_factory.mktemp("browser")
    options = ("--metadata", ROOT / "corpus" / "metadata.csv")
    out = extracted(ROOT / "corpus" / "articles", folder / "corpus", *options)
    write_rows(out, "findings", [finding(list(read_table(out, "claims"))[:2], message_en="does not fit")])
    write_report(read_material(out), folder / "report.html")
    return folder / "report.html"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_report(read_material(hostile_tables(folder)), folder / "report.html")
    return folder / "report.html"


@pytest.fixture
def opened(browser: Any) -> Iterator[Any]:
    """Opens a page; afterwards there must have been no console message, no error, no request but for the file."""
    contexts, said, requests = [], [], []

    def go(path: Path, viewport: dict[str, int] = DESK, hash: str = "", **options: Any) -> Any:
        clipboard = ["clipboard-read", "clipboard-write"]
        context = browser.new_context(viewport=viewport, offline=True, permissions=clipboard, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri() + hash)
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield go
    for context in contexts:
        context.close()
    assert said == []
    assert [url for url in requests if not url.startswith(("file:", "data:,"))] == []
    assert len([url for url in requests if url.startswith("file:")]) == len(contexts)


def figures(page: Any) -> list[str]:
    return page.locator("#claims-table a.open").all_inner_texts()


def filtered(page: Any, **values: str) -> int:
    """Set filters; returns how many claims the page says are left."""
    go_to(page, "claims")
    for name, value in values.items():
        field = page.locator(f"#filters [name={name}]")
        field.select_option(value) if name in ("kind", "status", "period") else field.fill(value)
    until(page, "waiting === 0")
    return int("".join(filter(str.isdigit, page.inner_text("#claims-count").partition("，")[0])))


def go_to(page: Any, section: str) -> None:
    page.click(f"#tab-{section}")
    page.wait_for_selector(f"#panel-{section}", state="visible")


def until(page: Any, condition: str) -> None:
    """Wait for a condition; Playwright's own wait evaluates strings, which the page's policy rightly refuses."""
    for _ in range(50):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never came true: {condition}")


def before_mark(page: Any) -> int:
    """How many code points of the article stand before the chosen mark."""
    return page.evaluate(
        """() => {
          const range = document.createRange();
          range.setStart(document.getElementById("reader-text"), 0);
          range.setEndBefore(document.querySelector("#reader-text .chosen"));
          return Array.from(range.toString()).length;
        }"""
    )


def test_filters_and_search(corpus: Path, opened: Any) -> None:
    rows = list(read_table(corpus.parent / "corpus", "claims"))
    page = opened(corpus)
    assert filtered(page) == len(rows)
    assert filtered(page, kind="percent") == sum(r["kind"] == "percent" for r in rows)
    assert filtered(page, status="target") == sum(r["kind"] == "percent" and r["status"] == "target" for r in rows)
    page.click("#clear")
    until(page, "waiting === 0")
    wanted = sum("门诊" in (r["metric"] or "") or "门诊" in (r["metric_key"] or "") for r in rows)
    assert filtered(page, metric="门诊") == wanted == len(figures(page)) > 0
    page.click("#clear")
    assert filtered(page, subject="九江") == sum("九江" in (r["subject"] or "") for r in rows) > 0
    page.click("#clear")
    assert filtered(page, source="数据显示") == sum("数据显示" in (r["source"] or "") for r in rows) > 0
    page.click("#clear")
    assert filtered(page, article="med-statistics") == sum(r["article_id"] == "med-statistics" for r in rows) > 0
    page.click("#clear")
    ends = [(r["time_start"] or r["time_end"], r["time_end"] or r["time_start"]) for r in rows]
    in_2024 = [first for first, last in ends if first and first[:4] <= "2024" <= last[:4]]
    assert filtered(page, period="2024") == len(in_2024) > 0
    page.click("#clear")
    assert 0 < filtered(page, search="增长 门诊") < len(rows)
    assert filtered(page, search="这里没有的话") == 0
    assert page.locator("#claims-table .empty").count() == 1


def test_sorting(corpus: Path, opened: Any) -> None:
    values = sorted(
        float(next(r[n] for n in ("value", "low", "high") if r[n] is not None))
        for r in read_table(corpus.parent / "corpus", "claims")
        if r["kind"] == "money" and (r["value"], r["low"], r["high"]) != (None, None, None)
    )
    page = opened(corpus)
    filtered(page, kind="money")
    shown = (
        "() => [...document.querySelectorAll('#claims-table tr[data-row]')].map((r) => claims[r.dataset.row].number)"
    )
    page.click("#claims-table button[data-key=value]")
    assert page.evaluate(shown) == values[:100]
    page.click("#claims-table button[data-key=value]")
    assert page.get_attribute("#claims-table th.c-value", "aria-sort") == "descending"
    assert page.evaluate(shown) == values[::-1][:100]


def test_a_row_opens_the_article_at_its_figure(corpus: Path, opened: Any) -> None:
    rows = list(read_table(corpus.parent / "corpus", "claims"))
    articles = {a["article_id"]: a for a in read_table(corpus.parent / "corpus", "articles")}
    row = next(r for r in rows[:100] if r["low"] is not None and r["metric"] and r["subject"] and r["time_start"])
    page = opened(corpus)
    page.click(f"#claims-table tr[data-row='{rows.index(row)}'] td.c-metric")
    assert page.text_content("#reader-text") == articles[row["article_id"]]["text"]
    assert page.inner_text("#reader-text .chosen") == row["text"]
    assert before_mark(page) == row["start"]
    assert page.locator("#reader-text .chosen").is_visible()
    sentence = "[...document.querySelectorAll('.in-sentence')].map((n) => n.textContent).join('')"
    assert page.evaluate(sentence) == row["sentence"]
    facts = page.inner_text("#reader .facts")
    for cell in ("metric", "subject", "time_text", "time_start", "rule"):
        assert row[cell] in facts
    assert page.locator("#claims-table tr.current").get_attribute("data-row") == str(rows.index(row))


def test_from_a_mark_back_to_its_row(corpus: Path, opened: Any) -> None:
    rows = list(read_table(corpus.parent / "corpus", "claims"))
    page = opened(corpus)
    filtered(page, kind="percent")
    go_to(page, "articles")
    page.click("#articles-table a.open >> nth=-1")
    page.click("#reader-text a.nm-figure >> nth=-1")
    page.click("#to-row")
    current = page.locator("#claims-table tr.current")
    assert current.is_visible()
    assert rows[int(current.get_attribute("data-row"))]["text"] == page.inner_text("#reader-text .chosen")
    page.click("#reader-text a.nm-name >> nth=0")
    until(page, "routed.startsWith('#entity=')")
    assert page.inner_text("#reader .facts .figure") == page.inner_text("#reader-text .chosen")


def test_a_reference_can_be_copied(corpus: Path, opened: Any) -> None:
    row = next(r for r in read_table(corpus.parent / "corpus", "claims") if r["publisher"] and r["published"])
    page = opened(corpus, hash=f"#claim={row['claim_id']}")
    page.click("#copy")
    until(page, "document.querySelector('.citation [role=status]').textContent")
    copied = page.evaluate("navigator.clipboard.readText()")
    for cell in ("title", "publisher", "published", "text"):
        assert row[cell] in copied
    assert "".join(row["sentence"].split()) in "".join(copied.split())


def test_charts_and_findings_lead_to_the_article(corpus: Path, opened: Any) -> None:
    page = opened(corpus)
    go_to(page, "charts")
    dot = page.locator("#panel-charts svg a").first
    claim = dot.get_attribute("href")
    dot.locator(".dot").click()
    until(page, f"routed === '{claim}'")
    assert page.locator("#reader-text .chosen").is_visible()
    page.keyboard.press("Escape")
    go_to(page, "findings")
    assert page.locator(".finding blockquote").count() == 2
    assert page.locator(".finding blockquote mark").count() == 2
    page.click(".finding footer a >> nth=1")
    page.wait_for_selector("#reader-text .chosen", state="visible")


def test_the_language_can_be_switched(corpus: Path, opened: Any) -> None:
    page = opened(corpus)
    assert page.get_attribute("html", "lang") == "zh-Hans"
    page.click("#language")
    assert page.get_attribute("html", "lang") == "en"
    for section in ("claims", "charts", "findings", "names", "articles", "errors"):
        go_to(page, section)
        words = page.locator(
            ":is(#tab-claims, h2, .note, #panel-claims label, th, .card small):visible"
        ).all_inner_texts()
        assert [w for w in words if any("\u4e00" <= c <= "\u9fff" for c in w)] == []
    page.click("#language")
    assert page.inner_text("#tab-claims") == "数字"


def test_by_keyboard_alone(corpus: Path, opened: Any) -> None:
    page = opened(corpus)
    focused = "document.activeElement"
    page.keyboard.press("/")
    page.keyboard.type("门诊")
    until(page, "waiting === 0")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(f"{focused}.matches('a.open')"):
            break
    page.keyboard.press("ArrowDown")
    second = page.evaluate(f"{focused}.getAttribute('href')")
    assert second == page.locator("#claims-table a.open").nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader-text .chosen")
    assert page.evaluate(f"{focused}.matches('#reader-text .chosen')")
    page.keyboard.press("ArrowRight")
    until(page, f"location.hash !== '{second}'")
    page.keyboard.press("ArrowLeft")
    until(page, f"location.hash === '{second}'")
    page.keyboard.press("Escape")
    page.wait_for_selector("#reader", state="hidden")
    assert page.evaluate(f"{focused}.getAttribute('href')") == second
    page.focus("#tab-claims")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#panel-charts")
    assert page.evaluate(f"{focused}.id") == "tab-charts"


def test_the_search_is_one_key_away_from_an_article(corpus: Path, opened: Any) -> None:
    page = opened(corpus)
    page.click("#claims-table a.open >> nth=2")
    page.wait_for_selector("#reader-text .chosen")
    page.keyboard.press("/")
    assert not page.locator("#reader").is_visible()
    assert page.evaluate("document.activeElement.name") == "search"


def test_a_filter_follows_a_value_of_the_figure(corpus: Path, opened: Any) -> None:
    row = next(r for r in read_table(corpus.parent / "corpus", "claims") if r["subject"])
    page = opened(corpus, hash=f"#claim={row['claim_id']}")
    page.click(f"#reader .facts button.link >> text={row['subject']}")
    page.wait_for_selector("#reader", state="hidden")
    assert filtered(page) == sum(
        row["subject"] in (r["subject"] or "") for r in read_table(corpus.parent / "corpus", "claims")
    )


def test_from_a_mark_back_to_its_row_on_a_phone(corpus: Path, opened: Any) -> None:
    page = opened(corpus, PHONE)
    page.click("#claims-table a.open >> nth=60")
    page.click("#to-row")
    page.wait_for_selector("#reader", state="hidden")
    box = page.locator("#claims-table tr.current").bounding_box()
    assert 0 <= box["y"] <= PHONE["height"]


def test_back_closes_the_article(corpus: Path, opened: Any) -> None:
    page = opened(corpus)
    page.click("#claims-table a.open >> nth=2")
    page.wait_for_selector("#reader-text .chosen")
    page.go_back()
    page.wait_for_selector("#reader", state="hidden")


def test_paper(corpus: Path, opened: Any) -> None:
    page = opened(corpus)
    assert len(figures(page)) == 100
    page.emulate_media(media="print")
    number = sum(1 for _ in read_table(corpus.parent / "corpus", "claims"))
    until(page, f"document.querySelectorAll('#claims-table a.open').length === {number}")
    for control in ("#filters", ".tabs", "#language"):
        assert not page.locator(control).is_visible()
    page.emulate_media(media="screen")
    until(page, "document.querySelectorAll('#claims-table a.open').length === 100")
    assert page.pdf().count(b"/Type /Page\n") > number / 50
    page.click("#claims-table a.open >> nth=2")
    page.emulate_media(media="print")
    assert page.locator("#reader-text").is_visible()
    assert not page.locator("#claims-table").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_has_no_sideways_scrolling(corpus: Path, opened: Any, scheme: str) -> None:
    page = opened(corpus, PHONE, color_scheme=scheme)
    for section in ("charts", "findings", "names", "articles", "errors", "claims"):
        go_to(page, section)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], section
    page.click("#more")
    assert page.locator("#filters [name=subject]").is_visible()
    page.click("#claims-table a.open >> nth=3")
    box = page.locator("#reader-text .chosen").bounding_box()
    facts = page.locator("#reader .facts").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert box["y"] + box["height"] <= facts["y"]
    assert (page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 27)") == (scheme == "dark")


def test_a_hostile_article_is_text(hostile: Path, opened: Any) -> None:
    rows = list(read_table(hostile.parent / "out", "claims"))
    page = opened(hostile)
    for position, row in enumerate(rows):
        page.click(f"#claims-table tr[data-row='{position}'] a.open")
        until(page, f"routed === '#claim={row['claim_id']}'")
        assert page.text_content("#reader-text").replace("\ufffd", "\0") == HOSTILE
        assert page.text_content("#reader-text .chosen") == row["text"]
        assert before_mark(page) == row["start"]
    assert {"200.5万人次", "300张", "86台", "9名"} <= {r["text"] for r in rows}
    assert page.inner_text("#reader-title") == HOSTILE_TITLE
    assert page.evaluate("window.hacked") is None
    assert page.locator("body img, body iframe, body b[onclick]").count() == 0
    assert page.locator("#reader-text .nm-control").count() == 4
    for section in ("findings", "names", "articles", "errors", "claims"):
        go_to(page, section)
        assert page.evaluate("document.documentElement.scrollWidth") <= DESK["width"], section
    assert page.evaluate("window.hacked") is None


def test_without_script_the_rest_can_still_be_read(browser: Any, corpus: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(corpus.as_uri())
    assert page.locator("noscript").inner_text()
    assert page.locator(".finding blockquote").first.is_visible()
    assert page.locator("#panel-charts svg").first.is_visible()
    assert not page.locator("#filters").is_visible()
    context.close()


def test_one_article_opens_by_itself(corpus: Path, opened: Any, tmp_path: Path) -> None:
    material = read_material(corpus.parent / "corpus", "med-statistics")
    (tmp_path / "one.html").write_text(made(material), encoding="utf-8")
    page = opened(tmp_path / "one.html")
    assert page.text_content("#reader-text") == material.articles[0]["text"]
