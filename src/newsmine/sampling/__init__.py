"""Rows drawn at random to be judged by hand, and the precision that the judgements show: for users who have no gold."""

from newsmine.sampling.draw import Sample, draw, write_sample
from newsmine.sampling.judged import Precision, as_json, judged, precision_lines, wilson
from newsmine.sampling.sheets import read_sheet, write_sheet

__all__ = [
    "Precision",
    "Sample",
    "as_json",
    "draw",
    "judged",
    "precision_lines",
    "read_sheet",
    "wilson",
    "write_sample",
    "write_sheet",
]
