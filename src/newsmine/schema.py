"""Every column of every table: its name, type and meaning. Frames, writers and datapackage.json are made from this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

SCHEMA_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Types: string, integer, number, date, list (of strings), spans (a list of [start, end])."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns in order, and the columns that identify a row."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)


def _columns(text: str) -> tuple[Column, ...]:
    rows = (line.split(None, 2) for line in text.strip().splitlines())
    return tuple(Column(name, kind, meaning) for name, kind, meaning in rows)


ARTICLES = Table(
    "articles",
    "one article",
    _columns("""
article_id      string   the input's path below its root, without suffix; stdin; text
path            string   the input as it was given
sha256          string   SHA-256 of the decoded text in UTF-8
encoding        string   what the file was decoded as
script          string   hans, hant or mixed
title           string   the headline, as in the article
publisher       string   the outlet that published it, as in the article
published       date     the day of publication
authors         list     who wrote it, as in the article
host            string   the full name of the house that speaks as "our hospital"
chars           integer  length of the text in code points
chrome_spans    spans    stretches that are page furniture, no part of the article
duplicate_of    string   the article_id of the article that this one repeats
n_claims        integer  how many claims it has
n_entities      integer  how many mentions it has
flags           list     what a careful reader should know
text            string   the decoded text, to the character; every offset points into it
"""),
    ("article_id",),
)

CLAIMS = Table(
    "claims",
    "one number that states an amount",
    _columns("""
claim_id        string   a short hash of article_id, start and end
article_id      string   the article that it stands in
title           string   that article's headline
publisher       string   that article's outlet
published       date     that article's day
start           integer  first code point of the quantity in articles.text
end             integer  the code point after its last
text            string   the quantity as written: number, scale and unit
sentence        string   the sentence that it stands in, as written
sentence_start  integer  first code point of that sentence
kind            string   percent, count, money, measure or multiple
value           number   the number as stated, in the base unit; the midpoint of a range; null where none is named
low             number   the lower bound, where the text gives or implies one
high            number   the upper bound, where the text gives or implies one
qualifier       string   exact, about, nearly, over, at_least, under, at_most, range or several
unit            string   % or pp; ISO 4217; the unit's symbol; the classifier or counting noun, simplified
per             string   what the number is per: year, month, week, day, person, visit
role            string   level, change, from or to
direction       string   up or down, of a change
basis           string   what a change is measured against: yoy, mom or vs
basis_text      string   the phrase that names it
metric          string   what is counted or measured, simplified
metric_start    integer  where the metric stands; null if it is composed
metric_end      integer  the code point after it
metric_key      string   the metric normalised for grouping
subject         string   whom or what it is about, simplified
subject_entity  string   the entity_id of the subject, where it is a mention
time_text       string   the phrase that dates it, as written
time_start      date     the first day of that time, where it can be worked out
time_end        date     its last day
status          string   actual or target
source          string   who says so, simplified; null for the reporter's own voice
rule            string   the pattern entry that made the row
flags           list     what a careful reader should know
"""),
    ("claim_id",),
)

ENTITIES = Table(
    "entities",
    "one mention of a named thing",
    _columns("""
entity_id       string   a short hash of article_id, start, end and label
article_id      string   the article that it stands in
start           integer  first code point of the mention in articles.text
end             integer  the code point after its last
text            string   the mention as written
label           string   HOSPITAL, DOCTOR, PROCEDURE and what packs declare
name            string   the canonical name: simplified, the article's fullest form
title           string   of a doctor: post or rank, simplified
department      string   of a doctor: department, simplified
hospital        string   of a doctor: the hospital's full name, simplified
rule            string   the pattern entry that made the row
flags           list     what a careful reader should know
"""),
    ("entity_id",),
)

ERRORS = Table(
    "errors",
    "one input that failed",
    _columns("""
path            string   the input as it was given
stage           string   read, decode or analyze
error           string   the kind of error
message         string   what is wrong and what to do
"""),
    ("path",),
)

FINDINGS = Table(
    "findings",
    "one finding of `newsmine check`",
    _columns("""
finding_id      string   a short hash of check, said, expected and claim_ids
check           string   which check found it
severity        string   fits, implied, doubt or mismatch
article_ids     list     the articles that it is about
claim_ids       list     the claims that it is about
said            string   what the text says
expected        string   what follows from the other figures
message_zh      string   what is found and what was assumed, in Chinese
message_en      string   the same in English
sentences       list     the sentences that the claims stand in, as written, line ends as spaces
"""),
    ("finding_id",),
)

# What `extract` writes; `check` adds its findings.
TABLES: dict[str, Table] = {t.name: t for t in (ARTICLES, CLAIMS, ENTITIES, ERRORS)}


# What the column `flags` holds, in any table.
FLAGS: dict[str, str] = {
    "damaged_date": "the date has lost characters (20185 for 2018-05) and is read as far as it goes",
    "damaged_range": "a range whose two figures stand together, their mark between them lost",
    "decode_replaced": "some characters of the file could not be read and are replaced by U+FFFD",
    "metric_inherited": "the metric is that of a figure before, which this one goes on from",
    "number_out_of_range": "a number too large or too fine for the column of a Parquet file is left out there",
    "resolved_pronoun": "a phrase such as 'our hospital', its name told by the article or by --host",
    "text_cut": "a text longer than a cell of an Excel sheet is cut there",
    "unfinished": "a limit of time or size ended the analysis of the article before its claims",
    "unit_inherited": "the unit is that of the figure beside it, with which this one is paired or listed",
    "unresolved_pronoun": "a phrase such as 'our hospital' whose name nothing tells",
    "year_inferred": "the day of publication stood without its year, which the rest of the text tells",
}

_NAMES = frozenset(c.name.lower() for t in TABLES.values() for c in t.columns)
_JOINED = (ARTICLES.name, CLAIMS.name, ENTITIES.name)


def kept_name(name: str) -> str:
    """What a column of an input table is called in ours: as there, unless one of ours has that name (in small or
    capital letters, which databases take for the same)."""
    return f"{name}_kept" if name.lower() in _NAMES else name


def tables(*, text: bool = True, kept: Iterable[str] = ()) -> dict[str, Table]:
    """The tables; without the articles' text where it is to be left out, with the columns that inputs bring along."""
    chosen = dict(TABLES)
    joined = tuple(Column(n, "string", "as in the input") for n in dict.fromkeys(map(kept_name, kept)))
    for name in _JOINED if joined else ():
        chosen[name] = replace(chosen[name], columns=chosen[name].columns + joined)
    if not text:
        articles = chosen[ARTICLES.name]
        columns = tuple(c for c in articles.columns if c.name != "text" or c in joined)
        chosen[ARTICLES.name] = replace(articles, columns=columns)
    return chosen
