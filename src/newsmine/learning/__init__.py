"""Weights of candidates, learnt from annotated articles: `newsmine patterns learn`."""

from newsmine.learning.learn import Learner, Report

__all__ = ["Learner", "Report"]
