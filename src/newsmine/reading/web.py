"""Web pages: HTML, the HTML in an .mhtml, and pages with their own headers; trafilatura finds the article in them."""

from __future__ import annotations

import email
import email.policy
import logging
from email.message import EmailMessage
from typing import Any

import regex

from newsmine.errors import InputError
from newsmine.reading.decode import Decoded, Decoder
from newsmine.reading.extras import optional
from newsmine.reading.page import Page

_DECLARED = regex.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w:-]{2,20})""", regex.I)
_LOOKED_AT = 4096
_LARGEST = 20_000_000
# Ideographic and no-break spaces part words in a text; they pass through the extraction in disguise, as symbols that
# no page uses (half fill space, symbol for a tabulation).
_SPACES = {"\u3000": "\u303f", "\xa0": "\u2409"}
_HIDE = str.maketrans(_SPACES)
_SHOW = str.maketrans({v: k for k, v in _SPACES.items()})
# A page tells its date in its head or not at all; "today" must not decide what a date may be.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
_SHORTEST_ANCHOR, _MOST_ABOVE = 20, 12
_HEADINGS = ("title", "h1", "h2", "h3")
_INVISIBLE = ("script", "style", "noscript", "template")
_NO_SITE = regex.compile(r"[\w.-]+\.\w{2,6}")


def declared(data: bytes) -> str | None:
    """The character set that a page says it is in."""
    match = _DECLARED.search(data[:_LOOKED_AT])
    return match.group(1).decode("ascii") if match else None


def read_html(data: bytes, decode: Decoder, charset: str | None = None, address: str | None = None) -> Page:
    """The article of a page of HTML; `charset` is what its headers say. A page without an article is an empty one."""
    if len(data) > _LARGEST:
        raise InputError(f"a page of {len(data)} bytes is no article; save its text as .txt")
    decoded = decode(data, charset or declared(data))
    trafilatura = optional("trafilatura")
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(decoded.text)
    if tree is None:
        return Page("", decoded.encoding, decoded.flags)
    said = _said(trafilatura, tree, address)
    _disguise(tree)
    text = _article(trafilatura, tree)
    above = _above(tree, text)
    text = _without_head(text, above)
    title = said.get("title")
    if title and text and title not in text.translate(_SHOW):
        text = f"{title}\n{text}"
    return Page(text.translate(_SHOW), decoded.encoding, decoded.flags, said, above.translate(_SHOW))


def read_part(data: bytes, decode: Decoder) -> Page:
    """A page with its headers: its type, its character set and its address stand above an empty line."""
    head, _, body = data.partition(b"\r\n\r\n")
    message = email.message_from_bytes(head + b"\r\n\r\n", policy=email.policy.HTTP)
    charset, address = message.get_content_charset(), message.get("Content-Location")
    if message.get_content_type() == "text/plain":
        return _plain(decode(body, charset))
    return read_html(body, decode, charset, str(address) if address else None)


def read_mhtml(data: bytes, decode: Decoder) -> Page:
    """The page of an .mhtml: its first part that is HTML or text."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "text/plain"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                address = part.get("Content-Location") or message.get("Snapshot-Content-Location")
                charset = part.get_content_charset()
                if part.get_content_type() == "text/plain":
                    return _plain(decode(body, charset))
                return read_html(body, decode, charset, str(address) if address else None)
    raise InputError("an .mhtml file without a page of HTML in it")


def _plain(decoded: Decoded) -> Page:
    return Page(decoded.text, decoded.encoding, decoded.flags)


def _article(trafilatura: Any, tree: Any) -> str:
    """The text of the article, a paragraph a line."""
    found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True)
    return str(found.text or "") if found is not None else ""


def _said(trafilatura: Any, tree: Any, address: str | None) -> dict[str, Any]:
    """What the head of the page says: title, published, publisher (a name, no address)."""
    told = trafilatura.extract_metadata(tree, default_url=address, date_config=_DATES)
    site = told.sitename if told.sitename and not _NO_SITE.fullmatch(told.sitename) else None
    said = {"title": told.title, "published": told.date, "site": site}
    return {name: value.strip() for name, value in said.items() if value and value.strip()}


def _disguise(tree: Any) -> None:
    for element in tree.iter():
        if isinstance(element.tag, str):
            if element.text and element.text.strip():
                element.text = element.text.translate(_HIDE)
            if element.tail and element.tail.strip():
                element.tail = element.tail.translate(_HIDE)


def _above(tree: Any, text: str) -> str:
    """The last pieces of text that the page shows above the article's first paragraph."""
    anchor = next((line for line in text.split("\n") if len(line) >= _SHORTEST_ANCHOR), "")[:_SHORTEST_ANCHOR]
    pieces: list[str] = []
    for element in tree.iter():
        if element.tag in _INVISIBLE or not isinstance(element.tag, str):
            continue
        piece = " ".join((element.text or "").split())
        if anchor and piece.startswith(anchor) and element.tag not in _HEADINGS:
            break
        pieces += [piece] if piece else []
        tail = " ".join((element.tail or "").split())
        pieces += [tail] if tail else []
    else:
        return ""
    return "\n".join(pieces[-_MOST_ABOVE:])


def _without_head(text: str, above: str) -> str:
    """The text without its last lines, where they are what the page shows above it: of a page with one paragraph the
    extraction puts headline and credits behind it."""
    shown = set(above.split())
    lines = text.split("\n")
    while len(lines) > 1 and shown.issuperset(lines[-1].split()):
        lines.pop()
    return "\n".join(lines)
