"""A part: the rows of some sources in one file that is there whole or not at all.

A part is a ZIP archive: `index.json` lists its sources in order, with the key that says what their rows were made of
and how many bytes each of them has in the other members; the members are the tables as text. Its name is a hash of
what it holds, and so are its bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from newsmine.extraction import Outcome
from newsmine.schema import Table
from newsmine.tables import Row
from newsmine.writers import TEXT_FORMATS, put_bytes

INDEX = "index.json"
ROW_TABLES = ("articles", "claims", "entities")

_LEVEL = 1
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One source in a part. `key` is None where it must be done again whatever happens."""

    article_id: str
    path: str
    key: str | None
    sha256: str | None
    chars: int
    counts: dict[str, int]
    sizes: dict[str, int]
    errors: list[Row]


class PartWriter:
    """Gathers the rows of sources as text; `close` writes them."""

    def __init__(self, folder: Path, scratch: Path, tables: Mapping[str, Table], formats: Iterable[str]) -> None:
        self._folder, self._scratch = folder, scratch
        # JSONL is in every part: the other formats can be made from it.
        self._encoders = {
            f"{name}.{form}": TEXT_FORMATS[form](tables[name])
            for form in sorted({"jsonl", *formats} & set(TEXT_FORMATS))
            for name in ROW_TABLES
        }
        self._texts: dict[str, list[bytes]] = {member: [] for member in self._encoders}
        self._entries: list[Entry] = []
        self.size = 0

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, outcome: Outcome, key: str | None) -> None:
        """Take what came of one source."""
        result = outcome.result
        rows: dict[str, list[Row]] = {
            "articles": [result.article] if result.article else [],
            "claims": result.claims,
            "entities": result.entities,
        }
        sizes = {}
        for member, encode in self._encoders.items():
            data = encode(rows[member.split(".", 1)[0]]).encode("utf-8")
            self._texts[member].append(data)
            sizes[member] = len(data)
            self.size += len(data)
        self._entries.append(
            Entry(
                outcome.source.article_id,
                outcome.source.path,
                key,
                outcome.sha256,
                result.article["chars"] if result.article else 0,
                {name: len(found) for name, found in rows.items()},
                sizes,
                result.errors,
            )
        )

    def close(self) -> str:
        """Write the part; its name. OSError where it cannot be written."""
        index = json.dumps([asdict(e) for e in self._entries], ensure_ascii=False).encode("utf-8")
        name = hashlib.sha256(index).hexdigest()[:24] + ".zip"
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
            for member, data in ((INDEX, index), *((m, b"".join(t)) for m, t in self._texts.items())):
                archive.writestr(zipfile.ZipInfo(member, _EPOCH), data, zipfile.ZIP_DEFLATED, _LEVEL)
        put_bytes(self._folder / name, packed.getbuffer(), self._scratch)
        return name


class Part:
    """A part that is there: its entries, and the text of its members."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)
        self.entries = [Entry(**e) for e in json.loads(self._archive.read(INDEX))]
        self._members = frozenset(self._archive.namelist())
        self._loaded: dict[str, bytes] = {}

    def close(self) -> None:
        self._archive.close()

    def has(self, member: str) -> bool:
        return member in self._members

    def text(self, member: str, wanted: Sequence[int]) -> Iterator[bytes]:
        """The bytes that some of the entries (by position, rising) have in a member."""
        data = self._member(member)
        if len(wanted) == len(self.entries):
            yield data
            return
        starts = self._starts(member)
        for position in wanted:
            yield data[starts[position] : starts[position] + self.entries[position].sizes[member]]

    def _member(self, member: str) -> bytes:
        if member not in self._loaded:
            self._loaded[member] = self._archive.read(member)
        return self._loaded[member]

    def _starts(self, member: str) -> list[int]:
        starts, at = [], 0
        for entry in self.entries:
            starts.append(at)
            at += entry.sizes[member]
        return starts


def entries_of(path: Path) -> list[Entry]:
    """The entries of a part; none where the file is damaged: then its sources are done again."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.testzip() is not None:
                return []
            return [Entry(**e) for e in json.loads(archive.read(INDEX))]
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return []
