"""A folder as people really have them: what is odd in it stops nothing and is told with a reason; all else is read."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from newsmine.cli import app

TEXT = "滨海市第一医院去年门诊量达到200.5万人次，比前年增长7.5%。"


def zipped(name: str, data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return packed.getvalue()


# What is in the folder: the bytes of a file, and how many claims it has; None where it must be told as an error.
FILES: dict[str, tuple[bytes, int | None]] = {
    "good.txt": (TEXT.encode(), 2),
    "gbk.txt": (TEXT.encode("gb18030"), 2),
    "big5.txt": ("濱海市立醫院去年門診量達到200.5萬人次，比前年增長7.5%。".encode("big5hkscs"), 2),
    "utf16.txt": (TEXT.encode("utf-16"), 2),
    "bom.md": (TEXT.encode("utf-8-sig"), 2),
    "empty.txt": (b"", 0),
    "blank.txt": (b" \r\n\t\n", 0),
    "english.txt": (b"Nothing to see here.", 0),
    "crlf.txt": (f"标题\r\n\r\n{TEXT}\r\n".encode(), 2),
    "cut.txt": (f"{TEXT}门诊".encode()[:-1], 2),
    "lines.txt": ("门诊\n".encode() * 10_000, 0),
    "endless.txt": (("门诊量增长" * 20_000).encode(), 0),
    "nosuffix": (TEXT.encode(), 2),
    "odd.suffix": (TEXT.encode(), 2),
    "page.html": (f"<html><body><h1>门诊</h1><p>{TEXT}</p></body></html>".encode(), 2),
    "hollow.html": (b"<p>", 0),
    "rows.jsonl": (json.dumps({"text": TEXT}).encode() + b"\n", 2),
    "packed.txt.gz": (gzip.compress(TEXT.encode()), 2),
    "zips.zip": (zipped("inner.zip", zipped("a.txt", TEXT.encode())), 2),
    "byte.txt": (b"\xff", None),
    "nul.txt": (b"\0" * 500, None),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), None),
    "photo.jpg": (b"\xff\xd8\xff\xe0", None),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
    "broken.docx": (b"PK\x03\x04broken", None),
    "broken.zip": (b"PK\x03\x04broken", None),
    "broken.pdf": (b"%PDF-1.4 broken", None),
    "broken.txt.gz": (b"\x1f\x8b\x08broken", None),
    "nothing.zip": (b"PK\x05\x06" + b"\0" * 18, None),
    "headless.csv": ("一,二\n三,四\n".encode(), None),
    "random.dat": (bytes(range(128, 256)) * 40, None),
    "huge.txt": (b"5" * 50_000_000, None),
}
BAD = {name for name, (_, claims) in FILES.items() if claims is None}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "folder"
    root.mkdir()
    for name, (data, _) in FILES.items():
        (root / name).write_bytes(data)
    (root / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (root / "itself.txt").symlink_to(root / "itself.txt")
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "pipe.txt")
    return root


@pytest.mark.skipif(os.name != "posix", reason="links, pipes and names in bytes")
def test_a_folder_of_odd_files(folder: Path, tmp_path: Path) -> None:
    with_name = b"\xc3\xc5\xd5\xef.txt"  # two characters in GBK
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + with_name)).write_text(TEXT, encoding="utf-8")
        named = {"门诊": 2}
    except OSError:
        named = {}
    out = tmp_path / "out"
    result = CliRunner().invoke(app, ["extract", str(folder), "-o", str(out)])
    assert (result.exit_code, result.stdout) == (3, "")
    assert "Traceback" not in result.stderr
    errors = [json.loads(line) for line in (out / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {Path(e["path"]).name for e in errors} == BAD | {"dangling.txt", "itself.txt", "pipe.txt"}
    assert all(len(e["message"]) > 10 and "\n" not in e["message"] for e in errors)
    rows = [json.loads(line) for line in (out / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    found = {Path(a["path"].split("#")[0].split("!/")[0]).name: a["n_claims"] for a in rows}
    good = {name: claims for name, (_, claims) in FILES.items() if claims is not None}
    assert found == good | {f"{name}.txt": claims for name, claims in named.items()}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "shut.txt").write_text(TEXT, encoding="utf-8")
    for name in ("shut", "shut.txt"):
        (tmp_path / name).chmod(0)
    out = tmp_path / "out"
    assert CliRunner().invoke(app, ["extract", str(tmp_path), "-o", str(out)]).exit_code == 3
    errors = [json.loads(line) for line in (out / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {Path(e["path"]).name for e in errors} == {"shut", "shut.txt"}
    assert all("Permission denied" in e["message"] or "may not be entered" in e["message"] for e in errors)
