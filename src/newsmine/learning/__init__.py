"""Weights of candidates, learnt from annotated articles: `newsmine patterns learn`."""

from newsmine.learning.learn import Learner, Report
from newsmine.learning.sets import lessons
from newsmine.learning.weights import weight_file

__all__ = ["Learner", "Report", "lessons", "weight_file"]
