"""What an entry of a pattern file is, and how a stage describes its entries (`newsmine.packs.stages` lists them)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

MAX_REGEX = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a pattern file: literal `forms` or a `regex`, what it yields, and its own tests."""

    id: str
    stage: str
    forms: tuple[str, ...]
    regex: str | None
    fields: Mapping[str, Any]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]
    origin: str

    def get(self, name: str, default: Any = None) -> Any:
        value = self.fields.get(name)
        return default if value is None else value


@dataclass(frozen=True, slots=True)
class Field:
    """The type of a stage's field: str, list (of str), int, decimal or bool; `choices` closes it."""

    type: str = "str"
    required: bool = False
    choices: tuple[str, ...] = ()
    # The field holds Chinese text or regex and is folded with the forms.
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """What the entries of one stage look like. `takes` says whether they have forms, a regex, either,
    or nothing (their fields say all)."""

    purpose: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    takes: str = "forms"
    needs_examples: bool = True
    # Entries of this stage are not folded: they are the folding.
    raw: bool = False


def convert(value: Any, spec: Field) -> Any:
    """A field's value in the type that its stage declares; ValueError says what was expected."""
    match spec.type:
        case "decimal":
            return Decimal(str(value))
        case "int":
            return int(value)
        case "bool":
            if str(value).lower() not in ("true", "false"):
                raise ValueError("true or false")
            return str(value).lower() == "true"
        case "list":
            return tuple(value) if isinstance(value, list | tuple) else tuple(str(value).split())
    text = str(value)
    if spec.choices and text not in spec.choices:
        raise ValueError(f"one of {', '.join(spec.choices)}")
    return text
