"""Tables for other tools: annotation, training, the web of annotations, drafts of fact checks."""

from __future__ import annotations

from newsmine.exchange.marked import Marked, Passage, passages
from newsmine.exchange.registry import EXCHANGE, export

__all__ = ["EXCHANGE", "Marked", "Passage", "export", "passages"]
