"""Files that hold many articles: which they are, what they are called, and their bytes when one is asked for.

A source below a container keeps the steps that lead to it: the kind of every container on the way and the key that
opens the next one. So any process can load any source, in any order; the containers opened last stay open.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from newsmine.errors import InputError
from newsmine.reading import kinds
from newsmine.reading.archives import Member, Warc, Zip, gunzipped
from newsmine.reading.inputs import Source
from newsmine.reading.tabular import Table, Tables

_DEEPEST = 4
_KEPT_OPEN = 4
_START = 64
_GZIP_KEY = "0"

Container = Zip | Warc | Table | bytes


class Opener:
    """Opens containers. `tables` reads the files whose rows are articles."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._open: OrderedDict[tuple[object, ...], Container] = OrderedDict()

    def expanded(self, sources: Iterable[Source]) -> list[Source]:
        """The sources with every container replaced by what it holds, sorted; no id stands twice."""
        found = [inner for source in sources for inner in self._inside(source, _name(source))]
        return sorted(_unique(found), key=lambda s: s.article_id)

    def load(self, source: Source) -> bytes:
        """The bytes of a source; InputError or OSError where there are none."""
        assert source.file is not None
        if not source.steps:
            if not source.file.is_file() and source.file.exists():
                raise InputError("no file: a folder that may not be entered, a device or a pipe")
            return source.file.read_bytes()
        kind, key = source.steps[-1]
        above = replace(source, steps=source.steps[:-1])
        return _read(self._container(kind, above), key)

    def _container(self, kind: str, source: Source) -> Container:
        assert source.file is not None
        status = source.file.stat()
        place = (source.file, status.st_size, status.st_mtime_ns, source.steps)
        if place not in self._open:
            self._open[place] = self._opened(kind, source)
        self._open.move_to_end(place)
        while len(self._open) > _KEPT_OPEN:
            self._open.popitem(last=False)
        return self._open[place]

    def _opened(self, kind: str, source: Source) -> Container:
        data = self.load(source)
        if kind == kinds.ZIP:
            return Zip(data)
        if kind == kinds.WARC:
            return Warc(data)
        return gunzipped(data) if kind == kinds.GZIP else self._tables(kind, data)

    def _inside(self, source: Source, name: str) -> Iterator[Source]:
        """A source, or what is in it. One that cannot be opened stays, with the reason."""
        try:
            kind = source.kind or self._kind(source, name)
            if kind not in kinds.CONTAINERS:
                yield replace(source, kind=kind)
                return
            if len(source.steps) >= _DEEPEST:
                raise InputError("too many archives inside each other; unpack it")
            inside = list(self._members(kind, source, name))
        except (InputError, OSError) as reason:
            yield replace(source, problem=why(reason))
            return
        if not inside:
            yield replace(source, problem="an archive without files in it")
        for inner, inner_name in inside:
            yield from self._inside(inner, inner_name)

    def _members(self, kind: str, source: Source, name: str) -> Iterator[tuple[Source, str]]:
        container = self._container(kind, source)
        if isinstance(container, Table):
            yield from ((row, "") for row in _rows(container, kind, source))
        elif isinstance(container, bytes):
            steps = (*source.steps, (kind, _GZIP_KEY))
            yield replace(source, steps=steps, kind=None), kinds.bare_name(name)
        else:
            for member in container.members():
                yield _member(member, kind, source, name), member.name

    def _kind(self, source: Source, name: str) -> str | None:
        """The kind of a source; None where its bytes will tell when it is read."""
        kind = kinds.kind_by_name(name)
        if kind is not None or source.file is None:
            return kind
        if source.steps:
            return kinds.kind_by_bytes(self.load(source))
        if not source.file.is_file():
            return None
        with source.file.open("rb") as handle:
            start = handle.read(_START)
        return kinds.kind_by_bytes(source.file.read_bytes()) if kinds.is_container_start(start) else None


def why(reason: InputError | OSError) -> str:
    """Why an input cannot be read."""
    return f"cannot be read: {reason.strerror or reason}" if isinstance(reason, OSError) else str(reason)


def _read(container: Container, key: str) -> bytes:
    if isinstance(container, bytes):
        return container
    return container.read(int(key)) if isinstance(container, Table) else container.read(key)


def _rows(table: Table, kind: str, source: Source) -> Iterator[Source]:
    for number, name in enumerate(table.names):
        steps = (*source.steps, (kind, str(number)))
        row = replace(source, steps=steps, kind=kinds.ROW, kept=table.kept)
        if table.single:
            yield row
        else:
            yield replace(row, article_id=f"{source.article_id}#{name}", path=f"{source.path}#{name}")


def _member(member: Member, kind: str, source: Source, name: str) -> Source:
    steps = (*source.steps, (kind, member.key))
    if kind == kinds.WARC:
        named = f"{source.article_id}#{member.name}", f"{source.path}#{member.name}"
        return replace(source, article_id=named[0], path=named[1], steps=steps, kind=kinds.PART)
    archive = source.article_id if source.article_id.endswith(name) else source.article_id + _suffix(source, name)
    return replace(
        source,
        article_id=f"{archive}!/{member.name}",
        path=f"{source.path}!/{member.name}",
        steps=steps,
        kind=None,
    )


def _suffix(source: Source, name: str) -> str:
    """What an archive's id lacks of its name."""
    stem = source.article_id.rsplit("/", 1)[-1]
    return name[len(stem) :] if name.startswith(stem) else ""


def _name(source: Source) -> str:
    return source.file.name if source.file is not None else ""


def _unique(sources: Iterable[Source]) -> Iterator[Source]:
    taken: set[str] = set()
    for source in sources:
        name, number = source.article_id, 1
        while name in taken:
            number += 1
            name = f"{source.article_id}~{number}"
        taken.add(name)
        yield source if number == 1 else replace(source, article_id=name)
