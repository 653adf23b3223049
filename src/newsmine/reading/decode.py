"""Bytes into text: byte order mark, strict UTF-8, what the page declares, GB18030 against Big5 by how common the
characters are, then charset-normalizer."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from newsmine.errors import InputError, UsageError

REPLACED = "decode_replaced"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A page that says gb2312 or gbk means gb18030, one that says big5 means it with the Hong Kong characters.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs", "utf-8": "utf-8"}
# What servers declare for every page, whatever it is in.
_MEANS_NOTHING = frozenset({"iso8859-1", "cp1252", "ascii"})
_SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an Office file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip file",
    b"\xd0\xcf\x11\xe0": "an old Office file; save it as .docx or .txt",
    b"SQLite format 3": "an SQLite database",
    b"{\\rtf": "an RTF file; save it as .txt",
}
_HAN = regex.compile(r"\p{Han}")
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FEWEST_COMMON = 0.35
_MOST_CONTROL = 0.002
_MOST_REPLACED = 0.05
_MOST_CHAOS = 0.1
_FEWEST_BYTES = 40
_LOOKED_AT = 100_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, what it was decoded as, and what a careful reader should know."""

    text: str
    encoding: str
    flags: tuple[str, ...] = ()


class Decoder:
    """Decodes files; `common` holds the characters that tell a right guess from a wrong one."""

    def __init__(self, common: Iterable[str], encoding: str | None = None) -> None:
        self._common = frozenset(common)
        self._encoding = known_encoding(encoding) if encoding else None

    @property
    def common(self) -> frozenset[str]:
        """The characters that most of a Chinese text consists of."""
        return self._common

    def __call__(self, data: bytes, declared: str | None = None) -> Decoded:
        """The text of a file, `declared` being the encoding that it says it is in; InputError where it is none."""
        for signature, what in _SIGNATURES.items():
            if data.startswith(signature):
                raise InputError(f"this is {what}, not a text file")
        decoded = _marked(data) or self._told(data) or self._guessed(data, declared)
        if len(_CONTROL.findall(decoded.text)) > _MOST_CONTROL * len(decoded.text):
            raise InputError("this is a binary file, not a text file (it holds control characters)")
        return decoded

    def _told(self, data: bytes) -> Decoded | None:
        if self._encoding is None:
            return None
        return _strict(data, self._encoding) or self._replaced(data, self._encoding, self._encoding)

    def _guessed(self, data: bytes, declared: str | None) -> Decoded:
        decoded = _strict(data, "utf-8") or self._declared(data, declared)
        if decoded is not None:
            return decoded
        if b"\0" in data:
            raise InputError("this is a binary file, not a text file (it holds NUL bytes)")
        guesses = [d for d in (_strict(data, "gb18030"), _strict(data, "big5hkscs")) if d is not None]
        best = max(guesses, key=lambda d: self._share(d.text), default=None)
        if best is not None and self._share(best.text) >= _FEWEST_COMMON:
            return best
        return (
            self._damaged(data, "utf-8")
            or self._detected(data)
            or self._replaced(data, "utf-8", "gb18030", "big5hkscs")
        )

    def _declared(self, data: bytes, name: str | None) -> Decoded | None:
        """The text in the declared encoding, where there is such a one and it reads all but a few bytes."""
        try:
            encoding = known_encoding(name) if name else None
        except UsageError:
            return None
        if encoding is None or encoding in _MEANS_NOTHING:
            return None
        return _strict(data, encoding) or self._damaged(data, encoding)

    def _detected(self, data: bytes) -> Decoded | None:
        """What charset-normalizer takes it for, if the Han characters of that text are common ones."""
        from charset_normalizer import from_bytes

        if len(data) < _FEWEST_BYTES:
            return None
        best = from_bytes(data[:_LOOKED_AT]).best()
        decoded = _strict(data, best.encoding) if best is not None else None
        if decoded is None or best is None or best.chaos > _MOST_CHAOS:
            return None
        return decoded if self._share(decoded.text) >= _FEWEST_COMMON else None

    def _replaced(self, data: bytes, *encodings: str) -> Decoded:
        """The first encoding that reads all but a few bytes: a text with a little damage is still a text."""
        for encoding in encodings:
            decoded = self._damaged(data, encoding, sure=len(encodings) == 1)
            if decoded is not None:
                return decoded
        tried = ", ".join(dict.fromkeys(encodings))
        advice = "name another one" if len(encodings) == 1 else "name its encoding"
        raise InputError(f"cannot be read as {tried}: {advice} with --encoding, or it is no text file")

    def _damaged(self, data: bytes, encoding: str, *, sure: bool = False) -> Decoded | None:
        text = data.removeprefix(codecs.BOM_UTF8).decode(encoding, "replace")
        few = text.count("\ufffd") <= _MOST_REPLACED * len(text)
        if few and (sure or encoding == "utf-8" or self._share(text) >= _FEWEST_COMMON):
            return Decoded(text, encoding, (REPLACED,))
        return None

    def _share(self, text: str) -> float:
        """Of the Han characters, how many are common ones; nothing but common ones where there are none."""
        han = _HAN.findall(text)
        return sum(c in self._common for c in han) / len(han) if han else 1.0


def known_encoding(name: str) -> str:
    """The codec for a name, the wider one where a name is used loosely; UsageError where there is none."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        raise UsageError(f"--encoding {name}: no such encoding; try utf-8, gb18030, big5hkscs or utf-16") from None
    return _WIDER.get(codec, codec)


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError as reason:
                if encoding == "utf-8-sig":
                    return None
                raise InputError(f"marked as {encoding}, but {reason.reason} at byte {reason.start}") from None
    return None


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except (UnicodeDecodeError, ValueError):
        return None
