"""Units under one name: what the stage `unitalias` of the packaged patterns takes for the same."""

from __future__ import annotations

from functools import cache

from newsmine.packs import pack_folders, read_packs


def same_unit(a: str | None, b: str | None) -> bool:
    """Whether two units are one, written the same or by another of its names; null and an empty unit are one."""
    return _name(a) == _name(b)


def _name(unit: str | None) -> str:
    written = (unit or "").strip()
    return _aliases().get(written, written)


@cache
def _aliases() -> dict[str, str]:
    # The packaged packs alone: a score must not change with the patterns that made the rows.
    entries = read_packs(pack_folders(), only="unitalias").entries.values()
    return {form: str(entry.fields["unit"]) for entry in entries for form in entry.forms}
