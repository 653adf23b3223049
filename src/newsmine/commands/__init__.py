"""The commands of `newsmine`, a module for those that belong together; `newsmine.cli` puts them under one name."""

from newsmine.commands.checking import check, report
from newsmine.commands.comparing import diff, sample, score
from newsmine.commands.exporting import export
from newsmine.commands.extracting import extract
from newsmine.commands.showing import show

__all__ = ["check", "diff", "export", "extract", "report", "sample", "score", "show"]
