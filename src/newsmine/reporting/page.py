"""One self-contained HTML page: templates, styles and script are files beside this one, put together by Jinja."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from newsmine.errors import UsageError
from newsmine.reporting import strip, timeline
from newsmine.reporting.material import Material
from newsmine.reporting.messages import messages, said, word
from newsmine.reporting.payload import payload, script_json
from newsmine.reporting.sides import groups
from newsmine.reporting.summary import cards
from newsmine.writers import WholeFile

STYLES = ("marks.css", "page.css")
SCRIPTS = ("page.js", "table.js", "claims.js", "lists.js", "reader.js", "start.js")
MOST_PLOTS = 12


def page(material: Material) -> str:
    """The page of some rows, as HTML."""
    reposts = frozenset(a["article_id"] for a in material.articles if a.get("duplicate_of"))
    series = timeline.series_of(material.claims, reposts)
    style = "\n".join(asset(name) for name in STYLES)
    script = "\n".join(asset(name) for name in SCRIPTS)
    return environment().get_template("page.html.j2").render(
        name=material.name,
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        data=Markup(script_json(payload(material))),
        cards=cards(material),
        plots=[timeline.plot(s) for s in series[:MOST_PLOTS]],
        plots_left=max(0, len(series) - MOST_PLOTS),
        timeline=timeline,
        strip=strip.strip(material.claims, reposts),
        strip_width=strip.WIDTH,
        groups=groups(material),
        errors=material.errors,
        version=metadata.version("newsmine"),
    )  # fmt: skip


def write_report(material: Material, path: Path) -> int:
    """Write the page; returns how many bytes it has."""
    if path.is_dir():
        raise UsageError(f"{path}: this is a folder; -o names the HTML file")
    # A lone surrogate has no UTF-8; its escape says what stood there, and is right inside JSON.
    text = page(material).encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        with WholeFile(path) as handle:
            handle.write(text)
    except OSError as reason:
        raise UsageError(f"{path}: cannot be written: {reason.strerror}") from None
    return path.stat().st_size


def asset(name: str) -> str:
    """The text of a style sheet or script."""
    return (resources.files("newsmine.reporting") / "assets" / name).read_text(encoding="utf-8")


@cache
def environment() -> jinja2.Environment:
    """The templates, everything escaped that is not made here."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("newsmine.reporting"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["code"] = ord
    made.globals.update(t=_text, both=_both, say=said, word=word, attribute=_attribute)
    return made


def _text(key: str, **values: Any) -> Markup:
    """A text in both languages; the style sheet shows one."""
    return _both(said(key, **values))


def _both(texts: Mapping[str, str]) -> Markup:
    if texts["zh"] == texts["en"]:
        return Markup("{}").format(texts["zh"])
    return Markup('<span class="zh" lang="zh-Hans">{zh}</span><span class="en" lang="en">{en}</span>').format(**texts)


def _attribute(name: str, key: str) -> Markup:
    """An attribute whose text the script sets anew when the language changes."""
    return Markup('{}="{}" data-t-{}="{}"').format(name, messages()["zh"][key], name, key)


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded, nothing may run but the script of this page."""
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
