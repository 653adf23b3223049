"""One text in the terminal: its sentences with figures, times and names in colour, and its rows below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from newsmine.explaining import Explained
from newsmine.tables import Row, plain

STYLES = {"figure": "bold cyan", "time": "green", "name": "magenta", "metric": "yellow"}

_SHOWN_WHOLE = 600


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article and the rows that stand in it."""

    start: int
    text: str
    claims: list[Row] = field(default_factory=list)
    entities: list[Row] = field(default_factory=list)


def passages(text: str, claims: Sequence[Row], entities: Sequence[Row]) -> list[Passage]:
    """A short text whole; of a longer one (or one that is not at hand) the sentences that hold claims."""
    if text and len(text) <= _SHOWN_WHOLE:
        return [Passage(0, text, list(claims), list(entities))]
    found: dict[int, Passage] = {}
    for claim in claims:
        passage = found.setdefault(claim["sentence_start"], Passage(claim["sentence_start"], claim["sentence"]))
        passage.claims.append(claim)
    for passage in found.values():
        end = passage.start + len(passage.text)
        passage.entities.extend(e for e in entities if passage.start <= e["start"] and e["end"] <= end)
    return list(found.values())


def highlighted(passage: Passage) -> Text:
    """The passage with its figures, times, metrics and names in colour; figures go on top."""
    shown = Text(passage.text, overflow="fold")
    for entity in passage.entities:
        _mark(shown, passage, entity["start"], entity["end"], "name")
    for claim in passage.claims:
        if claim["metric_start"] is not None:
            _mark(shown, passage, claim["metric_start"], claim["metric_end"], "metric")
        _mark_time(shown, passage, claim)
    for claim in passage.claims:
        _mark(shown, passage, claim["start"], claim["end"], "figure")
    return shown


def rendered(text: str, claims: Sequence[Row], entities: Sequence[Row]) -> Group:
    """Everything that `newsmine show` shows of one text."""
    parts: list[RenderableType] = []
    for passage in passages(text, claims, entities):
        parts += [highlighted(passage), Text()]
    if claims:
        parts.append(claims_table(claims))
    if entities:
        parts.append(entities_table(entities))
    if not claims and not entities:
        parts.append(Text("no figures and no names found", style="dim"))
    return Group(*parts, legend()) if claims or entities else Group(*parts)


def explained_table(explained: Sequence[Explained]) -> Table:
    """The candidates of each figure, the chosen one first, with what weighed for and against them."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("figure", "slot", "candidate", "score", "proposed by", "because"):
        table.add_column(name, overflow="fold")
    last: tuple[int, str] | None = None
    for e in explained:
        first = (e.start, e.slot) != last
        last = (e.start, e.slot)
        reasons = "  ".join(f"{name} {weight:+.2f}" for name, weight in e.reasons)
        table.add_row(
            Text(e.figure if first else "", style=STYLES["figure"]),
            e.slot if first else "",
            Text(e.candidate or "(none)", style="bold" if e.chosen else "dim"),
            f"{e.score:+.2f}",
            e.rule.removeprefix("core/link."),
            Text(reasons, style="dim"),
        )
    return table


def claims_table(claims: Iterable[Row]) -> Table:
    """The claims, one row each, the fields that are filled most often."""
    rows = [
        {
            "figure": c["text"],
            "value": _amount(c),
            "unit": c["unit"],
            "role": " ".join(filter(None, (c["role"], c["direction"], c["basis"]))),
            "metric": c["metric"],
            "subject": c["subject"],
            "time": _time(c),
            "status": "" if c["status"] == "actual" else c["status"],
            "source": c["source"],
        }
        for c in claims
    ]
    return _table(rows)


def entities_table(entities: Iterable[Row]) -> Table:
    """The names, one row each different one, with how often it stands there."""
    grouped: dict[tuple[str, str], list[Row]] = {}
    for entity in entities:
        grouped.setdefault((entity["label"], entity["name"]), []).append(entity)
    rows = [
        {
            "name": name,
            "label": label,
            "as written": _forms(mentions),
            "title": next((m["title"] for m in mentions if m["title"]), ""),
            "hospital": next((m["hospital"] for m in mentions if m["hospital"]), ""),
        }
        for (label, name), mentions in grouped.items()
    ]
    return _table(rows)


def legend() -> Text:
    """What the colours mean."""
    return Text("  ").join(Text(name, style=style) for name, style in STYLES.items())


def show(console: Console, text: str, claims: Sequence[Row], entities: Sequence[Row]) -> None:
    """Print one text and its rows."""
    console.print(rendered(text, claims, entities))


def _table(rows: Sequence[Mapping[str, str | None]]) -> Table:
    """A table of the columns that any row fills."""
    names = [n for n in rows[0] if any(r[n] for r in rows)] if rows else []
    table = Table(box=None, pad_edge=False, header_style="bold", expand=False)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(row[n] or "") for n in names))
    return table


def _forms(mentions: Sequence[Row]) -> str:
    forms = ", ".join(dict.fromkeys(m["text"] for m in mentions))
    return f"{forms} ×{len(mentions)}" if len(mentions) > 1 else forms


def _amount(claim: Row) -> str:
    value, low, high = (None if claim[n] is None else plain(Decimal(str(claim[n]))) for n in ("value", "low", "high"))
    bounds = f" [{low or ''}, {high or ''}]" if low is not None or high is not None else ""
    qualifier = "" if claim["qualifier"] == "exact" else f" {claim['qualifier']}"
    return f"{value or '–'}{bounds}{qualifier}"


def _time(claim: Row) -> str:
    if not claim["time_start"] and not claim["time_end"]:
        return str(claim["time_text"] or "")
    days = dict.fromkeys((claim["time_start"] or "…", claim["time_end"] or "…"))
    return f"{claim['time_text']} ({' – '.join(days)})"


def _mark(shown: Text, passage: Passage, start: int, end: int, style: str) -> None:
    low, high = max(0, start - passage.start), min(len(passage.text), end - passage.start)
    if low < high:
        shown.stylize(STYLES[style], low, high)


def _mark_time(shown: Text, passage: Passage, claim: Row) -> None:
    """A claim's row has the phrase of its time, not where it stands: the nearest one of its sentence is marked."""
    phrase, first = claim["time_text"], claim["sentence_start"] - passage.start
    if not phrase:
        return
    at = passage.text.rfind(phrase, max(0, first), claim["end"] - passage.start)
    at = at if at >= 0 else passage.text.find(phrase, max(0, first))
    if at >= 0:
        shown.stylize(STYLES["time"], at, at + len(phrase))
