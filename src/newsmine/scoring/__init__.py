"""How right the tables are: precision, recall and F1 against gold.

The measures are micro-averages: rows are counted over all articles together. An article is the unit of the interval.
"""

from newsmine.scoring.goldfiles import GoldArticle, read_gold
from newsmine.scoring.outputs import Output, doubts, read_output
from newsmine.scoring.report import as_json, error_lines, table_lines
from newsmine.scoring.scores import Score, score
from newsmine.scoring.similarity import similar

__all__ = [
    "GoldArticle",
    "Output",
    "Score",
    "as_json",
    "doubts",
    "error_lines",
    "read_gold",
    "read_output",
    "score",
    "similar",
    "table_lines",
]
