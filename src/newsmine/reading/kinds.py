"""What a file is: told by its suffix, and where that says nothing by its first bytes."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

import regex

TEXT, HTML, MHTML, DOCX, PDF = "text", "html", "mhtml", "docx", "pdf"
# One article out of a container: a row of a table, a part with its own headers.
ROW, PART = "row", "part"
JSON, JSONL, CSV, TSV, XLSX, ZIP, GZIP, WARC = "json", "jsonl", "csv", "tsv", "xlsx", "zip", "gzip", "warc"
OTHER = "other"

TABLES = frozenset({JSON, JSONL, CSV, TSV, XLSX})
CONTAINERS = TABLES | {ZIP, GZIP, WARC}

SUFFIXES = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": TEXT,
    ".markdown": TEXT,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".shtml": HTML,
    ".mhtml": MHTML,
    ".mht": MHTML,
    ".docx": DOCX,
    ".pdf": PDF,
    ".json": JSON,
    ".jsonl": JSONL,
    ".ndjson": JSONL,
    ".csv": CSV,
    ".tsv": TSV,
    ".xlsx": XLSX,
    ".xlsm": XLSX,
    ".zip": ZIP,
    ".gz": GZIP,
    ".warc": WARC,
}
# Known to be something else, and what to do about it.
ADVICE = {
    **dict.fromkeys((".doc", ".wps", ".odt", ".rtf", ".pages"), "save it as .docx or .txt"),
    **dict.fromkeys((".xls", ".et", ".ods"), "save it as .xlsx or .csv"),
    **dict.fromkeys((".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz"), "unpack it, or pack it as .zip"),
    **dict.fromkeys((".epub", ".ppt", ".pptx", ".xml"), "save its text as .txt"),
    **dict.fromkeys((".parquet", ".sqlite", ".db", ".pkl"), "export its rows as .csv or .jsonl"),
}
_NO_TEXT = frozenset(
    f".{name}"
    for kinds in (
        ("png", "jpg", "jpeg", "gif", "bmp", "webp", "svg", "tif", "tiff", "ico"),
        ("mp3", "mp4", "mov", "avi", "wav", "woff", "ttf"),
        ("exe", "dll", "so", "bin", "py", "js", "css", "lock", "log"),
    )
    for name in kinds
)
_ARCHIVED_WARC = (".warc", ".gz")
_HTML_START = regex.compile(
    rb"\s*+(?:(?:<\?xml[^>]*>|<!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)\b", regex.I | regex.S
)
_MHTML_START = regex.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", regex.I)
_LOOKED_AT = 4096


def kind_by_name(name: str) -> str | None:
    """The kind that a file's name tells; None where its suffix tells nothing."""
    suffixes = tuple(s.lower() for s in PurePosixPath(name).suffixes[-2:])
    if suffixes == _ARCHIVED_WARC:
        return WARC
    if suffixes == (".tar", ".gz"):
        return OTHER
    suffix = suffixes[-1] if suffixes else ""
    if suffix in ADVICE or suffix in _NO_TEXT:
        return OTHER
    return SUFFIXES.get(suffix)


def kind_by_bytes(data: bytes) -> str:
    """The kind that a file's bytes tell; a text where they tell nothing else."""
    start = data[:_LOOKED_AT]
    if start.startswith(b"%PDF-"):
        return PDF
    if start.startswith(b"\x1f\x8b"):
        return GZIP
    if start.startswith(b"PK\x03\x04"):
        return _packed(data)
    if start.startswith(b"WARC/"):
        return WARC
    if _HTML_START.match(start.removeprefix(b"\xef\xbb\xbf")):
        return HTML
    return MHTML if _MHTML_START.match(start) else TEXT


def is_container_start(start: bytes) -> bool:
    """Whether the first bytes of a file without a telling name are worth a look inside."""
    return start.startswith((b"PK\x03\x04", b"\x1f\x8b", b"WARC/"))


def bare_name(name: str) -> str:
    """A file's name without the suffix that says that it is packed."""
    return name[:-3] if name.lower().endswith(".gz") else name


def advice_for(name: str) -> str:
    """Why a file of kind `other` cannot be read and what to do."""
    suffix = PurePosixPath(name).suffix.lower()
    if name.lower().endswith(".tar.gz"):
        return f".tar.gz files cannot be read; {ADVICE['.tar']}"
    advice = ADVICE.get(suffix)
    return f"{suffix} files cannot be read; {advice}" if advice else f"{suffix} files hold no articles that can be read"


def _packed(data: bytes) -> str:
    """A ZIP archive, or the office file that it is underneath."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except zipfile.BadZipFile:
        return ZIP
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else ZIP
