"""Do these figures hold together? Checks over the tables of a run; none calls a figure false, each says what does not
fit."""

from newsmine.checking.findings import SEVERITIES, Finding, finding_row, message
from newsmine.checking.run import find, write
from newsmine.checking.telling import severities_from, summary_lines, told_lines
from newsmine.manifest import article_count

__all__ = [
    "SEVERITIES",
    "Finding",
    "article_count",
    "find",
    "finding_row",
    "message",
    "severities_from",
    "summary_lines",
    "told_lines",
    "write",
]
