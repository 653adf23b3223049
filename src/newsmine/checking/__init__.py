"""Do these figures hold together? Checks over the tables of a run; none calls a figure false, each says what does not
fit."""

from newsmine.checking.findings import DOUBT, FITS, IMPLIED, LANGUAGES, MISMATCH, SEVERITIES, Finding, finding_row, message
from newsmine.checking.run import find, write
from newsmine.checking.telling import summary_lines, told_lines

__all__ = [
    "DOUBT",
    "FITS",
    "IMPLIED",
    "LANGUAGES",
    "MISMATCH",
    "SEVERITIES",
    "Finding",
    "find",
    "finding_row",
    "message",
    "summary_lines",
    "told_lines",
    "write",
]
