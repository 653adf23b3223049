"""Word and PDF files into text: a paragraph a line."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from typing import Any

import regex

from newsmine.errors import InputError
from newsmine.reading.archives import checked_package
from newsmine.reading.extras import optional
from newsmine.reading.page import Page

_CELLS = "\t"
_HAN = regex.compile(r"\p{Han}")
# What a PDF without a map from its glyphs to characters gives: replacement and private characters, cid numbers.
_GARBLED = regex.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\(cid:\d+\)|/g\d{1,5}\b|/G[0-9A-F]{2}\b")
_MOST_GARBLED = 0.05
_FEWEST_COMMON = 0.35
_LINE_ENDS = "。！？!?：:；;”」』…"
_FULL = 0.85


def read_docx(data: bytes) -> Page:
    """The paragraphs and tables of a Word file, in order; cells are parted by tabs."""
    docx = optional("docx")
    try:
        document = docx.Document(io.BytesIO(checked_package(data)))
        return Page("\n".join(_blocks(document)))
    except InputError:
        raise
    except Exception as reason:  # python-docx raises what the parsers below it raise
        raise InputError(f"a damaged .docx file, or none: {reason}") from None


def read_pdf(data: bytes, common: frozenset[str]) -> Page:
    """The text layer of a PDF, its lines joined to paragraphs; InputError where there is none or it is garbled."""
    pypdf = optional("pypdf")
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("locked with a password; save a copy without it")
        pages = [page.extract_text() for page in reader.pages]
    except InputError:
        raise
    except Exception as reason:  # pypdf raises many kinds
        raise InputError(f"a damaged PDF file: {reason}") from None
    text = "\n".join(line for page in pages for line in paragraphs(page.split("\n")))
    _reject(text, common)
    return Page(text)


def paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """Lines of a page as paragraphs: a line that is as long as the longest and does not end a sentence goes on."""
    kept = [line.rstrip() for line in lines]
    full = _FULL * max(map(len, kept), default=0)
    gathered = ""
    for line in kept:
        gathered = _glued(gathered, line.strip()) if gathered else line
        if len(line) < full or line.endswith(tuple(_LINE_ENDS)):
            yield gathered
            gathered = ""
    if gathered:
        yield gathered


def _glued(before: str, line: str) -> str:
    """Two lines as one; words of letters are kept apart."""
    apart = before[-1:].isascii() and before[-1:].isalpha() and line[:1].isascii() and line[:1].isalpha()
    return f"{before} {line}" if apart else before + line


def _reject(text: str, common: frozenset[str]) -> None:
    if not text.strip():
        raise InputError("a PDF without a text layer (a scan); recognise its text (OCR) and save that")
    garbled = sum(len(m) for m in _GARBLED.findall(text))
    han = _HAN.findall(text)
    rare = bool(han) and sum(c in common for c in han) < _FEWEST_COMMON * len(han)
    if garbled > _MOST_GARBLED * len(text) or rare:
        raise InputError("a PDF whose text layer is garbled (its fonts do not say which characters they show); use OCR")


def _blocks(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                # A merged cell stands once for every column that it spans.
                cells = dict.fromkeys((cell._tc, cell.text) for cell in row.cells)
                yield _CELLS.join(text.replace("\n", " ") for _, text in cells)
        else:
            yield block.text
