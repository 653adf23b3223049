"""Archives: the files in a .zip, a .gz or a WARC as members with names and bytes."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from newsmine.errors import InputError
from newsmine.reading.extras import optional

# More than any article or table that fits in memory: what unpacks to more is no archive of articles.
LARGEST_MEMBER = 1 << 30
# Text packs to a tenth, tables to a fiftieth. What unpacks to more than this many times its size, and to more than so
# many bytes, is made to fill a memory.
STEEPEST, UNSUSPECTED = 200, 1 << 25
_STEP = 1 << 20
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_ASIDE = "__MACOSX"
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: the key that opens it again, and the name that it is shown under."""

    key: str
    name: str


class Zip:
    """A ZIP archive. InputError where it is none."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as reason:
            raise InputError(f"a damaged ZIP archive: {reason}") from None

    def members(self) -> Iterator[Member]:
        for number, info in enumerate(self._archive.infolist()):
            name = _member_name(info)
            parts = name.split("/")
            if not info.is_dir() and not any(p.startswith(".") or p == _ASIDE for p in parts):
                yield Member(str(number), name)

    def read(self, key: str) -> bytes:
        info = self._archive.infolist()[int(key)]
        if info.flag_bits & _ENCRYPTED:
            raise InputError("locked with a password; unpack the archive and give the files")
        refuse_bomb(info.compress_size, info.file_size)
        try:
            return self._archive.read(info)
        except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError) as reason:
            raise InputError(f"a damaged member of a ZIP archive: {reason}") from None


def gunzipped(data: bytes) -> bytes:
    """What a .gz holds; InputError where it is damaged."""
    pieces: list[bytes] = []
    size = 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            while piece := packed.read(_STEP):
                pieces.append(piece)
                size += len(piece)
                refuse_bomb(len(data), size)
    except (OSError, EOFError, zlib.error) as reason:
        raise InputError(f"a damaged .gz file: {reason}") from None
    return b"".join(pieces)


def refuse_bomb(packed: int, unpacked: int) -> None:
    """InputError where so many bytes unpack to more than an article or table can have, or to suspiciously many."""
    if unpacked > LARGEST_MEMBER or (unpacked > UNSUSPECTED and unpacked > STEEPEST * packed):
        raise InputError(f"{packed} bytes unpack to {unpacked} or more: refused, no article or table is like that")


def checked_package(data: bytes) -> bytes:
    """The bytes of a .docx or .xlsx, which are ZIP archives of XML; InputError where they would unpack to too much, or
    declare entities, as XML that is made to explode does and Office files never do."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            refuse_bomb(len(data), sum(info.file_size for info in package.infolist()))
            for info in package.infolist():
                if info.filename.lower().endswith((".xml", ".rels")):
                    with package.open(info) as part:
                        start = part.read(_STEP)
                    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                        raise InputError(f"its part {info.filename} declares XML entities: refused")
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError, ValueError, RuntimeError):
        return data  # the library that opens it says what is wrong
    return data


class Warc:
    """The pages of a WARC file: its responses that hold HTML or text, each as headers, an empty line and a body."""

    def __init__(self, data: bytes) -> None:
        self._pages = list(_pages(data))
        if not self._pages:
            raise InputError("a WARC file without a page of HTML or text in it")

    def members(self) -> Iterator[Member]:
        yield from (Member(str(n), str(n + 1)) for n in range(len(self._pages)))

    def read(self, key: str) -> bytes:
        return self._pages[int(key)]


def _pages(data: bytes) -> Iterator[bytes]:
    iterator = optional("warcio.archiveiterator")
    try:
        for record in iterator.ArchiveIterator(io.BytesIO(data)):
            page = _page(record)
            if page is not None:
                yield page
    except Exception as reason:  # warcio raises what the parsers below it raise
        raise InputError(f"a damaged WARC file: {reason}") from None


def _page(record: Any) -> bytes | None:
    if record.rec_type == "response" and record.http_headers is not None:
        kind, status = record.http_headers.get_header("Content-Type") or "", record.http_headers.get_statuscode()
    elif record.rec_type in ("resource", "conversion"):
        kind, status = record.rec_headers.get_header("Content-Type") or "", "200"
    else:
        return None
    if status != "200" or not kind.lower().startswith(_PAGE_TYPES):
        return None
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    body: bytes = record.content_stream().read()
    headers = f"Content-Type: {kind}\r\nContent-Location: {address}\r\n\r\n"
    return headers.encode("utf-8", "replace") + body


def _member_name(info: zipfile.ZipInfo) -> str:
    """A member's name: what is not marked as UTF-8 is in the packer's own encoding, here GB18030 rather than cp437."""
    if info.flag_bits & _UTF8_NAME or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
