"""How right the tables are: precision, recall and F1 against gold."""

from newsmine.scoring.similarity import similar

__all__ = ["similar"]
